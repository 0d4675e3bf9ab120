"""Takes over the last build where the folder was copied or restored from a cache.

On a build service every run begins with a fresh checkout, and `.build/` comes from a
cache: all inodes and times are new. Without this nothing would count as known.
"""

import shutil
from pathlib import Path

from pelican.plugins.incremental import adopt_copy
from pelican.plugins.incremental.system.digests import digest_of
from pelican.plugins.incremental.system.filesystem import stat_of

from ..storage.paths import INCREMENTAL_FOLDER, SITE_FOLDER
from .file_table import format_known_stat
from .index import SiteIndex, is_from_elsewhere

SAMPLE = 32
"""So many files tell whether all were copied: nobody changes all of them by hand."""


def adopt_copied_build(folder: Path) -> bool:
    """Make `.build`, which is `folder`, usable if it is a copy; whether it was one.

    Files are compared with the digests of what the last build wrote; those that differ
    stay unknown, and are made again.
    """
    index = SiteIndex.load(folder)
    if index is None:
        return False
    try:
        about, site = index.about, folder / SITE_FOLDER
        if about is None:
            return False
        if not (is_from_elsewhere(folder) or _is_copied(index, site)):
            return False
        skeletons = adopt_copy(folder / INCREMENTAL_FOLDER, site)
        stats = {}
        for name, row in index.files.names().items():
            skeleton = skeletons.get(name)
            if skeleton is None:
                stats[name] = "", ""  # whoever fills it finds that it must be made
                continue
            path = Path(about.output) / name
            same = row.digest and _digest(path) == row.digest
            output = format_known_stat(stat_of(str(path))) if same else row.output
            stats[name] = skeleton, output
        index.files.restamp(stats)
        index.save(anew=True)
    finally:
        index.close()
    # Spares of another computer: nothing there is doubted, for all of it was read.
    for state in (folder, folder / INCREMENTAL_FOLDER):
        shutil.rmtree(state / "spares", ignore_errors=True)
    return True


def _is_copied(index: SiteIndex, site: Path) -> bool:
    now = {name: stat_of(f"{site}/{name}") for name in index.files.sample(SAMPLE)}
    known = index.files.rows(now)
    there = {name: format_known_stat(stat) for name, stat in now.items() if stat}
    return bool(there) and all(known[name].skeleton != there[name] for name in there)


def _digest(path: Path) -> str:
    try:
        return digest_of(path.read_bytes()).hex()
    except OSError:
        return ""
