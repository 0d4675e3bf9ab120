"""One collection: ask what is due, stamp provenance, remember answers and failures.

Hosts are asked side by side, each host one question after another. Expected errors
become failures kept in the state; a reading is stored before anything else is told.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from . import sums
from .asking import Answer, Task, ask_all
from .catalogue import Facts, facts
from .credentials import credentials_of
from .errors import Failure, NoCount
from .freshness import due
from .history import History
from .model import Observation, Reading, Reference, Window
from .providers.base import Question
from .settings import Settings
from .state import Asked, State, accepts


@dataclass(slots=True, kw_only=True)
class PlatformReport:
    """What one collection did on one platform; `readings` counts what pages have."""

    label: str
    asked: int = 0
    new: int = 0
    fresh: int = 0
    readings: int = 0
    failed: int = 0
    failures: list[str] = field(default_factory=list)
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Collector:
    """Everything one collection needs besides the references.

    `environment` holds the variables that credentials are taken from, `now` is the
    one time stamped on everything, `agent` the User-Agent. `progress` is told how
    many questions of how many are answered.
    """

    history: History
    state: State
    settings: Settings
    environment: Mapping[str, str]
    agent: str
    now: datetime
    progress: Callable[[int, int], None] = lambda done, total: None

    def run(
        self, references: Iterable[Reference], *, everything: bool = False
    ) -> dict[str, PlatformReport]:
        """Ask what is due (or everything), store it, and report by platform."""
        reports: dict[str, PlatformReport] = {}
        tasks = self._tasks(sums.expanded(references), reports, everything)
        if tasks:
            self.state.collected_at = self.now
        for done, answer in enumerate(
            ask_all(tasks, self.agent, self.settings.deadline)
        ):
            self._take(answer, reports[answer.task.provider.name])
            self.progress(done + 1, len(tasks))
        return reports

    def _tasks(
        self,
        references: tuple[Reference, ...],
        reports: dict[str, PlatformReport],
        everything: bool,
    ) -> list[Task]:
        """The questions that are due; platforms with nothing to ask are reported."""
        grouped: dict[tuple[object, ...], list[tuple[Reference, Facts]]] = {}
        for reference in references:
            known = facts(reference)
            if known.unavailable:
                continue
            provider = known.provider
            report = reports.setdefault(
                provider.name, PlatformReport(label=provider.label)
            )
            report.readings += self.history.latest(reference.series) is not None
            credentials = credentials_of(provider, self.environment)
            missing = tuple(n for n in known.needs if n not in credentials)
            fresh_for = self.settings.fresh(provider.name, known.fresh_for)
            checked_at = self.state.asked(reference.series).checked_at
            if missing:
                report.missing = missing
            elif everything or due(checked_at, self.now, fresh_for):
                key = (
                    provider.name,
                    known.server,
                    reference.kind,
                    reference.subject,
                    reference.window,
                )
                grouped.setdefault(key, []).append((reference, known))
            else:
                report.fresh += 1
        return [self._task(group) for group in grouped.values()]

    def _task(self, group: list[tuple[Reference, Facts]]) -> Task:
        reference, known = group[0]
        provider = known.provider
        credentials = credentials_of(provider, self.environment)
        return Task(
            host=known.host,
            provider=provider,
            question=Question(
                server=known.server,
                kind=reference.kind,
                subject=reference.subject,
                metrics=tuple(reference.metric for reference, _ in group),
                window=reference.window,
                today=self.now.date(),
                credentials=credentials,
            ),
            references=tuple(reference for reference, _ in group),
            secrets=tuple(
                value
                for name, value in credentials.items()
                if name != provider.server_variable
            ),
            requests=int(self.settings.requests.get(provider.name, provider.requests)),
        )

    def _take(self, answer: Answer, report: PlatformReport) -> None:
        """Store what came, remember what did not."""
        report.asked += len(answer.task.references)
        asked_for = {
            reference.metric: reference for reference in answer.task.references
        }
        days: list[Observation] = []
        given: set[str] = set()
        for reading in answer.readings:
            reference = asked_for.get(reading.metric)
            if reference is None:
                continue
            observation = self._stamp(reference, reading)
            if observation.series != reference.series:
                days.append(observation)
                continue
            given.add(reading.metric)
            asked = self.state.asked(reference.series)
            if accepts(asked, self.history.latest(reference.series), observation):
                had = self.history.latest(reference.series) is not None
                report.new += len(self.history.append([observation]))
                report.readings += not had
                asked.checked_at = self.now
                asked.failure, asked.failed_at = "", None
            else:
                held = f"{reading.value:,} is implausible after the last reading: held"
                self._fail(asked, Failure(held))
                report.failed += 1
                report.failures.append(f"{reference.series}: {held}")
        self.history.append(days)
        for metric in sorted(asked_for.keys() - given):
            unsaid = NoCount(f"{answer.task.host} gave no number of {metric}")
            failure = answer.failure or unsaid
            self._fail(self.state.asked(asked_for[metric].series), failure)
            report.failed += 1
            report.failures.append(str(failure))

    def _stamp(self, reference: Reference, reading: Reading) -> Observation:
        span = reading.span
        asked_days = reference.window.days
        if span and span.days != asked_days:
            reference = replace(reference, window=Window(days=span.days))
        return Observation(
            series=reference.series,
            value=reading.value,
            exactness=reading.exactness,
            span=span,
            observed_at=self.now.replace(microsecond=0),
            source=facts(reference).page,
        )

    def _fail(self, asked: Asked, failure: Failure) -> None:
        asked.failure, asked.failed_at = str(failure), self.now
