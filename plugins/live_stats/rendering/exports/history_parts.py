"""Which files the history is given away in: one while it is small, later one a year.

Hosts of static sites take no large files (25 MiB at Cloudflare Pages), and what is
written and uploaded after a reading is to grow with what was read, not with all there
ever was. So the history is divided by when its observations were read:

- All that fits into one file is one, `observations`.
- Otherwise there is one for each year, `observations-2026`. A year that does not fit
  goes on in a second file, `observations-2026-2`, and so on.

The division follows from the observations alone, so that every build of the same
history makes the same files. A file that another one follows is full: later readings
never change it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import blake2b
from itertools import groupby, islice
from typing import Any, Self

from ...model.values import Observation
from ...storage.history import History
from . import history_tables

MAX_BYTES = 20 * 2**20
"""At most so large is a file in its largest format."""

HEAD = 8  # bytes of a file besides its rows
PIECES = 8  # that a full file has at least: what stays empty of it is less than one


@dataclass(frozen=True, slots=True)
class Piece:
    """Some rows of one month, which are not divided further.

    They are `rows` rows that need `size` bytes in a file, and `sign` is a digest of
    them.
    """

    rows: int
    size: int
    sign: str


Months = dict[tuple[int, int], tuple[str, tuple[Piece, ...]]]
"""By year and month: the sign of what was read then, and its pieces."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """The place of a piece: in which month it is, and how many rows come before it."""

    year: int
    month: int
    start: int
    piece: Piece


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What is in one file of each format.

    `year` is None where all is in one. `number` counts the files of a year from 1.
    """

    year: int | None
    number: int
    slices: tuple[Slice, ...]

    @property
    def name(self) -> str:
        """Its name in specs, empty for all there is: `2026`, `2026-2`."""
        return part_name(self.year, self.number)

    @property
    def rows(self) -> int:
        return sum(one.piece.rows for one in self.slices)

    @property
    def sign(self) -> str:
        """A digest of its rows."""
        return _digest("\n".join(one.piece.sign for one in self.slices))


