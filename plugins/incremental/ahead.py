"""Looks at all files of some folders in a process beside, while this one starts.

A build asks of every file it has made whether it lies there as it was left. To ask the
file system takes a quarter of a second for ten thousand pages: as long as it takes to
load Pelican, which is what this process does meanwhile.
"""

import marshal
import os
from collections.abc import Sequence

from .stamps import said
from .workers import WORTH_FORKING, can_fork

Looks = dict[str, dict[str, str]]


class Ahead:
    """What lies below some folders, as it was when this was made."""

    def __init__(self, folders: Sequence[str]) -> None:
        self._end, self._child, self._known = -1, 0, {}
        if not can_fork(WORTH_FORKING):
            return
        here, there = os.pipe()
        child = os.fork()
        if child:
            os.close(there)
            self._end, self._child = here, child
            return
        try:
            os.close(here)
            with os.fdopen(there, "wb") as end:
                marshal.dump({folder: look(folder) for folder in folders}, end)
        finally:
            os._exit(0)

    def below(self, folder: str) -> dict[str, str] | None:
        """The stats, as text, of all files below a folder by name; None if unknown."""
        if self._end >= 0:
            with os.fdopen(self._end, "rb") as end:
                data = end.read()
            os.waitpid(self._child, 0)
            self._end = -1
            try:
                self._known: Looks = marshal.loads(data)
            except (EOFError, ValueError):  # it came to nothing: then we look ourselves
                pass
        return self._known.get(folder)


def look(folder: str) -> dict[str, str]:
    """The stat of every file below a folder, by its path below it."""
    found: dict[str, str] = {}
    folders = [""]
    while folders:
        below = folders.pop()
        try:
            entries = list(os.scandir(f"{folder}/{below}"))
        except OSError:
            continue
        for entry in entries:
            name = f"{below}{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                folders.append(f"{name}/")
            else:
                found[name] = said(f"{folder}/{name}")
    return found
