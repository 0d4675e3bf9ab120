"""Runs one collection: fetches what is due, stores readings, records failures.

Expected errors become failures in the state. Readings are on the disk before anything
is reported.
"""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from math import ceil

from pelican.plugins.incremental.system.progress import progress

from ..model.errors import (
    BudgetSpent,
    Failure,
    NoCount,
    NotFound,
    RateLimited,
    Unreachable,
)
from ..model.settings import Settings
from ..model.values import Observation, Reading, Reference, Window
from ..references import sums
from ..references.catalogue import facts
from ..storage.history import History
from ..storage.journal_lines import Kind
from ..storage.state import CollectionState, SeriesRecord
from ..storage.state_lines import bounded_etag, bounded_failure
from .daily_windows import answer_for
from .health import why_failing
from .planner import LONG_REST, MAX_PAUSE, Planner, PlatformReport, Remembered
from .plausibility import accepts
from .scheduler import Task, TaskResult, run_tasks

logger = logging.getLogger(__name__)


@dataclass(slots=True, kw_only=True)
class Collector:
    """Everything one collection needs besides the references.

    `environment` has the variables with credentials, `now` is the time of every
    observation and record, `agent` the User-Agent.
    """

    history: History
    state: CollectionState
    settings: Settings
    environment: Mapping[str, str]
    agent: str
    now: datetime
    reports: dict[str, PlatformReport] = field(default_factory=dict)

    def run(
        self, references: Iterable[Reference], *, everything: bool = False
    ) -> dict[str, PlatformReport]:
        """Fetch what is due (or everything) and store it; the reports, by platform."""
        spending = self.state.journal.begin_run(self.now)
        plan = Planner(
            history=self.history,
            state=self.state,
            settings=self.settings,
            environment=self.environment,
            now=self.now,
            enter=spending.add,
        )
        tasks = plan.tasks(sums.expand_sums(references), everything)
        self.reports = plan.reports
        for one in plan.remembered:
            self._remember(one)
        if tasks:
            self.state.collected_at = self.now
            self.state.hosts = {
                host: until
                for host, until in self.state.hosts.items()
                if self.now < until <= self.now + MAX_PAUSE
            }
        results = run_tasks(tasks, self.agent, self.settings.deadline)
        try:
            with progress("fetching current counts", len(tasks)) as step:
                for result in results:
                    self._store_or_ask_again(result)
                    step()
        finally:
            spending.end()
        for name, ledger in plan.ledgers.items():
            self.reports[name].dollars = ledger.dollars
        return self.reports

    def _store_or_ask_again(self, result: TaskResult) -> None:
        try:
            self._store(result)
        except OSError:  # some of it may not be stored
            for one in result.task.references:
                self.state.record(one.series).checked_at = None
            raise

    def _store(self, result: TaskResult) -> None:
        """Store the readings of a task, and record its failures."""
        task = result.task
        report = self.reports[task.provider.name]
        report.asked += len(task.references)
        if result.pause:
            seconds = ceil(min(result.pause, MAX_PAUSE.total_seconds()))
            self.state.hosts[task.host] = self.now + timedelta(seconds=seconds)
        if result.unchanged:
            for reference in task.references:
                self._confirm(reference, self.state.record(reference.series).etag)
            return
        window = task.query.window
        answers = {
            reference: reading
            for reference in task.references
            if (reading := answer_for(reference, window, result.readings))
        }
        for reference, reading in answers.items():
            self._store_or_hold(
                reference, self._observation(reference, reading), result
            )
        self._store_days(task, result.readings, set(answers.values()))
        for reference in task.references:
            if reference not in answers:
                missing = NoCount(f"{task.host} gave no number of {reference.metric}")
                self._fail(reference, result.failure or missing, result)

    def _store_days(
        self, task: Task, readings: tuple[Reading, ...], answers: set[Reading]
    ) -> None:
        """Store the single days behind the answers."""
        by_metric = {reference.metric: reference for reference in task.references}
        days = [
            self._observation(by_metric[reading.metric], reading)
            for reading in readings
            if reading.metric in by_metric and reading not in answers and reading.span
        ]
        # A complete day is stored once, with its value at the first reading.
        self.history.append(day for day in days if not self.history.has_span(day))

    def _remember(self, known: Remembered) -> None:
        """Store a reading that an earlier answer had, as of that answer."""
        new = replace(
            self._observation(known.reference, known.reading),
            observed_at=known.answered_at.replace(microsecond=0),
        )
        is_first = self.history.latest(known.reference.series) is None
        self.reports[known.reference.platform].readings += is_first
        self.history.append([new])
        self.state.record(known.reference.series).checked_at = known.answered_at

    def _store_or_hold(
        self, reference: Reference, new: Observation, result: TaskResult
    ) -> None:
        """Store a reading, unless it is implausible."""
        report = self.reports[reference.platform]
        last = self.history.latest(reference.series)
        record = self.state.record(reference.series)
        rolling = facts(reference).metric.minutes is not None
        before = record.held, record.held_at
        is_plausible = accepts(record, last, new, live=rolling)
        if is_plausible:
            stored = len(self.history.append([new]))
            what = "stored" if stored else "again"
            logger.info("%s: %s %s", new.series, new.value, what)
            report.new += stored
            report.readings += last is None
            self._confirm(reference, result.etag)
        elif new.value in record.rejected:
            self._leave_out(reference, record)
        else:
            text = f"{new.value:,} is implausible after the last reading: held"
            message = f"{reference.series}: {text}"
            logger.info(message)
            self._fail(reference, Failure(text), result, held=message)
        self._note(reference.series, before, new.observed_at)

    def _note(
        self, series: str, before: tuple[int | None, datetime | None], at: datetime
    ) -> None:
        """Write into the journal what has become of a held reading."""
        record, (was_held, _) = self.state.record(series), before
        if record.held is not None and (record.held, record.held_at) != before:
            self.state.note(Kind.HELD, series, record.held, at)
        elif was_held is not None and record.held is None:
            self.state.note(Kind.RESOLVED, series, was_held, at)

    def _leave_out(self, reference: Reference, record: SeriesRecord) -> None:
        """A reading that its author has rejected came again: no news, no failure."""
        about = facts(reference)
        rest = self.settings.fresh_time(reference.platform, about.fresh_for)
        record.asked_at, record.etag = self.now, ""
        record.failed_at, record.retry_at = self.now, self.now + rest
        record.failure, record.failing_since = "", None

    def _confirm(self, reference: Reference, etag: str) -> None:
        """Record that the latest value was confirmed now."""
        record = self.state.record(reference.series)
        record.checked_at, record.etag = self.now, bounded_etag(etag)
        record.failure, record.unknown = "", False
        record.failed_at = record.failing_since = record.retry_at = None
        record.asked_at, record.alone, record.key = None, False, ""
        self.state.platform_record(reference.platform).answered_at = self.now

    def _observation(self, reference: Reference, reading: Reading) -> Observation:
        """The reading with its time and source, in the series of its own window."""
        span = reading.span
        if span and span.days != reference.window.days:
            reference = replace(reference, window=Window(days=span.days))
        return Observation(
            series=reference.series,
            value=reading.value,
            exactness=reading.exactness,
            span=span,
            observed_at=self.now.replace(microsecond=0),
            source=facts(reference).page,
        )

    def _fail(
        self,
        reference: Reference,
        failure: Failure,
        result: TaskResult,
        *,
        held: str = "",
    ) -> None:
        """Record a failure: for its series, its platform, and the report.

        `held` is a line for the report where there is a number that we do not take.
        """
        record = self.state.record(reference.series)
        asked = result.asked or bool(held)
        # What was not asked now still has the trouble that it had.
        if asked or not (record.failure and record.asked_at):
            record.failure = bounded_failure(str(failure))
            record.failed_at = self.now
            record.unknown = isinstance(failure, NotFound)
            record.failing_since = record.failing_since or self.now
            # Where a shorter window may have an answer, it is asked for soon. Without a
            # response the next attempt may be at once.
            shorter = not held and _may_hide_a_shorter(failure, result)
            rests = Failure.rests if shorter else failure.rests
            waits = result.got_response or rests > LONG_REST
            record.retry_at = self.now + rests if waits else None
            record.key = result.task.key if waits else ""
            platform = self.state.platform_record(reference.platform)
            platform.failure, platform.failed_at = record.failure, self.now
        if asked:
            record.asked_at, record.etag = self.now, ""
            if not held and _may_hide_a_shorter(failure, result):
                record.alone = True
        report = self.reports[reference.platform]
        report.failed += 1
        report.failures.append(held or _with_mend(failure, reference))
        if isinstance(failure, BudgetSpent):
            report.left_out += 1  # no trouble of its own, of which to tell the place
            return
        report.failing[reference.series] = why_failing(
            reference.series, str(failure), record.held
        )


def _may_hide_a_shorter(failure: Failure, result: TaskResult) -> bool:
    """Whether a shorter window may have an answer where several together had none."""
    passing = isinstance(failure, Unreachable | RateLimited | BudgetSpent)
    return not passing and len({one.window for one in result.task.references}) > 1


def _with_mend(failure: Failure, reference: Reference) -> str:
    """What went wrong, and what the operator can do about it."""
    keys = " and ".join(facts(reference).provider.credentials) or "credentials"
    mend = failure.mend.format(keys=keys)
    return f"{failure}: {mend}" if mend else str(failure)
