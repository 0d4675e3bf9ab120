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
from typing import Any

from .file_stamps import ABSENT, FILE, FOLDER, kind_of

_WRITES = os.O_WRONLY | os.O_RDWR | os.O_APPEND | os.O_CREAT
_ELSEWHERE = ("/proc/", "/sys/", "/dev/")
_SEARCHES = ("<frozen importlib", os.path.dirname(importlib.__file__) + os.sep)
UNTIMED = -1
_EFFECTS = frozenset({"subprocess.Popen", "os.system", "socket.connect", "os.rename"})


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

    @property
    def pure(self) -> bool:
        """Whether nothing was done but reading."""
        return not self.written and not self.effects


_watching: list[AccessLog] = []
_hooked = False


@contextmanager
def recorded_access() -> Iterator[AccessLog]:
    """Watch until the end of the block; blocks may lie inside each other."""
    global _hooked
    if not _hooked:
        sys.addaudithook(_hook)
        _hooked = True
    seen = AccessLog()
    _watching.append(seen)
    for name, usual in _USUAL.items():
        if getattr(os, name) is usual:
            setattr(os, name, _OURS[name])
    try:
        yield seen
    finally:
        _watching.remove(seen)
        if not _watching:
            for name, ours in _OURS.items():
                if getattr(os, name) is ours:
                    setattr(os, name, _USUAL[name])


def _hook(event: str, args: tuple[Any, ...]) -> None:
    if not _watching:
        return
    if event == "open":
        path, mode, flags = args
        if isinstance(path, bytes):
            path = os.fsdecode(path)
        if not isinstance(path, str) or path.startswith(_ELSEWHERE):
            return
        writes = flags & _WRITES if isinstance(flags, int) else "r" not in (mode or "r")
        for seen in _watching:
            (seen.written if writes else seen.opened).add(path)
    elif event in ("os.listdir", "os.scandir"):
        path = args[0]
        if path is None:
            path = "."
        if isinstance(path, str):
            searches = sys._getframe(1).f_code.co_filename.startswith(_SEARCHES)
            for seen in _watching:
                if path not in seen.listed:
                    seen.listed[path] = UNTIMED if searches else changed_at(path)
    elif event in _EFFECTS:
        for seen in _watching:
            seen.effects.add(event)


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
        asker = sys._getframe(1).f_code.co_filename
        by_name = by_name and not asker.startswith(_SEARCHES)
        try:
            found = ask(path, *more, **options)
        except OSError:
            if by_name:
                _note(os.fsdecode(path), None)
            raise
        if by_name:
            _note(os.fsdecode(path), found)
        return found

    for way in (os.supports_dir_fd, os.supports_fd, os.supports_follow_symlinks):
        if ask in way:
            way.add(asked)
    return asked


def _note(path: str, found: os.stat_result | None) -> None:
    if not path or path.startswith(_ELSEWHERE):
        return
    if found is None:
        kind = ABSENT
    elif stat.S_ISLNK(found.st_mode):
        kind = kind_of(path)
    else:
        kind = FOLDER if stat.S_ISDIR(found.st_mode) else FILE
    for seen in _watching:
        seen.looked.setdefault(path, kind)


_USUAL = {"stat": os.stat, "lstat": os.lstat}
_OURS = {name: _reporting(usual) for name, usual in _USUAL.items()}
