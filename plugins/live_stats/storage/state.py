"""The state of the collections: times, failures and pauses, and the journal.

The state tells of one machine: it is a file of lines that git ignores, and it is safe
to lose. What must not be lost, money and decisions, is in the journal, which git
carries. Both are read together, for a record has what the journal says of its series.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Self

from ..model.errors import Mistake, Mistakes
from . import atomic_write, journal
from .journal import Journal, Standing
from .journal_lines import UNREADABLE, Kind
from .observations.files import BOM, history_files, kind_of
from .state_lines import (
    CollectionRecord,
    HostRecord,
    OldState,
    PlatformRecord,
    Record,
    Records,
    SeriesRecord,
    encode,
    join,
    read_old,
)

__all__ = ["CollectionState", "PlatformRecord", "SeriesRecord"]

STATE_FILE = "state.jsonl"
OLD_FILE = "state.json"


@dataclass(slots=True, kw_only=True)
class CollectionState:
    """The records of all series and platforms, and when the last collection ran.

    `hosts` has until when a host wants no request. `damaged` tells what is wrong with
    lines that cannot be read; saving puts them aside.
    """

    collected_at: datetime | None = None
    series: dict[str, SeriesRecord] = field(default_factory=dict)
    platforms: dict[str, PlatformRecord] = field(default_factory=dict)
    hosts: dict[str, datetime] = field(default_factory=dict)
    journal: Journal = field(default_factory=Journal, compare=False)
    damaged: Mistake | None = None
    _unreadable: list[bytes] = field(default_factory=list, compare=False, repr=False)

    @classmethod
    def load(cls, data: Path, shown_as: str = "", now: datetime | None = None) -> Self:
        """Read state and journal in the folder `data`; absent ones are empty.

        A line of the state that cannot be true at `now` is left out. Raises `Mistakes`
        for a line of the journal that is none, and for a state that the system does
        not let us read.
        """
        now, place = now or datetime.now(UTC), shown_as or str(data)
        state = cls(
            journal=Journal.load(
                data / journal.FOLDER, f"{place}/{journal.FOLDER}", now
            )
        )
        name, lines = STATE_FILE, _lines(data / STATE_FILE, f"{place}/{STATE_FILE}")
        if lines is None:
            name, old = OLD_FILE, state._read_old(data, place, now)
            lines = old.lines
            state.journal.add_unwritten(old.events)
        records: Records = {}
        state._unreadable += join(records, lines, now)
        if state._unreadable:
            first = lines.index(state._unreadable[0]) + 1 if name == STATE_FILE else 0
            state.damaged = _damage(f"{place}/{name}", first, len(state._unreadable))
        for (_, called), record in records.items():
            state._put(called, record)
        for series, standing in state.journal.standings().items():
            state._apply(series, standing)
        return state

    def _read_old(self, data: Path, place: str, now: datetime) -> OldState:
        """What an older version has left, if anything."""
        whole = b"\n".join(_lines(data / OLD_FILE, f"{place}/{OLD_FILE}") or [])
        if not whole.strip():
            return OldState()
        try:
            return read_old(whole, now)
        except UNREADABLE:
            # The file itself is kept, under another name.
            self.damaged = _damage(f"{place}/{OLD_FILE}", 0, 0)
            return OldState()

    def _put(self, called: str, record: Record) -> None:
        if isinstance(record, SeriesRecord):
            self.series[called] = record
        elif isinstance(record, PlatformRecord):
            self.platforms[called] = record
        elif isinstance(record, HostRecord):
            if record.until:
                self.hosts[called] = record.until
        else:
            self.collected_at = record.at

    def _apply(self, series: str, standing: Standing) -> None:
        """Put what the journal says of a series into its record."""
        record = self.record(series)
        for item in fields(standing):
            setattr(record, item.name, getattr(standing, item.name))
        decided, failed = standing.decided_at, record.failed_at
        if standing.is_rejected and decided and failed and failed <= decided:
            # It failed because the reading was held, and that is over.
            record.failure, record.failing_since = "", None

    def note(self, kind: Kind, series: str, value: int, at: datetime) -> None:
        """Write in the journal what becomes of a reading, and in its record."""
        self.journal.note(kind, series, value, at)
        self._apply(series, self.journal.standing(series))

    def save(self, data: Path) -> bool:
        """Write the file, sorted; true if it changed.

        What an older version has left is moved to a name of its own.
        """
        self.journal.flush()
        path = data / STATE_FILE
        if self._unreadable:
            with open(data / f"{STATE_FILE}.damaged", "ab") as aside:
                aside.writelines(line + b"\n" for line in self._unreadable)
            self._unreadable.clear()
        self.damaged = None
        lines = sorted(filter(None, (encode(*one) for one in self._records())))
        text = "".join(f"{line}\n" for line in lines)
        is_new = atomic_write.write_if_changed(path, text.encode())
        if (old := data / OLD_FILE).is_file():
            old.rename(_free_name(old))
        return is_new

    def _records(self) -> Iterator[tuple[str, str, Record]]:
        yield "collection", "", CollectionRecord(at=self.collected_at)
        for host, until in self.hosts.items():
            yield "host", host, HostRecord(until=until)
        for name, platform in self.platforms.items():
            yield "platform", name, platform
        for name, series in self.series.items():
            yield "series", name, series

    def record(self, series: str) -> SeriesRecord:
        return self.series.setdefault(series, SeriesRecord())

    def platform_record(self, name: str) -> PlatformRecord:
        return self.platforms.setdefault(name, PlatformRecord())


def files_of(data: Path) -> list[Path]:
    """All files that a state is read from."""
    names = (STATE_FILE, OLD_FILE, journal.SPENDING_FILE)
    folder = data / journal.FOLDER
    return [*(data / name for name in names), *history_files(folder, str(folder))[0]]


def _lines(path: Path, place: str) -> list[bytes] | None:
    """The lines of a file; None if there is none."""
    try:
        why = kind_of(path)
        if not why:
            return path.read_bytes().removeprefix(BOM).split(b"\n")
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        why = str(error.strerror)
    what = f"this file cannot be read ({why})"
    mend = "make it readable, or remove it: it is safe to lose"
    raise Mistakes([Mistake(path=place, what=what, mend=mend)])


def _damage(place: str, line: int, number: int) -> Mistake:
    """What is said of lines that cannot be read, from `line` on; 0: of a whole file."""
    name = f"{STATE_FILE}.damaged" if number else f"{OLD_FILE}.old"
    one = number == 1
    lines = "this line is" if one else f"{number} lines are"
    return Mistake(
        path=place,
        line=line,
        what=f"{lines if number else 'this is'} no state of a collection and "
        f"{'is' if one or not number else 'are'} passed over",
        mend=f"what {'they' if number > 1 else 'it'} told is asked for again, and the "
        f"next collection puts {'them' if number > 1 else 'it'} aside as {name}",
    )


def _free_name(path: Path) -> Path:
    """A free name for what an older version left; files with such names are kept."""
    names = (f"{path.name}.old{n if n > 1 else ''}" for n in count(1))
    return next(p for name in names if not (p := path.with_name(name)).exists())
