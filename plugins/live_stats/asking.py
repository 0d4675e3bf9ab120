"""Asking: hosts side by side, each host one question after another, until a deadline.

The order and the waiting are decided here; what a question means, by the providers.
"""

import queue
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .errors import BudgetSpent, ChangedShape, Failure, RateLimited, Unreachable
from .model import Reading, Reference
from .providers.base import Provider, Question, Web
from .web import Client

LARGEST = 10**15  # no count of anything people do is larger
GIVE_UP_AFTER = 2  # questions in a row to which a host gave no answer
GRACE = 0.5  # seconds in which a request that ended at the deadline may report
SHAPE_ERRORS = (LookupError, TypeError, ValueError, ArithmeticError, AttributeError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One question and the references that its answer serves."""

    host: str
    provider: Provider
    question: Question
    references: tuple[Reference, ...]
    secrets: tuple[str, ...]
    requests: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Readings, and a failure if any of the metrics asked for are not among them."""

    task: Task
    readings: tuple[Reading, ...] = ()
    failure: Failure | None = None


def ask_all(tasks: list[Task], agent: str, seconds: float) -> Iterator[Answer]:
    """The answer to every task, as they come; after `seconds` the rest is a failure.

    Threads are daemons: a look-up that hangs in the system outlives the deadline but
    not the command.
    """
    deadline = time.monotonic() + seconds
    client = Client(user_agent=agent, deadline=deadline)
    webs = {
        task.provider.name: client.asking(
            task.provider, task.secrets, limit=task.requests
        )
        for task in tasks
    }
    answers: queue.Queue[Answer | BaseException] = queue.Queue()
    hosts: dict[str, list[Task]] = {}
    for task in tasks:
        hosts.setdefault(task.host, []).append(task)

    def ask_host(own: list[Task]) -> None:
        try:
            for answer in _ask_in_turn(own, webs, deadline):
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


def _ask_in_turn(
    tasks: list[Task], webs: Mapping[str, Web], deadline: float
) -> Iterator[Answer]:
    """One host's questions in turn; after two without any answer the rest is spared."""
    silent, last = 0, None
    for number, task in enumerate(tasks):
        if silent >= GIVE_UP_AFTER or isinstance(last, RateLimited | BudgetSpent):
            yield Answer(task=task, failure=last)
            continue
        heard = number and not isinstance(last, Unreachable)
        if heard and not _waited(task.provider.pause, deadline):
            pause = Failure(f"{task.host} wants a pause; asked at the next collection")
            yield Answer(task=task, failure=pause)
            continue
        answer = _ask(task, webs[task.provider.name])
        limit = answer.failure
        if isinstance(limit, RateLimited) and limit.retry_after is not None:
            if _waited(limit.retry_after, deadline):
                answer = _ask(task, webs[task.provider.name])
        last = answer.failure
        silent = silent + 1 if isinstance(last, Unreachable) else 0
        yield answer


def _waited(seconds: float, deadline: float) -> bool:
    """Wait, if there is time left to ask afterwards."""
    if time.monotonic() + seconds >= deadline:
        return False
    time.sleep(seconds)
    return True


def _ask(task: Task, web: Web) -> Answer:
    """What was read, and what kept us from reading the rest."""
    readings: list[Reading] = []
    failure: Failure | None = None
    try:
        for reading in task.provider.read(task.question, web):
            if type(reading.value) is not int or not 0 <= reading.value <= LARGEST:
                raise ChangedShape(f"{task.host} gave a number that cannot be a count")
            readings.append(reading)
    except Failure as trouble:
        failure = trouble
    except SHAPE_ERRORS as error:
        shape = f"{task.host} answered in another shape ({type(error).__name__})"
        failure = ChangedShape(shape)
    return Answer(task=task, readings=tuple(readings), failure=failure)
