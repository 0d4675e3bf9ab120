"""The state of the last build, in one SQLite file that is safe to lose.

Only text and digests lie in it, never code or pickled objects. Each row carries the
digest of its own bytes, so a damaged row is noticed and counts as missing. A file that
cannot be read as ours is thrown away with one line.
"""

import json
import shutil
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

from ..system.kept_paths import KeptPaths

VERSION = 15
APPLICATION = 0x1AC4E7
NAME = "state.sqlite"
TABLES = ("posts", "own", "files", "inputs")
_DAMAGE = (
    sqlite3.DatabaseError,
    ValueError,
    TypeError,
    AttributeError,
    RecursionError,  # lists in lists in lists
)


class UnusableState(Exception):
    """The state cannot be used; says why."""


class StoredRow(NamedTuple):
    """A row that is whole: plain values, as JSON has them, and bytes beside them."""

    key: str
    plain: Any
    data: bytes


class FileRow(NamedTuple):
    """What is known of a file that a build has left; all fields are text.

    `stat` is as `system.filesystem.format_stat` has it; `made_from` names the template,
    `reason` says when and why the file was made, `digest` is that of its bytes, or
    empty, and `notes` are those that were noted
    while it was rendered, as JSON, or empty. There are many rows, and JSON takes its
    time: so they lie in the state as lines, and `notes` are decoded when they are used.
    """

    fingerprint: str = ""
    stat: str = ""
    made_from: str = ""
    reason: str = ""
    digest: str = ""
    notes: str = ""

    @classmethod
    def of(
        cls,
        fingerprint: str,
        stat: str,
        made_from: str,
        reason: str,
        digest: str,
        notes: Any,
    ) -> "FileRow":
        """A row of these values; `notes` are plain values, or None."""
        fields = (fingerprint, stat, made_from, reason, digest)
        lines = [" ".join(field.split("\n")) for field in fields]
        return cls._make([*lines, _dumps(notes) if notes else ""])

    @classmethod
    def decode(cls, text: str | bytes) -> "FileRow":
        """The row of a text that `encode` gave.

        All fields are empty, as of a file that must be made again, if it is no such
        text.
        """
        try:
            whole = text if isinstance(text, str) else _decoded(text)
        except UnicodeDecodeError:
            return cls()
        fields = whole.split("\n", 5)
        stat = fields[1] if len(fields) == 6 else "?"
        return cls() if stat.strip("0123456789 -") else cls._make(fields)

    def encode(self) -> str:
        return "\n".join(self)

    def decoded_notes(self) -> Any:
        """What was noted, as plain values; None for nothing."""
        return json.loads(self.notes) if self.notes else None


class Store:
    """Rows by table and key. Nothing is kept until `save` is called.

    `paths` says how paths stand in the rows.
    """

    def __init__(self, folder: Path) -> None:
        self.path, self.paths = folder / NAME, KeptPaths(folder)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._db = self._open()
        except FileExistsError:
            raise UnusableState("a file lies where its folder should be") from None
        except (sqlite3.DatabaseError, UnusableState) as trouble:
            self.close()
            raise UnusableState(str(trouble)) from trouble

    def _open(self) -> sqlite3.Connection:
        new = not self.path.exists() or self.path.stat().st_size == 0
        self._db = db = sqlite3.connect(
            self.path, isolation_level=None, check_same_thread=False
        )
        if new:
            db.execute(f"pragma application_id = {APPLICATION}")
            db.execute(f"pragma user_version = {VERSION}")
            for table in TABLES:
                db.execute(
                    f"create table {table} (key text primary key, plain blob,"
                    " text blob, sum integer) without rowid"
                )
        ours = db.execute("pragma application_id").fetchone()[0] == APPLICATION
        version = db.execute("pragma user_version").fetchone()[0]
        if not ours:
            raise UnusableState("it is not a state of this plugin")
        if version != VERSION:
            raise UnusableState(f"it has version {version}, this plugin {VERSION}")
        db.execute("pragma synchronous = normal")
        return db

    def close(self) -> None:
        db = getattr(self, "_db", None)
        if db is not None:
            db.close()

    def rows(self, table: str) -> Iterator[StoredRow]:
        """All rows of a table that are whole. Raises `UnusableState`."""
        try:
            found = self._db.execute(f"select key, plain, text, sum from {table}")
            with closing(found):
                for key, plain, text, total in found:
                    if total == _sum(key, plain, text):
                        value = _loads(plain.decode())[0] if plain else None
                        yield StoredRow(key, value, text)
        except _DAMAGE as trouble:
            raise UnusableState(str(trouble)) from trouble

    def keys(self, table: str) -> set[str]:
        try:
            return {key for (key,) in self._db.execute(f"select key from {table}")}
        except sqlite3.DatabaseError as trouble:
            raise UnusableState(str(trouble)) from trouble

    def row(self, table: str, key: str) -> Any:
        """One row's plain values, or its bytes as text if it has none of these.

        None if there is no such row, or it is damaged.
        """
        try:
            found = self._db.execute(
                f"select plain, text, sum from {table} where key = ?", (key,)
            ).fetchone()
            if found and found[2] == _sum(key, *found[:2]):
                return json.loads(found[0]) if found[0] else _decoded(found[1])
        except _DAMAGE as trouble:
            raise UnusableState(str(trouble)) from trouble
        return None

    def save(
        self,
        changes: dict[str, Iterable[tuple[Any, ...]]],
        gone: dict[str, Iterable[str]],
    ) -> None:
        """Put and remove rows of several tables, all or none.

        A row is a key, plain values or None, and maybe a text or bytes.
        """
        try:
            self._db.execute("begin immediate")
            for table, keys in gone.items():
                self._db.executemany(
                    f"delete from {table} where key = ?", [(key,) for key in keys]
                )
            for table, rows in changes.items():
                self._db.executemany(
                    f"insert or replace into {table} values (?, ?, ?, ?)",
                    (_row(*row) for row in rows),
                )
            self._db.execute("commit")
        except sqlite3.DatabaseError as trouble:
            raise UnusableState(str(trouble)) from trouble


_dumps = json.JSONEncoder(separators=(",", ":")).encode
_loads = json.JSONDecoder().raw_decode


def _row(
    key: str, value: Any, text: str | bytes = b""
) -> tuple[str, bytes, bytes, int]:
    # Bytes, for a text that SQLite is given keeps its own encoded copy ever after.
    plain = b"" if value is None else _dumps(value).encode()
    data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    return key, plain, data, _sum(key, plain, data)


def _sum(key: str, plain: bytes, text: bytes) -> int:
    """A check against damage, not against malice: nothing in the state is executed."""
    start = zlib.crc32(key.encode("utf-8", "surrogatepass"))
    return zlib.crc32(text, zlib.crc32(plain, start))


def _decoded(text: bytes) -> str:
    return text.decode("utf-8", "surrogatepass")


def opened(folder: Path, say: Callable[[str], None]) -> Store:
    """The state of a folder; one that cannot be used is thrown away, and said so."""
    try:
        return Store(folder)
    except UnusableState as trouble:
        return anew(folder, trouble, say)


def anew(folder: Path, trouble: UnusableState, say: Callable[[str], None]) -> Store:
    """An empty state in the place of one that is of no use, and is closed."""
    say(f"{folder.parent.name}/{folder.name}/ is of no use ({trouble}): building anew")
    discard(folder)
    return Store(folder)


def discard(folder: Path) -> None:
    """Throw the state away, whatever lies in its place."""
    found = list(folder.glob(f"{NAME}*")) if folder.is_dir() else [folder]
    for path in found:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
