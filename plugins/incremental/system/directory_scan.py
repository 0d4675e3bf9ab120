"""Looks at all files of some folders in another process, while this one starts.

A build asks of every file it has made whether it lies there as it was left. To ask the
file system takes a quarter of a second for ten thousand pages: as long as it takes to
load Pelican, which is what this process does meanwhile.
"""

import os
from collections.abc import Sequence

from .background import BackgroundTask
from .filesystem import format_stat


class DirectoryScan:
    """What lies below some folders, as it was when this was made."""

    def __init__(self, folders: Sequence[str]) -> None:
        self._task = BackgroundTask(
            lambda: {folder: look(folder) for folder in folders}
        )

    def below(self, folder: str) -> dict[str, str] | None:
        """The stats, as text, of all files below a folder by name; None if unknown."""
        found = self._task.result()
        return found.get(folder) if found else None


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
                found[name] = format_stat(f"{folder}/{name}")
    return found
