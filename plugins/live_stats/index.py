"""What publish leaves in `.build/` so that refresh can work without Pelican.

One SQLite file, because a refresh reads little of it: which pages show a number, and
the slots of those. It is safe to lose; one that cannot be read counts as none.
"""

import json
import marshal
import sqlite3
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from incremental.stamps import digest_of

from .about import About
from .files import FOLDER, INDEX
from .index_files import Files, Row, said
from .settings import Settings
from .slots import Place

__all__ = ["FOLDER", "Index", "Row", "said"]

VERSION = 7
SITE = "site"  # the skeleton tree, beside the index
STATE = "incremental"  # what is remembered of that tree

_TABLES = """
create table about (key text primary key, value text) without rowid;
create table specs (number integer primary key, spec text, mark blob);
create table files (name text primary key, skeleton text, output text, slots text,
  series text, digest text) without rowid;
create table declared (source text primary key, series text) without rowid;
create table links (name text primary key, targets text) without rowid;
create table filled (series text primary key, sign text) without rowid;
"""


class Index(Files):
    """The index of one built site. Changes are kept by `save`, all or none."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / INDEX
        folder.mkdir(parents=True, exist_ok=True)
        try:
            self._open()
        except sqlite3.DatabaseError:
            self.path.unlink(missing_ok=True)
            self._open()

    def _open(self) -> None:
        self._db = sqlite3.connect(self.path, check_same_thread=False)
        if self._db.execute("pragma user_version").fetchone()[0] != VERSION:
            self._db.close()
            self.path.unlink()
            self._db = sqlite3.connect(self.path, check_same_thread=False)
            self._db.executescript(_TABLES)
            self._db.execute(f"pragma user_version = {VERSION}")
        self._db.execute("pragma synchronous = off")  # safe to lose

    @classmethod
    def load(cls, folder: Path) -> "Index | None":
        """The index of a whole build; None where there is none."""
        if not (folder / INDEX).is_file():
            return None
        try:
            index = cls(folder)
            if index.about is not None:
                return index
            index.close()
        except (sqlite3.DatabaseError, ValueError, KeyError, TypeError):
            pass
        return None

    def close(self) -> None:
        self._db.close()

    def save(self) -> None:
        self._db.commit()

    # --- about ----------------------------------------------------------------------

    @property
    def about(self) -> About | None:
        """What is known of the site; None while a build is under way."""
        row = self._db.execute("select value from about where key = 'site'").fetchone()
        if row is None:
            return None
        entry = json.loads(row[0])
        settings, scheduled = entry.pop("settings"), entry.pop("scheduled")
        settings["platforms"] = tuple(settings["platforms"])
        return About(
            settings=Settings(**settings),
            scheduled=datetime.fromisoformat(scheduled) if scheduled else None,
            **entry,
        )

    def begin(self) -> None:
        """The tree is about to change: killed from here on, the next run publishes."""
        self._db.execute("delete from about where key = 'site'")
        self._db.commit()

    def end(self, about: About) -> None:
        entry = asdict(about)
        entry["scheduled"] = about.scheduled.isoformat() if about.scheduled else None
        text = json.dumps(entry, ensure_ascii=False)
        self._db.execute("insert or replace into about values ('site', ?)", (text,))

    # --- slots ----------------------------------------------------------------------

    def put_specs(
        self, specs: dict[str, dict[str, Any]], *, more: bool = False
    ) -> list[int]:
        """Put these in the place of all slots, or beside them if there are `more`.

        What is the same is not written. Gives the slots that meant something else.
        """
        known = dict(self._db.execute("select number, mark from specs"))
        marks = {n: _mark(spec) for n, spec in specs.items()}
        changed = [n for n, mark in marks.items() if known.get(int(n)) != mark]
        if not more:
            self._db.executemany(
                "delete from specs where number = ?",
                [(number,) for number in known.keys() - set(map(int, specs))],
            )
        self._db.executemany(
            "insert or replace into specs values (?, ?, ?)",
            [(int(n), _dumps(specs[n]), marks[n]) for n in changed],
        )
        return [number for number in map(int, changed) if number in known]

    def spec(self, number: int) -> dict[str, Any]:
        """A slot in plain values. KeyError for an unknown one."""
        row = self._db.execute(
            "select spec from specs where number = ?", (number,)
        ).fetchone()
        if row is None:
            raise KeyError(number)
        return json.loads(row[0])

    def specs(self) -> Callable[[int], dict[str, Any]]:
        """All slots, read at once: for processes that part from this one."""
        known = dict(self._db.execute("select number, spec from specs"))
        return lambda number: json.loads(known[number])

    def all_slots(self) -> Callable[[str], list[Place]]:
        """`slots` of every file, the same way."""
        known = dict(self._db.execute("select name, slots from files"))
        return lambda name: json.loads(known[name])

    # --- posts ----------------------------------------------------------------------

    @property
    def declared(self) -> dict[str, str]:
        """By source, the series of its figures: a line for each, after its line."""
        return dict(self._db.execute("select source, series from declared"))

    def put_declared(self, declared: dict[str, str]) -> None:
        known = self.declared
        self._db.executemany(
            "delete from declared where source = ?",
            [(source,) for source in known.keys() - declared.keys()],
        )
        self._db.executemany(
            "insert or replace into declared values (?, ?)",
            [(k, text) for k, text in declared.items() if known.get(k) != text],
        )

    # --- links ----------------------------------------------------------------------

    def put_links(self, targets: dict[str, list[str]]) -> None:
        self._db.executemany(
            "insert or replace into links values (?, ?)",
            [(name, "\n".join(found)) for name, found in targets.items()],
        )

    def leading_to(self, names: set[str]) -> set[str]:
        """The pages that hold a link to one of these files."""
        found = self._db.execute("select name, targets from links")
        return {
            name for name, targets in found if not names.isdisjoint(targets.split("\n"))
        }

    # --- what was filled ------------------------------------------------------------

    @property
    def signs(self) -> dict[str, str]:
        """What each series looked like when the pages were filled."""
        return dict(self._db.execute("select series, sign from filled"))

    def put_signs(self, signs: dict[str, str]) -> None:
        known = self.signs
        self._db.executemany(
            "delete from filled where series = ?",
            [(series,) for series in known.keys() - signs.keys()],
        )
        self._db.executemany(
            "insert or replace into filled values (?, ?)",
            [(s, sign) for s, sign in signs.items() if known.get(s) != sign],
        )


def _mark(spec: dict[str, Any]) -> bytes:
    """A digest of a slot: to write ten thousand as JSON takes four times as long."""
    return digest_of(marshal.dumps(spec, 2))


# One for all: `json.dumps` makes another for each text.
_dumps = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":")
).encode
