"""The slots that one build hands out, and the values its templates decided on."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from jinja2 import Undefined

from ...model.values import Reference
from ...rendering import slots


class Slot(str):
    """A slot that can be printed, and asked to decide: that ties its page to it."""

    decide: Callable[[], int | None]

    def __incremental__(self, ways: set[str]) -> bytes:
        """What a page depends on that reads a slot so: on the number if it decides."""
        value = self.decide() if ways - {"shown"} else ""
        return f"{str.__str__(self)} {value}".encode()

    @property
    def value(self) -> int | None:
        """The latest value for a template to decide on; None if nothing was read."""
        return self.decide()

    def __bool__(self) -> bool:
        return self.decide() is not None

    def _against(self, other: object, test: Callable[[Any, Any], bool]) -> bool:
        value = self.decide()
        return value is not None and test(value, other)

    def __gt__(self, other: object) -> bool:
        return self._against(other, lambda a, b: a > b)

    def __ge__(self, other: object) -> bool:
        return self._against(other, lambda a, b: a >= b)

    def __lt__(self, other: object) -> bool:
        return self._against(other, lambda a, b: a < b)

    def __le__(self, other: object) -> bool:
        return self._against(other, lambda a, b: a <= b)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, str):
            return str.__eq__(self, other)
        return self._against(other, lambda a, b: a == b)

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = str.__hash__


def as_number(value: Any, usual: Callable[..., Any], *more: Any, **options: Any) -> Any:
    """What `|int` and `|float` give: for a slot its value, never an invented 0."""
    if not isinstance(value, Slot):
        return usual(value, *more, **options)
    known = value.decide()
    return Undefined(hint="nothing has been read yet") if known is None else known


class Specs(dict[str, dict[str, Any]]):
    """Slots by number. `elsewhere` knows those that were not asked for again."""

    elsewhere: Callable[[int], dict[str, Any]] | None = None

    def __missing__(self, number: str) -> dict[str, Any]:
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
    `series` are all that are to be asked, `places` has the first place of each that
    stands in a text, as path:line. `site` is its name, and `address` where it will
    stand, without a slash at the end; empty if nobody knows.
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

    def add(self, spec: dict[str, Any], *parts: str, number: int | None = None) -> str:
        """The token of a slot; the same spec in the same place has the same token."""
        if number is None:
            number = slots.number_for(
                *(parts or sorted(f"{k}={v}" for k, v in spec.items()))
            )
        known = self.specs.setdefault(str(number), spec)
        if known is not spec and known != spec:
            raise AssertionError(f"slot {number} means two things: {known}, {spec}")
        return slots.token(number)

    def declare(self, reference: Reference) -> None:
        self.series.add(reference.series)

    def one(self, fragment: str, reference: Reference, lang: str) -> str:
        """A slot that shows one thing of one series."""
        self.declare(reference)
        return self.add(
            {"fragment": fragment, "series": reference.series, "lang": lang}
        )

    def decide(self, series: str) -> int | None:
        return self.decisions.setdefault(series, self.latest(series))
