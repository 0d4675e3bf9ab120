"""One observation: as a line of JSON, as plain numbers, and as what it is.

A history may have millions of lines, so they are kept and compared as `Row`: a tuple of
numbers, from which an `Observation` is made where it is needed.
"""

import json
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from ...model.errors import Mistake
from ...model.values import Exactness, Observation, Span
from ...references.catalogue import known_series

MAX_SQLITE_INTEGER = 2**63 - 1  # the export is SQLite; `MAX_COUNT` is far less
AHEAD = timedelta(days=1)  # clocks differ, and days begin in the east
EARLIEST = date(1970, 1, 1)  # before it there was nothing to count
LONGEST_REASON = 160  # characters of a line that a message repeats

DAY = 86_400_000_000
"""Microseconds."""

Row = tuple[int, int, int, int, int, int, str]
"""Day, time of reading, value, first and last day of the span (0 without one),
exactness as its place in `KINDS`, and source.

Days are ordinals (`date.toordinal`), times the microseconds since day 0. The day is the
last of the span, else that of the reading, so rows are sorted by age; what else they
hold decides where two are as old, and not the order of their lines.
"""

_TEXTS = ("exactness", "observed_at", "series", "source")
_DAYS = ("from", "to")

KINDS = tuple(Exactness)
_NUMBER_OF_KIND = {kind.value: number for number, kind in enumerate(KINDS)}
_START = datetime(1970, 1, 1, tzinfo=UTC)
_START_AT = _START.toordinal() * DAY


class NoObservation(ValueError):
    """A line is none; says why, in one line without its control characters."""


def encode(observation: Observation) -> str:
    span = observation.span
    return json.dumps(
        {
            "exactness": observation.exactness.value,
            "from": span.start.isoformat() if span else None,
            "observed_at": observation.observed_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "series": observation.series,
            "source": observation.source,
            "to": span.end.isoformat() if span else None,
            "value": observation.value,
        },
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
    )


def decode(line: str) -> Observation:
    """Parse one line; `NoObservation` where it is none."""
    series, row = parse(line)
    return observation_of(known_series(series), row)


def is_observation(line: bytes) -> bool:
    try:
        decode(line.decode())
    except ValueError:
        return False
    return True


def parse(line: str) -> tuple[str, Row]:
    """The series of a line, as it is written there, and the rest of it.

    Raises `NoObservation`.
    """
    try:
        return _parse(line)
    except NoObservation:
        raise
    except KeyError as error:
        raise NoObservation(f'it has no "{error.args[0]}"') from None
    except RecursionError:
        raise NoObservation("brackets within brackets") from None
    except (ValueError, TypeError, OverflowError) as error:
        raise NoObservation(_shortened(str(error))) from None


def _parse(line: str) -> tuple[str, Row]:
    entry = json.loads(line)
    value, start, end = entry["value"], entry.get("from"), entry.get("to")
    texts = [entry[key] for key in _TEXTS]
    exactness, observed_at, series, source = texts
    if type(value) is not int or not 0 <= value <= MAX_SQLITE_INTEGER:
        raise NoObservation(f"value {_shortened(repr(value))}")
    for key, one in zip((*_TEXTS, *_DAYS), (*texts, start, end), strict=True):
        if type(one) is not str and (one is not None or key in _TEXTS):
            raise NoObservation(f'its "{key}" is no text')
    if not source.isascii() or not series.isascii():
        (source + series).encode()  # a half of a surrogate pair is no character
    known_series(series)
    kind = _NUMBER_OF_KIND.get(exactness)
    if kind is None:
        raise NoObservation(f"exactness {_shortened(repr(exactness))}")
    at = _moment(observed_at)
    first, last = _days(start, end)
    return series, (last or at // DAY, at, value, first, last, kind, source)


@lru_cache(4096)
def _moment(text: str) -> int:
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise NoObservation("observed_at has no time zone")
    try:
        at = at.astimezone(UTC)
    except OverflowError:
        raise NoObservation("observed_at is no time in UTC") from None
    if at.date() < EARLIEST:
        raise NoObservation(f"observed_at is before {EARLIEST.year}")
    return number_of(at)


@lru_cache(4096)
def _days(start: str | None, end: str | None) -> tuple[int, int]:
    """The days of a line. Times are accepted, an `end` at midnight as not included."""
    if start is None and end is None:
        return 0, 0
    if start is None or end is None:
        raise NoObservation("only one of from and to is there")
    first, last = datetime.fromisoformat(start), datetime.fromisoformat(end)
    if len(end) > 10 and last.time() == time() and last > first:
        last -= timedelta(days=1)
    if last < first:
        raise NoObservation("from is later than to")
    if first.date() < EARLIEST:
        raise NoObservation(f"from is before {EARLIEST.year}")
    return first.toordinal(), last.toordinal()


def _shortened(text: str) -> str:
    """A text from a line, as a message may have it: short, and of plain characters."""
    text = text if len(text) <= LONGEST_REASON else f"{text[:LONGEST_REASON]}…"
    if text.startswith("Exceeds the limit"):
        return "a number of thousands of digits"
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)


