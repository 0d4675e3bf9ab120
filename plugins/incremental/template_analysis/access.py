"""Which parts of its values a template can read, as a tree below each name.

`{% for tag, posts in tags %}{{ tag }} {{ posts | length }}` reads of `tags` how many
there are, each first item as text and each second item's length: not the posts. The
tree records that, and a fingerprint digests just that.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from ..system.digests import digest_of

Step = tuple[Any, ...]
"""One step from a value to a part of it: its kind, then what the kind needs.

("attr", name), ("item", key), ("slice", start, stop, step), ("call", args, kwargs),
("called",) with unknown arguments, and the constants below.
"""

EACH: Step = ("each",)
KEYS: Step = ("keys",)
ITEMS: Step = ("items",)
VALUES: Step = ("values",)


class Access(StrEnum):
    """How a template reads a value itself, apart from its parts."""

    SHOWN = "shown"  # as text, or compared with something
    TRUTH = "truth"  # whether it is true, or empty
    LENGTH = "length"
    MEMBER = "member"  # whether something is in it: of a mapping, its keys
    DECIDED = "decided"  # tested, compared or converted: more than its text may matter
    WHOLE = "whole"  # in ways that cannot be told apart


@dataclass(slots=True, eq=False)
class AccessTree:
    """How one value is read: itself in `ways`, its parts in `parts`."""

    ways: set[Access] = field(default_factory=set)
    parts: dict[Step, "AccessTree"] = field(default_factory=dict)

    _steps: tuple[int, bytes] = (0, b"")
    _key: bytes = b""

    def part(self, step: Step) -> "AccessTree":
        """Return the tree of one part, made if there is none."""
        return self.parts.setdefault(step, AccessTree())

    @property
    def key(self) -> bytes:
        """A digest that is the same for all trees that read the same, in any process.

        So a post that several templates list alike is digested once. It is computed
        once: only use it when the analysis is complete.
        """
        if not self._key:
            ways = sorted(str(way) for way in self.ways)
            parts = [(repr(step), part.key) for step, part in self.parts.items()]
            self._key = digest_of(repr((ways, parts)).encode())
        return self._key

    @property
    def steps(self) -> bytes:
        """The steps to the parts, in one text."""
        if self._steps[0] != len(self.parts):
            self._steps = (len(self.parts), repr(list(self.parts)).encode())
        return self._steps[1]


@dataclass(frozen=True, slots=True, eq=False)
class AbstractValue:
    """What an expression may stand for: parts of named values, or a list made here.

    `trees` record what is read of named values; `items` are the items of a list that
    the template makes; `fields` the named and numbered parts of a tuple. If all are
    empty, the value is the template's own: it depends on nothing that was not recorded
    when it was made.
    """

    trees: tuple[AccessTree, ...] = ()
    items: tuple["AbstractValue", ...] = ()
    fields: tuple[tuple[Hashable, "AbstractValue"], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.trees or self.items or self.fields)

    def record(self, *ways: Access) -> None:
        """Record that the value is read in these ways."""
        for tree in self.trees:
            tree.ways.update(ways)
        inner = ways if Access.SHOWN in ways or Access.WHOLE in ways else ()
        if Access.MEMBER in ways:
            inner = (Access.SHOWN, Access.DECIDED)
        for value in (*self.items, *(value for _, value in self.fields)):
            value.record(*inner)

    def part(self, step: Step) -> "AbstractValue":
        """Return the value of an attribute, an item or a slice."""
        kind, values = step[0], [value for _, value in self.fields]
        found: list[AbstractValue] = []
        if kind == "slice":
            found = [AbstractValue(items=(*self.items, *values))]
        elif kind in ("attr", "item"):
            found = [value for name, value in self.fields if step[1] == name]
        if kind == "item" or kind == "attr" and not _is_method(step[1]):
            found += self.items  # those of `kwargs` are attributes too
        if kind == "item" and not found:  # counted from the end
            found = values
        return union(
            [AbstractValue(tuple(tree.part(step) for tree in self.trees)), *found]
        )

    def each(self) -> "AbstractValue":
        """Return what any item may be in an iteration."""
        inner = tuple(tree.part(EACH) for tree in self.trees)
        return union(
            [AbstractValue(inner), *self.items, *(value for _, value in self.fields)]
        )

    def nth(self, number: int) -> "AbstractValue":
        """Return the item that is bound to the n-th name of `for a, b in …`."""
        return self.part(("item", number))


def _is_method(name: str) -> bool:
    return hasattr(list, name) or hasattr(dict, name)


NOTHING = AbstractValue()


def union(values: Iterable[AbstractValue]) -> AbstractValue:
    """Return a value that may be any of these."""
    values = [value for value in values if value]
    if not values:
        return NOTHING
    if len(values) == 1:
        return values[0]
    return AbstractValue(
        trees=tuple(dict.fromkeys(tree for value in values for tree in value.trees)),
        items=tuple(dict.fromkeys(item for value in values for item in value.items)),
        fields=tuple(pair for value in values for pair in value.fields),
    )
