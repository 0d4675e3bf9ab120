"""Asking: hosts side by side, each host one question after another, until a deadline.

The order and the waiting are decided here; what a question means, by the providers.
"""

import queue
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ..model.errors import ChangedShape, Failure, RateLimited, Unchanged, Unreachable
from ..model.values import Reading, Reference
from ..providers.base import Kind, Provider, Question
from .budgets import BudgetLedger
from .http_client import HttpClient, ProviderSession

LARGEST = 10**15  # no count of anything people do is larger
GIVE_UP_AFTER = 2  # questions in a row to which a host gave no answer
GRACE = 0.5  # seconds in which a request that ended at the deadline may report
SHAPE_ERRORS = (LookupError, TypeError, ValueError, ArithmeticError, AttributeError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One question and the references that its answer serves.

    `memory` is what a provider remembers during one collection. `etag` is the
    platform's mark of its last answer to this question.
    """

    host: str
    provider: Provider
    kind: Kind
    question: Question
    references: tuple[Reference, ...]
    secrets: tuple[str, ...]
    purse: BudgetLedger
    memory: dict[str, Any] = field(default_factory=dict)
    etag: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Readings, and a failure if any of the metrics asked for are not among them.

    `unchanged` says that the last readings still hold, `etag` marks this answer.
    `heard` is false where nothing came back at all. The platform wants to be left
    alone for `pause` seconds.
    """

    task: Task
    readings: tuple[Reading, ...] = ()
    failure: Failure | None = None
    unchanged: bool = False
    etag: str = ""
    heard: bool = False
    pause: float = 0.0


def run_tasks(tasks: list[Task], agent: str, seconds: float) -> Iterator[Answer]:
    """The answer to every task, as they come; after `seconds` the rest is a failure.

    Threads are daemons: a look-up that hangs in the system outlives the deadline but
    not the command.
    """
    deadline = time.monotonic() + seconds
    client = HttpClient(user_agent=agent, deadline=deadline)
    answers: queue.Queue[Answer | BaseException] = queue.Queue()
    hosts: dict[str, list[Task]] = {}
    for task in tasks:
        hosts.setdefault(task.host, []).append(task)

    def ask_host(own: list[Task]) -> None:
        try:
            for answer in _ask_in_turn(own, client):
                answers.put(answer)
        except BaseException as error:
            answers.put(error)

    for own in hosts.values():
        threading.Thread(target=ask_host, args=(own,), daemon=True).start()
    open_ = {id(task): task for task in tasks}
    while open_:
        try:
            left = max(deadline - time.monotonic(), 0) + GRACE
            answer = answers.get(timeout=left)
        except queue.Empty:
            break
        if isinstance(answer, BaseException):
            raise answer
        del open_[id(answer.task)]
        yield answer
    for task in open_.values():
        late = Unreachable(f"{task.host} gave no answer before the deadline")
        yield Answer(task=task, failure=late)


def _ask_in_turn(tasks: list[Task], client: HttpClient) -> Iterator[Answer]:
    """One host's questions in turn; after two without any answer the rest is spared."""
    silent, last = 0, None
    free_at = 0.0  # when the host may be asked again
    for task in tasks:
        if silent >= GIVE_UP_AFTER or (last and isinstance(last.failure, RateLimited)):
            yield Answer(task=task, failure=last.failure if last else None)
            continue
        if not _waited(free_at - time.monotonic(), client.deadline):
            pause = Failure(f"{task.host} wants a pause; asked at the next collection")
            yield Answer(task=task, failure=pause)
            continue
        answer = _ask(task, client)
        limit = answer.failure
        if isinstance(limit, RateLimited) and limit.retry_after is not None:
            if _waited(limit.retry_after, client.deadline):
                answer = _ask(task, client)
        last = answer
        silent = silent + 1 if isinstance(answer.failure, Unreachable) else 0
        if answer.heard:
            free_at = time.monotonic() + max(task.provider.pause, answer.pause)
        yield answer


def _waited(seconds: float, deadline: float) -> bool:
    """Wait, if there is time left to ask afterwards."""
    if seconds > 0:
        if time.monotonic() + seconds >= deadline:
            return False
        time.sleep(seconds)
    return True


def _ask(task: Task, client: HttpClient) -> Answer:
    """What was read, and what kept us from reading the rest."""
    web = ProviderSession(
        client,
        pay=lambda: task.purse.pay(task.kind, task.question.subject),
        secrets=task.secrets,
        memory=task.memory,
        etag=task.etag,
    )
    readings: list[Reading] = []
    failure: Failure | None = None
    unchanged = False
    try:
        for reading in task.provider.read(task.question, web):
            if type(reading.value) is not int or not 0 <= reading.value <= LARGEST:
                raise ChangedShape(f"{task.host} gave a number that cannot be a count")
            if reading.span and reading.span.end >= task.question.today:
                raise ChangedShape(f"{task.host} gave a number of days not over yet")
            readings.append(reading)
    except Unchanged:
        unchanged = True
    except Failure as trouble:
        trouble.args = (web.redacted(_placed(str(trouble), task)),)
        failure = trouble
    except SHAPE_ERRORS as error:
        shape = f"{task.host} answered in another shape ({type(error).__name__})"
        failure = ChangedShape(shape)
    pause = web.pause
    if isinstance(failure, RateLimited):
        pause = max(pause, failure.retry_after or 0.0)
    return Answer(
        task=task,
        readings=tuple(readings),
        failure=failure,
        unchanged=unchanged,
        etag=web.mark if failure is None else "",
        heard=web.heard,
        pause=pause,
    )


def _placed(text: str, task: Task) -> str:
    """A failure in words that name who answered."""
    return f"{task.host}: {text}" if text.startswith("the answer") else text
