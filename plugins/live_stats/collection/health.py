"""The health of each platform and series: last answer, failures, overdue numbers.

Made from history, state and settings alone, so that the same three give the same page.
"""

import json
import shlex
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from ..model.freshness import (
    Condition,
    FreshnessState,
    Verdict,
    judge,
    judge_sum,
)
from ..model.settings import Settings
from ..model.values import Reference
from ..references import sums
from ..references.catalogue import Facts, facts, from_series
from ..storage.history import History
from ..storage.state import CollectionState, SeriesRecord
from .budgets import amount_spent, effective_budgets, recent_entries


def verdict_on(
    reference: Reference, history: History, state: CollectionState, settings: Settings
) -> Verdict:
    """The verdict on one series, by the facts of its platform. Not for sums."""
    about = facts(reference)
    return judge(
        history.latest(reference.series),
        state.series.get(reference.series),
        collected_at=state.collected_at,
        fresh_for=settings.fresh_time(reference.platform, about.fresh_for),
        closed=_closed(about),
        paused_until=state.hosts.get(about.host),
    )


def verdict_on_sum(
    reference: Reference,
    members: Iterable[Reference],
    history: History,
    state: CollectionState,
    settings: Settings,
) -> Verdict:
    """The verdict on a sum of `members`."""
    parts = [verdict_on(one, history, state, settings) for one in members]
    return judge_sum(parts, _closed(facts(reference)))


def _closed(about: Facts) -> FreshnessState | None:
    if about.unavailable is None:
        return None
    return (
        FreshnessState.RETIRED
        if about.unavailable.since
        else FreshnessState.UNAVAILABLE
    )


@dataclass(slots=True, kw_only=True)
class SeriesStatus:
    """One series: its last reading, and what `model.freshness.Verdict` says of it.

    `age` is in hours, at the last collection. `rejected` is the last answer, where its
    author has rejected it.
    """

    series: str
    condition: Condition
    value: int | None = None
    checked_at: datetime | None = None
    age: float | None = None
    failure: str = ""
    failed_at: datetime | None = None
    held: int | None = None
    rejected: int | None = None
    due_at: datetime | None = None
    reason: str = ""


@dataclass(slots=True, kw_only=True)
class BudgetStatus:
    """What was spent of one budget, in the days that still count."""

    unit: str
    spent: str
    most: str
    days: int


@dataclass(slots=True, kw_only=True)
class PlatformStatus:
    """One platform.

    `current` of its `fetched` numbers are fresh; those that it does not publish are
    not among them. `failure` is the last one that still holds for any of them. `age`
    is that of its oldest number, at the last collection and in hours.
    """

    name: str
    label: str
    condition: Condition = Condition.UNREAD
    current: int = 0
    fetched: int = 0
    answered_at: datetime | None = None
    failure: str = ""
    failed_at: datetime | None = None
    age: float | None = None
    due_at: datetime | None = None
    needs: tuple[str, ...] = ()
    budgets: list[BudgetStatus] = field(default_factory=list)
    series: list[SeriesStatus] = field(default_factory=list)


WHEN_ACCEPTED = "accepted: the next collection stores it if it reads it again"


def why_failing(
    series: str, failure: str, held: int | None, accepted: bool = False
) -> str:
    """Why a series has no new reading, for its operator: with what can be done."""
    if held is None:
        return failure
    failure = failure or f"{held:,} is held"
    return f"{failure}; {WHEN_ACCEPTED if accepted else what_to_do(series)}"


def what_to_do(series: str) -> str:
    """The commands that decide about a held reading."""
    ref = shlex.quote(series)
    return f"if it is right: make accept ref={ref}, if not: make reject ref={ref}"


def health_of(
    names: Iterable[str], history: History, state: CollectionState, settings: Settings
) -> list[PlatformStatus]:
    """The status of every platform of the series `names`, in their order."""
    found: dict[str, PlatformStatus] = {}
    for reference in sums.expand_sums(map(from_series, names)):
        about = facts(reference)
        platform = found.get(reference.platform)
        if platform is None:
            platform = _platform(about, state, settings)
            found[reference.platform] = platform
        platform.series.append(_series(reference, about, history, state, settings))
        platform.needs = platform.needs or about.needs
    for platform in found.values():
        _sum_up(platform)
    return list(found.values())


def _sum_up(platform: PlatformStatus) -> None:
    """What the platform's series have in common."""
    closed = (Condition.RETIRED, Condition.UNAVAILABLE)
    fetched = [one for one in platform.series if one.condition not in closed]
    platform.fetched = len(fetched)
    platform.current = sum(one.condition is Condition.FRESH for one in fetched)
    if 0 < platform.current < platform.fetched:
        platform.condition = Condition.PARTIAL
    else:
        present = {one.condition for one in platform.series}
        platform.condition = next(c for c in Condition if c in present)
    answers = [one.checked_at for one in platform.series if one.checked_at]
    answers += [platform.answered_at] if platform.answered_at else []
    platform.answered_at = max(answers, default=None)
    failures = [(one.failed_at, one.failure) for one in fetched if one.failed_at]
    if failures:
        platform.failed_at, platform.failure = max(failures)
    platform.age = max((o.age for o in fetched if o.age is not None), default=None)
    due = [one.due_at for one in fetched if one.due_at]
    # Any that the next collection fetches is due before those that have a time.
    platform.due_at = min(due) if due and len(due) == len(fetched) else None


