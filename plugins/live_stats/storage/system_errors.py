"""Trouble of the system in words: a full disk, a folder that must not be written, …

`mistake_of` knows the errors that whoever runs a command can mend, or that pass. What
it does not know is a bug of ours, and is raised.
"""

import errno
import os
import sqlite3
import sys
from pathlib import Path

from ..model.errors import Mistake
from .atomic_write import PARTIAL_SUFFIX
from .paths import BUILD_FOLDER

_ROOM = "make room, then run it again"
_RIGHTS = "let the user who runs this read and write there, then run it again"
_MENDS = {
    errno.ENOSPC: ("the disk is full", _ROOM),
    errno.EDQUOT: ("the quota of this user is used up", _ROOM),
    errno.EFBIG: ("the file is larger than this system allows", "raise ulimit -f"),
    errno.EROFS: ("the disk is read-only", "mount it for writing, then run it again"),
    errno.EACCES: ("permission denied", _RIGHTS),
    errno.EPERM: ("operation not permitted", _RIGHTS),
    errno.EIO: ("the disk has an error", "check the disk, then run it again"),
    errno.EMFILE: ("too many open files", "raise ulimit -n, then run it again"),
    errno.ENFILE: ("too many open files on this machine", "end other programs"),
    errno.ENOMEM: ("out of memory", "end other programs, then run it again"),
    errno.EAGAIN: ("too many processes", "raise ulimit -u, or end other programs"),
    errno.ENAMETOOLONG: (
        "the path is longer than this system allows",
        "shorten the slug or the name, or move the site to a shorter path",
    ),
    errno.ELOOP: ("the links lead in a circle", "remove one of them"),
    errno.ESTALE: ("the network disk is gone", "mount it again, then run it again"),
    errno.ENOLCK: ("this disk has no locks", "put the site on a local disk"),
    errno.EBUSY: ("it is in use", "end what uses it, then run it again"),
    errno.ETIMEDOUT: ("the network disk does not answer", "run it again"),
    errno.ENXIO: ("this is no file", "remove it, then run it again"),
    errno.EPIPE: ("whoever read this has gone", "run it again"),
}
"""What each error of the system is, and what to do about it."""

_WRONG_KIND = {
    errno.ENOENT: ("it is gone", "run it again"),
    errno.ENOTDIR: ("there is a file where a folder is needed", "remove it"),
    errno.EISDIR: ("there is a folder where a file is needed", "remove it"),
    errno.EEXIST: ("there is something else in its place", "remove it"),
    errno.ENOTEMPTY: ("somebody writes there at the same time", "run it again"),
}
"""The same for errors that are bugs of ours where they are about our own files; about
files of the site, somebody else has written at the same time."""

_OWN = (str(Path(__file__).parents[2]), sys.prefix)
"""Where our own files are."""

_OF_SQLITE = {
    sqlite3.SQLITE_FULL: _MENDS[errno.ENOSPC],
    sqlite3.SQLITE_IOERR: _MENDS[errno.EIO],
    sqlite3.SQLITE_READONLY: ("a database there is read-only", _RIGHTS),
    sqlite3.SQLITE_PERM: _MENDS[errno.EACCES],
    sqlite3.SQLITE_CANTOPEN: (
        "a database there does not open",
        "let the user who runs this write there, make room, or raise ulimit -n",
    ),
    sqlite3.SQLITE_NOMEM: _MENDS[errno.ENOMEM],
    sqlite3.SQLITE_BUSY: _MENDS[errno.EBUSY],
    sqlite3.SQLITE_LOCKED: _MENDS[errno.EBUSY],
}


def mistake_of(error: BaseException | None) -> Mistake | None:
    """What somebody must mend on this machine; None for a bug of ours.

    An error that was raised from one of the system counts as that one.
    """
    while error is not None:
        if isinstance(error, OSError):
            return _of_system(error)
        if isinstance(error, sqlite3.Error):
            return _of_sqlite(error)
        error = error.__cause__
    return None


def _of_system(error: OSError) -> Mistake | None:
    here = _here()
    if here is None:
        return _gone()
    if "file watch limit" in str(error):  # it has the number of a full disk
        what = "this machine watches no more files than it does already"
        mend = "raise it: sysctl fs.inotify.max_user_watches=524288"
        return Mistake(path=".", what=what, mend=mend)
    path = _path(error, here)
    known = _MENDS.get(error.errno or 0)
    if known is None and path and not os.path.abspath(path).startswith(_OWN):
        known = _WRONG_KIND.get(error.errno or 0)
    if known is None:
        return None
    return Mistake(path=path or ".", what=known[0], mend=known[1])


def _of_sqlite(error: sqlite3.Error) -> Mistake | None:
    """SQLite names no file: all of ours lie in one folder."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # without what is behind it
    known = _OF_SQLITE.get(code)
    if known is None:
        return None
    if _here() is None:
        return _gone()
    what, mend = known
    return Mistake(path=BUILD_FOLDER, what=f"{what} ({error})", mend=mend)


def _here() -> Path | None:
    try:
        return Path.cwd()
    except FileNotFoundError:
        return None


def _gone() -> Mistake:
    what, mend = "the current folder is gone", "cd to the folder of the site"
    return Mistake(path=".", what=what, mend=mend)


def _path(error: OSError, here: Path) -> str:
    """The file of an error, from here; of two, the one that was to be made.

    An error of a write to an open file names none; and it may be a number then.
    """
    named = error.filename2 or error.filename
    if not isinstance(named, str | bytes | os.PathLike):
        return ""
    path = Path(os.fsdecode(named))
    if path.name.startswith(".") and path.name.endswith(PARTIAL_SUFFIX):
        path = path.with_name(path.name[1 : -len(PARTIAL_SUFFIX)])
    if path.is_relative_to(here):
        path = path.relative_to(here)
    return str(path).encode(errors="backslashreplace").decode()
