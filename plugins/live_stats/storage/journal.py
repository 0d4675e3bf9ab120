"""The journal: what must never be forgotten, as lines of JSON that are only appended.

It tells what each collection spent, which readings were held, and what the author
decided about them. Its files lie in git, one for each month, beside the history: a
decision that is made at a desk and pushed works for a build service, and two builders
know what both have spent.

Lines come from several builders and from merges, so neither their order nor their
repetitions matter: what a run spent counts once, and of the events of a series the
latest counts. One that follows another has a later time, whatever the clock says.

While a collection runs, what it spends lies in `SPENDING_FILE`: a line before each
request, with all that this run has spent so far. At its end it is one line of the
journal. After a kill, the next collection moves it there.
"""

import os
import re
import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

from ..model.errors import Mistake, Mistakes
from ..providers import PROVIDERS
from .journal_lines import (
    UNREADABLE,
    Event,
    Kind,
    Spending,
    Units,
    decode,
    encode,
    is_event,
    is_marker,
)
from .lines import append_lines
from .observations.files import (
    MOST,
    and_more,
    history_files,
    numbered_lines,
    trouble_with,
)

FOLDER = "journal"
SPENDING_FILE = "state.jsonl.spending"
"""Beside the folder; git ignores it, as all that begins with `state.json`."""

AHEAD = timedelta(days=1)  # clocks differ
KEPT_READING = timedelta(days=62)  # beyond the days of a budget: there may be much
LATER = timedelta(seconds=1)
_MONTH = re.compile(r"20\d\d-(?:0[1-9]|1[0-2])", re.ASCII)

Spent = dict[str, dict[str, str]]
"""What was spent of each budget of a platform: by unit, then by day the amount, or by
subject the day on which it was asked for."""


@dataclass(slots=True, kw_only=True)
class Standing:
    """What became of the implausible readings of one series.

    `held` is the reading that waits, since `held_at`; `accepted`: the author said at
    `decided_at` that it is right. `rejected` are those that the author said are wrong,
    `last_rejected` is the latest of them.
    """

    held: int | None = None
    held_at: datetime | None = None
    accepted: bool = False
    decided_at: datetime | None = None
    rejected: frozenset[int] = frozenset()
    last_rejected: int | None = None

    @property
    def is_rejected(self) -> bool:
        """Whether nothing has followed the author's word that one is wrong."""
        return self.decided_at is not None and not self.accepted


