"""How old a reading is, and what that makes of it. The clock is a parameter."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from .values import Observation


class FreshnessState(StrEnum):
    """What a page says of a number besides the number."""

    FRESH = "fresh"
    STALE = "stale"  # the last collection could not confirm it
    NONE = "none"  # nothing has been read yet
    HELD = "held"  # a newer one looks wrong and waits to be confirmed
    RETIRED = "retired"  # the platform published it once, and no longer does
    UNAVAILABLE = "unavailable"  # no official number exists


# Pages speak in days, so a reading is never called old within a day.
SHORTEST_STALE = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Freshness:
    """The state of a series, and the UTC day its latest value was last confirmed."""

    state: FreshnessState
    as_of: date | None = None


def freshness_of(
    latest: Observation | None,
    *,
    checked_at: datetime | None,
    collected_at: datetime | None,
    fresh_for: timedelta,
    closed: FreshnessState | None = None,
    held: bool = False,
) -> Freshness:
    """Judge against the last collection, so that the day of the build is no matter.

    `checked_at` is when the value was last confirmed (None: lost, or never). With no
    collection on record everything read counts as fresh. `closed` is why nobody can be
    asked, if so.
    """
    if latest is None:
        return Freshness(state=closed or FreshnessState.NONE)
    confirmed = max(latest.observed_at, checked_at or latest.observed_at)
    if closed:
        return Freshness(state=closed, as_of=confirmed.date())
    if held:
        return Freshness(state=FreshnessState.HELD, as_of=confirmed.date())
    age = (collected_at or confirmed) - confirmed
    old = age > max(fresh_for, SHORTEST_STALE)
    return Freshness(
        state=FreshnessState.STALE if old else FreshnessState.FRESH,
        as_of=confirmed.date(),
    )


def is_due(
    checked_at: datetime | None,
    now: datetime,
    fresh_for: timedelta,
    retry_at: datetime | None = None,
) -> bool:
    """Whether a series should be asked about again: not fresh, nor just failed."""
    # Times far in the future (a clock set back) must not keep us silent for ever.
    if retry_at and now < retry_at <= now + timedelta(hours=1):
        return False
    if checked_at is None:
        return True
    age = now - checked_at
    return age >= fresh_for or age < timedelta(0)
