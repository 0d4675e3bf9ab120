"""One piece of work in another process, while this one does something else."""

import marshal
import os
import sys
import threading
from collections.abc import Callable
from typing import Any


class BackgroundTask:
    """`work` begins when this is made; it gives plain values, or nothing.

    It must not touch what belongs to this process alone, such as open databases.
    """

    def __init__(self, work: Callable[[], Any]) -> None:
        self._end, self._child, self._known = -1, 0, None
        if not possible():
            return
        here, there = os.pipe()
        child = os.fork()
        if child:
            os.close(there)
            self._end, self._child = here, child
            return
        try:
            os.close(here)
            with os.fdopen(there, "wb") as end:
                marshal.dump(work(), end)
        finally:
            os._exit(0)

    def result(self) -> Any:
        """What the work gave; None if it came to nothing, or could not be begun."""
        if self._end >= 0:
            with os.fdopen(self._end, "rb") as end:
                data = end.read()
            os.waitpid(self._child, 0)
            self._end = -1
            try:
                self._known = marshal.loads(data)
            except (EOFError, ValueError):
                pass
        return self._known

    def __del__(self) -> None:
        if self._end >= 0:  # not asked for: a process that writes to a closed pipe ends
            os.close(self._end)
            os.waitpid(self._child, 0)


def cores() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on macOS and Windows
        return os.cpu_count() or 1


def possible() -> bool:
    """Whether there is a second core, and no thread that may hold a lock.

    Where Apple's libraries are loaded a process does not survive a fork.
    """
    return (
        hasattr(os, "fork")
        and sys.platform != "darwin"
        and cores() > 1
        and threading.active_count() == 1
    )
