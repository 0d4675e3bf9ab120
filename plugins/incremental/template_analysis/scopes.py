"""The names of a template while it is analysed: what each may stand for.

Assignments add to what a name may be instead of replacing it: which branch of a
template runs is not known, so everything that could be read counts as read.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from jinja2 import nodes

from .access import AbstractValue, AccessTree, union


@dataclass(frozen=True, slots=True, eq=False)
class Macro:
    """A macro, or the body of a call block, with the scope it was written in."""

    node: nodes.Macro | nodes.CallBlock
    scope: "Scope"


@dataclass(frozen=True, slots=True, eq=False)
class Module:
    """An imported template."""

    scope: "Scope"


Bound = AbstractValue | Macro | Module


@dataclass(slots=True, eq=False)
class Scope:
    """Names bound here; others are looked up in the scope `outer`.

    `root` gives what a name means outside of the template: only the outermost has it.
    `certain` are the names that are surely bound here, so no outer one is meant.
    """

    outer: "Scope | None" = None
    root: Callable[[str], AccessTree] | None = None
    names: dict[str, list[Bound]] = field(default_factory=dict)
    certain: set[str] = field(default_factory=set)

    def inner(self) -> "Scope":
        """Return a new scope inside of this one."""
        return Scope(outer=self)

    def bind(self, name: str, bound: Bound) -> None:
        """Bind a name that is surely set here: a loop's, a parameter's."""
        self.certain.add(name)
        self.names[name] = [bound]

    def assign(self, name: str, bound: Bound) -> None:
        """Add what a name may stand for."""
        known = self.names.setdefault(name, [])
        if not any(_same(bound, other) for other in known):
            known.append(bound)

    def lookup(self, name: str) -> list[Bound]:
        """Return all that a name may stand for."""
        found: list[Bound] = []
        scope: Scope | None = self
        while scope is not None:
            found += scope.names.get(name, ())
            if name in scope.certain:
                return found
            if scope.root is not None:
                return [*found, AbstractValue((scope.root(name),))]
            scope = scope.outer
        return found

    def value(self, name: str) -> AbstractValue:
        """Return the value a name may have, macros and modules left out."""
        return union(
            bound for bound in self.lookup(name) if isinstance(bound, AbstractValue)
        )

    def size(self) -> int:
        """Return how much is known: the analysis is repeated while this grows."""
        return sum(
            len(bound.trees) + len(bound.items) + 1
            if isinstance(bound, AbstractValue)
            else 1
            for bounds in self.names.values()
            for bound in bounds
        )


def _same(one: Bound, other: Bound) -> bool:
    """Return whether `other` covers all that is read through `one`."""
    if isinstance(one, AbstractValue) and isinstance(other, AbstractValue):
        return bool(one) == bool(other) and _covers(other, one)
    if isinstance(one, Macro) and isinstance(other, Macro):
        return one.node is other.node
    return one is other


def _covers(other: AbstractValue, one: AbstractValue) -> bool:
    return (
        set(one.trees) <= set(other.trees)
        and all(any(_covers(o, item) for o in other.items) for item in one.items)
        and all(
            any(name == n and _covers(o, value) for n, o in other.fields)
            for name, value in one.fields
        )
    )
