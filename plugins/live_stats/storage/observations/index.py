"""An index of the history: what its files hold, by series. It is safe to lose.

The lines are the truth. The index has, for each file, its stat and the digest of the
bytes that were read. A file that only grew is read from there on; any other that is not
as it was is read again as a whole. So a run in which little is new reads little, and
holds the lines of few series in memory.

It is one SQLite file, and each row carries a checksum. Counts tell whether a row is
missing. Several processes may use it at once: whoever finds that a file has changed
brings the index up to date, in one transaction.
"""

import json
import os
import sqlite3
import stat
import time
import weakref
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from itertools import chain
from pathlib import Path
from struct import Struct
from typing import Any, BinaryIO

from pelican.plugins.incremental.system.filesystem import format_stat
from pelican.plugins.incremental.system.progress import progress

from ...references.catalogue import known_series
from ..own_folder import remove
from .files import BLOCK, add_lines, blocks
from .lines import DAY, NoObservation, Row, month_of
from .memory import Sums

VERSION = 2
APPLICATION = 0x1AC4E8
PATIENCE = 60.0  # seconds to wait for another process that reads many new lines
DOUBT = 2_000_000_000
"""A file changed within this many ns of being read may change again unseen: some file
systems count time in steps of two seconds. Its bytes are compared until it is older."""

BATCH = 24 << 20
"""So many bytes of rows are put together in memory before they are written."""

_RECORD = Struct("<qqIIBI")
"""A row without its day; its source by number."""

_TABLES = """
create table files (id integer primary key, name text unique, about blob, sum integer);
create table series (id integer primary key, name text unique, about blob, sum integer);
create table chunks (id integer primary key, about blob, rows blob, sum integer);
"""
_FILES = 1 << 20
"""A chunk has the rows of one series in one file: series × this + file is its id."""

_ELSEWHERE = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_AUTH,
}
"""What SQLite says where the index itself may be whole."""


class Damaged(Exception):
    """The index is no index of ours, or not whole; says why."""


class Unusable(Exception):
    """The index cannot be read or written here and now; says why."""


@dataclass(slots=True)
class _File:
    """A file of the history as it was read.

    `upto` are the bytes that whole lines are in, `digest` is theirs; `size` counts what
    lies behind them, too. `ends` are the first and last time of reading, the latest
    first day and the latest last day of a span.
    """

    stat: str = "?"
    size: int = 0
    upto: int = 0
    digest: str = ""
    rows: int = 0
    ends: list[int] = field(default_factory=lambda: [0, 0, 0, 0])

    def add(self, row: Row) -> None:
        _, at, _, start, end, _, _ = row
        ends = self.ends
        if not self.rows or at < ends[0]:
            ends[0] = at
        if at > ends[1]:
            ends[1] = at
        if end > ends[3]:
            ends[2], ends[3] = max(start, ends[2]), end
        elif start > ends[2]:
            ends[2] = start
        self.rows += 1


@dataclass(slots=True)
class _Series:
    """What is known of a series without its rows. `sums` are by month of reading."""

    rows: int = 0
    first: int = 0
    latest: Row | None = None
    sums: dict[int, int] = field(default_factory=dict)

    def add(self, row: Row) -> None:
        first = row[3] or row[0]
        if not self.first or first < self.first:
            self.first = first
        if self.latest is None or row > self.latest:
            self.latest = row
        self.rows += 1

    def add_sums(self, sums: Sums) -> None:
        for month, one in sums.items():
            self.sums[month] = self.sums.get(month, 0) + one


