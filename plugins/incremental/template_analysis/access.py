"""Which parts of its values a template can read, as a tree below each name.

`{% for tag, posts in tags %}{{ tag }} {{ posts | length }}` reads of `tags` how many
there are, each first item as text and each second item's length: not the posts. The
tree says so, and a fingerprint digests just that.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field

from ..system.digests import digest_of

Step = tuple[Hashable, ...]

EACH: Step = ("each",)
KEYS: Step = ("keys",)
ITEMS: Step = ("items",)
VALUES: Step = ("values",)

SHOWN = "shown"  # as text, or compared with something
TRUTH = "truth"  # whether there is any
LENGTH = "length"
MEMBER = "member"  # whether something is in it: of a mapping, its keys
DECIDED = "decided"  # tested, compared or converted: more than its text may matter
WHOLE = "whole"  # in ways that cannot be told apart

_numbers: dict[tuple[Hashable, ...], int] = {}


@dataclass(slots=True, eq=False)
class AccessTree:
    """How one value is read: itself in `ways`, its parts in `parts`."""

    ways: set[str] = field(default_factory=set)
    parts: dict[Step, "AccessTree"] = field(default_factory=dict)

    _number: int = -1
    _steps: tuple[int, bytes] = (0, b"")
    _key: bytes = b""

    def part(self, step: Step) -> "AccessTree":
        return self.parts.setdefault(step, AccessTree())

    @property
    def number(self) -> int:
        """The same for all uses that read the same: a post that several templates list
        alike is digested once. To be asked for when the templates have been read.
        """
        if self._number < 0:
            parts = [(step, part.number) for step, part in self.parts.items()]
            key = (frozenset(self.ways), *parts)
            self._number = _numbers.setdefault(key, len(_numbers))
        return self._number

    @property
    def key(self) -> bytes:
        """The same for all uses that read the same, in every process."""
        if not self._key:
            parts = [(repr(step), part.key) for step, part in self.parts.items()]
            self._key = digest_of(repr((sorted(self.ways), parts)).encode())
        return self._key

    @property
    def steps(self) -> bytes:
        """The names of the parts, in one text."""
        if self._steps[0] != len(self.parts):
            self._steps = (len(self.parts), repr(list(self.parts)).encode())
        return self._steps[1]


@dataclass(frozen=True, slots=True, eq=False)
class AbstractValue:
    """What an expression may stand for: parts of named values, or a list made here.

    `made` are the items of a list that the template makes; `fields` the named and
    numbered parts of a tuple that a filter makes. All empty: a value of the template's
    own, which depends on nothing that was not noted when it was made.
    """

    uses: tuple[AccessTree, ...] = ()
    made: tuple["AbstractValue", ...] = ()
    fields: tuple[tuple[Hashable, "AbstractValue"], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.uses or self.made or self.fields)

    def note(self, *ways: str) -> None:
        for use in self.uses:
            use.ways.update(ways)
        inner = ways if SHOWN in ways or WHOLE in ways else ()
        if MEMBER in ways:
            inner = (SHOWN, DECIDED)
        for value in (*self.made, *(value for _, value in self.fields)):
            value.note(*inner)

    def part(self, step: Step) -> "AbstractValue":
        """The value of an attribute, an item or a slice."""
        found = [value for name, value in self.fields if step in _named(name)]
        if step[0] in ("slice",):
            found += [AbstractValue(made=self.made)] if self.made else []
        elif step[0] == "item":
            found += self.made
        return union(
            [AbstractValue(tuple(use.part(step) for use in self.uses)), *found]
        )

    def each(self) -> "AbstractValue":
        """Any item, when it is walked through."""
        inner = tuple(use.part(EACH) for use in self.uses)
        return union(
            [AbstractValue(inner), *self.made, *(value for _, value in self.fields)]
        )

    def nth(self, number: int) -> "AbstractValue":
        """The item that goes to the n-th name of `for a, b in …`."""
        return self.part(("item", number))


def _named(name: Hashable) -> tuple[Step, ...]:
    return ("item", name), ("attr", name)


NOTHING = AbstractValue()


def union(values: Iterable[AbstractValue]) -> AbstractValue:
    """What may be any of these."""
    values = [value for value in values if value]
    if not values:
        return NOTHING
    if len(values) == 1:
        return values[0]
    return AbstractValue(
        uses=tuple(dict.fromkeys(use for value in values for use in value.uses)),
        made=tuple(dict.fromkeys(part for value in values for part in value.made)),
        fields=tuple(pair for value in values for pair in value.fields),
    )
