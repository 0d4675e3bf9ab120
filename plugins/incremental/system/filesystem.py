"""Files and folders, as a tree of files needs them."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

unwatched_stat = os.stat
"""As Python has it: what we look at ourselves is no input of a build, and `os.stat` may
be another function while a build runs (state.audit)."""

Stat = tuple[int, int, int, int]
"""Size, inode, and the times of the last change of bytes and of anything, in ns."""


def stat_of(path: str) -> Stat | None:
    """What the file system says of a file; None if it is not there."""
    try:
        found = unwatched_stat(path)
    except OSError:
        return None
    return (found.st_size, found.st_ino, found.st_mtime_ns, found.st_ctime_ns)


def format_stat(path: str) -> str:
    """The stat of a file as text; "-" if it is not there."""
    try:
        found = unwatched_stat(path)
    except OSError:
        return "-"
    return f"{found.st_size} {found.st_ino} {found.st_mtime_ns} {found.st_ctime_ns}"


@contextmanager
def naming(path: str | os.PathLike[str]) -> Iterator[None]:
    """Have errors of the system say which file they are about: a write does not."""
    try:
        yield
    except OSError as error:
        if error.filename is None:
            error.filename = os.fspath(path)
        raise


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
    with naming(path), open(path, "wb") as file:
        file.write(data)


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


def in_the_way(folder: str, name: str) -> Iterable[str]:
    """What lies below a folder where its file `name`, or a folder above, has to be."""
    path, above = f"{folder}/{name}", os.path.dirname(name)
    if os.path.isdir(path) and not os.path.islink(path):
        yield from walk(folder, name)
    elif not os.path.lexists(path):
        while above and not os.path.lexists(f"{folder}/{above}"):
            above = os.path.dirname(above)
        if above and not os.path.isdir(f"{folder}/{above}"):
            yield above


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
