"""Runs one collection: fetches what is due, stores readings, records failures.

Expected errors become failures in the state. Readings are on the disk before anything
is reported.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from pelican.plugins.incremental.system.progress import progress

from ..model.errors import Failure, NoCount, NotFound
from ..model.settings import Settings
from ..model.values import Observation, Reading, Reference, Window
from ..references import sums
from ..references.catalogue import facts
from ..storage.history import History
from ..storage.state import CollectionState
from .health import why_failing
from .planner import MAX_PAUSE, Planner, PlatformReport, keys_mark
from .plausibility import accepts
from .scheduler import TaskResult, run_tasks


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
        plan = Planner(
            history=self.history,
            state=self.state,
            settings=self.settings,
            environment=self.environment,
            now=self.now,
        )
        tasks = plan.tasks(sums.expand_sums(references), everything)
        self.reports = plan.reports
        if tasks:
            self.state.collected_at = self.now
        results = run_tasks(tasks, self.agent, self.settings.deadline)
        with progress("fetching current counts", len(tasks)) as step:
            for result in results:
                self._store(result)
                step()
        for name, ledger in plan.ledgers.items():
            if spent := ledger.spent():
                self.state.spent[name] = spent
        self.state.hosts = {
            host: until
            for host, until in self.state.hosts.items()
            if self.now < until <= self.now + MAX_PAUSE
        }
        return self.reports

    def _store(self, result: TaskResult) -> None:
        """Store the readings of a task, and record its failures."""
        task = result.task
        report = self.reports[task.provider.name]
        report.asked += len(task.references)
        if result.pause:
            seconds = min(result.pause, MAX_PAUSE.total_seconds())
            self.state.hosts[task.host] = self.now + timedelta(seconds=seconds)
        wanted = {reference.metric: reference for reference in task.references}
        found: set[str] = set()
        if result.unchanged:
            found.update(wanted)
            for reference in task.references:
                self._confirm(reference, self.state.record(reference.series).etag)
        days: list[Observation] = []
        for reading in result.readings:
            if reading.metric not in wanted:
                continue
            reference = wanted[reading.metric]
            observation = self._observation(reference, reading)
            is_wanted = observation.series == reference.series
            if is_wanted and reading.metric not in found:
                found.add(reading.metric)
                self._store_or_hold(reference, observation, result.etag)
            else:
                days.append(observation)
        # A complete day is stored once, with its value at the first reading.
        self.history.append(day for day in days if not self.history.has_span(day))
        for metric in sorted(wanted.keys() - found):
            missing = NoCount(f"{task.host} gave no number of {metric}")
            self._fail(
                wanted[metric],
                result.failure or missing,
                got_response=result.got_response,
            )

    def _store_or_hold(self, reference: Reference, new: Observation, etag: str) -> None:
        """Store a reading, unless it is implausible."""
        report = self.reports[reference.platform]
        last = self.history.latest(reference.series)
        record = self.state.record(reference.series)
        rolling = facts(reference).metric.minutes is not None
        if not accepts(record, last, new, live=rolling):
            text = f"{new.value:,} is implausible after the last reading: held"
            message = f"{reference.series}: {text}"
            self._fail(reference, Failure(text), message, got_response=True)
            return
        report.new += len(self.history.append([new]))
        report.readings += last is None
        self._confirm(reference, etag)

    def _confirm(self, reference: Reference, etag: str) -> None:
        """Record that the latest value was confirmed now."""
        record = self.state.record(reference.series)
        record.checked_at, record.etag = self.now, etag
        record.failure, record.unknown = "", False
        record.failed_at = record.failing_since = record.retry_at = None
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
        message: str = "",
        *,
        got_response: bool,
    ) -> None:
        """Record a failure: for its series, its platform, and the report."""
        record = self.state.record(reference.series)
        record.failure, record.failed_at = str(failure), self.now
        record.unknown = isinstance(failure, NotFound)
        record.failing_since = record.failing_since or self.now
        record.etag = ""
        # Without any response, the next attempt may be at once.
        again = self.now + failure.ask_again
        record.retry_at = again if got_response else None
        record.asked_with = keys_mark(facts(reference), self.environment)
        platform = self.state.platform_record(reference.platform)
        platform.failure, platform.failed_at = record.failure, self.now
        report = self.reports[reference.platform]
        report.failed += 1
        report.failures.append(message or _with_mend(failure, reference))
        report.failing[reference.series] = why_failing(
            reference.series, record.failure, record.held
        )


def _with_mend(failure: Failure, reference: Reference) -> str:
    """What went wrong, and what the operator can do about it."""
    keys = " and ".join(facts(reference).provider.credentials) or "credentials"
    mend = failure.mend.format(keys=keys)
    return f"{failure}: {mend}" if mend else str(failure)
