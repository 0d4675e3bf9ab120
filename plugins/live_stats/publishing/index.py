"""What publish leaves in `.build/` so that refresh can work without Pelican.

One SQLite file, because a refresh reads little of it: which pages show a number, and
the slots of those. It is safe to lose. Next to it a seal has its checksum: an index
that is damaged counts as none. The seal also tells whether it was made in this folder.
Paths in the index are relative to it, so one that was brought here with another
checkout is of this checkout.
"""

import json
import marshal
import os
import sqlite3
import zlib
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pelican.plugins.incremental.system.digests import digest_of
from pelican.plugins.incremental.system.filesystem import Stat, stat_of
from pelican.plugins.incremental.system.kept_paths import KeptPaths

from ..model.settings import Settings
from ..storage import atomic_write
from ..storage.own_folder import remove
from ..storage.paths import INDEX_FILE
from .file_table import FileRow, FileTable
from .site_manifest import SiteManifest

if TYPE_CHECKING:
    from ..rendering.specs import Spec

__all__ = ["FileRow", "SiteIndex"]

INDEX_VERSION = 11
SEAL = "index.seal"  # beside the index

_TABLES = """
create table about (key text primary key, value text) without rowid;
create table specs (number integer primary key, spec text, mark blob);
create table files (name text primary key, skeleton text, output text, slots text,
  series text, digest text) without rowid;
create table declared (source text primary key, series text) without rowid;
create table links (name text primary key, targets text) without rowid;
create table filled (series text primary key, sign text) without rowid;
"""


_sound: dict[Path, Stat | None] = {}
"""The index files that this process has sealed or found whole, as they were then.

To check one is to read it whole, and a run opens it several times."""


class SiteIndex:
    """The index of one built site. `save` keeps all changes, or none.

    `files` is its table of files. The constructor replaces an index that is of no use,
    and prints why: that is for whoever holds the lock of the folder. All others `load`.
    """

    def __init__(self, folder: Path, *, checked: bool = False) -> None:
        self.path, self._paths = folder / INDEX_FILE, KeptPaths(folder)
        folder.mkdir(parents=True, exist_ok=True)
        trouble = "" if checked else trouble_with(folder) or _why_closed(self.path)
        if trouble:
            print(f"{folder.name}/{INDEX_FILE} is of no use ({trouble}): building anew")
            for path in folder.glob(f"{INDEX_FILE}*"):
                remove(path)
        new = not self.path.exists()
        self._db = sqlite3.connect(self.path, check_same_thread=False)
        self._db.execute("pragma synchronous = off")  # safe to lose
        self.files = FileTable(self._db)
        if new:
            self._db.executescript(_TABLES)
            self._db.execute(f"pragma user_version = {INDEX_VERSION}")
            self._seal()

    @classmethod
    def load(cls, folder: Path) -> "SiteIndex | None":
        """The index of a whole build; None where there is none of use."""
        if not (folder / INDEX_FILE).is_file() or trouble_with(folder):
            return None
        index = cls(folder, checked=True)
        if index.about is not None:
            return index
        index.close()
        return None

    def _seal(self) -> None:
        folder = self.path.parent
        atomic_write.save_json(folder / SEAL, [_place(folder), _sum(self.path)])
        _sound[self.path] = stat_of(str(self.path))

    def close(self) -> None:
        self._db.close()

    def save(self, *, anew: bool = False) -> None:
        """Keep all changes; with `anew`, the index is of this folder from now on."""
        if self._db.in_transaction or anew:
            self._db.commit()
            self._seal()

    # --- about ----------------------------------------------------------------------

    @property
    def about(self) -> SiteManifest | None:
        """What is known of the site; None while a build is under way."""
        row = self._db.execute("select value from about where key = 'site'").fetchone()
        try:
            return self._manifest(json.loads(row[0])) if row else None
        except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
            return None  # whoever wrote this was no build

    def _manifest(self, entry: dict[str, Any]) -> SiteManifest:
        settings, scheduled = entry.pop("settings"), entry.pop("scheduled")
        settings["platforms"] = tuple(settings["platforms"])
        whole = self._paths.whole
        entry |= {name: whole(entry[name]) for name in ("output", "data")}
        entry["themes"] = list(map(whole, entry["themes"]))
        return SiteManifest(
            settings=Settings(**settings),
            scheduled=datetime.fromisoformat(scheduled) if scheduled else None,
            **entry,
        )

    def begin(self) -> None:
        """The tree is about to change: killed from here on, the next run publishes."""
        self._db.execute("delete from about where key = 'site'")
        self.save()

    def end(self, about: SiteManifest) -> None:
        entry, kept = asdict(about), self._paths.kept
        entry |= {name: kept(entry[name]) for name in ("output", "data")}
        entry["themes"] = list(map(kept, entry["themes"]))
        entry["scheduled"] = about.scheduled.isoformat() if about.scheduled else None
        text = json.dumps(entry, ensure_ascii=False)
        self._db.execute("insert or replace into about values ('site', ?)", (text,))

    @property
    def division(self) -> dict[str, Any] | None:
        """How the history was divided into files last, as `put_division` got it."""
        query = "select value from about where key = 'division'"
        row = self._db.execute(query).fetchone()
        return json.loads(row[0]) if row else None

    def put_division(self, entry: dict[str, Any] | None) -> None:
        if entry != self.division:
            put = "insert or replace into about values ('division', ?)"
            self._db.execute(put, (json.dumps(entry),))

    # --- slots ----------------------------------------------------------------------

    def put_specs(
        self, specs: Mapping[str, "Spec"], *, more: bool = False
    ) -> list[int]:
        """Put these in the place of all slots, or beside them if there are `more`.

        What is the same is not written. Gives the slots that meant something else.
        """
        known = dict(self._db.execute("select number, mark from specs"))
        entries = {n: spec.to_json() for n, spec in specs.items()}
        marks = {n: _mark(entry) for n, entry in entries.items()}
        changed = [n for n, mark in marks.items() if known.get(int(n)) != mark]
        if not more:
            self._db.executemany(
                "delete from specs where number = ?",
                [(number,) for number in known.keys() - set(map(int, specs))],
            )
        self._db.executemany(
            "insert or replace into specs values (?, ?, ?)",
            [(int(n), _dumps(entries[n]), marks[n]) for n in changed],
        )
        return [number for number in map(int, changed) if number in known]

    def spec(self, number: int) -> "Spec":
        """What a slot is to be filled with. KeyError for an unknown one."""
        from ..rendering import specs  # not above: most runs find nothing to fill

        row = self._db.execute(
            "select spec from specs where number = ?", (number,)
        ).fetchone()
        if row is None:
            raise KeyError(number)
        return specs.from_json(json.loads(row[0]))

    def specs(self) -> Callable[[int], "Spec"]:
        """All slots, read at once: for processes that part from this one."""
        from ..rendering.specs import from_json

        known = dict(self._db.execute("select number, spec from specs"))
        return lambda number: from_json(json.loads(known[number]))

    # --- posts ----------------------------------------------------------------------

    @property
    def declared(self) -> dict[str, str]:
        """By source, what it counts, in the form of `figure_places.declared_lines`."""
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
        """Put the files that pages link to; `#` behind one stands for any id of it."""
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

    def needing_ids_of(self, names: set[str]) -> set[str]:
        """The pages that hold a link to a place in one of these pages."""
        marks = {f"{name}#" for name in names}
        found = self._db.execute(
            "select name, targets from links where instr(targets, '#') > 0"
        )
        return {n for n, targets in found if not marks.isdisjoint(targets.split("\n"))}

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


