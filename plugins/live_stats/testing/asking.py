"""Asks one reference of one provider, as a collection would, and keeps what it did."""

import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from unittest.mock import patch

from ..collection.http_client import HttpClient
from ..collection.planner import Planner
from ..collection.scheduler import Task, run_task
from ..model.errors import Failure
from ..model.settings import Settings
from ..model.values import Reading, Reference
from ..providers import BY_NAME, PROVIDERS
from ..providers.base import Provider
from ..references import catalogue, web_addresses
from ..storage.history import History
from ..storage.state import CollectionState
from .stand_in import Reply, Request, StandIn, loopback_only

AGENT = "live_stats/testing"
USUAL_DAY = date(2026, 11, 24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of one question.

    `readings` are all that the provider gave, also those of single days; `failure` is
    why there are no more. `requests` are in the order in which they were sent.
    """

    reference: Reference
    readings: tuple[Reading, ...]
    failure: Failure | None
    requests: tuple[Request, ...]

    @property
    def reading(self) -> Reading:
        """The reading that answers the question: of its metric, and of its window.

        Raises the failure if there is one, AssertionError if the provider gave others.
        """
        wanted = self.reference
        for reading in self.readings:
            days = reading.span.days if reading.span else None
            if (reading.metric, days) == (wanted.metric, wanted.window.days):
                return reading
        if self.failure:
            raise self.failure
        raise AssertionError(
            f"the provider gave no reading of {wanted.metric} with a span of "
            f"{wanted.window.days or 'no'} days, but {list(self.readings)}"
        )

    @property
    def value(self) -> int:
        """The number of `reading`."""
        return self.reading.value


def ask(
    address: str,
    replies: Sequence[Reply],
    *,
    provider: Provider | None = None,
    today: date = USUAL_DAY,
    since: date | None = None,
    environment: Mapping[str, str] | None = None,
    seconds: float = 10.0,
) -> Answer:
    """Ask for `address`, such as `pebble/tag/metoo`, and answer with `replies`.

    An address is what authors write, with or without `stat:`; the URL of a page does,
    too. `provider` is needed if it is in no list yet, and replaces a listed one of the
    same name. `environment` has its variables (no others are read), `today` is the day
    of the question; `since` asks for a daily series from that day on.

    Raises AssertionError if the provider sends a request for which no reply is left, or
    connects by itself; ValueError if variables are missing; AddressError for a wrong
    address. A failure of the platform is not raised: it is in the answer.
    """
    stand_in = StandIn(replies)
    with _listed(provider):
        task = task_of(address, today=today, since=since, environment=environment)
        client = HttpClient(
            user_agent=AGENT,
            deadline=time.monotonic() + seconds,
            adapter=stand_in.adapter,
        )
        with stand_in.serving(), loopback_only():
            result = run_task(task, client)
    if stand_in.unexpected:
        sent = stand_in.unexpected[0]
        raise AssertionError(f"no reply is left for {sent.method} {sent.url}")
    return Answer(
        reference=task.references[0],
        readings=result.readings,
        failure=result.failure,
        requests=tuple(stand_in.requests),
    )


def task_of(
    address: str,
    *,
    today: date = USUAL_DAY,
    since: date | None = None,
    environment: Mapping[str, str] | None = None,
) -> Task:
    """The task that a collection would make of one address of a listed provider."""
    reference, _ = catalogue.parse(address)
    with tempfile.TemporaryDirectory() as folder:
        plan = Planner(
            history=History(Path(folder)),
            state=CollectionState(),
            settings=Settings(),
            environment=environment or {},
            now=datetime(today.year, today.month, today.day, tzinfo=UTC)
            + timedelta(hours=12),
        )
        tasks = plan.tasks((reference,), everything=True)
    if not tasks:
        raise ValueError(_why_no_task(reference, plan))
    return replace(tasks[0], query=replace(tasks[0].query, since=since))


def _why_no_task(reference: Reference, plan: Planner) -> str:
    about = catalogue.facts(reference)
    if about.unavailable:
        return f"{reference.series} is declared as unavailable"
    missing = plan.reports[reference.platform].missing
    parts = [name.partition("=") for name in missing]
    values = ", ".join(f'"{name}": "{value or "…"}"' for name, _, value in parts)
    return f"{reference.series} needs variables: environment={{{values}}}"


@contextmanager
def _listed(provider: Provider | None) -> Iterator[None]:
    """The provider stands in the registry, until the block ends.

    Facts are remembered by reference, so those of another provider are forgotten.
    """
    if provider is None or BY_NAME.get(provider.name) is provider:
        yield
        return
    others = (one for one in PROVIDERS if one.name != provider.name)
    with (
        patch.dict(BY_NAME, {provider.name: provider}),
        patch.object(web_addresses, "PROVIDERS", (*others, provider)),
    ):
        _forget()
        try:
            yield
        finally:
            _forget()


def _forget() -> None:
    catalogue.facts.cache_clear()
    catalogue.from_series.cache_clear()
