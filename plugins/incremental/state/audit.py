"""What a build looks at: the files it opens, the folders it lists, what it writes.

Python reports these to audit hooks. So the inputs of a build need not be declared: an
include of a post, a data file of a plugin, a module of the settings are all seen. A
hook cannot be taken away again, so there is one, and it is idle outside a build.

It does not report who asks whether something is there. That decides too: a folder of
posts that does not exist yet is one to come. So while somebody watches, `os.stat` and
`os.lstat`, by which `os.path` and `pathlib` ask, are functions of ours. What Python's
own search for modules and packages asks counts for nothing: it asks once a process, so
chance would decide whose question it was. The code that is found is looked at anyway.
"""

import functools
import importlib
import os
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from inspect import currentframe
from types import FrameType
from typing import Any

from .file_stamps import ABSENT, FILE, FOLDER, kind_of

_WRITES = os.O_WRONLY | os.O_RDWR | os.O_APPEND | os.O_CREAT
_ELSEWHERE = ("/proc/", "/sys/", "/dev/")
_IN_MEMORY = "/dev/shm/"
_SEARCHES = ("<frozen importlib", os.path.dirname(importlib.__file__) + os.sep)
UNTIMED = -1
_EFFECTS = frozenset({"subprocess.Popen", "os.system", "socket.connect", "os.rename"})


def _is_elsewhere(path: str) -> bool:
    """Whether this is no file of a disk. A site may stand in a folder in memory."""
    if not path.startswith(_ELSEWHERE):
        return False
    return not (path.startswith(_IN_MEMORY) and "/" in path[len(_IN_MEMORY) :])


@dataclass(slots=True, eq=False)
class AccessLog:
    """What happened while it was the one that watches. Paths as they were given.

    `looked` has what somebody asked for, opened or not, as it was found: a stamp.
    `listed` has folders, with the time of their last change when they were listed; or
    UNTIMED, if Python did so in search of modules, beside which it puts compiled ones.
    """

    opened: set[str] = field(default_factory=set)
    listed: dict[str, int] = field(default_factory=dict)
    written: set[str] = field(default_factory=set)
    effects: set[str] = field(default_factory=set)
    looked: dict[str, str] = field(default_factory=dict)

    def take_in(self, earlier: "AccessLog") -> None:
        """Add what another one saw before this one began."""
        self.opened |= earlier.opened
        self.listed = self.listed | earlier.listed
        self.written |= earlier.written
        self.effects |= earlier.effects
        self.looked = self.looked | earlier.looked

    @property
    def pure(self) -> bool:
        """Whether nothing was done but reading."""
        return not self.written and not self.effects


class Recorder:
    """Tells each log of what happens while it is one of `logs`.

    There is one, for an audit hook is of the whole process and cannot be taken away.
    """

    def __init__(self) -> None:
        self.logs: list[AccessLog] = []
        self._hooked = False

    def begin(self) -> AccessLog:
        """Begin a log; with the first, `os.stat` and `os.lstat` become ours."""
        if not self._hooked:
            sys.addaudithook(self._hook)
            self._hooked = True
        log = AccessLog()
        self.logs.append(log)
        for name, usual in _USUAL.items():
            if getattr(os, name) is usual:
                setattr(os, name, _OURS[name])
        return log

    def end(self, log: AccessLog) -> None:
        """End a log; with the last, `os.stat` and `os.lstat` are again what they were,
        if nobody else has replaced them meanwhile."""
        self.logs.remove(log)
        if not self.logs:
            for name, ours in _OURS.items():
                if getattr(os, name) is ours:
                    setattr(os, name, _USUAL[name])

    def _hook(self, event: str, args: tuple[Any, ...]) -> None:
        if not self.logs:
            return
        if event == "open":
            self._opened(*args)
        elif event in ("os.listdir", "os.scandir"):
            path = "." if args[0] is None else args[0]
            if isinstance(path, str):
                searches = _is_search(currentframe())
                for log in self.logs:
                    if path not in log.listed:
                        log.listed[path] = UNTIMED if searches else changed_at(path)
        elif event in _EFFECTS:
            for log in self.logs:
                log.effects.add(event)

    def _opened(self, path: Any, mode: str | None, flags: Any) -> None:
        if isinstance(path, bytes):
            path = os.fsdecode(path)
        if not isinstance(path, str) or _is_elsewhere(path):
            return
        writes = flags & _WRITES if isinstance(flags, int) else "r" not in (mode or "r")
        for log in self.logs:
            (log.written if writes else log.opened).add(path)

    def looked(self, path: str, found: os.stat_result | None) -> None:
        """Somebody looked for `path`, and `found` it or did not."""
        if not path or _is_elsewhere(path):
            return
        if found is None:
            kind = ABSENT
        elif stat.S_ISLNK(found.st_mode):
            kind = kind_of(path)
        else:
            kind = FOLDER if stat.S_ISDIR(found.st_mode) else FILE
        for log in self.logs:
            log.looked.setdefault(path, kind)


_recorder = Recorder()


@contextmanager
def recorded_access() -> Iterator[AccessLog]:
    """Watch until the end of the block; blocks may lie inside each other."""
    log = _recorder.begin()
    try:
        yield log
    finally:
        _recorder.end(log)


class BeforeBuild:
    """Watches from when plugins are registered until a build begins.

    In between they read their settings, phrases and data. There is one, for whoever
    registers knows of no build yet.
    """

    def __init__(self) -> None:
        self._log: AccessLog | None = None

    def begin(self) -> None:
        """Watch from now on. What was seen before is of a build that never began."""
        self.end()
        self._log = _recorder.begin()

    def end(self) -> AccessLog:
        """What was seen; nothing if nobody watched."""
        log, self._log = self._log, None
        if log is None:
            return AccessLog()
        _recorder.end(log)
        return log


before_builds = BeforeBuild()


def _is_search(frame: FrameType | None) -> bool:
    """Whether the caller of this frame is Python's own search for modules.

    What calls is told by its file alone: neither audit events nor arguments say it.
    """
    caller = None if frame is None else frame.f_back
    return caller is not None and caller.f_code.co_filename.startswith(_SEARCHES)


def changed_at(folder: str) -> int:
    """When a name last came or went, in ns since 1970; 0 where no folder is."""
    try:
        return _USUAL["stat"](folder).st_mtime_ns
    except OSError:
        return 0


def _reporting(ask: Callable[..., os.stat_result]) -> Callable[..., os.stat_result]:
    """A function of `os` that says what there is, and tells those who watch."""

    @functools.wraps(ask)
    def asked(path: Any, *more: Any, **options: Any) -> os.stat_result:
        by_name = not isinstance(path, int) and options.get("dir_fd") is None
        by_name = by_name and not _is_search(currentframe())
        try:
            found = ask(path, *more, **options)
        except OSError:
            if by_name:
                _recorder.looked(os.fsdecode(path), None)
            raise
        if by_name:
            _recorder.looked(os.fsdecode(path), found)
        return found

    for way in (os.supports_dir_fd, os.supports_fd, os.supports_follow_symlinks):
        if ask in way:
            way.add(asked)
    return asked


_USUAL = {"stat": os.stat, "lstat": os.lstat}
_OURS = {name: _reporting(usual) for name, usual in _USUAL.items()}
