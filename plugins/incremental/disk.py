"""Files and folders, as a tree of files needs them."""

import os
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any


def walk(folder: str, below: str = "") -> Iterable[str]:
    """Every file below a folder, as a path with slashes."""
    try:
        entries = list(os.scandir(f"{folder}/{below}" if below else folder))
    except (FileNotFoundError, NotADirectoryError):
        return
    for entry in entries:
        name = f"{below}/{entry.name}" if below else entry.name
        if entry.is_dir(follow_symlinks=False):
            yield from walk(folder, name)
        else:
            yield name


def write(path: str, data: bytes) -> None:
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
    except (FileExistsError, NotADirectoryError):  # yesterday's page is in the way
        above = os.path.dirname(path)
        while not os.path.isfile(above):
            above = os.path.dirname(above)
        os.unlink(above)
        os.makedirs(os.path.dirname(path), exist_ok=True)
    if os.path.isdir(path):
        _remove(path)
    with open(path, "wb") as file:
        file.write(data)


def put(new: str, name: str) -> None:
    """Give a whole new file the place of another, at once for whoever reads it.

    A file system such as ext4 sends the bytes to the disk before a name passes from one
    file to the other, each time. Where there are many, the two names are exchanged,
    which costs a third, and the old file is taken away: if the power fails within half
    a minute, a page may be empty until the next build finds it so.
    """
    global _puts
    _puts += 1
    if _puts > FEW and _exchange(new, name):
        os.unlink(new)
    else:
        os.replace(new, name)


FEW = 16  # to know how names are exchanged takes longer than these
_puts = 0


def _exchange(one: str, other: str) -> bool:
    """Whether the system can exchange two names, and has done it."""
    call = _system_call()
    if call is None:
        return False
    here, at_once = -100, 2  # AT_FDCWD and RENAME_EXCHANGE of Linux
    return call(here, os.fsencode(one), here, os.fsencode(other), at_once) == 0


@cache
def _system_call() -> Any:
    if not sys.platform.startswith("linux"):
        return None
    import ctypes

    return getattr(ctypes.CDLL(None), "renameat2", None)


def holds(path: str, data: bytes) -> bool:
    try:
        with open(path, "rb") as file:
            return file.read() == data
    except OSError:
        return False


def same(one: str, other: str) -> bool:
    try:
        if os.stat(one).st_size != os.stat(other).st_size:
            return False
        with open(one, "rb") as left, open(other, "rb") as right:
            return left.read() == right.read()
    except OSError:
        return False


def make_room(target: str) -> None:
    """A folder where a file was yesterday, and a file where a folder was."""
    parent = os.path.dirname(target)
    try:
        os.makedirs(parent, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        path = Path(parent)
        for above in (path, *path.parents):
            if above.is_file() or above.is_symlink():
                above.unlink()
                break
        os.makedirs(parent, exist_ok=True)
    if os.path.isdir(target) and not os.path.islink(target):
        _remove(target)


def remove_empty(folder: str, top: str) -> None:
    while folder.startswith(f"{top}/"):
        try:
            os.rmdir(folder)
        except OSError:
            return
        folder = os.path.dirname(folder)


def _remove(folder: str) -> None:
    import shutil  # which takes a while to load, and this happens seldom

    shutil.rmtree(folder)
