"""What a build looks at: the files it opens, the folders it lists, what it writes.

Python reports these to audit hooks. So the inputs of a build need not be declared: an
include of a post, a data file of a plugin, a module of the settings are all seen. A
hook cannot be taken away again, so there is one, and it is idle outside a build.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

_WRITES = os.O_WRONLY | os.O_RDWR | os.O_APPEND | os.O_CREAT
_ELSEWHERE = ("/proc/", "/sys/", "/dev/")
_EFFECTS = frozenset({"subprocess.Popen", "os.system", "socket.connect", "os.rename"})


@dataclass(slots=True, eq=False)
class Seen:
    """What happened while it was the one that watches. Paths as they were given."""

    opened: set[str] = field(default_factory=set)
    listed: set[str] = field(default_factory=set)
    written: set[str] = field(default_factory=set)
    effects: set[str] = field(default_factory=set)

    @property
    def pure(self) -> bool:
        """Whether nothing was done but reading."""
        return not self.written and not self.effects


_watching: list[Seen] = []
_hooked = False


@contextmanager
def watching() -> Iterator[Seen]:
    """Watch until the end of the block; blocks may lie inside each other."""
    global _hooked
    if not _hooked:
        sys.addaudithook(_hook)
        _hooked = True
    seen = Seen()
    _watching.append(seen)
    try:
        yield seen
    finally:
        _watching.remove(seen)


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
            for seen in _watching:
                seen.listed.add(path)
    elif event in _EFFECTS:
        for seen in _watching:
            seen.effects.add(event)
