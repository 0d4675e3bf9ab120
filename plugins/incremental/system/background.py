"""One piece of work in another process, while this one does something else."""

import marshal
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any


class BackgroundTask:
    """`work` begins when this is made; it gives plain values, or nothing.

    It must not touch what belongs to this process alone, such as open databases.
    """

    def __init__(self, work: Callable[[], Any]) -> None:
        self._end, self._child, self._known = -1, 0, None
        if not possible():
            return
        try:
            here, there = os.pipe()
        except OSError:  # too many open files
            return
        try:
            with signals_held():
                child = os.fork()
                if not child:
                    self._do(work, here, there)
        except OSError:  # too many processes
            os.close(here)
            os.close(there)
            return
        os.close(there)
        self._end, self._child = here, child

    def _do(self, work: Callable[[], Any], here: int, there: int) -> None:
        try:
            end_silently()
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


ENDING = {
    getattr(signal, name)
    for name in ("SIGINT", "SIGTERM", "SIGHUP")
    if hasattr(signal, name)
}
"""The signals that ask a process to end."""


@contextmanager
def signals_held() -> Iterator[None]:
    """Have signals wait while this process forks: the copy takes them otherwise."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def end_silently() -> None:
    """In a copy of a process: a signal ends it, and the other one says so."""
    for number in ENDING:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)


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
