"""One collection: ask what is due, stamp provenance, remember answers and failures.

Hosts are asked side by side, each host one question after another. Expected errors
become failures kept in the state; a reading is stored before anything else is told.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from pelican.plugins.incremental.system.progress import progress

from ..model.errors import Failure, NoCount, Refused
from ..model.settings import Settings
from ..model.values import Observation, Reading, Reference, Window
from ..references import sums
from ..references.catalogue import facts
from ..storage.history import History
from ..storage.state import CollectionState
from .planner import LONGEST_PAUSE, Planner, PlatformReport
from .plausibility import accepts
from .scheduler import Answer, run_tasks

# Anonymous platforms are asked at most every 15 minutes, whatever they answered.
RETRY_AFTER = timedelta(minutes=15)


@dataclass(slots=True, kw_only=True)
class Collector:
    """Everything one collection needs besides the references.

    `environment` holds the variables that credentials are taken from, `now` is the
    one time stamped on everything, `agent` the User-Agent.
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
        """Ask what is due (or everything), store it, and report by platform."""
        plan = Planner(
            history=self.history,
            state=self.state,
            settings=self.settings,
            environment=self.environment,
            now=self.now,
        )
        tasks = plan.tasks(sums.expanded(references), everything)
        self.reports = plan.reports
        if tasks:
            self.state.collected_at = self.now
        answers = run_tasks(tasks, self.agent, self.settings.deadline)
        with progress("fetching current counts", len(tasks)) as step:
            for answer in answers:
                self._take(answer)
                step()
        for name, purse in plan.purses.items():
            if spent := purse.spent():
                self.state.spent[name] = spent
        self.state.hosts = {
            host: until
            for host, until in self.state.hosts.items()
            if self.now < until <= self.now + LONGEST_PAUSE
        }
        return self.reports

    def _take(self, answer: Answer) -> None:
        """Store what came, remember what did not."""
        task = answer.task
        report = self.reports[task.provider.name]
        report.asked += len(task.references)
        if answer.pause:
            longest = LONGEST_PAUSE.total_seconds()
            pause = timedelta(seconds=min(answer.pause, longest))
            self.state.hosts[task.host] = self.now + pause
        asked_for = {reference.metric: reference for reference in task.references}
        given = set(asked_for) if answer.unchanged else set()
        for reference in task.references if answer.unchanged else ():
            self._confirm(reference, self.state.asked(reference.series).etag)
        days: list[Observation] = []
        for reading in answer.readings:
            reference = asked_for.get(reading.metric)
            if reference is None:
                continue
            observation = self._stamp(reference, reading)
            if observation.series == reference.series and reading.metric not in given:
                given.add(reading.metric)
                self._judge(reference, observation, answer.etag)
            else:
                days.append(observation)
        # A complete day is written down once: what it was when it was complete.
        self.history.append(day for day in days if not self.history.has_span(day))
        for metric in sorted(asked_for.keys() - given):
            unsaid = NoCount(f"{task.host} gave no number of {metric}")
            self._fail(asked_for[metric], answer.failure or unsaid, heard=answer.heard)

    def _judge(self, reference: Reference, new: Observation, etag: str) -> None:
        """Store a reading, unless it must be held."""
        report = self.reports[reference.platform]
        last = self.history.latest(reference.series)
        asked = self.state.asked(reference.series)
        rolling = facts(reference).metric.minutes is not None
        if not accepts(asked, last, new, live=rolling):
            words = f"{new.value:,} is implausible after the last reading: held"
            said = f"{reference.series}: {words}"
            self._fail(reference, Failure(words), said, heard=True)
            return
        report.new += len(self.history.append([new]))
        report.readings += last is None
        self._confirm(reference, etag)

    def _confirm(self, reference: Reference, etag: str) -> None:
        asked = self.state.asked(reference.series)
        asked.checked_at, asked.etag = self.now, etag
        asked.failure = ""
        asked.failed_at = asked.failing_since = asked.retry_at = None
        self.state.platform(reference.platform).answered_at = self.now

    def _stamp(self, reference: Reference, reading: Reading) -> Observation:
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
        self, reference: Reference, failure: Failure, said: str = "", *, heard: bool
    ) -> None:
        """Remember a failure: with the series, with its platform, in the report."""
        asked, report = self.state.asked(reference.series), self.reports
        asked.failure, asked.failed_at = str(failure), self.now
        asked.failing_since = asked.failing_since or self.now
        asked.etag = ""
        # Who never heard us may be asked again at once, and so may who wants a key.
        rests = heard and not isinstance(failure, Refused)
        asked.retry_at = self.now + RETRY_AFTER if rests else None
        health = self.state.platform(reference.platform)
        health.failure, health.failed_at = asked.failure, self.now
        report[reference.platform].failed += 1
        report[reference.platform].failures.append(said or str(failure))
