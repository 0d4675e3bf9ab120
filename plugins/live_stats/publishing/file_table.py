"""The part of the index that knows the files of the site: what each is made of."""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from ..rendering.slots import Place

Stat = tuple[int, int, int, int]
Known = dict[str, tuple[str, str, list[str] | None, str]]
"""Files by name: the stats of skeleton and output, the series that they show, and the
digest of the output."""


@dataclass(slots=True, kw_only=True)
class FileRow:
    """One file: its skeleton's stat and that of what was made of it.

    `slots` are (start, end, number, encoding), in characters of the skeleton; `series`
    are all that they show, with "*" for what depends on everything.
    """

    skeleton: Stat
    output: Stat | None
    slots: list[Place]
    series: list[str]


class FileTable:
    """The rows of the files, in an open index that nobody else writes to."""

    _db: sqlite3.Connection
    _known: Known | None = None

    def names(self) -> Known:
        """Every file: the stats, as `said`, of skeleton and output; and the rest."""
        if self._known is None:
            query = "select name, skeleton, output, series, digest from files"
            self._known = {
                name: (skeleton, output, series.split("\n") if series else None, digest)
                for name, skeleton, output, series, digest in self._db.execute(query)
            }
        return dict(self._known)

    def rows(self, names: Iterable[str]) -> Known:
        """What `names` says, of some files."""
        names = set(names)
        if len(names) > 100:
            return {name: row for name, row in self.names().items() if name in names}
        found: Known = {}
        query = "select skeleton, output, series, digest from files where name = ?"
        for name in names:
            for skeleton, output, series, digest in self._db.execute(query, (name,)):
                shown = series.split("\n") if series else None
                found[name] = skeleton, output, shown, digest
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
        return self._db.execute("select count(*) from files").fetchone()[0]

    def slots(self, name: str) -> list[Place]:
        rows = self._db.execute("select slots from files where name = ?", (name,))
        return json.loads(next(rows, ("[]",))[0])

    def put_files(self, rows: dict[str, FileRow]) -> None:
        put = "insert or replace into files values (?, ?, ?, ?, ?, '')"
        for name, row in rows.items():
            stats = said(row.skeleton), said(row.output)
            more = json.dumps(row.slots), "\n".join(row.series)
            self._db.execute(put, (name, *stats, *more))
            if self._known is not None:
                self._known[name] = *stats, row.series or None, ""

    def put_outputs(self, outputs: dict[str, tuple[Stat, str]]) -> None:
        """The stats and digests of files that were made."""
        self._known = None
        self._db.executemany(
            "update files set output = ?, digest = ? where name = ?",
            [(said(stat), made, name) for name, (stat, made) in outputs.items()],
        )

    def drop_files(self, names: Iterable[str]) -> None:
        keys = [(name,) for name in names]
        for (name,) in keys if self._known is not None else ():
            self._known.pop(name, None)
        self._db.executemany("delete from files where name = ?", keys)
        self._db.executemany("delete from links where name = ?", keys)


def said(stat: Stat | None) -> str:
    """A stat as the index holds it; empty for a file that is not there."""
    return "%d %d %d %d" % stat if stat else ""  # noqa: UP031 (twice as fast)
