"""Whether a file is still the one that was read: by its stat, in doubt by its bytes."""

import os
import sys
import sysconfig
from stat import S_ISDIR

from ..system.digests import digest_of
from ..system.filesystem import format_stat, stat_of, unwatched_stat

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

_ZIP = frozenset(path for path in sys.path if path.endswith(".zip"))
"""Where Python itself may lie packed, and looks whenever it imports."""

ABSENT, FILE, FOLDER = "- absent", "? file", "? folder"
"""Stamps of what was looked for and not opened: that it is there says all of it."""

_UNREADABLE = "? unreadable"
_KINDS = frozenset({"absent", "file", "folder"})

# A stamp is one line: the stat, or "?" where it may not be trusted, and the digest. So
# ten thousand of them are read and compared in no time.


def stamp_of(path: str, now: int) -> str:
    """The stamp of a file as it is; `now` is ns since 1970."""
    found = stat_of(path)
    try:
        with open(path, "rb") as file:
            data = file.read()
    except OSError:
        kind = kind_of(path)
        return _UNREADABLE if kind == FILE else kind
    if found is None:
        return ABSENT
    sure = max(found[2:]) < now - DOUBT
    stat = " ".join(map(str, found)) if sure else "?"
    return f"{stat} {digest_of(data).hex()}"


def kind_of(path: str) -> str:
    """The stamp of what somebody only looked for; a link is what it leads to."""
    try:
        found = unwatched_stat(path)
    except OSError:
        return ABSENT
    return FOLDER if S_ISDIR(found.st_mode) else FILE


def digest_in(stamp: str) -> str:
    return stamp.rpartition(" ")[2]


def is_kind(stamp: str) -> bool:
    """Whether a stamp says only what lies there, and nothing of what is in it."""
    return digest_in(stamp) in _KINDS


def add(stamps: dict[str, str], path: str, stamp: str) -> None:
    """Add a stamp: that a file was looked for says less than what was read in it."""
    if is_kind(stamp):
        stamps.setdefault(path, stamp)
    else:
        stamps[path] = stamp


def holds(path: str, stamp: str) -> bool:
    """Whether a file is beyond doubt the one that was stamped."""
    return stamp.rpartition(" ")[0] == format_stat(path)


def differs(path: str, stamp: str, now: int) -> bool:
    """Whether the bytes of a file, or what lies in its place, are not as stamped."""
    if is_kind(stamp):
        return digest_in(kind_of(path)) != digest_in(stamp)
    return digest_in(stamp_of(path, now)) != digest_in(stamp)


def renewed(path: str, known: str, now: int) -> str:
    """`known` if the file is the same beyond doubt, else its stamp of today."""
    return known if known and holds(path, known) else stamp_of(path, now)


def is_package(path: str) -> bool:
    """Whether a file belongs to Python or an installed package: those change as one."""
    below = f"{path}{os.sep}".startswith(PACKAGES)
    return below or path.endswith((".pyc", ".so")) or path in _ZIP


def listing_of(path: str) -> bytes:
    """The digest of a folder's names: which of them are folders, where links lead."""
    try:
        with os.scandir(path) as found:
            names = sorted(
                (entry.name, _is_folder(entry), _lead(entry.path))
                if entry.is_symlink()
                else (entry.name, entry.is_dir())
                for entry in found
            )
    except OSError:
        return b""
    whole = [_lead(path), names] if os.path.islink(path) else names
    return digest_of(repr(whole).encode("utf-8", "surrogateescape"))


def _is_folder(link: os.DirEntry[str]) -> bool:
    try:
        return link.is_dir()
    except OSError:  # a link in a ring of links
        return False


def _lead(link: str) -> str:
    try:
        return os.readlink(link)
    except OSError:  # taken away since
        return ""
