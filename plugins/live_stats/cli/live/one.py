"""`live` with a reference: every request, every reply, and the reading or failure."""

import time
from base64 import b64encode
from collections.abc import Iterator, Mapping

import requests

from ...collection.http_client import HttpClient
from ...collection.scheduler import Task, TaskResult, run_task
from ...i18n.phrases import phrases_of
from ...model.errors import Mistake, Mistakes
from ...model.values import Reading, Reference, Span
from ...references.catalogue import Facts, facts
from ...references.sums import expand_sums
from ..accept import parse_reference
from .redaction import Redactor
from .tasks import tasks_of
from .verdicts import ADVICE, FAILING, Verdict, verdict_of


def ask_one(
    address: str, variables: Mapping[str, str], agent: str, seconds: float
) -> int:
    """Ask for one reference (a sum: for each of its parts), and print what happens.

    Neither history nor state is read or written. Returns 0 where each was answered, 1
    where something has to be changed, 3 where nothing was learnt. Raises `Mistakes`
    for a wrong address, or where a key is missing.
    """
    parts = expand_sums((parse_reference(address, variables),))
    found = [
        _ask(one, variables, agent, seconds, alone=len(parts) == 1) for one in parts
    ]
    if set(found) & FAILING:
        return 1
    return 0 if Verdict.OK in found else 3


def _ask(
    reference: Reference,
    variables: Mapping[str, str],
    agent: str,
    seconds: float,
    *,
    alone: bool,
) -> Verdict:
    about = facts(reference)
    if about.unavailable:
        print(f"{reference.series}: no official count ({about.unavailable.reason})")
        return Verdict.NONE
    tasks = tasks_of((reference,), variables)
    if not tasks:
        mistake = Mistake(
            path=f"stat:{reference.series}",
            what=f"{about.label} is asked with a key only",
            mend=f"set {' and '.join(about.needs)} in .env or in the environment",
        )
        if alone:
            raise Mistakes([mistake])
        print(f"unasked    {mistake}")
        return Verdict.UNASKED
    (task,) = tasks
    print(f"reference  stat:{reference.series}")
    if task.kind.dollars:
        print(f"cost       about ${task.kind.dollars} for each request")
    redactor = Redactor(_secrets(task))

    def show(response: requests.Response, body: bytes) -> None:
        # At once: where the next step hangs, this is what one wants to see.
        print("\n".join(_exchange(response, body, redactor)), flush=True)

    client = HttpClient(
        user_agent=agent, deadline=time.monotonic() + seconds, observe=show
    )
    result = run_task(task, client)
    verdict, lines = _outcome(result, reference, about, redactor)
    print("\n".join(lines))
    return verdict


def _secrets(task: Task) -> Iterator[str]:
    """The keys, and what an `Authorization` header makes of two of them."""
    yield from task.secrets
    for one in task.secrets:
        for other in task.secrets:
            yield b64encode(f"{one}:{other}".encode()).decode()


def _exchange(
    response: requests.Response, body: bytes, redactor: Redactor
) -> Iterator[str]:
    sent = response.request
    yield f"asked      {sent.method} {redactor.address(sent.url or '')}"
    if posted := redactor.sent(sent.body):
        yield f"  with     {posted}"
    yield f"status     {response.status_code} {redactor.text(response.reason or '')}"
    if place := response.headers.get("Location"):
        yield f"  to       {redactor.address(place)}"
    else:
        yield f"reply      {redactor.reply(body)}"


def _outcome(
    result: TaskResult, reference: Reference, about: Facts, redactor: Redactor
) -> tuple[Verdict, list[str]]:
    """The verdict, and the lines that tell the reading or the failure."""
    wanted = (reference.metric, reference.window.days)
    for reading in result.readings:
        days = reading.span.days if reading.span else None
        if (reading.metric, days) == wanted:
            return Verdict.OK, list(_reading(reading, about, len(result.readings)))
    if result.failure is None:
        verdict, text = Verdict.CHANGED, "no reading of this metric and window"
        kind = "NoReading"
    else:
        verdict = verdict_of(result.failure, got_response=result.got_response)
        text, kind = str(result.failure), type(result.failure).__name__
    return verdict, [
        f"failure    {verdict} ({kind}): {redactor.text(text)}",
        f"to do      {ADVICE[verdict]}",
    ]


def _reading(reading: Reading, about: Facts, number: int) -> Iterator[str]:
    yield f"reading    {reading.value:,} {reading.metric}"
    yield f"exactness  {phrases_of('en').exactness(reading.exactness)}"
    yield f"window     {_window(reading.span, about.metric.minutes)}"
    yield f"scope      {about.scope}"
    if about.caveat:
        yield f"caveat     {about.caveat}"
    yield f"for people {about.page}"
    if number > 1:
        yield f"besides    {number - 1} readings of other windows and metrics"


def _window(span: Span | None, minutes: int | None) -> str:
    if span:
        return f"{span.start} to {span.end}, complete days"
    if minutes is None:
        return "all time"
    return f"the last {minutes} minutes" if minutes else "this moment"
