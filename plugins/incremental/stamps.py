"""Whether a file is still the one that was read: by its stat, in doubt by its bytes."""

import os
import sysconfig
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b

DOUBT = 2_000_000_000
"""A file changed within this many ns of being read may change again unseen: some file
systems count time in steps of two seconds. Its bytes are compared until it is older."""

PACKAGES = tuple(
    {
        os.path.abspath(sysconfig.get_path(name)) + os.sep
        for name in ("stdlib", "purelib", "platlib")
    }
)
"""The folders of Python and of what is installed; their listings name all versions."""

Stat = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Stamp:
    """A file as it was: its stat, the digest of its bytes, and when it was looked at.

    `stat` is (size, inode, mtime, ctime), times in ns; `at` is ns since 1970.
    """

    stat: Stat
    digest: bytes
    at: int

    @property
    def sure(self) -> bool:
        return max(self.stat[2:]) < self.at - DOUBT


ABSENT = Stamp((0, 0, 0, 0), b"", DOUBT + 1)


def stat_of(path: str) -> Stat | None:
    """What the file system says of a file; None if it is not there."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return (found.st_size, found.st_ino, found.st_mtime_ns, found.st_ctime_ns)


def is_package(path: str) -> bool:
    """Whether a file belongs to Python or an installed package: those change as one."""
    return path.startswith(PACKAGES) or path.endswith((".pyc", ".so"))


def digest_of(data: bytes) -> bytes:
    return blake2b(data, digest_size=16).digest()


def stamp_of(path: str, now: int) -> Stamp:
    """The stamp of a file as it is; one that is not there has an empty digest."""
    found = stat_of(path)
    try:
        with open(path, "rb") as file:
            data = file.read()
    except OSError:
        return ABSENT
    return Stamp(found, digest_of(data), now) if found else ABSENT


def renewed(path: str, known: Stamp, now: int) -> Stamp:
    """`known` itself if the file is the same beyond doubt, else its stamp of today."""
    if known.sure and (stat_of(path) or ABSENT.stat) == known.stat:
        return known
    return stamp_of(path, now)


def listing_of(path: str) -> bytes:
    """The digest of a folder's names, with which of them are folders."""
    try:
        with os.scandir(path) as found:
            names = sorted((entry.name, entry.is_dir()) for entry in found)
    except OSError:
        return b""
    return digest_of(repr(names).encode("utf-8", "surrogateescape"))


def combined(parts: Iterable[bytes]) -> bytes:
    """One digest of many parts, each kept apart by its length."""
    whole = blake2b(digest_size=16)
    for part in parts:
        whole.update(len(part).to_bytes(8, "little"))
        whole.update(part)
    return whole.digest()
