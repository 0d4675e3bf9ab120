"""Plans a collection: which references are due, grouped into queries.

Here a platform is left out for now: without credentials, after a rate limit (`hosts` in
the state), or shortly after a failure.
"""

import hashlib
import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any, NamedTuple

from ..model.freshness import confirmed_at, is_due, is_overtaken
from ..model.settings import Settings
from ..model.values import Reading, Reference, Window
from ..providers.base import Query
from ..providers.environment import credentials_of, options_of, usual_server
from ..references.catalogue import Facts, facts
from ..storage.history import History
from ..storage.journal_lines import Units
from ..storage.state import CollectionState
from .budgets import BudgetLedger
from .daily_windows import remembered_answer
from .health import why_failing
from .scheduler import Task

logger = logging.getLogger(__name__)

MAX_PAUSE = timedelta(days=30)  # that a host may ask for; a longer one is an error
LONG_REST = timedelta(hours=1)  # a failure that rests longer is no news of today
NEVER = datetime.min.replace(tzinfo=UTC)
DAILY = "daily"

Group = list[tuple[Reference, Facts]]


class QueryKey(NamedTuple):
    """What references have in common that one query can serve.

    `window` is theirs, or "daily": all windows that one answer with every day gives.
    """

    platform: str
    server: str
    kind: str
    subject: str
    window: str


class Remembered(NamedTuple):
    """A reading that an earlier answer had, for a reference that is new since then."""

    reference: Reference
    reading: Reading
    answered_at: datetime


