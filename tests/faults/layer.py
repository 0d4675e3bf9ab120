"""Makes one file operation of a process, and of those it forks, fail or be the last.

`installed(fault)` replaces the functions with which Python changes files: `open` for
writing, writes, `os.fsync`, `os.replace` and so on, the exchange of two names, and what
changes an SQLite database. The operations are counted, and the one whose turn it is
fails with an error of the system, is done by half, or ends the process. It is written
by hand since no library fails the operations of a process that has been running for a
while; below Python, `RLIMIT_FSIZE` makes a disk full for SQLite as well.

It is for processes that end afterwards: nothing is put back.
"""

import builtins
import errno
import io
import mmap
import os
import shutil
import signal
import sqlite3
import stat
from dataclasses import dataclass

from pelican.plugins.incremental.system import swap

ERRORS = {
    errno.ENOSPC: ("database or disk is full", sqlite3.SQLITE_FULL),
    errno.EIO: ("disk I/O error", sqlite3.SQLITE_IOERR),
    errno.EACCES: ("unable to open database file", sqlite3.SQLITE_CANTOPEN),
    errno.EROFS: ("attempt to write a readonly database", sqlite3.SQLITE_READONLY),
    errno.EMFILE: ("unable to open database file", sqlite3.SQLITE_CANTOPEN),
}
"""The errors of the system, each with what SQLite makes of it."""

KILL = "kill"
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
CHANGES = ("insert", "delete", "update", "create", "commit", "begin", "pragma sync")
NAMES = ("replace", "rename", "unlink", "remove", "mkdir", "rmdir", "link", "symlink")


@dataclass(kw_only=True)
class Fault:
    """The operation `at` (from 1; 0: none) fails with `kind`: an errno, or a kill.

    `torn`: a write is done by half before. `lasting`: all later ones fail as well, as
    they do on a full disk. `counted` is how many operations there were so far, in all
    processes, and `writes` which of them can be done by half.
    """

    at: int = 0
    kind: int | str = errno.ENOSPC
    torn: bool = False
    lasting: bool = False

    def __post_init__(self):
        self._shared = mmap.mmap(-1, 1 << 16)

    @property
    def counted(self):
        return int.from_bytes(self._shared[:4])

    @property
    def writes(self):
        return [at for at in range(1, self.counted + 1) if self._shared[8 + at]]

    @property
    def hit(self):
        """Whether its turn came."""
        return self._shared[4] == 1

    def meet(self, what, write_half=None):
        """Count one operation; end or raise if it is the one.

        What `write_half` gives, if a write was done by half, else None.
        """
        number = self.counted + 1
        self._shared[:4] = number.to_bytes(4)
        self._shared[8 + number] = write_half is not None
        if not self.at or number < self.at or (number > self.at and not self.lasting):
            return None
        self._shared[4] = 1
        if write_half is not None and self.torn:
            written = write_half()
            if self.kind != KILL:
                # The system says how much it has written; what comes next fails.
                self.at, self.torn = number + 1, False
                return written
        if self.kind == KILL:
            os.kill(os.getpid(), signal.SIGKILL)
        raise OSError(self.kind, os.strerror(self.kind), *what[1:2])

    def meet_in_database(self, what):
        try:
            self.meet(what)
        except OSError as error:
            text, code = ERRORS[self.kind]
            trouble = sqlite3.OperationalError(text)
            trouble.sqlite_errorcode = code
            raise trouble from error


def installed(fault):
    """Have the file operations of this process meet `fault` from now on."""
    _replace_open(fault)
    _replace_functions(fault)
    _replace_connect(fault)


def _replace_open(fault):
    usual_open, usual_os_open, usual_write = io.open, os.open, os.write

    def counted_open(
        file,
        mode="r",
        buffering=-1,
        encoding=None,
        errors=None,
        newline=None,
        closefd=True,
        opener=None,
    ):
        if not set(mode) & set("wxa+") or _is_no_file(file):
            return usual_open(
                file, mode, buffering, encoding, errors, newline, closefd, opener
            )
        if not isinstance(file, int):
            fault.meet(("open", os.fspath(file)))
        raw = _CountedFile(
            file, mode.replace("b", "").replace("t", ""), closefd, opener
        )
        raw.fault = fault
        return _layered(raw, mode, buffering, encoding, errors, newline)

    def counted_os_open(path, flags, mode=0o777, *, dir_fd=None):
        if flags & WRITING and not _is_no_file(path):
            fault.meet(("open", os.fspath(path)))
        return usual_os_open(path, flags, mode, dir_fd=dir_fd)

    def counted_write(descriptor, data):
        if not _is_regular(descriptor):
            return usual_write(descriptor, data)
        half = bytes(data[: len(data) // 2])
        written = fault.meet(
            ("write", descriptor), lambda: usual_write(descriptor, half)
        )
        return usual_write(descriptor, data) if written is None else written

    builtins.open = io.open = counted_open
    os.open, os.write = counted_os_open, counted_write
    shutil._USE_CP_SENDFILE = False  # what copies is `write` then


class _CountedFile(io.FileIO):
    """A file whose writes are counted."""

    def write(self, data):
        def half():
            return io.FileIO.write(self, memoryview(data)[: len(data) // 2])

        written = self.fault.meet(("write", self.name), half)
        return super().write(data) if written is None else written

    def truncate(self, size=None):
        self.fault.meet(("truncate", self.name))
        return super().truncate(size)


def _layered(raw, mode, buffering, encoding, errors, newline):
    """What `open` puts around a file."""
    if buffering == 0:
        return raw
    buffered = (io.BufferedRandom if "+" in mode else io.BufferedWriter)(raw)
    if "b" in mode:
        return buffered
    encoding = io.text_encoding(encoding)
    return io.TextIOWrapper(buffered, encoding, errors, newline, buffering == 1)


def _is_no_file(file):
    if isinstance(file, int):
        return not _is_regular(file)
    return os.fsdecode(file).startswith(("/dev/", "/proc/"))


def _is_regular(descriptor):
    return stat.S_ISREG(os.fstat(descriptor).st_mode)


def _replace_functions(fault):
    def counted(name, usual):
        def operation(*arguments, **options):
            fault.meet((name, *arguments))
            return usual(*arguments, **options)

        return operation

    for name in (*NAMES, "fsync", "ftruncate", "truncate"):
        setattr(os, name, counted(name, getattr(os, name)))
    swap._exchange = counted("exchange", swap._exchange)


def _replace_connect(fault):
    usual = sqlite3.connect

    def meet(name, statement=""):
        if statement.lstrip().lower().startswith(CHANGES):
            fault.meet_in_database((name, " ".join(statement.split()[:4])))

    class Connection(sqlite3.Connection):
        """A database whose changes are counted."""

        def execute(self, statement, *values):
            meet("sqlite", statement)
            return super().execute(statement, *values)

        def executemany(self, statement, *values):
            meet("sqlite", statement)
            return super().executemany(statement, *values)

        def executescript(self, script):
            meet("sqlite", script)
            return super().executescript(script)

        def commit(self):
            meet("sqlite", "commit")
            return super().commit()

    def connect(*arguments, **options):
        return usual(*arguments, **{"factory": Connection, **options})

    sqlite3.connect = connect
