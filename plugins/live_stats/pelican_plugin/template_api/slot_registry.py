"""The slots that one build hands out, and the values its templates decided on."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol, Self, overload

from jinja2 import Undefined

from ...rendering import slots
from ...rendering.specs import Spec


class Slot:
    """One number in a template: it prints as a slot, and compares as a number.

    Printed, it is a token that every fill replaces, so the page need not be rendered
    again when the number changes. Whatever reads `value` (a comparison, `if`, `|int`)
    ties the page to the latest value: the page is rendered again when that moves.
    Without a reading `value` is None, the slot is false, and every comparison is false.

    It is no `str`: write `~` to join it to a text, and `|string|tojson` in JSON. As it
    equals a number that changes, it has no hash.
    """

    __slots__ = ("_decide", "_token")

    def __init__(self, token: str, decide: Callable[[], int | None]) -> None:
        """`decide` gives the latest value, and notes that a template has used it."""
        self._token, self._decide = token, decide

    @property
    def value(self) -> int | None:
        """The latest value for a template to decide on; None if nothing was read."""
        return self._decide()

    def __str__(self) -> str:
        return self._token

    __html__ = __str__  # a token has no character that HTML would escape

    def __incremental__(self, ways: set[str]) -> bytes:
        """What a page depends on that uses the slot so: read by `incremental`."""
        value = self.value if ways - {"shown"} else ""
        return f"{self._token} {value}".encode()

    def __bool__(self) -> bool:
        return self.value is not None

    def __gt__(self, other: Any) -> bool:
        value = self.value
        return value is not None and bool(value > other)

    def __ge__(self, other: Any) -> bool:
        value = self.value
        return value is not None and bool(value >= other)

    def __lt__(self, other: Any) -> bool:
        value = self.value
        return value is not None and bool(value < other)

    def __le__(self, other: Any) -> bool:
        value = self.value
        return value is not None and bool(value <= other)

    def __eq__(self, other: object) -> bool:
        value = self.value
        return value is not None and value == other


def as_number(value: Any, usual: Callable[..., Any], *more: Any, **options: Any) -> Any:
    """What `|int` and `|float` give: for a slot its value, never an invented 0."""
    if not isinstance(value, Slot):
        return usual(value, *more, **options)
    number = value.value
    return Undefined(hint="nothing has been read yet") if number is None else number


class Specs(dict[str, Spec]):
    """Specs by the number of their slot.

    `elsewhere` has those of pages that this build does not render again.
    """

    elsewhere: Callable[[int], Spec] | None = None

    def __missing__(self, number: str) -> Spec:
        if self.elsewhere is None:
            raise KeyError(number)
        return self.elsewhere(int(number))

    def __contains__(self, number: object) -> bool:
        try:
            self[str(number)]
        except KeyError:
            return False
        return True


@dataclass(slots=True, kw_only=True)
class Registry:
    """The slots of one build, and the values that its templates decided on.

    `keys` says which platforms need credentials, for pages that have no number yet.
    `series` are all that are to be collected, `places` has the first place of each
    that a template asks for by itself, as path:line. `site` is its name,
    and `address` where it will stand, without a slash at the end; empty if it has none.
    """

    lang: str
    latest: Callable[[str], int | None]
    keys: dict[str, Any] = field(default_factory=lambda: {"keyless": [], "missing": []})
    specs: Specs = field(default_factory=Specs)
    series: set[str] = field(default_factory=set)
    decisions: dict[str, int | None] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    site: str = ""
    address: str = ""

    def add(self, spec: Spec, number: int | None = None) -> str:
        """Register a slot, and its series to be collected; gives its token.

        The same spec has the same token in every build, unless the slot has a `number`
        of its own.
        """
        if number is None:
            fields = spec.to_json().items()
            number = slots.number_for(*sorted(f"{k}={v}" for k, v in fields))
        known = self.specs.setdefault(str(number), spec)
        if known is not spec and known != spec:
            raise AssertionError(f"slot {number} means two things: {known}, {spec}")
        self.series.update(spec.shown)
        return slots.token(number)

    def decide(self, series: str) -> int | None:
        """The latest value of a series; it is noted that a template depends on it."""
        return self.decisions.setdefault(series, self.latest(series))


class HasRegistry(Protocol):
    """An object whose attributes may be slots."""

    @property
    def registry(self) -> Registry: ...


class SlotAttribute:
    """An attribute that is a slot. Reading it REGISTERS the slot and gives its token.

    This is the one place where reading an attribute has an effect. The effect is the
    same however often it is read: a slot is registered once. Decorate a method with it
    that gives the spec:

        @SlotAttribute
        def reading(self) -> Spec:
            return ReadingSpec(series=self.series, lang=self.lang)

    Templates print such an attribute whole, as `{{ row.reading }}`.
    """

    def __init__(self, spec_of: Callable[[Any], Spec]) -> None:
        self._spec_of = spec_of
        self.__doc__ = spec_of.__doc__

    @overload
    def __get__(self, owner: None, kind: type) -> Self: ...

    @overload
    def __get__(self, owner: HasRegistry, kind: type) -> str: ...

    def __get__(self, owner: HasRegistry | None, kind: type) -> Self | str:
        return self if owner is None else owner.registry.add(self._spec_of(owner))
