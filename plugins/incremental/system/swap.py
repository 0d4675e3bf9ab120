"""Files that gave way to newer ones, and are written over by the next.

To make a file and to take one away each cost a file system ten times what writing over
one costs. So the file that a new one takes the name of is kept aside, and is what the
next version is written into, out of everybody's sight. At 10,000 pages that is half of
the time. It takes as much room again as the files that have changed.

What is written over can be lost unseen if the power fails: then a file may have the
size and the times of the new version, and the bytes of an old one. So after a start of
the computer the files that were young when it stopped are doubted, once.
"""

import os
import stat
import sys
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from ..system.digests import digest_of
from .filesystem import naming

try:
    import fcntl
except ImportError:  # not on Windows, where names are not exchanged either
    fcntl = None  # type: ignore[assignment]

FEW = 16
"""To know how names are exchanged takes longer than what is saved at fewer files."""

YOUNG = 600_000_000_000
"""Within so many ns a system brings what was written to the disk: Linux mostly within
half a minute, longer where it saves a battery."""

_START = "/proc/sys/kernel/random/boot_id"
_MARK = "started"


class SwapFiles:
    """The spares of the files of one tree, in a folder of their own.

    `ready`: whether files are replaced this way, which `begin` finds out.
    """

    def __init__(self, folder: str) -> None:
        self.folder, self.ready = folder, False

    @classmethod
    def of_state(cls, state: Path) -> "SwapFiles":
        """Those of the tree whose state lies in this folder."""
        return cls(str(state / "spares"))

    def begin(self, tree: str, many: int) -> None:
        """`many` files of the folder `tree` are about to be replaced."""
        if many <= FEW or not possible():
            return
        try:
            os.makedirs(self.folder, exist_ok=True)
            self.ready = os.stat(self.folder).st_dev == os.stat(tree).st_dev
            if self.ready and not self._mark():
                self._put_mark()
        except OSError:
            self.ready = False

    # --- the power ------------------------------------------------------------------

    @property
    def doubtful(self) -> bool:
        """Whether the computer was started anew since spares were written over."""
        return self._mark() not in ("", _start())

    def doubted(self, stats: Iterable[tuple[str, str]]) -> set[str]:
        """Those files of the tree that may not hold what was written; with their stats
        as text, as they were left."""
        if not self.doubtful:
            return set()
        ages = {name: int(stat.split()[2]) for name, stat in stats if " " in stat}
        newest = max(ages.values(), default=0)
        return {name for name, age in ages.items() if age >= newest - YOUNG}

    def settle(self) -> None:
        """What was doubted has been looked at."""
        if self.doubtful:
            with suppress(OSError):  # then it is looked at again
                self._put_mark()

    def _mark(self) -> str:
        try:
            with open(f"{self.folder}/{_MARK}", encoding="utf-8") as file:
                return file.read() or "unknown"
        except ValueError:
            return "unknown"
        except OSError:
            return ""

    def _put_mark(self) -> None:
        with open(f"{self.folder}/{_MARK}", "w", encoding="utf-8") as file:
            file.write(_start())

    # --- one file -------------------------------------------------------------------

    def path(self, name: str) -> str:
        """Where the next version of the file `name` is written."""
        return f"{self.folder}/{digest_of(name.encode()).hex()}"

    def put(self, name: str, target: str, data: bytes) -> bool:
        """Replace `target` by the next version of `name`; false if it cannot be so."""
        if not self.ready:
            return False
        self.write(name, data)
        try:
            self.swap(name, target)
        except OSError:  # such as another mount of the same disk
            self.ready = False
        return self.ready

    def write(self, name: str, data: bytes) -> None:
        """Write the next version of a file, which nobody sees yet."""
        path = self.path(name)
        with naming(path):
            self._write(path, data)

    def _write(self, path: str, data: bytes) -> None:
        file = _free(path)
        if file is None:
            with suppress(FileNotFoundError):
                os.unlink(path)
            with open(path, "xb") as new:
                new.write(data)
            return
        with open(file, "r+b", buffering=0) as over:
            size = os.fstat(file).st_size
            left = memoryview(data)
            while left:
                left = left[over.write(left) :]
            if size > len(data):
                over.truncate()

    def swap(self, name: str, target: str) -> None:
        """Give the next version the name `target`, at once for whoever reads it."""
        path = self.path(name)
        if not _exchange(path, target):
            os.replace(path, target)

    def drop(self, name: str) -> None:
        """The file is gone for good."""
        with suppress(FileNotFoundError):
            os.unlink(self.path(name))


def possible() -> bool:
    """Whether the system can exchange names, and says when it was started."""
    return bool(_start()) and _system_call() is not None


def _free(path: str) -> int | None:
    """A spare that may be written over, open; None where there is none.

    A server may be sending it still, and somebody's copy of the site may be made of
    links to it. Linux gives a lease for writing only where nobody else has the file
    open. Whoever opens it while we have the lease waits; we would be told by a signal
    that ends a process, so another one is named.
    """
    try:
        file = os.open(path, os.O_WRONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        found = os.fstat(file)
        if (found.st_mode, found.st_uid, found.st_nlink) == (*_usual(), 1):
            fcntl.fcntl(file, fcntl.F_SETSIG, _harmless())
            fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_WRLCK)
            return file
    except OSError:
        pass
    os.close(file)
    return None


@cache
def _harmless() -> int:
    from signal import SIGURG

    return SIGURG


@cache
def _usual() -> tuple[int, int]:
    """The mode and the owner that a new file would have."""
    mask = os.umask(0o077)
    os.umask(mask)
    return stat.S_IFREG | 0o666 & ~mask, os.geteuid()


def _exchange(one: str, other: str) -> bool:
    """Whether the system can exchange two names, and has done it."""
    here, at_once = -100, 2  # AT_FDCWD and RENAME_EXCHANGE of Linux
    paths = os.fsencode(one), os.fsencode(other)
    failed: int = _system_call()(here, paths[0], here, paths[1], at_once)
    return not failed


@cache
def _start() -> str:
    """What names this start of the system; empty where it does not say."""
    try:
        with open(_START, encoding="ascii") as file:
            return file.read()
    except OSError:
        return ""


@cache
def _system_call() -> Any:
    if not sys.platform.startswith("linux"):
        return None
    import ctypes

    return getattr(ctypes.CDLL(None), "renameat2", None)
