"""Work on all cores, in forked copies of this process.

A fork has everything in memory that this process has, so nothing needs to be sent to
it. Results come back as marshalled plain values from our own children. Where forking
is not possible or not worth it, the work is done here.
"""

import gc
import logging
import marshal
import os
import sys
import threading
import warnings
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from .beside import cores
from .listening import listening

HARMLESS: set[threading.Thread] = set()
"""Threads that are known to hold no lock while work is spread."""

WORTH_FORKING = 24
CHUNK = 16


def can_fork(jobs: int) -> bool:
    """Whether forking is possible and pays.

    Other threads may hold locks that nobody gives back in the copy. The one that turns
    the spinner of Pelican's terminal is known to hold none that work here needs.
    """
    known = {threading.current_thread(), *HARMLESS}
    others = [thread for thread in threading.enumerate() if thread not in known]
    return (
        jobs >= WORTH_FORKING
        and hasattr(os, "fork")
        and sys.platform != "darwin"  # whose own libraries do not survive a fork
        and cores() > 1
        and all(type(thread).__name__ == "_RefreshThread" for thread in others)
    )


def spread(
    work: Callable[[Any], Any],
    jobs: Sequence[Any],
    group: Callable[[Any], Any] | None = None,
) -> Iterator[tuple[Any, Any]]:
    """Do `work` for each job on all cores; yields (job, result) as they are done.

    A result of None, or a worker that ended early, means the job is not done: the
    caller does it itself, and meets the trouble there. Results are plain values.
    """
    from multiprocessing import connection, get_context

    many = cores()
    context = get_context("fork")
    gc.freeze()
    ends = []
    sys.stdout.flush()
    sys.stderr.flush()
    for number in range(many):
        mine = jobs[number::many]
        here, there = context.Pipe(duplex=False)
        process = context.Process(target=_serve, args=(work, mine, there), daemon=True)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            process.start()
        there.close()
        ends.append((here, process, mine))
    gc.unfreeze()
    open_ends = {here: mine for here, _, mine in ends}
    try:
        while open_ends:
            for ready in connection.wait(list(open_ends)):
                try:
                    done = marshal.loads(ready.recv_bytes())
                except (EOFError, OSError):
                    del open_ends[ready]
                    continue
                for place, result in done:
                    yield open_ends[ready][place], result
    finally:
        for here, process, _ in ends:
            here.close()
            if process.is_alive() and open_ends:
                process.terminate()
            process.join()


def _serve(work: Callable[[Any], Any], jobs: Sequence[Any], end: Any) -> None:
    gc.disable()
    done = []
    logging.getLogger().handlers.clear()
    logging.getLogger("pelican").handlers.clear()
    for place, job in enumerate(jobs):
        try:
            with listening() as said:
                result = work(job)
        except Exception:
            result = None
        if said:  # nobody hears it here: the caller does the job again, and does
            result = None
        done.append((place, result))
        if len(done) == CHUNK:
            end.send_bytes(marshal.dumps(done))
            done.clear()
    end.send_bytes(marshal.dumps(done))
    end.close()
    os._exit(0)
