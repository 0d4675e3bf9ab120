"""Runs queries until a deadline: hosts in parallel, those of one host in turn.

Waits for `Retry-After` and for the pauses that platforms want. What a query means is
up to its provider.
"""

import queue
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ..model.errors import ChangedShape, Failure, RateLimited, Unchanged, Unreachable
from ..model.values import MAX_COUNT, Reading, Reference
from ..providers.base import Kind, Provider, Query
from .budgets import BudgetLedger
from .http_client import HttpClient, ProviderSession

MAX_SILENT_QUERIES = 2  # without any response, after which a host is given up
GRACE = 0.5  # seconds in which a request that ended at the deadline may report
SHAPE_ERRORS = (LookupError, TypeError, ValueError, ArithmeticError, AttributeError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One query, and the references that its readings are for.

    `cache` is what a provider keeps during one collection. `etag` is the one of the
    last reply to this query.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskResult:
    """Readings, and a failure if any of the metrics wanted are not among them.

    `unchanged` means that the last readings still hold; `etag` is the one of this
    reply. `got_response` is false where nothing came back at all. The platform wants
    no further request for `pause` seconds.
    """

    task: Task
    readings: tuple[Reading, ...] = ()
    failure: Failure | None = None
    unchanged: bool = False
    etag: str = ""
    got_response: bool = False
    pause: float = 0.0


def run_tasks(tasks: list[Task], agent: str, seconds: float) -> Iterator[TaskResult]:
    """The result of every task, as they come; those not done in `seconds` fail.

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
            for result in _run_in_turn(tasks_of_host, client):
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
    for task in pending.values():
        late = Unreachable(f"{task.host} gave no answer before the deadline")
        yield TaskResult(task=task, failure=late)


def _run_in_turn(tasks: list[Task], client: HttpClient) -> Iterator[TaskResult]:
    """The results of one host's tasks, in turn.

    After a rate limit, or two queries in a row without any response, the rest fails
    without being sent.
    """
    silent, last = 0, None
    free_at = 0.0  # when the host allows the next request
    for task in tasks:
        gave_up = silent >= MAX_SILENT_QUERIES
        if last and (gave_up or isinstance(last.failure, RateLimited)):
            yield TaskResult(task=task, failure=last.failure)
            continue
        if not _wait(free_at - time.monotonic(), client.deadline):
            pause = Failure(f"{task.host} wants a pause; asked at the next collection")
            yield TaskResult(task=task, failure=pause)
            continue
        result = _run(task, client)
        limit = result.failure
        if isinstance(limit, RateLimited) and limit.retry_after is not None:
            if _wait(limit.retry_after, client.deadline):
                result = _run(task, client)
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


def _run(task: Task, client: HttpClient) -> TaskResult:
    """The readings of one task, and the failure that prevented the others."""
    session = ProviderSession(
        client,
        charge=lambda: task.ledger.charge(task.kind, task.query.subject),
        secrets=task.secrets,
        cache=task.cache,
        etag=task.etag,
    )
    readings: list[Reading] = []
    failure: Failure | None = None
    unchanged = False
    try:
        for reading in task.provider.fetch(task.query, session):
            _check(reading, task)
            readings.append(reading)
    except Unchanged:
        unchanged = True
    except Failure as error:
        error.args = (session.redact(_with_host(str(error), task)),)
        failure = error
    except SHAPE_ERRORS as error:
        shape = f"{task.host} answered in another shape ({type(error).__name__})"
        failure = ChangedShape(shape)
    pause = session.pause_seconds
    if isinstance(failure, RateLimited):
        pause = max(pause, failure.retry_after or 0.0)
    return TaskResult(
        task=task,
        readings=tuple(readings),
        failure=failure,
        unchanged=unchanged,
        etag=session.new_etag if failure is None else "",
        got_response=session.got_response,
        pause=pause,
    )


def _check(reading: Reading, task: Task) -> None:
    """Raise ChangedShape for a reading that no provider may yield."""
    if type(reading.value) is not int or not 0 <= reading.value <= MAX_COUNT:
        raise ChangedShape(f"{task.host} gave a number that cannot be a count")
    if reading.span and reading.span.end >= task.query.today:
        raise ChangedShape(f"{task.host} gave a number of days not over yet")


def _with_host(text: str, task: Task) -> str:
    """The text of a failure, with the host that answered."""
    return f"{task.host}: {text}" if text.startswith("the answer") else text


def run_task(task: Task, client: HttpClient) -> TaskResult:
    """The result of one task alone, at once: nothing is waited for, or asked again."""
    return _run(task, client)
