"""What Jinja's own filters do with what they are given.

Only their effect on which parts are read stands here. A filter that is not Jinja's own
may read anything, unless it is declared pure.
"""

from typing import Any

from jinja2 import nodes
from jinja2.filters import FILTERS
from jinja2.tests import TESTS

from .access import (
    DECIDED,
    ITEMS,
    LENGTH,
    NOTHING,
    SHOWN,
    TRUTH,
    WHOLE,
    AbstractValue,
    union,
)

NEVER_THE_SAME = frozenset({"random"})
TAKES_FILTER = {"map": 0}
TAKES_TEST = {"select": 0, "reject": 0, "selectattr": 1, "rejectattr": 1}
"""Where a filter is given the name of another filter, or of a test, for each item."""

_SAME_ITEMS = frozenset({"reverse", "list", "sort", "unique"})
_ONE_ITEM = frozenset({"first", "last", "min", "max"})
_CHOSEN = frozenset({"select", "reject", "selectattr", "rejectattr"})


def is_builtin(filters: dict[str, Any], name: str) -> bool:
    return name in FILTERS and filters.get(name) is FILTERS[name]


def is_builtin_test(tests: dict[str, Any], name: str) -> bool:
    return name in TESTS and tests.get(name) is TESTS[name]


def filtered(
    name: str,
    value: AbstractValue,
    args: list[nodes.Expr],
    named: dict[str, nodes.Expr],
    given: list[AbstractValue],
) -> AbstractValue:
    """What a filter of Jinja's own gives for `value`; what it reads is noted.

    `given` are the values of the arguments, which are noted by the caller.
    """
    if name in ("length", "count"):
        value.note(LENGTH)
        return NOTHING
    if name in ("default", "d"):
        value.note(TRUTH)
        return union([value, *given])
    if name in _SAME_ITEMS or name in _ONE_ITEM:
        _compare(value.each(), args, named, at=_ATTRIBUTE.get(name))
        return (
            value.each() if name in _ONE_ITEM else AbstractValue(made=(value.each(),))
        )
    if name in _CHOSEN:
        item = value.each()
        if name.endswith("attr"):
            item = _attribute(item, args[0] if args else None)
        item.note(SHOWN, TRUTH, DECIDED)
        return AbstractValue(made=(value.each(),))
    if name in ("batch", "slice"):
        return AbstractValue(
            made=(AbstractValue(made=(union([value.each(), *given]),)),)
        )
    if name == "map" and ("attribute" in named):
        item = _attribute(value.each(), named["attribute"])
        return AbstractValue(made=(union([item, *given]),))
    if name == "map" and args and isinstance(args[0], nodes.Const):
        item = filtered(args[0].value, value.each(), args[1:], {}, given)
        return AbstractValue(made=(item,)) if item else NOTHING
    if name == "map":
        value.each().note(WHOLE)
        return NOTHING
    if name == "groupby":
        key = _attribute(value.each(), named.get("attribute") or (args or [None])[0])
        key.note(SHOWN, DECIDED)
        group = AbstractValue(made=(value.each(),))
        pair = ((0, key), (1, group), ("grouper", key), ("list", group))
        return AbstractValue(made=(AbstractValue(fields=pair),))
    if name in ("join", "sum"):
        at = {"join": 1, "sum": 0}[name]
        _compare(value.each(), args, named, at=at)
        return NOTHING
    if name == "attr" and args and isinstance(args[0], nodes.Const):
        return value.part(("attr", args[0].value))
    if name == "items":
        return value.part(ITEMS)
    if name == "dictsort":
        pairs = value.part(ITEMS)
        pairs.each().note(SHOWN, DECIDED)
        return pairs
    if name in ("tojson", "pprint", "xmlattr"):
        value.note(WHOLE)
        return NOTHING
    value.note(SHOWN, DECIDED)
    return NOTHING


_ATTRIBUTE = {"sort": 2, "unique": 1, "min": 1, "max": 1}


def _compare(
    item: AbstractValue,
    args: list[nodes.Expr],
    named: dict[str, nodes.Expr],
    at: int | None,
) -> None:
    """Note what a filter that may compare by an attribute reads of each item."""
    if at is None:
        return
    by = named.get("attribute") or (args[at] if at < len(args) else None)
    (item if by is None else _attribute(item, by)).note(SHOWN, DECIDED)


def _attribute(item: AbstractValue, by: nodes.Expr | None) -> AbstractValue:
    """`item.a.b` for "a.b", as filters mean it; any part if it is no constant."""
    if not isinstance(by, nodes.Const) or not isinstance(by.value, str | int):
        item.note(WHOLE)
        return NOTHING
    found = []
    for path in str(by.value).split(","):
        value = item
        for name in path.split("."):
            step = ("item", int(name)) if name.isdigit() else ("attr", name)
            value = value.part(step)
        found.append(value)
    return union(found)
