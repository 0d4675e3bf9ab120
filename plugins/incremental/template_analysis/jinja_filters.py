"""What Jinja's built-in filters read of the values that they are given.

Only their effect on which parts are read is modelled here. A filter that is not built
in may read anything, unless it is declared pure.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from jinja2 import nodes
from jinja2.filters import FILTERS
from jinja2.tests import TESTS

from .access import ITEMS, NOTHING, AbstractValue, Access, union

NONDETERMINISTIC = frozenset({"random"})
TAKES_FILTER = {"map": 0}
TAKES_TEST = {"select": 0, "reject": 0, "selectattr": 1, "rejectattr": 1}
"""The position of the argument that names another filter, or a test, for each item."""


def is_builtin(filters: Mapping[str, Any], name: str) -> bool:
    """Return whether `name` is a filter of Jinja's own in this environment."""
    return name in FILTERS and filters.get(name) is FILTERS[name]


def is_builtin_test(tests: Mapping[str, Any], name: str) -> bool:
    """Return whether `name` is a test of Jinja's own in this environment."""
    return name in TESTS and tests.get(name) is TESTS[name]


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterCall:
    """One use of a built-in filter on `value`.

    `args` and `kwargs` are the nodes of the arguments, `given` what these stand for;
    the caller records the reads of `given`.
    """

    name: str
    value: AbstractValue
    args: list[nodes.Expr]
    kwargs: dict[str, nodes.Expr]
    given: list[AbstractValue]

    def argument(self, keyword: str, position: int) -> nodes.Expr | None:
        """Return the node of an argument, given by its name or by its position."""
        at = self.args[position] if position < len(self.args) else None
        return self.kwargs.get(keyword) or at


def apply_filter(call: FilterCall) -> AbstractValue:
    """Return what a built-in filter gives, and record what it reads."""
    return _HANDLERS.get(call.name, _as_text)(call)


# --- the filters --------------------------------------------------------------------


def _as_text(call: FilterCall) -> AbstractValue:
    call.value.record(Access.SHOWN, Access.DECIDED)
    return NOTHING


def _as_whole(call: FilterCall) -> AbstractValue:
    call.value.record(Access.WHOLE)
    return NOTHING


def _length(call: FilterCall) -> AbstractValue:
    call.value.record(Access.LENGTH)
    return NOTHING


def _default(call: FilterCall) -> AbstractValue:
    call.value.record(Access.TRUTH)
    return union([call.value, *call.given])


def _same_items(call: FilterCall) -> AbstractValue:
    return AbstractValue(items=(call.value.each(),))


def _one_item(call: FilterCall) -> AbstractValue:
    return call.value.each()


def _comparing(
    position: int, result: Callable[[FilterCall], AbstractValue]
) -> Callable[[FilterCall], AbstractValue]:
    """Return the handler of a filter that may read an attribute of each item instead.

    `position` is that of its argument `attribute`.
    """

    def handler(call: FilterCall) -> AbstractValue:
        item, by = call.value.each(), call.argument("attribute", position)
        key = item if by is None else _attribute(item, by)
        key.record(Access.SHOWN, Access.DECIDED)
        return result(call)

    return handler


def _sum(call: FilterCall) -> AbstractValue:
    item, by = call.value.each(), call.argument("attribute", 0)
    term = item if by is None else _attribute(item, by)
    term.record(Access.SHOWN, Access.DECIDED)
    terms = [term.each(), *(start.each() for start in call.given)]
    return AbstractValue(items=(union(terms),))  # a sum of lists has their items


def _nothing(call: FilterCall) -> AbstractValue:
    return NOTHING


def _selected(call: FilterCall) -> AbstractValue:
    item = call.value.each()
    if call.name.endswith("attr"):
        item = _attribute(item, call.args[0] if call.args else None)
    item.record(Access.SHOWN, Access.TRUTH, Access.DECIDED)
    return _same_items(call)


def _groups_of_items(call: FilterCall) -> AbstractValue:
    group = AbstractValue(items=(union([call.value.each(), *call.given]),))
    return AbstractValue(items=(group,))


def _map(call: FilterCall) -> AbstractValue:
    if "attribute" in call.kwargs:
        item = _attribute(call.value.each(), call.kwargs["attribute"])
        return AbstractValue(items=(union([item, *call.given]),))
    if call.args and isinstance(first := call.args[0], nodes.Const):
        value, rest = call.value.each(), call.args[1:]
        inner = replace(call, name=first.value, value=value, args=rest, kwargs={})
        item = apply_filter(inner)
        return AbstractValue(items=(item,)) if item else NOTHING
    call.value.each().record(Access.WHOLE)
    return NOTHING


def _groupby(call: FilterCall) -> AbstractValue:
    key = _attribute(call.value.each(), call.argument("attribute", 0))
    key.record(Access.SHOWN, Access.DECIDED)
    key = union([key, *call.given])  # or the default
    group = _same_items(call)
    pair = ((0, key), (1, group), ("grouper", key), ("list", group))
    return AbstractValue(items=(AbstractValue(fields=pair),))


def _attr(call: FilterCall) -> AbstractValue:
    if call.args and isinstance(call.args[0], nodes.Const):
        return call.value.part(("attr", call.args[0].value))
    return _as_whole(call)  # any attribute


def _items(call: FilterCall) -> AbstractValue:
    return call.value.part(ITEMS)


def _dictsort(call: FilterCall) -> AbstractValue:
    pairs = call.value.part(ITEMS)
    pairs.each().record(Access.SHOWN, Access.DECIDED)
    return pairs


_HANDLERS: dict[str, Callable[[FilterCall], AbstractValue]] = {
    "attr": _attr,
    "batch": _groups_of_items,
    "count": _length,
    "d": _default,
    "default": _default,
    "dictsort": _dictsort,
    "first": _one_item,
    "groupby": _groupby,
    "items": _items,
    "join": _comparing(1, _nothing),
    "last": _one_item,
    "length": _length,
    "list": _same_items,
    "map": _map,
    "max": _comparing(1, _one_item),
    "min": _comparing(1, _one_item),
    "pprint": _as_whole,
    "reject": _selected,
    "rejectattr": _selected,
    "reverse": _same_items,
    "select": _selected,
    "selectattr": _selected,
    "slice": _groups_of_items,
    "sort": _comparing(2, _same_items),
    "sum": _sum,
    "tojson": _as_whole,
    "unique": _comparing(1, _same_items),
    "xmlattr": _as_whole,
}


def _attribute(item: AbstractValue, by: nodes.Expr | None) -> AbstractValue:
    """Return `item.a.b` for "a.b", as filters do; any part if it is no constant."""
    if not isinstance(by, nodes.Const) or not isinstance(by.value, str | int):
        item.record(Access.WHOLE)
        return NOTHING
    found = []
    for path in str(by.value).split(","):
        value = item
        for name in path.split("."):
            step = ("item", int(name)) if name.isdigit() else ("attr", name)
            value = value.part(step)
        found.append(value)
    return union(found)
