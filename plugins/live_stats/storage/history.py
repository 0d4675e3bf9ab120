"""The history: every observation, as lines of JSON that are only ever appended.

One line is one JSON object with sorted keys, in the file of the month in which it was
observed. Lines come from several builders and from merges, so readers ignore their
order and their repetitions. A torn last line (a builder was killed) is passed over.

A line from the future is refused: it would be the latest reading until that day comes,
and nothing that is read in the meantime would show.

Most runs need little of a long history, so they read an index of it (`observations/`).
Without one all lines are in memory. Either gives the same.
"""

from calendar import monthrange
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime
from functools import partial
from hashlib import blake2b
from itertools import chain
from pathlib import Path
from typing import TypeVar

from pelican.plugins.incremental.system.digests import digest_of

from ..model.errors import Mistake, Mistakes
from ..model.values import Exactness, Observation
from ..references.catalogue import known_series
from .lines import append_lines
from .observations.files import add_lines, find_mistakes, history_files
from .observations.index import Damaged, HistoryIndex, Unusable, remove_index
from .observations.lines import (
    DAY,
    KINDS,
    NoObservation,
    Row,
    ahead,
    day_of,
    decode,
    encode,
    is_observation,
    line_sum,
    observation_of,
    row_of,
)
from .observations.memory import Lines, LinesInMemory, Merged, merged, value_of_day

__all__ = ["History", "decode", "encode"]

T = TypeVar("T")

KEPT = 50_000
"""So many rows of the series that were asked for last are kept in order in memory."""

ValueOfADay = tuple[date, int, Exactness]


