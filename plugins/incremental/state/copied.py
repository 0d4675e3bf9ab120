"""Makes the state of a site that was copied, or restored from a cache, usable.

A copy has the same bytes, and other inodes and times. So every file would seem to have
been changed by hand. Here the digests of its bytes decide, once.
"""

from pathlib import Path

from ..system.digests import digest_of
from ..system.filesystem import format_stat
from ..system.kept_paths import KeptPaths
from .store import FileRow, Store, UnusableState

_OTHER = "0"
"""The stat of a file that must be made again: that of none, not even a missing one."""


def adopt_copy(folder: Path, site: Path) -> dict[str, str]:
    """Take the files of `site` for those of the last build where their bytes are.

    `folder` holds the state. Returns the stats of these files, as text by name; of none
    if the state cannot be read.
    """
    found: dict[str, str] = {}
    try:
        store = Store(folder)
    except UnusableState:
        return found
    try:
        rows = {row.key: FileRow.decode(row.data) for row in store.rows("files")}
        changed = []
        for name, row in rows.items():
            stat = _OTHER
            if _is_of(f"{site}/{name}", row, store.paths):
                found[name] = stat = format_stat(f"{site}/{name}")
            if stat != row.stat:
                changed.append((name, None, row._replace(stat=stat).encode()))
        store.save({"files": changed}, {})
    except UnusableState:
        return {}
    finally:
        store.close()
    return found


def _is_of(path: str, row: FileRow, paths: KeptPaths) -> bool:
    return row.digest != "" and digest_of_file(path, paths) == row.digest


def digest_of_file(path: str, paths: KeptPaths) -> str:
    """The digest of a file's bytes, as text; empty if it cannot be read.

    Empty too if they say where the site lies: then a copy of the site needs others.
    """
    try:
        with open(path, "rb") as file:
            data = file.read()
    except OSError:
        return ""
    return "" if paths.are_named_in(data) else digest_of(data).hex()