def trouble_with(folder: Path) -> str:
    """Why the index in a folder is of no use; empty if it is, or if there is none."""
    path, seal = folder / INDEX_FILE, atomic_write.load_json(folder / SEAL)
    if not os.path.lexists(path):
        return ""
    if not path.is_file() or path.is_symlink():
        return "it is no file"
    try:
        uri = f"{path.absolute().as_uri()}?mode=rw"
        with closing(sqlite3.connect(uri, uri=True)) as db:
            # This takes back what a killed run had begun to write.
            version = db.execute("pragma user_version").fetchone()[0]
    except sqlite3.DatabaseError as trouble:
        return str(trouble)
    if version != INDEX_VERSION:
        return f"it has version {version}, this plugin {INDEX_VERSION}"
    if seal is None:
        return "it has no seal"
    stat = stat_of(str(path))
    if _sound.get(path) != stat and [_sum(path)] != seal[1:]:
        return "it is damaged"
    _sound[path] = stat
    return ""


def _why_closed(path: Path) -> str:
    """Why nothing can be written to an index, such as one of another user."""
    closed = path.exists() and not os.access(path, os.W_OK)
    return "it cannot be written to" if closed else ""


def is_from_elsewhere(folder: Path) -> bool:
    """Whether the index in a folder was last written when that had another path."""
    seal = atomic_write.load_json(folder / SEAL)
    return isinstance(seal, list) and seal[:1] != [_place(folder)]


def _place(folder: Path) -> str:
    """What tells one folder from another; a digest, for nobody is to go there."""
    return digest_of(os.fsencode(os.path.realpath(folder))).hex()


def _sum(path: Path) -> int:
    """A check against damage, not against malice."""
    total = 0
    with open(path, "rb") as file:
        while data := file.read(1 << 20):
            total = zlib.crc32(data, total)
    return total


def _mark(spec: dict[str, Any]) -> bytes:
    """A digest of a slot: to write ten thousand as JSON takes four times as long."""
    return digest_of(marshal.dumps(spec, 2))


# One for all: `json.dumps` makes another for each text.
_dumps = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":")
).encode
