"""Runs queries until a deadline: hosts in parallel, those of one host in turn.

Waits for `Retry-After` and for the pauses that platforms want. What a query means is
up to its provider.
"""

import logging
import queue
import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from ..model.errors import (
    BudgetSpent,
    ChangedShape,
    Failure,
    RateLimited,
    Unchanged,
    Unreachable,
)
from ..model.values import MAX_COUNT, Reading, Reference
from ..providers.base import Kind, Provider, Query
from .budgets import BudgetLedger
from .http_client import HttpClient, ProviderSession

logger = logging.getLogger(__name__)

MAX_SILENT_QUERIES = 2  # without any response, after which a host is given up
GRACE = 0.5  # seconds in which a request that ended at the deadline may report


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One query, and the references that its readings are for.

    `cache` is what a provider keeps during one collection. `etag` is the one of the
    last reply to this query. `key` changes with the keys that are sent.
    """

    host: str
    provider: Provider
    kind: Kind
    query: Query
    references: tuple[Reference, ...]
    secrets: tuple[str, ...]
    ledger: BudgetLedger
    cache: dict[str, Any] = field(default_factory=dict)
    etag: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskResult:
    """Readings, and a failure if any of the metrics wanted are not among them.

    `unchanged` means that the last readings still hold; `etag` is the one of this
    reply. `got_response` is false where nothing came back at all, `asked` where it is
    not the platform's turn that passed: no request was sent, or a limit of ours came
    in between. The platform wants no further request for `pause` seconds.
    """

    task: Task
    readings: tuple[Reading, ...] = ()
    failure: Failure | None = None
    unchanged: bool = False
    etag: str = ""
    got_response: bool = False
    asked: bool = False
    pause: float = 0.0


def run_tasks(tasks: list[Task], agent: str, seconds: float) -> Iterator[TaskResult]:
    """The result of every task, as they come; those not done in `seconds` fail.

    The tasks of one host are run in their order.

    Threads are daemons: a name lookup that hangs in the system outlives the deadline
    but not the command.
    """
    deadline = time.monotonic() + seconds
    client = HttpClient(user_agent=agent, deadline=deadline)
    results: queue.Queue[TaskResult | BaseException] = queue.Queue()
    hosts: dict[str, list[Task]] = {}
    for task in tasks:
        hosts.setdefault(task.host, []).append(task)

    def run_host(tasks_of_host: list[Task]) -> None:
        try:
            for result in _run_in_turn(tasks_of_host, client, seconds):
                results.put(result)
        except BaseException as error:
            results.put(error)

    for tasks_of_host in hosts.values():
        threading.Thread(target=run_host, args=(tasks_of_host,), daemon=True).start()
    pending = {id(task): task for task in tasks}
    while pending:
        try:
            left = max(deadline - time.monotonic(), 0) + GRACE
            result = results.get(timeout=left)
        except queue.Empty:
            break
        if isinstance(result, BaseException):
            raise result
        del pending[id(result.task)]
        yield result
    yield from _not_done(pending.values(), seconds)


def _not_done(tasks: Iterable[Task], seconds: float) -> Iterator[TaskResult]:
    """The results of tasks that are not done at the deadline.

    The first one of a host is running, the others were never sent.
    """
    running: set[str] = set()
    for task in tasks:
        if task.host in running:
            yield TaskResult(task=task, failure=_no_time(seconds))
            continue
        running.add(task.host)
        late = Unreachable(f"{task.host} gave no answer before the deadline")
        yield TaskResult(task=task, failure=late, asked=True)


def _run_in_turn(
    tasks: list[Task], client: HttpClient, seconds: float
) -> Iterator[TaskResult]:
    """The results of one host's tasks, in turn; `seconds` is what all of them have.

    After a rate limit, or two queries in a row without any response, the rest fails
    without being sent.
    """
    silent, last = 0, None
    free_at = 0.0  # when the host allows the next request
    for position, task in enumerate(tasks):
        gave_up = silent >= MAX_SILENT_QUERIES
        if last and (gave_up or isinstance(last.failure, RateLimited)):
            yield TaskResult(task=task, failure=last.failure)
            continue
        pause = free_at - time.monotonic()
        if not _wait(pause, client.deadline):
            yield TaskResult(task=task, failure=_no_time(seconds, task.host, pause))
            continue
        if time.monotonic() >= client.deadline:
            yield TaskResult(task=task, failure=_no_time(seconds))
            continue
        result = run_task(task, client, first=position == 0)
        limit = result.failure
        if isinstance(limit, RateLimited) and limit.retry_after is not None:
            if _wait(limit.retry_after, client.deadline):
                result = run_task(task, client, first=position == 0)
        last = result
        silent = silent + 1 if isinstance(result.failure, Unreachable) else 0
        if result.got_response:
            free_at = time.monotonic() + max(task.provider.pause, result.pause)
        yield result


def _wait(seconds: float, deadline: float) -> bool:
    """Sleep; false, at once, if the deadline would be over by then."""
    if seconds > 0:
        if time.monotonic() + seconds >= deadline:
            return False
        time.sleep(seconds)
    return True


def _no_time(seconds: float, host: str = "", pause: float = 0.0) -> BudgetSpent:
    """Why nothing was sent: the deadline, and the pause that is longer than is left."""
    why = f"{host} wants a pause of {pause:.0f} s, and " if pause > 0 else ""
    return BudgetSpent(
        f"{why}the {seconds:g} seconds of a collection are over "
        f"(LIVE_STATS_DEADLINE = {2 * seconds:g} allows more)"
    )


def run_task(task: Task, client: HttpClient, *, first: bool = True) -> TaskResult:
    """The readings of one task, and the failure that prevented the others.

    `first` is whether nothing was asked of its host before. Whatever is no Failure is
    a bug of ours, and is raised.
    """
    paid_for = (task.query.subject, task.query.window, task.host)
    sent = 0

    def charge() -> None:
        nonlocal sent
        task.ledger.charge(task.kind, *paid_for)
        sent += 1

    session = ProviderSession(
        client,
        charge=charge,
        secrets=task.secrets,
        cache=task.cache,
        etag=task.etag,
        redirects=task.provider.redirects,
        reply_size=task.provider.reply_size,
    )
    readings: list[Reading] = []
    failure: Failure | None = None
    unchanged = False
    try:
        task.ledger.check(task.kind, *paid_for)
        with session:
            for reading in task.provider.fetch(task.query, session):
                _check(reading, task)
                readings.append(reading)
    except Unchanged:
        unchanged = True
    except Failure as error:
        error.args = (session.redact(_with_host(str(error), task)),)
        failure = _bare(error)
    logger.info(
        "%s was asked for %s/%s, %s: %s",
        task.host,
        task.kind.name,
        task.query.subject,
        task.query.window,
        failure or ("unchanged" if unchanged else f"{len(readings)} readings"),
    )
    pause = session.pause_seconds
    # What a limit broke off is first next time, unless it would be broken off again.
    cut = isinstance(failure, BudgetSpent) and not first
    if isinstance(failure, RateLimited):
        pause = max(pause, failure.retry_after or 0.0)
    return TaskResult(
        task=task,
        readings=tuple(readings),
        failure=failure,
        unchanged=unchanged,
        etag=session.new_etag if failure is None else "",
        got_response=session.got_response,
        asked=sent > 0 and not cut,
        pause=pause,
    )


def _bare(failure: Failure) -> Failure:
    """The failure without where it was raised: that holds the reply, and is kept."""
    failure.__cause__ = failure.__context__ = None
    return failure.with_traceback(None)


def _check(reading: Reading, task: Task) -> None:
    """Raise ChangedShape for a reading that no provider may yield."""
    if type(reading.value) is not int or not 0 <= reading.value <= MAX_COUNT:
        raise ChangedShape(f"{task.host} gave a number that cannot be a count")
    if reading.span and reading.span.end >= task.query.today:
        raise ChangedShape(f"{task.host} gave a number of days not over yet")


def _with_host(text: str, task: Task) -> str:
    """The text of a failure, with the host that answered."""
    return f"{task.host}: {text}" if text.startswith("the answer") else text