class Journal:
    """All events below one folder; without a folder they are in memory alone."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder
        self._events: dict[str, set[Event]] = defaultdict(set)
        self._spent: dict[tuple[str, datetime], dict[str, Units]] = {}
        self._unwritten: list[Event | Spending] = []

    @classmethod
    def load(cls, folder: Path, shown_as: str, now: datetime) -> "Journal":
        """Load every month. Raises `Mistakes` for lines that are no events.

        And for those dated more than a day ahead of `now`.
        """
        journal = cls(folder)
        mistakes: list[Mistake] = []
        paths, found = history_files(folder, shown_as, "the journal")
        mistakes += found
        old = _first_counted(paths, now)
        for path in paths:
            place = f"{shown_as}/{path.name}"
            mistakes += journal._read(path, place, now, is_old=path.stem < old)
        unfinished = folder.parent / SPENDING_FILE
        place = f"{Path(shown_as).parent.as_posix()}/{SPENDING_FILE}"
        if os.path.lexists(unfinished):
            trouble = trouble_with(unfinished, place, "the journal")
            mistakes += [trouble] if trouble else journal._read(unfinished, place, now)
        if mistakes:
            raise Mistakes(mistakes)
        return journal

    def _read(
        self, path: Path, place: str, now: datetime, *, is_old: bool = False
    ) -> Iterator[Mistake]:
        """Add the events of one file; what is wrong with its lines.

        Of an old one what was spent is passed over.
        """
        markers = wrong = first = 0
        for number, line, whole in numbered_lines(path):
            if is_old and b'"event":"spent"' in line:
                continue
            try:
                self._add(_decoded(line, now))
            except UNREADABLE as error:
                if is_marker(line):
                    markers += 1
                    if markers == 1:
                        yield _conflict(place, number)
                elif whole:  # else it was torn, and never reported
                    wrong += 1
                    first = number if wrong == MOST + 1 else first
                    if wrong <= MOST:
                        yield _unreadable(place, number, error)
        if first:
            yield and_more(place, first, wrong - MOST)

    def _add(self, one: Event | Spending) -> None:
        """Add one in memory. Of a run that is there already, the larger sums count."""
        if isinstance(one, Event):
            self._events[one.series].add(one)
            return
        known = self._spent.setdefault((one.run, one.at), {})
        for platform, units in one.spent.items():
            known[platform] = _joined(known.get(platform, {}), units)

    def spent(self, platform: str) -> Spent:
        """What all runs together spent of the budgets of a platform.

        A run enters a subject only where no run before it has paid for it, so of its
        days the last one counts.
        """
        amounts: dict[str, dict[str, Decimal]] = {}
        found: Spent = {}
        for (_, at), spent in self._spent.items():
            day = at.date().isoformat()
            for unit, amount in spent.get(platform, {}).items():
                if isinstance(amount, Decimal):
                    days = amounts.setdefault(unit, {})
                    days[day] = days.get(day, Decimal(0)) + amount
                else:
                    entries = found.setdefault(unit, {})
                    entries |= {one: max(day, entries.get(one, "")) for one in amount}
        for unit, days in amounts.items():
            texts = {day: f"{amount:f}" for day, amount in days.items()}
            found.setdefault(unit, {}).update(texts)
        return found

    def standings(self) -> dict[str, Standing]:
        """The standing of each series that has events."""
        return {series: self.standing(series) for series in self._events}

    def standing(self, series: str) -> Standing:
        return _standing(self._events.get(series, ()))

    def note(self, kind: Kind, series: str, value: int, at: datetime) -> datetime:
        """Write an event; the time that it has."""
        before = self._events.get(series, ())
        latest = max((one.at for one in before), default=None)
        if latest and latest >= at:
            at = latest + LATER
        self._write([Event(kind=kind, series=series, value=value, at=at)])
        return at

    def add_unwritten(self, events: Iterable[Event | Spending]) -> None:
        """Add what is to be written with the next event, or by `flush`."""
        for one in events:
            self._add(one)
            self._unwritten.append(one)

    def flush(self) -> None:
        """Write what is not written yet."""
        self._write([])

    def begin_run(self, at: datetime) -> "RunSpending":
        """The spending of a new run; what a killed one left is written before it."""
        path = self._spending_file
        if path is not None and path.exists():
            left = Journal()
            for _ in left._read(path, "", at):
                pass  # `load` has raised its mistakes
            self._write(left._runs())
            path.unlink()
        return RunSpending(self, path, at)

    def end_run(self, spending: Spending) -> None:
        """Write what a run spent. Later requests of it, if any, are written anew."""
        self._write([spending])
        if self._spending_file is not None:
            self._spending_file.unlink(missing_ok=True)

    @property
    def _spending_file(self) -> Path | None:
        return self.folder.parent / SPENDING_FILE if self.folder else None

    def _runs(self) -> list[Event | Spending]:
        return [
            Spending(run=run, at=at, spent=spent)
            for (run, at), spent in self._spent.items()
        ]

    def _write(self, new: Iterable[Event | Spending]) -> None:
        """Write events; they are known here once they lie on the disk."""
        events = [*self._unwritten, *new]
        months: dict[str, list[str]] = defaultdict(list)
        for one in events:
            months[f"{one.at:%Y-%m}"].append(encode(one))
        if self.folder is not None:
            for month, lines in months.items():
                append_lines(self.folder / f"{month}.jsonl", lines, is_event)
        self._unwritten.clear()
        for one in events:
            self._add(one)


class RunSpending:
    """What one run spends. Safe to share between threads.

    Each request is on the disk before it is sent, so a kill forgets no money.
    """

    def __init__(self, journal: Journal, path: Path | None, at: datetime) -> None:
        self._journal, self._path = journal, path
        self._at, self._run = at, os.urandom(16).hex()
        self._spent: dict[str, Units] = {}
        self._lock = threading.Lock()

    def add(self, platform: str, units: Units) -> None:
        """Enter what the next request takes: amounts, and subjects, by budget."""
        with self._lock:
            total = dict(self._spent.get(platform, {}))
            for unit, amount in units.items():
                known = total.get(unit)
                if isinstance(amount, Decimal):
                    known = known if isinstance(known, Decimal) else Decimal(0)
                    total[unit] = known + amount
                else:
                    known = known if isinstance(known, frozenset) else frozenset()
                    total[unit] = known | amount
            spent = self._spent | {platform: total}
            if self._path is not None:
                whole = Spending(run=self._run, at=self._at, spent=spent)
                append_lines(self._path, [encode(whole)], is_event)
            self._spent = spent

    def end(self) -> None:
        """Write all of it into the journal, if it is anything."""
        with self._lock:
            if self._spent:
                whole = Spending(run=self._run, at=self._at, spent=self._spent)
                self._journal.end_run(whole)


def _first_counted(paths: Iterable[Path], now: datetime) -> str:
    """The month from which on spending is read: what is older counts in no budget.

    It is found by the latest file, and not by the clock, for the status page tells
    what was spent until the last collection.
    """
    months = [path.stem for path in paths if _MONTH.fullmatch(path.stem)]
    latest = min(max(months, default=""), f"{now:%Y-%m}")
    if not latest:
        return ""
    budgets = (budget for one in PROVIDERS for budget in one.budgets)
    longest = timedelta(days=max((budget.days for budget in budgets), default=1))
    first = datetime.fromisoformat(f"{latest}-01") - longest - KEPT_READING
    return f"{first:%Y-%m}"


def _decoded(line: bytes, now: datetime) -> Event | Spending:
    """What a line tells; one of `UNREADABLE` where that cannot be true at `now`."""
    one = decode(line)
    if one.at > now + AHEAD:
        raise ValueError(f"it is dated ahead: {one.at:%Y-%m-%d %H:%M} UTC")
    return one


def _joined(one: Units, other: Units) -> Units:
    """Of each budget the larger amount, and all subjects."""
    both: dict[str, Decimal | frozenset[str]] = dict(one)
    for unit, amount in other.items():
        known = both.get(unit)
        if isinstance(known, Decimal) and isinstance(amount, Decimal):
            both[unit] = max(known, amount)
        elif isinstance(known, frozenset) and isinstance(amount, frozenset):
            both[unit] = known | amount
        elif known is None or isinstance(amount, Decimal):
            both[unit] = amount  # of two kinds, whatever the order, the amount counts
    return both


def _standing(events: Iterable[Event]) -> Standing:
    standing = Standing()
    rejected: list[int] = []
    for event in sorted(events, key=lambda one: one.age):
        value, at = event.value, event.at
        if event.kind is Kind.REJECTED:
            rejected.append(value)
            standing = Standing(decided_at=at)
        elif event.kind is Kind.ACCEPTED:
            rejected = [one for one in rejected if one != value]
            standing = Standing(held=value, held_at=at, accepted=True, decided_at=at)
        elif event.kind is Kind.HELD:
            standing = Standing(held=value, held_at=at)
        else:
            standing = Standing()
    standing.rejected = frozenset(rejected)
    standing.last_rejected = rejected[-1] if rejected else None
    return standing


def _conflict(place: str, line: int) -> Mistake:
    return Mistake(
        path=place,
        line=line,
        what="a merge has left both sides in this file",
        mend="delete the lines that begin with <<<<<<<, |||||||, ======= and >>>>>>>, "
        "and keep all others",
    )


def _unreadable(place: str, line: int, error: Exception) -> Mistake:
    why = "a part is missing" if isinstance(error, KeyError) else str(error)[:100]
    return Mistake(
        path=place,
        line=line,
        what=f"this line is no event of the journal ({why})",
        mend="mend it, or delete it: then what it tells of money, or of a held "
        "reading, is forgotten",
    )