@dataclass(slots=True)
class _Chunk:
    """The rows of one series in one file, packed, with their sources and checksums."""

    packed: bytearray = field(default_factory=bytearray)
    sources: dict[str, int] = field(default_factory=dict)
    sums: dict[int, int] = field(default_factory=dict)

    def add(self, row: Row, checksum: int) -> None:
        _, at, value, start, end, kind, source = row
        number = self.sources.setdefault(source, len(self.sources))
        self.packed += _RECORD.pack(at, value, start, end, kind, number)
        month = month_of(at // DAY)
        self.sums[month] = self.sums.get(month, 0) + checksum

    def rows(self) -> list[Row]:
        names = list(self.sources)
        return [
            (end or at // DAY, at, value, start, end, kind, names[number])
            for at, value, start, end, kind, number in _RECORD.iter_unpack(self.packed)
        ]


class HistoryIndex:
    """The lines of the history by series, as in `memory.Lines`, from the index.

    All methods raise `Damaged` or `Unusable`.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._pid = 0
        self._inherited: list[sqlite3.Connection] = []
        self._closer: weakref.finalize[[], HistoryIndex]
        self._db: sqlite3.Connection
        self._files: dict[str, tuple[int, _File]] = {}
        self._ids: dict[str, list[int]] = {}
        self._series: dict[int, tuple[str, _Series]] = {}
        self._spans = lru_cache(8)(self._spans_of)
        with _troubles():
            self._connect()
            self._check()

    # --- the file -------------------------------------------------------------------

    def _connect(self) -> None:
        """Open the file; makes it where there is none, and the tables in an empty one.

        Each process has a connection of its own: pages are filled by several.
        """
        path = self.path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if path.is_symlink() or path.exists() and not _is_regular(path):
                remove_index(path)
        except OSError as trouble:
            raise Unusable(f"{trouble.strerror}: {trouble.filename}") from None
        if self._pid:
            # What another process has open is not ours to close.
            self._closer.detach()
            self._inherited.append(self._db)
        self._db = sqlite3.connect(
            path, timeout=PATIENCE, isolation_level=None, check_same_thread=False
        )
        self._closer = weakref.finalize(self, self._db.close)
        self._pid = os.getpid()

    def _check(self) -> None:
        db = self._db
        if not db.execute("pragma page_count").fetchone()[0]:
            db.execute("pragma page_size = 8192")
        db.execute("pragma synchronous = off")  # safe to lose
        db.execute("pragma cache_size = -16000")  # KiB
        marks = self._marks()
        if marks == (0, 0):
            self._begin("immediate")
            marks = self._marks()
            if marks == (0, 0):
                db.execute(f"pragma application_id = {APPLICATION}")
                db.execute(f"pragma user_version = {VERSION}")
                for table in filter(str.strip, _TABLES.split(";")):
                    db.execute(table)
                marks = APPLICATION, VERSION
            db.execute("commit")
        if marks[0] != APPLICATION:
            raise Damaged("it is no index of a history")
        if marks[1] != VERSION:
            raise Damaged(f"it has version {marks[1]}, this plugin {VERSION}")

    def _marks(self) -> tuple[int, int]:
        db = self._db
        application = db.execute("pragma application_id").fetchone()[0]
        return application, db.execute("pragma user_version").fetchone()[0]

    def close(self) -> None:
        self._closer()

    def _begin(self, how: str) -> None:
        if self._pid != os.getpid():
            self._connect()
        if self._db.in_transaction:
            self._db.execute("rollback")
        self._db.execute(f"begin {how}")

    # --- bring it up to date --------------------------------------------------------

    def update(self, files: list[Path]) -> list[Path]:
        """Read what is new in the files of the history, and forget those that are gone.

        Returns those with a line that is no observation: they are not in the index.
        """
        with _troubles():
            self._begin("deferred")
            self._load()
            self._db.execute("commit")
            changed = [path for path in files if not self._is_known(path)]
            gone = self._files.keys() - {path.name for path in files}
            if not changed and not gone:
                return []
            self._begin("immediate")
            try:
                self._load()
                wrong = _Update(self, changed, gone).run()
                self._db.execute("commit")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("rollback")
                raise
        return wrong

    def _is_known(self, path: Path) -> bool:
        known = self._files.get(path.name)
        return known is not None and known[1].stat == format_stat(str(path))

    def _load(self) -> None:
        """Load what is known of each file and series. Raises `Damaged`."""
        self._spans.cache_clear()
        read = self._db.execute("select id, name, about, sum from files")
        self._files = {
            name: (number, _File(*_loads(about)))
            for number, name, about in _sound(read)
        }
        read = self._db.execute("select id, name, about, sum from series")
        self._series, self._ids = {}, {}
        for number, name, about in _sound(read):
            self._series[number] = (name, _series_of(about))
            try:
                self._ids.setdefault(known_series(name), []).append(number)
            except ValueError:  # of today's rules: its lines are read again
                raise Damaged(f"{name} is no series any more") from None
        lines = sum(file.rows for _, file in self._files.values())
        if lines != sum(one.rows for _, one in self._series.values()):
            raise Damaged("a part of it is missing")

    # --- what is in it --------------------------------------------------------------

    def names(self) -> Iterable[str]:
        return self._ids.keys()

    def rows(self, series: str) -> Iterable[Row]:
        found = map(self._rows_of, self._ids.get(series, ()))
        return chain.from_iterable(found)

    def latest(self, series: str) -> Row | None:
        found = (self._series[one][1].latest for one in self._ids.get(series, ()))
        return max(filter(None, found), default=None)

    def last_of(self, series: str, start: int, end: int) -> Row | None:
        latest = self.latest(series)
        if latest is None or (latest[3], latest[4]) == (start, end):
            return latest
        if end > latest[0]:
            return None  # it would be the latest
        return self._spans(series).get((start, end))

    def _spans_of(self, series: str) -> dict[tuple[int, int], Row]:
        return {(row[3], row[4]): row for row in sorted(self.rows(series))}

    def first_day(self, series: str) -> int | None:
        ids = self._ids.get(series, ())
        return min((self._series[one][1].first for one in ids), default=None)

    def sums(self, series: str) -> Sums:
        found, numbers = _Series(), self._ids.get(series, ())
        if len(numbers) == 1:  # as nearly always: there are many months
            return self._series[numbers[0]][1].sums
        for one in numbers:
            found.add_sums(self._series[one][1].sums)
        return found.sums

    def _rows_of(self, number: int) -> list[Row]:
        """The rows of a series as they are now: another process may have added some."""
        with _troubles():
            self._begin("deferred")
            where = (number * _FILES, (number + 1) * _FILES - 1)
            db = self._db
            chunks = db.execute(
                "select id, about, rows, sum from chunks where id between ? and ?",
                where,
            ).fetchall()
            known = db.execute(
                "select id, name, about, sum from series where id = ?", (number,)
            ).fetchall()
            db.execute("commit")
            rows = [row for one in chunks for row in _chunk_of(one).rows()]
            expected = sum(_series_of(about).rows for _, _, about in _sound(known))
            if len(rows) != expected:
                raise Damaged("a part of it is missing")
        return rows

    # --- by file --------------------------------------------------------------------

    def file(self, name: str) -> tuple[int, int, list[int]]:
        """Of a file: where its last line without an end begins, its size, `ends`."""
        _, file = self._files[name]
        return file.upto, file.size, file.ends

    def days(
        self, chosen: list[str], begin: int, last: int
    ) -> tuple[dict[str, list[Row]], int]:
        """What was read of some series from `begin`, and when the last day of it ends.

        It goes on to the end of the first file that has any of it, and of all that
        have one of its days; no further than to `last`.
        """
        rows: dict[str, list[Row]] = {}
        with _troubles():
            self._begin("deferred")
            # As they are now: another process may have read a file anew.
            known = self._db.execute("select id, name, about, sum from files")
            files, last = _together(_sound(known), begin, last)
            for name in chosen:
                found = [
                    self.chunk(n, f) for n in self._ids.get(name, ()) for f in files
                ]
                rows[name] = [
                    row
                    for chunk in filter(None, found)
                    for row in chunk.rows()
                    if begin <= row[1] <= last
                ]
            self._db.execute("commit")
        return rows, last

    def check_all(self) -> None:
        """Raise `Damaged` if rows are missing: they are counted, and not read."""
        with _troubles():
            if self._pid != os.getpid():
                self._connect()
            self._begin("deferred")
            found = self._db.execute("select sum(length(rows)) from chunks").fetchone()
            known = self._db.execute("select id, name, about, sum from files")
            files = [_File(*_loads(about)) for _, _, about in _sound(known)]
            self._db.execute("commit")
            expected = sum(file.rows for file in files)
            if (found[0] or 0) != expected * _RECORD.size:
                raise Damaged("a part of it is missing")

    def chunk(self, series: int, file: int) -> _Chunk | None:
        found = self._db.execute(
            "select id, about, rows, sum from chunks where id = ?",
            (series * _FILES + file,),
        ).fetchone()
        return _chunk_of(found) if found else None


class _Update:
    """One transaction that brings an index up to date with the files."""

    def __init__(
        self, index: HistoryIndex, changed: list[Path], gone: Iterable[str]
    ) -> None:
        self.index, self.changed, self.gone = index, changed, list(gone)
        self.db = index._db
        self.files = index._files
        self.numbers = {name: n for n, (name, _) in index._series.items()}
        self.series = {n: one for n, (_, one) in index._series.items()}
        self.touched: set[int] = set()
        self.recount: set[int] = set()
        self.chunks: dict[int, _Chunk] = {}
        self.waiting = 0  # bytes in `chunks`
        self.grown: set[int] = set()  # files that have rows already
        self.step: Callable[[], None] = lambda: None

    def run(self) -> list[Path]:
        """Do it; returns the files with a line that is no observation."""
        for name in self.gone:
            self._forget(name)
        total = sum(path.stat().st_size // BLOCK + 1 for path in self.changed)
        wrong = []
        with progress("index of the history", total) as self.step:
            for path in self.changed:
                if not self._read(path):
                    wrong.append(path)
                if self.waiting > BATCH:
                    self._flush()
            self._flush()
        self._count_again()
        self._put_series()
        self.index._load()
        return wrong

    def _read(self, path: Path) -> bool:
        """Read a file from where it grew, or as a whole; false if a line is wrong."""
        number, known = self.files.get(path.name, (0, None))
        with open(path, "rb") as file:
            mark = os.fstat(file.fileno())
            changed_at = max(mark.st_mtime_ns, mark.st_ctime_ns)
            sure = changed_at < time.time_ns() - DOUBT
            whole = blake2b(digest_size=16)
            new = _File()
            if known is not None and self._begins_as(file, known, whole):
                self.grown.add(number)
                new = _File(upto=known.upto, rows=known.rows, ends=[*known.ends])
            elif known is not None:
                self._forget(path.name)
                file.seek(0)
                number, whole = 0, blake2b(digest_size=16)
            new.stat = _format(mark) if sure else "?"
            try:
                found = self._lines(file, new, whole)
            except NoObservation:
                self._forget(path.name)
                return False
        new.digest = whole.hexdigest()
        number = number or 1 + max((n for n, _ in self.files.values()), default=0)
        self.files[path.name] = number, new
        self._put_file(path.name)
        for series, chunk in found.items():
            self._merge(series, number, chunk)
        return True

    def _begins_as(self, file: BinaryIO, known: _File, whole: blake2b) -> bool:
        """Whether the bytes that were read are those of today; they go to `whole`."""
        left = known.upto
        while left and (data := file.read(min(left, BLOCK))):
            whole.update(data)
            left -= len(data)
        return not left and whole.hexdigest() == known.digest

    def _lines(self, file: BinaryIO, new: _File, whole: blake2b) -> dict[str, _Chunk]:
        """The lines from here on by series. Raises `NoObservation`."""
        found: dict[str, _Chunk] = {}

        def add(series: str, row: Row, checksum: int) -> None:
            chunk = found.get(series)
            if chunk is None:
                chunk = found[series] = _Chunk()
            chunk.add(row, checksum)
            new.add(row)

        new.size = new.upto
        for block in blocks(file):
            self.step()
            new.size += len(block)
            if block.endswith(b"\n"):
                add_lines(block, add)
                whole.update(block)
                new.upto = new.size
        return found

    def _merge(self, name: str, file: int, chunk: _Chunk) -> None:
        """Add the new rows of a series in a file to the batch."""
        number = self.numbers.get(name)
        if number is None:
            number = self.numbers[name] = 1 + max(self.series, default=0)
            self.series[number] = _Series()
        series = self.series[number]
        for row in chunk.rows():
            series.add(row)
        series.add_sums(chunk.sums)
        self.touched.add(number)
        self.chunks[number * _FILES + file] = chunk
        self.waiting += len(chunk.packed)

    def _flush(self) -> None:
        for key in sorted(self.chunks):
            chunk = self.chunks[key]
            known = key % _FILES in self.grown
            before = self.index.chunk(*divmod(key, _FILES)) if known else None
            if before is not None:
                for row in chunk.rows():
                    before.add(row, 0)
                for month, one in chunk.sums.items():
                    before.sums[month] = before.sums.get(month, 0) + one
                chunk = before
            self._put_chunk(key, chunk)
        self.chunks.clear()
        self.waiting = 0

    def _forget(self, name: str) -> None:
        """Take a file out of the index, with its rows."""
        number, known = self.files.pop(name, (0, None))
        if known is None:
            return
        self._flush()
        keys = [series * _FILES + number for series in self.series]
        for key in keys:
            if self.db.execute("delete from chunks where id = ?", (key,)).rowcount:
                self.recount.add(key // _FILES)
        self.db.execute("delete from files where id = ?", (number,))
        self.grown.discard(number)

    def _count_again(self) -> None:
        """Make what is known of a series from its rows, where some went."""
        for number in self.recount:
            series = self.series[number] = _Series()
            where = (number * _FILES, (number + 1) * _FILES - 1)
            found = self.db.execute(
                "select id, about, rows, sum from chunks where id between ? and ?",
                where,
            )
            with closing(found):
                for one in found:
                    chunk = _chunk_of(one)
                    series.add_sums(chunk.sums)
                    for row in chunk.rows():
                        series.add(row)

    def _put_series(self) -> None:
        names = {number: name for name, number in self.numbers.items()}
        for number in self.touched | self.recount:
            one = self.series[number]
            if one.rows:
                about = _dumps([one.rows, one.first, one.latest, one.sums])
                row = (number, names[number], about)
                self._put("series", (*row, _sum(*row)))
            else:
                self.db.execute("delete from series where id = ?", (number,))

    def _put_file(self, name: str) -> None:
        number, one = self.files[name]
        fields = [one.stat, one.size, one.upto, one.digest, one.rows, one.ends]
        row = (number, name, _dumps(fields))
        self._put("files", (*row, _sum(*row)))

    def _put_chunk(self, key: int, chunk: _Chunk) -> None:
        row = (key, _dumps([list(chunk.sources), chunk.sums]), bytes(chunk.packed))
        self._put("chunks", (*row, _sum(*row)))

    def _put(self, table: str, row: tuple[Any, ...]) -> None:
        self.db.execute(f"insert or replace into {table} values (?, ?, ?, ?)", row)


def _sound(read: Iterable[Any]) -> Iterator[tuple[int, str, bytes]]:
    """Rows of the tables of files and series. Raises `Damaged` for one that is not."""
    for number, name, about, total in read:
        if total != _sum(number, name, about):
            raise Damaged("a row of it is damaged")
        yield number, name, about


def _together(
    known: Iterable[tuple[int, str, bytes]], begin: int, last: int
) -> tuple[list[int], int]:
    """The numbers of the first file with what was read from `begin` to `last`, and of
    all files that have days of it; and when the last of these days ends."""
    times = sorted(
        (file.ends[0] // DAY, file.ends[1] // DAY, number)
        for number, file in ((n, _File(*_loads(about))) for n, _, about in known)
        if file.rows and file.ends[1] >= begin and file.ends[0] <= last
    )
    found: list[int] = []
    until = 0
    for first, end, number in times:
        if found and first > until:
            break
        found.append(number)
        until = max(until, end)
    return found, min(until * DAY + DAY - 1, last) if found else last


def _series_of(about: bytes) -> _Series:
    rows, first, latest, sums = _loads(about)
    known = {int(month): one for month, one in sums.items()}
    return _Series(rows, first, tuple(latest), known)


def _chunk_of(found: tuple[int, bytes, bytes, int]) -> _Chunk:
    number, about, packed, total = found
    if not isinstance(packed, bytes) or total != _sum(number, about, packed):
        raise Damaged("a row of it is damaged")
    sources, sums = _loads(about)
    return _Chunk(
        bytearray(packed),
        {source: number for number, source in enumerate(sources)},
        {int(month): one for month, one in sums.items()},
    )


def _sum(number: int, *parts: str | bytes) -> int:
    """A check against damage, not against malice: nothing in the index is executed."""
    total = zlib.crc32(str(number).encode())
    for part in parts:
        if not isinstance(part, str | bytes):
            return -1  # damaged: all that we write is one of these
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        total = zlib.crc32(data, total)
    return total


def _dumps(value: Any) -> bytes:
    return _encode(value).encode()


_encode = json.JSONEncoder(separators=(",", ":")).encode


def _loads(data: bytes) -> Any:
    # `json.loads` guesses the encoding of bytes, and a damaged row may give a text.
    return json.loads(data.decode() if isinstance(data, bytes) else data)


class _troubles:
    """Turns what SQLite and damaged rows raise into `Damaged` and `Unusable`."""

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> None:
        if isinstance(error, sqlite3.Error):
            code = getattr(error, "sqlite_errorcode", None)
            short = code == sqlite3.SQLITE_IOERR_SHORT_READ
            if code is not None and code & 0xFF in _ELSEWHERE and not short:
                raise Unusable(str(error)) from None
            raise Damaged(str(error)) from None


def _format(found: os.stat_result) -> str:
    """As `format_stat` has it."""
    times = f"{found.st_mtime_ns} {found.st_ctime_ns}"
    return f"{found.st_size} {found.st_ino} {times}"


def _is_regular(path: Path) -> bool:
    return stat.S_ISREG(os.lstat(path).st_mode)


def remove_index(path: Path) -> None:
    """Throw an index away, whatever lies in its place. Raises `Unusable`."""
    try:
        for end in ("", "-journal", "-wal", "-shm"):
            remove(Path(f"{path}{end}"))
    except OSError as trouble:
        raise Unusable(f"{trouble.strerror}: {trouble.filename}") from None
