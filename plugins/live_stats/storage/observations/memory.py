"""Lines of the history by series, in memory, and what those of a day come to."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple, Protocol

from ...model.values import Observation
from .lines import DAY, Row, month_of, observation_of

Sums = Mapping[int, int]
"""The checksums of the lines of a series, added up, by the month of reading."""

ValueOfDay = tuple[int, int, int, int]
"""First and last day of a span, a value, and the day on which it was read."""


class Lines(Protocol):
    """Lines by series. A series is named as it is today."""

    def names(self) -> Iterable[str]:
        """All series that have a line."""
        ...

    def rows(self, series: str) -> Iterable[Row]:
        """All lines of a series, in any order, with repetitions."""
        ...

    def latest(self, series: str) -> Row | None:
        """The one that is last when they are sorted."""
        ...

    def last_of(self, series: str, start: int, end: int) -> Row | None:
        """The last one of a span; 0 and 0 stand for none."""
        ...

    def first_day(self, series: str) -> int | None:
        """The first day of which there is a number."""
        ...

    def sums(self, series: str) -> Sums: ...


class LinesInMemory:
    """Lines by series that all lie in memory."""

    def __init__(self) -> None:
        self._rows: dict[str, list[Row]] = {}
        self._latest: dict[str, Row] = {}
        self._last: dict[tuple[str, int, int], Row] = {}
        self._first: dict[str, int] = {}
        self._sums: dict[str, dict[int, int]] = {}

    def add(self, series: str, row: Row, checksum: int) -> None:
        """Add one; `checksum` is that of its line."""
        day, at, _, start, end, _, _ = row
        span = (series, start, end)
        self._last[span] = max(row, self._last.get(span, row))
        self._latest[series] = max(row, self._latest.get(series, row))
        first = start or day
        self._first[series] = min(first, self._first.get(series, first))
        sums = self._sums.setdefault(series, defaultdict(int))
        sums[month_of(at // DAY)] += checksum
        self._rows.setdefault(series, []).append(row)

    def names(self) -> Iterable[str]:
        return self._rows.keys()

    def rows(self, series: str) -> list[Row]:
        return self._rows.get(series, [])

    def latest(self, series: str) -> Row | None:
        return self._latest.get(series)

    def last_of(self, series: str, start: int, end: int) -> Row | None:
        return self._last.get((series, start, end))

    def first_day(self, series: str) -> int | None:
        return self._first.get(series)

    def sums(self, series: str) -> Sums:
        return self._sums.get(series, {})


class Merged(NamedTuple):
    """The rows of a series as they count, sorted by age.

    `firsts` are the first readings of the values that were read twice on one day.
    """

    rows: list[Row]
    firsts: dict[ValueOfDay, Row]

    def observations(self, series: str) -> tuple[Observation, ...]:
        return tuple(observation_of(series, row) for row in self.rows)


def value_of_day(row: Row) -> ValueOfDay:
    _, at, value, start, end, _, _ = row
    return start, end, value, at // DAY


def merged(rows: Iterable[Row]) -> Merged:
    """All lines of a series, repeated ones among them, as they count.

    Of the same value twice a day, the later one does.
    """
    known = sorted(rows)
    last = {(start, end, v, at // DAY): row for row in known
            for _, at, v, start, end, _, _ in (row,)}  # fmt: skip
    if len(last) == len(known):
        return Merged(known, {})
    firsts: dict[ValueOfDay, Row] = {}
    for row in known:
        firsts.setdefault(value_of_day(row), row)
    firsts = {key: row for key, row in firsts.items() if last[key] is not row}
    return Merged(sorted(last.values()), firsts)