def number_of(at: datetime) -> int:
    """The microseconds from day 0 to a time in UTC."""
    seconds = (at.hour * 60 + at.minute) * 60 + at.second
    return at.toordinal() * DAY + seconds * 1_000_000 + at.microsecond


def row_of(one: Observation) -> Row:
    at, start, end = number_of(one.observed_at), 0, 0
    if one.span:
        start, end = one.span.start.toordinal(), one.span.end.toordinal()
    kind = _NUMBER_OF_KIND[one.exactness.value]
    return end or at // DAY, at, one.value, start, end, kind, one.source


def observation_of(series: str, row: Row) -> Observation:
    _, at, value, start, end, kind, source = row
    return Observation(
        series=series,
        value=value,
        exactness=KINDS[kind],
        span=_span(start, end) if end else None,
        observed_at=_time(at),
        source=source,
    )


# Thousands of rows share their days and their moment.


@lru_cache(4096)
def _span(start: int, end: int) -> Span:
    return Span(start=day_of(start), end=day_of(end))


@lru_cache(8192)
def _time(at: int) -> datetime:
    return _START + timedelta(microseconds=at - _START_AT)


day_of = lru_cache(8192)(date.fromordinal)


@lru_cache(4096)
def month_of(day: int) -> int:
    """The number of a month: the same for its days, one more for those of the next."""
    found = date.fromordinal(day)
    return found.year * 12 + found.month - 1


def line_sum(line: bytes) -> int:
    """A checksum of a line; those of several lines are added up."""
    return int.from_bytes(blake2b(line, digest_size=8).digest())


def ahead(row: Row, now: datetime | None) -> str:
    """What is wrong with the dates of a row, seen from `now`; empty if nothing is."""
    if now is None:
        return ""
    limit = now.astimezone(UTC) + AHEAD
    last = limit.toordinal()
    _, at, _, start, end, _, _ = row
    if at > number_of(limit):
        date_text = f"observed_at is {_time(at):%Y-%m-%d %H:%M} UTC"
    elif start > last:
        date_text = f"from is {day_of(start)}"
    elif end > last:
        date_text = f"to is {day_of(end)}"
    else:
        return ""
    return f"this line is dated ahead: {date_text}, and now is {now:%Y-%m-%d %H:%M} UTC"


_CONFLICT = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")


def mistake_in(path: str, number: int, line: str, row: Row | None, why: str) -> Mistake:
    """The mistake of a line: that it is no observation, or what `why` says of its row.

    `path` is as messages have it.
    """
    found: dict[str, Any] = {"path": path, "line": number}
    if row is not None:
        mend = "mend or delete the line, or set the clock of this machine"
        return Mistake(**found, what=why, mend=mend)
    if line.startswith(_CONFLICT):
        what = f"this line is left of a merge with conflicts ({line[:7]})"
        mend = "delete the line, and keep those of both sides"
        return Mistake(**found, what=what, mend=mend)
    what = f"this line is no observation ({why})"
    return Mistake(**found, what=what, mend="mend or delete the line")