def _platform(
    about: Facts, state: CollectionState, settings: Settings
) -> PlatformStatus:
    provider = about.provider
    known = state.platforms.get(provider.name)
    day = state.collected_at.date() if state.collected_at else None
    spent = state.journal.spent(provider.name)
    return PlatformStatus(
        name=provider.name,
        label=provider.label,
        answered_at=known.answered_at if known else None,
        budgets=[
            BudgetStatus(
                unit=budget.unit,
                spent=_plain(
                    amount_spent(
                        budget, recent_entries(budget, spent.get(budget.unit, {}), day)
                    )
                    if day
                    else Decimal(0)
                ),
                most=_plain(budget.most),
                days=budget.days,
            )
            for budget in effective_budgets(
                provider, settings.budgets.get(provider.name, {})
            )
        ],
    )


def _series(
    reference: Reference,
    about: Facts,
    history: History,
    state: CollectionState,
    settings: Settings,
) -> SeriesStatus:
    latest = history.latest(reference.series)
    verdict = verdict_on(reference, history, state, settings)
    hours = verdict.age.total_seconds() / 3600 if verdict.age is not None else None
    return SeriesStatus(
        series=reference.series,
        condition=verdict.condition,
        value=latest.value if latest else None,
        checked_at=verdict.confirmed_at,
        age=None if hours is None else round(hours, 1),
        failure=verdict.failure,
        failed_at=verdict.failed_at,
        held=verdict.held,
        rejected=_rejected(state.series.get(reference.series), verdict),
        due_at=verdict.due_at,
        reason=about.unavailable.reason if about.unavailable else "",
    )


def _failure(reference: Reference, verdict: Verdict) -> str:
    """Why the last attempt gave nothing, with what can be done; empty if it did."""
    if not verdict.failure:
        return ""
    return why_failing(reference.series, verdict.failure, verdict.held)


def _rejected(record: SeriesRecord | None, verdict: Verdict) -> int | None:
    """The rejected reading that the last answer had; None where it had another."""
    if record is None or record.asked_at is None or verdict.is_closed:
        return None
    return None if verdict.failure or verdict.held else record.last_rejected


def as_json(platforms: list[PlatformStatus], collected_at: datetime | None) -> str:
    """The status of all platforms as JSON: fields as here, times in ISO 8601, UTC."""

    def plain(value: Any) -> Any:
        if isinstance(value, datetime):
            return value.strftime("%Y-%m-%dT%H:%M:%SZ")
        return {one.name: getattr(value, one.name) for one in fields(value)}

    def entry(value: Any) -> str:
        return json.dumps(value, ensure_ascii=False, default=plain)

    # One line a platform, so that a diff shows which of them changed.
    lines = ",\n  ".join(map(entry, platforms))
    return f'{{"collected_at": {entry(collected_at)},\n "platforms": [{lines}]}}\n'


@dataclass(frozen=True, slots=True, kw_only=True)
class Overdue:
    """One number that could not be confirmed for longer than the settings allow.

    `fails` is true beyond the limit that ends a command with an error. `since` is the
    last confirmation, or the first failure.
    """

    series: str
    since: datetime
    limit: timedelta
    fails: bool
    reason: str

    def __str__(self) -> str:
        setting = "LIVE_STATS_FAIL_AFTER" if self.fails else "LIVE_STATS_WARN_AFTER"
        hours = self.limit.total_seconds() / 3600
        why = f": {self.reason}" if self.reason else ""
        return (
            f"{self.series}: not confirmed since {self.since:%Y-%m-%d %H:%M} UTC, "
            f"longer than the {hours:g} hours of {setting}{why}"
        )


def find_overdue(
    references: Iterable[Reference],
    history: History,
    state: CollectionState,
    settings: Settings,
    now: datetime,
) -> list[Overdue]:
    """The numbers that are too old, sorted by series.

    A number that was never fetched has no age.
    """
    found = []
    for reference in sums.expand_sums(references):
        verdict = verdict_on(reference, history, state, settings)
        if verdict.is_closed:
            continue
        since = verdict.confirmed_at or verdict.failing_since
        if since is None:
            continue
        for limit, fails in (
            (settings.fail_age(reference), True),
            (settings.warn_age(reference), False),
        ):
            if limit is not None and now - since > limit:
                found.append(
                    Overdue(
                        series=reference.series,
                        since=since,
                        limit=limit,
                        fails=fails,
                        reason=_failure(reference, verdict),
                    )
                )
                break
    return sorted(found, key=lambda one: one.series)


def _plain(amount: Decimal) -> str:
    """An amount without zeros at its end: 0.03, 30."""
    return f"{amount.normalize():f}"
