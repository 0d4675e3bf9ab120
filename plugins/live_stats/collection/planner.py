"""Plans a collection: which references are due, grouped into queries.

Here a platform is left out for now: without credentials, after a rate limit (`hosts` in
the state), or shortly after a failure.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from ..model.freshness import is_due
from ..model.settings import Settings
from ..model.values import Reference, Window
from ..providers.base import Query
from ..providers.environment import credentials_of, options_of, usual_server
from ..references.catalogue import Facts, facts
from ..storage.history import History
from ..storage.state import CollectionState
from .budgets import BudgetLedger
from .health import why_failing
from .scheduler import Task

MAX_PAUSE = timedelta(days=30)  # that a host may ask for; a longer one is an error
SOON = timedelta(hours=1)  # the platform's line tells a longer failure once


class QueryKey(NamedTuple):
    """What references have in common that one query can serve."""

    platform: str
    server: str
    kind: str
    subject: str
    window: Window


@dataclass(slots=True, kw_only=True)
class PlatformReport:
    """What one collection did on one platform.

    `asked`, `new`, `fresh` and `failed` count series; `readings` those that have any.
    `missing` are the variables without which the series in `waiting` cannot be fetched.
    What failed a moment ago (`failed_before`), or is paused by the platform, is fetched
    again after `until`. `failing` has by series why there is no new reading.
    """

    label: str
    asked: int = 0
    new: int = 0
    fresh: int = 0
    readings: int = 0
    failed: int = 0
    failures: list[str] = field(default_factory=list)
    missing: tuple[str, ...] = ()
    waiting: list[str] = field(default_factory=list)
    failed_before: list[str] = field(default_factory=list)
    failing: dict[str, str] = field(default_factory=dict)
    until: datetime | None = None


@dataclass(slots=True, kw_only=True)
class Planner:
    """Decides what to fetch; `reports` has the platforms with nothing due as well."""

    history: History
    state: CollectionState
    settings: Settings
    environment: Mapping[str, str]
    now: datetime
    reports: dict[str, PlatformReport] = field(default_factory=dict)
    ledgers: dict[str, BudgetLedger] = field(default_factory=dict)
    _caches: dict[str, dict[str, Any]] = field(default_factory=dict)

    def tasks(
        self, references: tuple[Reference, ...], everything: bool = False
    ) -> list[Task]:
        """The tasks that are due (or all): one for all metrics of one subject."""
        grouped: dict[QueryKey, list[tuple[Reference, Facts]]] = {}
        for reference in references:
            known = facts(reference)
            if not known.unavailable and self._due(reference, known, everything):
                key = QueryKey(
                    reference.platform,
                    known.server,
                    reference.kind,
                    reference.subject,
                    reference.window,
                )
                grouped.setdefault(key, []).append((reference, known))
        return [self._task(group) for group in grouped.values()]

    def _due(self, reference: Reference, known: Facts, everything: bool) -> bool:
        provider = known.provider
        report = self.reports.setdefault(
            provider.name, PlatformReport(label=provider.label)
        )
        report.readings += self.history.latest(reference.series) is not None
        have = self._credentials(known) | self._options(known)
        if missing := tuple(name for name in known.needs if not have.get(name)):
            report.missing = missing
            report.waiting.append(reference.series)
            return False
        until = self.state.hosts.get(known.host)
        # A later time comes from a wrong clock, and must not stop us for ever.
        if until and self.now < until <= self.now + MAX_PAUSE:
            report.until = max(until, report.until or until)
            return False
        record = self.state.record(reference.series)
        fresh_for = self.settings.fresh_time(provider.name, known.fresh_for)
        # Other keys may have another answer; those before this version left no mark.
        mark = keys_mark(known, self.environment)
        retry_at = record.retry_at if record.asked_with in ("", mark) else None
        if everything or is_due(record.checked_at, self.now, fresh_for, retry_at):
            return True
        if record.failure:
            report.failing[reference.series] = why_failing(
                reference.series, record.failure, record.held
            )
            again = record.retry_at or self.now
            if again - self.now <= SOON:
                report.failed_before.append(record.failure)
                report.until = max(again, report.until or self.now)
        else:
            report.fresh += 1
        return False

    def _credentials(self, known: Facts) -> dict[str, str]:
        """The keys that may be sent: none but to the server that they are for."""
        if known.server != usual_server(known.provider, self.environment):
            return {}
        return credentials_of(known.provider, self.environment)

    def _options(self, known: Facts) -> dict[str, str]:
        return options_of(known.provider, self.environment)

    def _task(self, group: list[tuple[Reference, Facts]]) -> Task:
        reference, known = group[0]
        provider = known.provider
        credentials = self._credentials(known)
        return Task(
            host=known.host,
            provider=provider,
            kind=known.kind,
            query=Query(
                server=known.server,
                kind=reference.kind,
                subject=reference.subject,
                metrics=tuple(about.metric for _, about in group),
                window=reference.window,
                today=self.now.date(),
                since=self._since(reference, known),
                credentials=credentials,
                options=self._options(known),
            ),
            references=tuple(reference for reference, _ in group),
            secrets=tuple(credentials.values()),
            ledger=self._ledger(known),
            cache=self._caches.setdefault(provider.name, {}),
            etag=self._etag([reference for reference, _ in group]),
        )

    def _since(self, reference: Reference, known: Facts) -> date | None:
        """The first day of a daily series that is not in the history yet.

        None after a failure: the smaller query may work.
        """
        if known.metric.since is None or self.state.record(reference.series).failure:
            return None
        day = replace(reference, window=Window(days=1))
        first = self.history.first_day(day.series)
        usual = self.now.date() - timedelta(days=(reference.window.days or 1) + 31)
        return None if first and first < usual else known.metric.since

    def _etag(self, references: list[Reference]) -> str:
        """The ETag of the last reply, if it was one for all, and has all we need."""
        etags = set()
        for reference in references:
            latest = self.history.latest(reference.series)
            record = self.state.record(reference.series)
            if latest is None or record.failure or record.held is not None:
                return ""
            if latest.span and (self.now.date() - latest.span.end).days != 1:
                return ""
            etags.add(record.etag)
        return etags.pop() if len(etags) == 1 else ""

    def _ledger(self, known: Facts) -> BudgetLedger:
        provider = known.provider
        if provider.name not in self.ledgers:
            requests = self.settings.requests.get(provider.name)
            self.ledgers[provider.name] = BudgetLedger(
                provider,
                spent=self.state.spent.get(provider.name),
                limits=self.settings.budgets.get(provider.name),
                requests=None if requests is None else int(requests),
                today=self.now.date(),
            )
        return self.ledgers[provider.name]


def keys_mark(known: Facts, environment: Mapping[str, str]) -> str:
    """A mark that differs (nearly always) when other keys would be sent.

    It is kept in the state, where all can read it: sixteen bits tell nothing of a key.
    """
    keys = credentials_of(known.provider, environment)
    if not keys or known.server != usual_server(known.provider, environment):
        return "none"
    return hashlib.sha256(repr(sorted(keys.items())).encode()).hexdigest()[:4]