@dataclass(slots=True, kw_only=True)
class PlatformReport:
    """What one collection did on one platform.

    `asked`, `new`, `fresh` and `failed` count series; `readings` those that have any.
    `missing` are the variables without which the series in `waiting` cannot be fetched.
    What failed a moment ago (`failed_before`), or is paused by the platform, is fetched
    again after `until`. `failing` has by series why there is no new reading.

    `left_out` counts those that a limit of ours kept from being asked: they come first
    next time. `resting` failed so that no waiting mends it, was told then, and is
    asked again after `rests_until`. `dollars` is what this collection paid.
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
    left_out: int = 0
    resting: list[str] = field(default_factory=list)
    rests_until: datetime | None = None
    dollars: Decimal = Decimal(0)


@dataclass(slots=True, kw_only=True)
class Planner:
    """Decides what to fetch; `reports` has the platforms with nothing due as well.

    `enter` is called with a platform, and with what a request to it takes.
    """

    history: History
    state: CollectionState
    settings: Settings
    environment: Mapping[str, str]
    now: datetime
    enter: Callable[[str, Units], None] = lambda platform, units: None
    reports: dict[str, PlatformReport] = field(default_factory=dict)
    ledgers: dict[str, BudgetLedger] = field(default_factory=dict)
    remembered: list[Remembered] = field(default_factory=list)
    _caches: dict[str, dict[str, Any]] = field(default_factory=dict)

    def tasks(
        self, references: tuple[Reference, ...], everything: bool = False
    ) -> list[Task]:
        """The tasks that are due (or all), the longest unasked first.

        One for all metrics and windows of a subject that one answer gives. What is
        still fresh is asked along where it costs nothing: all are due together then.
        """
        due: dict[QueryKey, Group] = {}
        fresh: dict[QueryKey, Group] = {}
        for reference in references:
            known = facts(reference)
            if known.unavailable or not self._may_ask(reference, known, everything):
                continue
            is_fresh = not everything and not self._is_due(reference, known)
            logger.info(
                "%s is %s: last confirmed %s",
                reference.series,
                "still fresh" if is_fresh else "due",
                self.state.record(reference.series).checked_at or "never",
            )
            group = (fresh if is_fresh else due).setdefault(
                self._key(reference, known), []
            )
            group.append((reference, known))
        due = {key: self._unanswered(due[key], fresh.get(key, [])) for key in due}
        due = {key: group for key, group in due.items() if group}
        for key, group in fresh.items():
            for one in group:
                if key in due and _price(one) <= max(map(_price, due[key])):
                    due[key].append(one)
                else:
                    self.reports[key.platform].fresh += 1
        return [self._task(group) for group in sorted(due.values(), key=self._turn)]

    def _key(self, reference: Reference, known: Facts) -> QueryKey:
        window = str(reference.window)
        if known.metric.daily and reference.window.days:
            alone = self.state.record(reference.series).alone
            window = window if alone else DAILY
        return QueryKey(
            reference.platform,
            known.server,
            reference.kind,
            reference.subject,
            window,
        )

    def _unanswered(self, due: Group, fresh: Group) -> Group:
        """Those of `due` whose number no fresh answer for a longer window had."""
        left = []
        for reference, known in due:
            alike = [
                one
                for one, _ in fresh
                if known.metric.daily
                and one.metric == reference.metric
                and (one.window.days or 0) > (reference.window.days or 0)
            ]
            found = next(
                filter(None, (self._recall(reference, a) for a in alike)), None
            )
            if found:
                self.remembered.append(found)
                self.reports[reference.platform].fresh += 1
            else:
                left.append((reference, known))
        return left

    def _recall(self, reference: Reference, longer: Reference) -> Remembered | None:
        """What the last answer for `longer` had for `reference`, if it is of today."""
        latest = self.history.latest(longer.series)
        answered_at = self.state.record(longer.series).checked_at
        record = self.state.record(reference.series)
        if latest is None or latest.span is None or answered_at is None:
            return None
        of_today = (self.now.date() - latest.span.end).days == 1
        if not of_today or record.failure or record.held is not None:
            return None
        day = replace(reference, window=Window(days=1))
        reading = remembered_answer(reference, latest, self.history.of(day.series))
        return Remembered(reference, reading, answered_at) if reading else None

    def _turn(self, group: Group) -> datetime:
        """When the one of a group that waited longest was last asked for.

        So nobody is left out twice, while others are asked twice.
        """
        return min(self._last_asked(reference) for reference, _ in group)

    def _last_asked(self, reference: Reference) -> datetime:
        record = self.state.record(reference.series)
        confirmed = confirmed_at(
            self.history.latest(reference.series), record.checked_at
        )
        return max(confirmed or NEVER, record.asked_at or NEVER)

    def _may_ask(self, reference: Reference, known: Facts, everything: bool) -> bool:
        """Whether there are keys for it, and nobody wants a pause; else it is told."""
        provider = known.provider
        report = self.reports.setdefault(
            provider.name, PlatformReport(label=provider.label)
        )
        report.readings += self.history.latest(reference.series) is not None
        have = self._credentials(known) | self._options(known)
        if missing := tuple(name for name in known.needs if not have.get(name)):
            logger.info(
                "%s is not asked for without %s",
                reference.series,
                " and ".join(missing),
            )
            # Of the first that waits: it is the one that is named.
            report.missing = report.missing or self._to_set(known, missing)
            report.waiting.append(reference.series)
            return False
        until = self.state.hosts.get(known.host)
        # A later time comes from a wrong clock, and must not stop us for ever.
        if until and self.now < until <= self.now + MAX_PAUSE:
            logger.info(
                "%s: no request to %s before %s", reference.series, known.host, until
            )
            report.until = max(until, report.until or until)
            return False
        record = self.state.record(reference.series)
        if everything or not record.failure or self._is_due(reference, known):
            return True
        if is_overtaken(self.history.latest(reference.series), record):
            return True  # what we were refused, another machine has read
        logger.info(
            "%s rests until %s: %s", reference.series, record.retry_at, record.failure
        )
        # Its author is told each time; its platform has no trouble that is new.
        report.failing[reference.series] = why_failing(
            reference.series, record.failure, record.held, record.accepted
        )
        if record.rest > LONG_REST:
            report.resting.append(reference.series)
            again = record.retry_at or self.now
            report.rests_until = min(again, report.rests_until or again)
            return False
        report.failed_before.append(record.failure)
        report.until = max(record.retry_at or self.now, report.until or self.now)
        return False

    def _is_due(self, reference: Reference, known: Facts) -> bool:
        """Whether it is not fresh, and rests from no failure."""
        record = self.state.record(reference.series)
        if record.is_wanted:
            return True
        fresh_for = self.settings.fresh_time(known.provider.name, known.fresh_for)
        retry_at = record.retry_at
        if retry_at and record.key != self._key_digest(known):
            retry_at = None  # with other keys it may have an answer
        return is_due(record.checked_at, self.now, fresh_for, retry_at, record.rest)

    def _to_set(self, known: Facts, missing: tuple[str, ...]) -> tuple[str, ...]:
        """What to set for the keys in `missing`: its server, if they are there."""
        provider = known.provider
        have = credentials_of(provider, self.environment)
        if provider.server_variable and all(map(have.get, missing)):
            return (f"{provider.server_variable}={known.server}",)
        return missing

    def _credentials(self, known: Facts) -> dict[str, str]:
        """The keys that may be sent: none but to the server that they are for."""
        if known.server != usual_server(known.provider, self.environment):
            return {}
        return credentials_of(known.provider, self.environment)

    def _options(self, known: Facts) -> dict[str, str]:
        return options_of(known.provider, self.environment)

    def _key_digest(self, known: Facts) -> str:
        """Another text if the keys or options are others; too short to tell them."""
        have = self._credentials(known) | self._options(known)
        if not have:
            return ""
        text = json.dumps(have, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:4]

    def _task(self, group: Group) -> Task:
        # The longest window: the others are made from its days.
        reference, known = max(group, key=lambda one: one[0].window.days or 0)
        metrics = {about.metric.name: about.metric for _, about in group}
        ledger = self._ledger(known)
        ledger.due[known.host] += 1
        provider = known.provider
        credentials = self._credentials(known)
        return Task(
            host=known.host,
            provider=provider,
            kind=known.kind,
            query=Query(
                server=known.server,
                kind=reference.kind,
                subject=known.kind.asked(reference.subject, known.server),
                metrics=tuple(metrics.values()),
                window=reference.window,
                today=self.now.date(),
                since=self._since(reference, known),
                credentials=credentials,
                options=self._options(known),
            ),
            references=tuple(reference for reference, _ in group),
            secrets=tuple(credentials.values()),
            ledger=ledger,
            cache=self._caches.setdefault(provider.name, {}),
            etag=self._etag([reference for reference, _ in group]),
            key=self._key_digest(known),
        )

    def _since(self, reference: Reference, known: Facts) -> date | None:
        """The first day of a daily series that is not in the history yet.

        None after a failure: the smaller query may work.
        """
        record = self.state.record(reference.series)
        if known.metric.since is None or (record.failure and record.asked_at):
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
            troubled = record.failure and record.asked_at
            if latest is None or troubled or record.held is not None:
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
                spent=self.state.journal.spent(provider.name),
                limits=self.settings.budgets.get(provider.name),
                requests=None if requests is None else int(requests),
                today=self.now.date(),
                enter=partial(self.enter, provider.name),
            )
        return self.ledgers[provider.name]


def _price(one: tuple[Reference, Facts]) -> Decimal:
    reference, known = one
    return known.kind.price(reference.window.days)
