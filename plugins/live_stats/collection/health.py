"""The health of the collections: what each platform answered, failed at, and when.

Made from history, state and settings alone, so that the same three give the same page.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta
from typing import Any

from ..model.settings import Settings
from ..model.values import Reference
from ..references import sums
from ..references.catalogue import Facts, facts, from_series
from ..storage.history import History
from ..storage.state import CollectionState
from .budgets import budgets, recent, total


@dataclass(slots=True, kw_only=True)
class SeriesStatus:
    """One series: its last reading, what keeps it from the next, and when that is due.

    `condition` is fresh, stale, failing, held, unread or unavailable. `due_at` is None
    where nobody can be asked, and where nothing keeps the next collection from it.
    """

    series: str
    condition: str
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
    condition: str = "unread"
    answered_at: datetime | None = None
    failure: str = ""
    failed_at: datetime | None = None
    age: float | None = None
    due_at: datetime | None = None
    needs: tuple[str, ...] = ()
    budgets: list[BudgetStatus] = field(default_factory=list)
    series: list[SeriesStatus] = field(default_factory=list)


# From the worst to the best: a platform is in the condition of its worst series.
CONDITIONS = ("failing", "held", "stale", "fresh", "unread", "unavailable")


def health_of(
    names: Iterable[str], history: History, state: CollectionState, settings: Settings
) -> list[PlatformStatus]:
    """Every platform that the site asks, in the order of its references."""
    found: dict[str, PlatformStatus] = {}
    for reference in sums.expanded(map(from_series, names)):
        about = facts(reference)
        platform = found.get(reference.platform)
        if platform is None:
            platform = _platform(about, state, settings)
            found[reference.platform] = platform
        platform.series.append(_series(reference, about, history, state, settings))
        platform.needs = platform.needs or about.needs
    for platform in found.values():
        present = {one.condition for one in platform.series}
        platform.condition = next(c for c in CONDITIONS if c in present)
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
    own = state.spent.get(provider.name, {})
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
                    total(budget, recent(budget, own.get(budget.unit, {}), day))
                    if day
                    else 0
                ),
                most=str(budget.most),
                days=budget.days,
            )
            for budget in budgets(provider, settings.budgets.get(provider.name, {}))
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
    asked = state.series.get(reference.series)
    checked_at = (asked.checked_at if asked else None) or (
        latest.observed_at if latest else None
    )
    fresh_for = settings.fresh(reference.platform, about.fresh_for)
    condition, due_at = "unread", None
    if about.unavailable:
        condition = "unavailable"
    elif asked and asked.held is not None:
        condition = "held"
    elif asked and asked.failure:
        condition = "failing"
    elif checked_at:
        due_at = checked_at + fresh_for
        collected = state.collected_at or checked_at
        old = collected - checked_at > max(fresh_for, timedelta(days=1))
        condition = "stale" if old else "fresh"
    if asked and asked.retry_at:
        due_at = asked.retry_at
    host = state.hosts.get(about.host)
    return SeriesStatus(
        series=reference.series,
        condition=condition,
        value=latest.value if latest else None,
        checked_at=checked_at,
        failure=asked.failure if asked else "",
        failed_at=asked.failed_at if asked else None,
        held=asked.held if asked else None,
        due_at=max(due_at or host, host) if host else due_at,
        reason=about.unavailable.reason if about.unavailable else "",
    )


def as_json(platforms: list[PlatformStatus], collected_at: datetime | None) -> str:
    """The same for machines: names as here, times in ISO 8601, UTC."""

    def plain(value: Any) -> Any:
        if isinstance(value, datetime):
            return value.strftime("%Y-%m-%dT%H:%M:%SZ")
        return {one.name: getattr(value, one.name) for one in fields(value)}

    def entry(value: Any) -> str:
        return json.dumps(value, ensure_ascii=False, default=plain)

    # A line for each platform: they can be told apart, and lines are soon written.
    lines = ",\n  ".join(map(entry, platforms))
    return f'{{"collected_at": {entry(collected_at)},\n "platforms": [{lines}]}}\n'
