"""Makes sure that what lies in `.build` can only be ours.

There are plain files and folders. A link that somebody put there may lead to files that
are no part of the site, and would be written over or removed; and whoever opens a pipe
waits for ever.
"""

import os
import stat
from pathlib import Path

_TREES = frozenset({"site", "output", "spares", "next", "pages", "pagefind"})
"""Folders with a file or a folder for each page: too many to look at all of them."""


def make_folder(folder: Path) -> None:
    """Make a folder; a file, or a link that leads nowhere, makes room for it."""
    if not folder.is_dir():
        folder.unlink(missing_ok=True)
    folder.mkdir(parents=True, exist_ok=True)


def open_file(path: Path) -> int:
    """Open a file to write to it, and make it if need be; anything else makes room."""
    flags = os.O_RDWR | os.O_CREAT
    # Not those that Windows lacks: links and pipes are rare there.
    flags |= getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    if os.path.lexists(path) and not stat.S_ISREG(os.lstat(path).st_mode):
        remove(path)
    return os.open(path, flags, 0o666)


def clear(folder: Path) -> None:
    """Remove links, pipes and the like from a folder of ours."""
    _clear(str(folder), into=2)


def _clear(folder: str, into: int) -> None:
    try:
        with os.scandir(folder) as found:
            entries = list(found)
    except FileNotFoundError:
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            if into:
                _clear(entry.path, 0 if entry.name in _TREES else into - 1)
        elif not entry.is_file(follow_symlinks=False):
            os.unlink(entry.path)


def remove(path: Path) -> None:
    """Remove a file, or a folder with all that is in it, if there is any."""
    if path.is_dir() and not path.is_symlink():
        import shutil  # which takes a while to load, and this happens seldom

        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
