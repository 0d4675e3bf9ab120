"""The history: every observation, as lines of JSON that are only ever appended.

One line is one JSON object with sorted keys, in the file of the month in which it was
observed. Lines come from several builders and from merges, so readers ignore their
order and their repetitions. A torn last line (a builder was killed) is passed over.

A line from the future is refused: it would be the latest reading until that day comes,
and nothing that is read in the meantime would show.
"""

import json
import os
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from hashlib import blake2b
from pathlib import Path

from ..model.errors import Mistake, Mistakes
from ..model.values import Exactness, Observation, Span
from ..references.catalogue import known_series

MAX_SQLITE_INTEGER = 2**63 - 1  # the export is SQLite; `MAX_COUNT` is far less
AHEAD = timedelta(days=1)  # clocks differ, and days begin in the east

ValueOfDay = tuple[str, Span | None, int, date]
"""Series, span, value and day of the reading. No class: there is one for each line."""


class History:
    """All observations below one folder, by series, oldest first."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._series: dict[str, list[Observation]] = defaultdict(list)
        self._days: dict[ValueOfDay, Observation] = {}
        # The first reading of a value that was read twice on one day.
        self._firsts: dict[ValueOfDay, Observation] = {}
        # The latest observation of each span of each series.
        self._last: dict[tuple[str, Span | None], Observation] = {}
        self._sums: dict[str, int] = defaultdict(int)

    @classmethod
    def load(
        cls, folder: Path, shown_as: str = "", now: datetime | None = None
    ) -> "History":
        """Load every month. Raises `Mistakes` for lines that are no observations.

        And for those dated more than a day ahead of `now`, if it is given.
        """
        history = cls(folder)
        mistakes: list[Mistake] = []
        for path in sorted(folder.glob("*.jsonl")):
            text = path.read_text(encoding="utf-8", errors="replace")
            whole = text.endswith("\n")
            lines = text.split("\n")
            for number, line in enumerate(lines, 1):
                if not line.strip():
                    continue
                try:
                    observation = decode(line)
                    what = _ahead(observation, now)
                    mend = "mend or delete the line, or set the clock of this machine"
                except (ValueError, KeyError, TypeError) as error:
                    if number == len(lines) and not whole:
                        continue
                    what = f"this line is no observation ({error})"
                    mend = "mend or delete the line"
                if what:
                    place = f"{shown_as or folder}/{path.name}"
                    mistakes.append(
                        Mistake(path=place, line=number, what=what, mend=mend)
                    )
                else:
                    history._add(observation, line)
        if mistakes:
            raise Mistakes(mistakes)
        for observations in history._series.values():
            observations.sort(key=_age)
        return history

    def of(self, series: str) -> tuple[Observation, ...]:
        """The observations of a series, oldest first."""
        return tuple(self._series.get(series, ()))

    def all_observations(self) -> Iterator[Observation]:
        """All observations, by series, and of each the oldest first."""
        for series in sorted(self._series):
            yield from self._series[series]

    def months(self, series: Collection[str]) -> list[tuple[int, int]]:
        """The years and months (UTC) in which these series were read, in order."""
        return sorted(
            {
                (one.observed_at.year, one.observed_at.month)
                for name in series
                for one in self._series.get(name, ())
            }
        )

    def of_month(
        self, year: int, month: int, series: Collection[str]
    ) -> Iterator[Observation]:
        """What was read of these series in a month, in the order of reading."""
        found = [
            one
            for name in set(series)
            for one in self._series.get(name, ())
            if (one.observed_at.year, one.observed_at.month) == (year, month)
        ]
        found.sort(key=lambda one: (one.observed_at, one.series, *_age(one)))
        yield from found

    def month_sign(self, year: int, month: int, series: Collection[str]) -> str:
        """A text that is another one when `of_month` gives anything else."""
        lines = map(encode, self.of_month(year, month, series))
        return blake2b("\n".join(lines).encode(), digest_size=16).hexdigest()

    def latest(self, series: str) -> Observation | None:
        observations = self._series.get(series)
        return observations[-1] if observations else None

    def first_day(self, series: str) -> date | None:
        """The first day of which a series has a number."""
        observations = self._series.get(series)
        if not observations:
            return None
        span = observations[0].span
        return span.start if span else observations[0].day

    def first_reading(self, observation: Observation) -> Observation:
        """The first reading of this value on its day: no later line can move that."""
        return self._firsts.get(_key(observation), observation)

    def checksum(self, series: str) -> int:
        """A checksum of the lines of a series.

        Every part of a line counts, whatever order the lines lie in.
        """
        return self._sums.get(series, 0)

    def has_span(self, observation: Observation) -> bool:
        """Whether there is an observation of this span of this series, of any value."""
        return (observation.series, observation.span) in self._last

    def has(self, observation: Observation) -> bool:
        """Whether the latest observation of this span of this series has this value."""
        known = self._last.get((observation.series, observation.span))
        return known is not None and (known.value, known.exactness) == (
            observation.value,
            observation.exactness,
        )

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
            self._add(observation, line)
            months[f"{observation.observed_at:%Y-%m}"].append(line)
            new.append(observation)
        for series in {observation.series for observation in new}:
            self._series[series].sort(key=_age)
        for month, lines in months.items():
            _append(self.folder / f"{month}.jsonl", lines)
        return new

    def _add(self, observation: Observation, line: str) -> None:
        """Add one in memory. Of the same value twice a day, the later one counts."""
        digest = blake2b(line.encode(), digest_size=8).digest()
        self._sums[observation.series] += int.from_bytes(digest)
        own = self._series[observation.series]
        key = _key(observation)
        known = self._days.get(key)
        if known is not None:
            both = (self._firsts.get(key, known), observation)
            self._firsts[key] = min(both, key=lambda one: one.observed_at)
        if known is None or known.observed_at < observation.observed_at:
            if known is not None:
                own.remove(known)
            self._days[key] = observation
            own.append(observation)
        place = (observation.series, observation.span)
        last = self._last.get(place)
        if last is None or _age(last) <= _age(observation):
            self._last[place] = observation


def _key(observation: Observation) -> ValueOfDay:
    one = observation
    return one.series, one.span, one.value, one.day


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
    """Parse one line; ValueError, KeyError or TypeError where it is no observation."""
    entry = json.loads(line)
    value = entry["value"]
    if type(value) is not int or not 0 <= value <= MAX_SQLITE_INTEGER:
        raise ValueError(f"value {value!r}")
    observed_at = datetime.fromisoformat(entry["observed_at"])
    if observed_at.tzinfo is None:
        raise ValueError("observed_at has no time zone")
    try:
        observed_at = observed_at.astimezone(UTC)
    except OverflowError:
        raise ValueError("observed_at is no time in UTC") from None
    span = _span(entry.get("from"), entry.get("to"))
    return Observation(
        series=known_series(str(entry["series"])),
        value=value,
        exactness=Exactness(entry["exactness"]),
        span=span,
        observed_at=observed_at,
        source=str(entry["source"]),
    )


def _span(start: str | None, end: str | None) -> Span | None:
    """The days of a line. Times are accepted, an `end` at midnight as not included."""
    if start is None and end is None:
        return None
    if start is None or end is None:
        raise ValueError("only one of from and to is there")
    first, last = datetime.fromisoformat(start), datetime.fromisoformat(end)
    if len(end) > 10 and last.time() == time() and last > first:
        last -= timedelta(days=1)
    if last < first:
        raise ValueError("from is later than to")
    return Span(start=first.date(), end=last.date())


def _ahead(observation: Observation, now: datetime | None) -> str:
    """What is wrong with the dates of a line, seen from `now`; empty if nothing is."""
    if now is None:
        return ""
    limit, span = now + AHEAD, observation.span
    if observation.observed_at > limit:
        date_text = f"observed_at is {observation.observed_at:%Y-%m-%d %H:%M} UTC"
    elif span and span.start > limit.date():
        date_text = f"from is {span.start}"
    elif span and span.end > limit.date():
        date_text = f"to is {span.end}"
    else:
        return ""
    return f"this line is dated ahead: {date_text}, and now is {now:%Y-%m-%d %H:%M} UTC"


def _age(observation: Observation) -> tuple[date, datetime, int]:
    span = observation.span
    day = span.end if span else observation.day
    return day, observation.observed_at, observation.value


def _append(path: Path, lines: list[str]) -> None:
    """Append whole lines in one write, after mending a torn last line."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "a+b") as file:
        file.seek(0)
        before = file.read()
        start = before.rfind(b"\n") + 1
        text = "\n".join(lines) + "\n"
        if start < len(before):
            # A line without its end: whole (an editor left out the newline) or torn
            # by a kill, and then it was never reported as stored.
            if _is_observation(before[start:]):
                text = "\n" + text
            else:
                file.truncate(start)
        file.write(text.encode())
        file.flush()
        os.fsync(file.fileno())


def _is_observation(line: bytes) -> bool:
    try:
        decode(line.decode(errors="replace"))
    except (ValueError, KeyError, TypeError):
        return False
    return True
