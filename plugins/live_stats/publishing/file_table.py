"""The table of the index that has the files of the site: what each is made of."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from pelican.plugins.incremental.system.filesystem import Stat

from ..rendering.slots import Place


class KnownFile(NamedTuple):
    """One file as the index has it; the stats are texts of `format_known_stat`.

    `series` are those that it shows, None for a file that shows none. `digest` is that
    of the output, empty if it was not made yet.
    """

    skeleton: str
    output: str
    series: list[str] | None
    digest: str


Known = dict[str, KnownFile]
"""Files by name."""


@dataclass(slots=True, kw_only=True)
class FileRow:
    """One file: its skeleton's stat and that of what was made of it.

    `slots` are (start, end, number, encoding), in characters of the skeleton; `series`
    are all that they show, with "*" for what depends on everything.
    """

    skeleton: Stat | None
    output: Stat | None
    slots: list[Place]
    series: list[str]


class FileTable:
    """The files in an open index that nobody else writes to."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._known: Known | None = None

    def names(self) -> Known:
        """Return every file, by name."""
        if self._known is None:
            query = "select name, skeleton, output, series, digest from files"
            self._known = {
                name: KnownFile(skeleton, output, _split(series), digest)
                for name, skeleton, output, series, digest in self._db.execute(query)
            }
        return dict(self._known)

    def rows(self, names: Iterable[str]) -> Known:
        """Return some files, by name; those that are unknown are left out."""
        names = set(names)
        if len(names) > 100:
            return {name: row for name, row in self.names().items() if name in names}
        found: Known = {}
        query = "select skeleton, output, series, digest from files where name = ?"
        for name in names:
            for skeleton, output, series, digest in self._db.execute(query, (name,)):
                found[name] = KnownFile(skeleton, output, _split(series), digest)
        return found

    def showing(self, moved: set[str]) -> list[str]:
        """The files that show one of these series."""
        if not moved:
            return []
        rows = self._db.execute("select name, series from files where series <> ''")
        return [name for name, shown in rows if not moved.isdisjoint(shown.split("\n"))]

    def with_slots(self, numbers: Iterable[int]) -> set[str]:
        """The files that have one of these slots."""
        wanted = {f" {number}," for number in numbers}  # as JSON lists them
        if not wanted:
            return set()
        rows = self._db.execute("select name, slots from files where slots <> '[]'")
        return {name for name, text in rows if any(one in text for one in wanted)}

    @property
    def count(self) -> int:
        """How many files there are."""
        number: int = self._db.execute("select count(*) from files").fetchone()[0]
        return number

    def slots(self, name: str) -> list[Place]:
        """The slots of a file, in their order; none for an unknown file."""
        rows = self._db.execute("select slots from files where name = ?", (name,))
        places: list[Place] = json.loads(next(rows, ("[]",))[0])
        return places

    def all_slots(self) -> Callable[[str], list[Place]]:
        """Read the slots of all files at once, for processes that cannot use this."""
        known = dict(self._db.execute("select name, slots from files"))

        def slots(name: str) -> list[Place]:
            places: list[Place] = json.loads(known[name])
            return places

        return slots

    def put_files(self, rows: dict[str, FileRow]) -> None:
        """Put files that are new or changed; their outputs are yet to be made."""
        put = "insert or replace into files values (?, ?, ?, ?, ?, '')"
        for name, row in rows.items():
            skeleton, output = map(format_known_stat, (row.skeleton, row.output))
            slots, series = json.dumps(row.slots), "\n".join(row.series)
            self._db.execute(put, (name, skeleton, output, slots, series))
            if self._known is not None:
                self._known[name] = KnownFile(skeleton, output, row.series or None, "")

    def put_outputs(self, outputs: dict[str, tuple[Stat, str]]) -> None:
        """Record the stats and digests of files that were made."""
        self._known = None
        self._db.executemany(
            "update files set output = ?, digest = ? where name = ?",
            [
                (format_known_stat(stat), made, name)
                for name, (stat, made) in outputs.items()
            ],
        )

    def digests(self) -> list[tuple[str, str]]:
        """The digest of each file of the output, sorted by name."""
        rows = self._db.execute("select name, digest from files order by name")
        return [(name, digest) for name, digest in rows]

    def sample(self, most: int) -> list[str]:
        """The names of some files, of all if there are so few."""
        rows = self._db.execute("select name from files limit ?", (most,))
        return [name for (name,) in rows]

    def restamp(self, stats: Mapping[str, tuple[str, str]]) -> None:
        """Replace the stats of files that have not changed: of skeleton and output."""
        self._known = None
        self._db.executemany(
            "update files set skeleton = ?, output = ? where name = ?",
            [(skeleton, output, name) for name, (skeleton, output) in stats.items()],
        )

    def drop_files(self, names: Iterable[str]) -> None:
        """Forget these files and their links."""
        keys = [(name,) for name in names]
        if self._known is not None:
            for (name,) in keys:
                self._known.pop(name, None)
        self._db.executemany("delete from files where name = ?", keys)
        self._db.executemany("delete from links where name = ?", keys)


def _split(series: str) -> list[str] | None:
    return series.split("\n") if series else None


def format_known_stat(stat: Stat | None) -> str:
    """A stat as the index has it; empty for a file that is not there."""
    return "%d %d %d %d" % stat if stat else ""  # noqa: UP031 (twice as fast)