class History:
    """All observations below one folder, by series, oldest first."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._shown = str(folder)  # in messages
        self._index: HistoryIndex | None = None
        # Those that the index does not have: all, or what this run has appended.
        self._own = LinesInMemory()
        self._merged: OrderedDict[str, Merged] = OrderedDict()
        self._kept = 0  # rows in `_merged`

    @classmethod
    def load(
        cls,
        folder: Path,
        shown_as: str = "",
        now: datetime | None = None,
        index: Path | None = None,
    ) -> "History":
        """Load every month. Raises `Mistakes` for lines that are no observations.

        And for those dated more than a day ahead of `now`, if it is given; and for
        what lies there and is no file of lines. `index` is where an index of the
        history is kept; it is made, and brought up to date.
        """
        history = cls(folder)
        history._shown = shown_as or str(folder)
        files, mistakes = history_files(folder, history._shown)
        if index is None or not history._open(index, files, now, mistakes):
            history._read(files, now, mistakes)
        if mistakes:
            raise Mistakes(mistakes)
        return history

    # --- where the lines come from --------------------------------------------------

    def _read(
        self,
        files: list[Path],
        now: datetime | None,
        mistakes: list[Mistake],
    ) -> None:
        """Load all lines into memory."""
        self._own = LinesInMemory()
        for path in files:
            mistakes += find_mistakes(
                path, f"{self._shown}/{path.name}", now, self._add
            )

    def _add(self, series: str, row: Row, checksum: int) -> None:
        self._own.add(known_series(series), row, checksum)

    def _open(
        self,
        path: Path,
        files: list[Path],
        now: datetime | None,
        mistakes: list[Mistake],
    ) -> bool:
        """Use the index; false where there can be none. A damaged one is made anew."""
        name = f"{path.parent.name}/{path.name}"
        for again in (True, False):
            try:
                index = HistoryIndex(path)
                wrong = index.update(files)
                self._index, self._own = index, LinesInMemory()
                for file in files:
                    if file in wrong or self._is_ahead(file, now):
                        place = f"{self._shown}/{file.name}"
                        mistakes += find_mistakes(file, place, now)
                return True
            except Damaged as trouble:
                if again and _thrown_away(path):
                    print(f"{name} is of no use ({trouble}): building anew")
                    continue
                print(f"{name} is of no use ({trouble}): reading the whole history")
            except Unusable as trouble:
                print(f"{name} cannot be used ({trouble}): reading the whole history")
            break
        return False

    def _is_ahead(self, file: Path, now: datetime | None) -> bool:
        """Whether a file has lines dated ahead; the index says it, but for the last."""
        assert self._index is not None
        upto, size, (_, at, start, end) = self._index.file(file.name)
        last = self._add_last_line(file, upto, size) if upto < size else []
        latest = (0, at, 0, start, end, 0, "")
        return any(ahead(row, now) for row in (latest, *last))

    def _add_last_line(self, file: Path, begin: int, end: int) -> list[Row]:
        """Add a last line that has no end: the index has whole lines only."""
        rows: list[Row] = []

        def add(series: str, row: Row, checksum: int) -> None:
            self._add(series, row, checksum)
            rows.append(row)

        with open(file, "rb") as opened:
            opened.seek(begin)
            rest = opened.read(end - begin)
        with suppress(NoObservation):  # torn, or another process has written since
            add_lines(rest, add)
        return rows

    def _ask(self, ask: Callable[[], T]) -> T:
        """What `ask` gives; once more, from other lines, where the index is damaged."""
        try:
            return ask()
        except (Damaged, Unusable) as trouble:
            index = self._index
            assert index is not None
            index.close()
            self._index = None
            self._merged.clear()
            files, mistakes = history_files(self.folder, self._shown)
            if isinstance(trouble, Damaged) and _thrown_away(index.path):
                name = f"{index.path.parent.name}/{index.path.name}"
                print(f"{name} is of no use ({trouble}): building anew")
                if self._open(index.path, files, None, mistakes):
                    return self._ask(ask)
            self._read(files, None, mistakes)
            if mistakes:
                raise Mistakes(mistakes) from None
            return ask()

    @property
    def _sources(self) -> tuple[Lines, ...]:
        return (self._own,) if self._index is None else (self._index, self._own)

    # --- what they say --------------------------------------------------------------

    def of(self, series: str) -> tuple[Observation, ...]:
        """The observations of a series, oldest first."""
        return self._rows(series).observations(series)

    def by_day(self, series: str, breaks: Collection[date] = ()) -> list[ValueOfADay]:
        """The last value of each day of a series, and how exact it is, oldest first.

        Without those whose span has a day of `breaks` in it, and is not begun by it.
        """
        days = [day.toordinal() for day in breaks]
        rows = self._sorted(series)
        if days:
            rows = [row for row in rows if not any(row[3] < d <= row[4] for d in days)]
        last = {row[0]: row for row in rows}
        return [(day_of(day), row[2], KINDS[row[5]]) for day, row in last.items()]

    def _sorted(self, series: str) -> list[Row]:
        """All lines of a series by age; the last one of each day is that of `_rows`."""
        if series in self._merged:
            return self._rows(series).rows
        return self._ask(
            lambda: sorted(chain(*(one.rows(series) for one in self._sources)))
        )

    def count(self, series: str) -> int:
        """How many observations `of` gives."""
        return len(self._rows(series).rows)

    def _rows(self, series: str) -> Merged:
        known = self._merged.pop(series, None)
        if known is None:
            known = self._ask(
                lambda: merged(row for one in self._sources for row in one.rows(series))
            )
            self._kept += len(known.rows)
        self._merged[series] = known
        while self._kept > KEPT and len(self._merged) > 1:
            _, oldest = self._merged.popitem(last=False)
            self._kept -= len(oldest.rows)
        return known

    def all_observations(self) -> Iterator[Observation]:
        """All observations, by series, and of each the oldest first."""
        for series in sorted({name for one in self._sources for name in one.names()}):
            yield from self.of(series)

    def latest(self, series: str) -> Observation | None:
        found = (one.latest(series) for one in self._sources)
        row = max(filter(None, found), default=None)
        return observation_of(series, row) if row else None

    def first_day(self, series: str) -> date | None:
        """The first day of which a series has a number."""
        found = (one.first_day(series) for one in self._sources)
        day = min(filter(None, found), default=None)
        return day_of(day) if day else None

    def first_reading(self, observation: Observation) -> Observation:
        """The first reading of this value on its day: no later line can move that."""
        firsts = self._rows(observation.series).firsts
        if not firsts:
            return observation
        row = firsts.get(value_of_day(row_of(observation)))
        return observation_of(observation.series, row) if row else observation

    def checksum(self, series: str) -> int:
        """A checksum of the lines of a series.

        Every part of a line counts, whatever order the lines lie in.
        """
        return sum(sum(one.sums(series).values()) for one in self._sources)

    def sign(self, series: Collection[str]) -> str:
        """A text that is another one when a line of any of these series is."""
        known = [(one, self.checksum(one)) for one in sorted(set(series))]
        return digest_of(repr(known).encode()).hex()

    def has_span(self, observation: Observation) -> bool:
        """Whether there is an observation of this span of this series, of any value."""
        return self._last(observation) is not None

    def has(self, observation: Observation) -> bool:
        """Whether the latest observation of this span of this series has this value."""
        known = self._last(observation)
        if known is None:
            return False
        new = row_of(observation)
        return (known[2], known[5]) == (new[2], new[5])

    def _last(self, observation: Observation) -> Row | None:
        """The last row of the span of an observation."""
        _, _, _, start, end, _, _ = row_of(observation)
        series = observation.series
        found = self._ask(
            lambda: [one.last_of(series, start, end) for one in self._sources]
        )
        return max(filter(None, found), default=None)

    # --- by month -------------------------------------------------------------------

    def months(self, series: Collection[str]) -> dict[tuple[int, int], str]:
        """The years and months (UTC) in which these series were read, in order.

        With a text for each that is another one when `of_month` gives anything else.
        It is the same wherever the same lines are, in whatever order and files.
        """
        found: dict[int, blake2b] = defaultdict(lambda: blake2b(digest_size=16))
        for name in sorted(set(series)):
            sums: dict[int, int] = defaultdict(int)
            for one in self._sources:
                for number, checksum in one.sums(name).items():
                    sums[number] += checksum
            for number, checksum in sums.items():
                found[number].update(f"{name} {checksum}\n".encode())
        return {
            (number // 12, number % 12 + 1): digest.hexdigest()
            for number, digest in sorted(found.items(), key=lambda one: one[0])
        }

    def of_month(
        self, year: int, month: int, series: Collection[str]
    ) -> Iterator[Observation]:
        """What was read of these series in a month, in the order of reading.

        At one moment in the order of their names. No more than the lines of a file,
        such as a month, are in memory at once.
        """
        chosen = sorted(set(series))
        self._ask(self._check_all)
        begin = date(year, month, 1).toordinal() * DAY
        last = begin + monthrange(year, month)[1] * DAY - 1
        while begin <= last:
            found, until = self._ask(partial(self._read_days, chosen, begin, last))
            for _, name, row in found:
                yield observation_of(name, row)
            begin = until + 1

    def _check_all(self) -> None:
        if self._index is not None:
            self._index.check_all()

    def _read_days(
        self, chosen: list[str], begin: int, last: int
    ) -> tuple[list[tuple[int, str, Row]], int]:
        """What was read in the next days from `begin`, and when the last of them ends.

        As many days as one file has, together with all that have any of these: the
        same value of a day may stand in two of them.
        """
        index: dict[str, list[Row]] = {}
        if self._index is not None:
            index, last = self._index.days(chosen, begin, last)
        found: list[tuple[int, str, Row]] = []
        for name in chosen:
            rows = [row for row in self._own.rows(name) if begin <= row[1] <= last]
            rows += index.get(name, ())
            found += [(row[1], name, row) for row in merged(rows).rows]
        return sorted(found), last

    # --- what is new ----------------------------------------------------------------

    def append(self, observations: Iterable[Observation]) -> list[Observation]:
        """Store what is new; returns it once it lies on the disk.

        Written on change only: a value that the history holds already is not written
        again.
        """
        new: list[Observation] = []
        months: dict[str, list[str]] = defaultdict(list)
        for observation in observations:
            if self.has(observation):
                continue
            line = encode(observation)
            self._add(observation.series, row_of(observation), line_sum(line.encode()))
            self._forget(observation.series)
            at = observation.observed_at.astimezone(UTC)
            months[f"{at:%Y-%m}"].append(line)
            new.append(observation)
        for month, lines in months.items():
            append_lines(self.folder / f"{month}.jsonl", lines, is_observation)
        return new

    def _forget(self, series: str) -> None:
        known = self._merged.pop(series, None)
        if known is not None:
            self._kept -= len(known.rows)


def _thrown_away(path: Path) -> bool:
    try:
        remove_index(path)
    except Unusable:
        return False
    return True
