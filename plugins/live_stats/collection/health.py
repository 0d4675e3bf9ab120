"""The health of each platform and series: last answer, failures, overdue numbers.

Made from history, state and settings alone, so that the same three give the same page.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from ..model.freshness import confirmed_at, is_stale
from ..model.settings import Settings
from ..model.values import Reference
from ..references import sums
from ..references.catalogue import Facts, facts, from_series
from ..storage.history import History
from ..storage.state import CollectionState
from .budgets import amount_spent, effective_budgets, recent_entries


class Condition(StrEnum):
    """How a series does, from the worst to the best.

    A platform is in the condition of its worst series.
    """

    FAILING = "failing"
    HELD = "held"
    STALE = "stale"
    FRESH = "fresh"
    UNREAD = "unread"
    UNAVAILABLE = "unavailable"


@dataclass(slots=True, kw_only=True)
class SeriesStatus:
    """One series: its last reading, what keeps it from the next, and when that is due.

    `due_at` is None where nothing can be fetched, and where the next collection fetches
    it in any case.
    """

    series: str
    condition: Condition
    value: int | None = None
    checked_at: datetime | None = None
    failure: str = ""
    failed_at: datetime | None = None
    held: int | None = None
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
    """One platform. `age` is that of its oldest confirmed number, at the last
    collection and in hours."""

    name: str
    label: str
    condition: Condition = Condition.UNREAD
    answered_at: datetime | None = None
    failure: str = ""
    failed_at: datetime | None = None
    age: float | None = None
    due_at: datetime | None = None
    needs: tuple[str, ...] = ()
    budgets: list[BudgetStatus] = field(default_factory=list)
    series: list[SeriesStatus] = field(default_factory=list)


def why_failing(series: str, failure: str, held: int | None) -> str:
    """Why a series has no new reading, for its operator: with what can be done."""
    if held is None:
        return failure
    return f"{failure}; if it is right: live-stats accept {series}"


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
        present = {one.condition for one in platform.series}
        platform.condition = next(c for c in Condition if c in present)
        checked = [one.checked_at for one in platform.series if one.checked_at]
        if checked and state.collected_at:
            age = max(state.collected_at - min(checked), timedelta(0))
            platform.age = round(age.total_seconds() / 3600, 1)
        due = [one.due_at for one in platform.series if one.due_at]
        platform.due_at = min(due, default=None)
    return list(found.values())


def _platform(
    about: Facts, state: CollectionState, settings: Settings
) -> PlatformStatus:
    provider = about.provider
    known = state.platforms.get(provider.name)
    day = state.collected_at.date() if state.collected_at else None
    spent = state.spent.get(provider.name, {})
    return PlatformStatus(
        name=provider.name,
        label=provider.label,
        answered_at=known.answered_at if known else None,
        failure=known.failure if known else "",
        failed_at=known.failed_at if known else None,
        budgets=[
            BudgetStatus(
                unit=budget.unit,
                spent=str(
                    amount_spent(
                        budget, recent_entries(budget, spent.get(budget.unit, {}), day)
                    )
                    if day
                    else 0
                ),
                most=str(budget.most),
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
    record = state.series.get(reference.series)
    checked_at = confirmed_at(latest, record.checked_at if record else None)
    fresh_for = settings.fresh_time(reference.platform, about.fresh_for)
    condition, due_at = Condition.UNREAD, None
    if about.unavailable:
        condition = Condition.UNAVAILABLE
    elif record and record.held is not None:
        condition = Condition.HELD
    elif record and record.failure:
        condition = Condition.FAILING
    elif checked_at:
        due_at = checked_at + fresh_for
        stale = is_stale(checked_at, state.collected_at, fresh_for)
        condition = Condition.STALE if stale else Condition.FRESH
    if record and record.retry_at:
        due_at = record.retry_at
    host = state.hosts.get(about.host)
    return SeriesStatus(
        series=reference.series,
        condition=condition,
        value=latest.value if latest else None,
        checked_at=checked_at,
        failure=record.failure if record else "",
        failed_at=record.failed_at if record else None,
        held=record.held if record else None,
        due_at=max(due_at or host, host) if host else due_at,
        reason=about.unavailable.reason if about.unavailable else "",
    )


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
        if facts(reference).unavailable:
            continue
        latest = history.latest(reference.series)
        record = state.series.get(reference.series)
        since = confirmed_at(latest, record.checked_at if record else None)
        since = since or (record.failing_since if record else None)
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
                        reason=record.failure if record else "",
                    )
                )
                break
    return sorted(found, key=lambda one: one.series)