@dataclass(frozen=True, slots=True, kw_only=True)
class Division:
    """The division of what is known of some `series`.

    `months` has what was found out of each month, for which it has to be read. It holds
    for the history with one `sign`, for one `code` of ours, and for files of at `most`
    so many bytes.
    """

    series: tuple[str, ...]
    sign: str
    months: Months
    code: str
    most: int

    @classmethod
    def of(
        cls,
        history: History,
        series: Iterable[str],
        *,
        code: str = "",
        known: dict[str, Any] | None = None,
    ) -> Self:
        """Divide what was read of `series`.

        `known` is what `to_json` gave for an earlier division: only months that have
        changed since are read.
        """
        chosen, most = tuple(sorted(set(series))), MAX_BYTES
        sign, before = history.sign(chosen), Months()
        if known and (known["code"], known["most"]) == (code, most):
            before = _months_of(known)
        if known and before and known["sign"] == sign:
            months = before
        else:
            months = {}
            for month, own in history.months(chosen).items():
                months[month] = before.get(month, ("", ()))
                if months[month][0] != own:
                    pieces = _pieces(history.of_month(*month, chosen), most // PIECES)
                    months[month] = own, tuple(pieces)
        return cls(series=chosen, sign=sign, months=months, code=code, most=most)

    @property
    def parts(self) -> tuple[Part, ...]:
        """The files, the earliest first. There is one even if nothing was read."""
        slices = list(self._slices())
        if sum(one.piece.size for one in slices) <= self.most:
            return (Part(year=None, number=1, slices=tuple(slices)),)
        parts: list[Part] = []
        size = 0
        for one in slices:
            last = parts[-1] if parts and parts[-1].year == one.year else None
            size += one.piece.size
            if last is not None and size <= self.most:
                parts[-1] = replace(last, slices=(*last.slices, one))
                continue
            number = last.number + 1 if last is not None else 1
            parts.append(Part(year=one.year, number=number, slices=(one,)))
            size = one.piece.size
        return tuple(parts)

    @property
    def names(self) -> list[str]:
        return [part.name for part in self.parts]

    def _slices(self) -> Iterator[Slice]:
        for (year, month), (_, pieces) in sorted(self.months.items()):
            start = 0
            for piece in pieces:
                yield Slice(year=year, month=month, start=start, piece=piece)
                start += piece.rows

    def observations(self, history: History, part: Part) -> Iterator[Observation]:
        """What is in a part, in the order of reading."""
        for month, slices in groupby(part.slices, lambda one: (one.year, one.month)):
            first, *more = slices
            rows = sum(one.piece.rows for one in (first, *more))
            found = history.of_month(*month, self.series)
            yield from islice(found, first.start, first.start + rows)

    def to_json(self) -> dict[str, Any]:
        """The names of the `parts`, and what the next division can use."""
        months = [
            [*month, sign, [[one.rows, one.size, one.sign] for one in pieces]]
            for month, (sign, pieces) in self.months.items()
        ]
        found = {"sign": self.sign, "code": self.code, "most": self.most}
        return found | {"months": months, "parts": self.names}


def _months_of(known: dict[str, Any]) -> Months:
    return {
        (year, month): (sign, tuple(Piece(*one) for one in pieces))
        for year, month, sign, pieces in known["months"]
    }


def part_name(year: int | None, number: int) -> str:
    if year is None:
        return ""
    return f"{year}" if number == 1 else f"{year}-{number}"


def file_name(part: str, form: str) -> str:
    """The path of a file below the output: `data/observations-2026.csv`."""
    return f"data/observations{'-' if part else ''}{part}.{form}"


def first_fitting(observations: Iterable[Observation]) -> datetime | None:
    """The moment from which on the rows fit into one file; None if all of them do."""
    known = list(observations)
    # More than any row needs: to write them all only to measure them takes long.
    most = sum(6 * len(one.source) + 12 * len(one.series) + 300 for one in known)
    if most <= MAX_BYTES:
        return None
    known.sort(key=_moment, reverse=True)
    size, first = HEAD, None
    for moment, rows in groupby(known, _moment):
        size += sum(_in_text(history_tables.as_line(one)) for one in rows)
        if size > MAX_BYTES and first is not None:
            return first
        first = moment
    return None


def _moment(observation: Observation) -> datetime:
    return observation.observed_at


def _pieces(observations: Iterable[Observation], most: int) -> Iterator[Piece]:
    """The rows of a month in pieces of at most so many bytes, or of one row."""
    seen = set[str]()
    gathered = _Gathered(seen)
    for observation in observations:
        line = history_tables.as_line(observation)
        if gathered.rows and gathered.size_with(observation, line) > most:
            yield gathered.piece
            gathered = _Gathered(seen)
        gathered.add(observation, line)
    if gathered.rows:
        yield gathered.piece


class _Gathered:
    """The rows of a piece so far, and what they need in the two larger formats.

    A series is reckoned where it is `seen` first in a month.
    """

    def __init__(self, seen: set[str]) -> None:
        self.rows, self._text, self._database = 0, HEAD, HEAD
        self._digest, self._seen = blake2b(digest_size=16), seen

    def size_with(self, one: Observation, line: bytes) -> int:
        return max(self._text + _in_text(line), self._database + self._in_database(one))

    def add(self, one: Observation, line: bytes) -> None:
        self.rows += 1
        self._text += _in_text(line)
        self._database += self._in_database(one)
        self._digest.update(line)
        self._seen.add(one.series)

    def _in_database(self, one: Observation) -> int:
        more = 0 if one.series in self._seen else history_tables.series_size(one.series)
        return history_tables.database_size(one) + more

    @property
    def piece(self) -> Piece:
        size = max(self._text, self._database)
        return Piece(self.rows, size, self._digest.hexdigest())


def _in_text(line: bytes) -> int:
    return len(line) + len(",\n")


def _digest(text: str) -> str:
    return blake2b(text.encode(), digest_size=16).hexdigest()
