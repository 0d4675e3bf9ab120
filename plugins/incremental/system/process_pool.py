"""Work on all cores, in forked copies of this process.

A fork has everything in memory that this process has, so nothing needs to be sent to
it. Results come back as marshalled plain values from our own children. Where forking
is not possible or not worth it, the work is done here.
"""

import gc
import marshal
import os
import sys
import threading
import warnings
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from .background import cores, end_silently, signals_held

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

HARMLESS: set[threading.Thread] = set()
"""Threads that are known to hold no lock while work is spread."""

WORTH_FORKING = 24
CHUNK = 16
MOST = 1000
"""As many chunks at most: their numbers lie in a pipe, and the smallest has a page."""


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


class JobQueue:
    """Jobs that several processes take from, a chunk at a time."""

    def __init__(self, jobs: Sequence[Any], many: int) -> None:
        self.jobs = jobs
        even = max(1, min(CHUNK, len(jobs) // (8 * many)))
        self._size = max(even, -(-len(jobs) // MOST))
        self._numbers, put = os.pipe()
        starts = range(0, len(jobs), self._size)
        os.write(put, b"".join(start.to_bytes(4, "big") for start in starts))
        os.close(put)

    def chunks(self) -> Iterator[range]:
        """Places of jobs that nobody else gets."""
        while number := os.read(self._numbers, 4):
            start = int.from_bytes(number, "big")
            yield range(start, min(start + self._size, len(self.jobs)))

    def close(self) -> None:
        os.close(self._numbers)


class Worker(NamedTuple):
    """A process at work, where its results come from, and what it takes jobs from."""

    results: "Connection"
    process: "BaseProcess"
    queues: list[JobQueue]


class ForkPool:
    """Copies of this process that do `work` for each job while this one goes on.

    They also help with what an `earlier` pool has begun, and all its results come with
    theirs. `deferred`: results are fetched much later, so workers keep them until all
    is done, for a pipe holds only a few.
    """

    def __init__(
        self,
        work: Callable[[Any], Any],
        jobs: Sequence[Any],
        many: int,
        earlier: "ForkPool | None" = None,
        *,
        deferred: bool = False,
    ) -> None:
        from multiprocessing import get_context

        context = get_context("fork")
        before: list[JobQueue] = [] if earlier is None else earlier._queues
        self.jobs = len(jobs)
        self._queues: list[JobQueue] = [JobQueue(jobs, many), *before]
        self._at_work: list[Worker] = [] if earlier is None else earlier._at_work
        gc.freeze()
        sys.stdout.flush()
        sys.stderr.flush()
        for _ in range(many):
            here, there = context.Pipe(duplex=False)
            given = (work, self._queues, there, os.getpid(), deferred)
            process = context.Process(target=_serve, args=given, daemon=True)
            with warnings.catch_warnings(), signals_held():
                warnings.simplefilter("ignore", DeprecationWarning)
                process.start()
            there.close()
            self._at_work.append(Worker(here, process, [*self._queues]))
        gc.unfreeze()

    def results(self) -> Iterator[tuple[Any, Any]]:
        """Each job with its result, as they are done."""
        from multiprocessing import connection

        queues_of = {worker.results: worker.queues for worker in self._at_work}
        while queues_of:
            for end in connection.wait(list(queues_of)):
                ready = cast("Connection", end)  # no sockets or files were given
                try:
                    queue, done = marshal.loads(ready.recv_bytes())
                except (EOFError, OSError):
                    del queues_of[ready]
                    continue
                for place, result in done:
                    yield queues_of[ready][queue].jobs[place], result

    def close(self) -> None:
        """End the workers, whether or not they are done."""
        for worker in self._at_work:
            worker.results.close()
            worker.process.terminate()
            worker.process.join()
        for queue in self._queues:
            queue.close()
        self._at_work.clear()
        self._queues.clear()


def map_forked(
    work: Callable[[Any], Any], jobs: Sequence[Any], earlier: ForkPool | None = None
) -> Iterator[tuple[Any, Any]]:
    """Do `work` for each job on all cores; yields (job, result) as they are done.

    A result of None, or a worker that ended early, means the job is not done: the
    caller does it itself, and meets the trouble there. Results are plain values.
    """
    many = cores()
    if earlier is not None and len(jobs) < earlier.jobs:
        many -= 1  # there will be work for it to the end
    pool = ForkPool(work, jobs, many, earlier)
    try:
        yield from pool.results()
    finally:
        pool.close()


def _serve(
    work: Callable[[Any], Any],
    queues: list[JobQueue],
    end: Any,
    of: int,
    deferred: bool,
) -> None:
    # Not above: a run that has too little to do for others needs none of it.
    import logging

    from .log_capture import captured_warnings

    end_silently()
    gc.disable()
    logging.getLogger().handlers.clear()
    logging.getLogger("pelican").handlers.clear()
    kept = []  # a pipe takes some, and then waits for somebody to read
    for number, queue in enumerate(queues):
        for chunk in queue.chunks():
            if os.getppid() != of:  # nobody waits for it any more
                os._exit(1)
            done = []
            for place in chunk:
                with captured_warnings() as warned:
                    result = _result(work, queue.jobs[place])
                done.append((place, None if warned else result))
            if deferred:
                kept.append((number, done))
            else:
                end.send_bytes(marshal.dumps((number, done)))
    for some in kept:
        end.send_bytes(marshal.dumps(some))
    end.close()
    os._exit(0)


def _result(work: Callable[[Any], Any], job: Any) -> Any:
    """What the work gave; None if it raised: the caller does it, and sees the error."""
    try:
        return work(job)
    except Exception:
        import logging  # not above: what seldom happens need not be loaded

        log = logging.getLogger(__name__)
        log.debug("a worker left %r to its parent", job, exc_info=True)
        return None
