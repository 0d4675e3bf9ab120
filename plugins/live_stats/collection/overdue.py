"""Numbers that have grown older than the operator allows: a line each, or an error."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from ..model.settings import Settings
from ..model.values import Reference
from ..references import sums
from ..references.catalogue import facts
from ..storage.history import History
from ..storage.state import CollectionState


@dataclass(frozen=True, slots=True, kw_only=True)
class Overdue:
    """One number that could not be confirmed for too long; `fails` beyond the second
    of the two limits. `since` is its last confirmation, or its first failure."""

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
    """What is too old, by series. What nobody has ever been asked for has no age."""
    found = []
    for reference in sums.expanded(references):
        if facts(reference).unavailable:
            continue
        latest = history.latest(reference.series)
        asked = state.series.get(reference.series)
        times = [latest.observed_at] if latest else []
        times += [asked.checked_at] if asked and asked.checked_at else []
        since = max(times, default=asked.failing_since if asked else None)
        if since is None:
            continue
        for limit, fails in (
            (settings.fails(reference), True),
            (settings.warns(reference), False),
        ):
            if limit is not None and now - since > limit:
                found.append(
                    Overdue(
                        series=reference.series,
                        since=since,
                        limit=limit,
                        fails=fails,
                        reason=asked.failure if asked else "",
                    )
                )
                break
    return sorted(found, key=lambda one: one.series)
