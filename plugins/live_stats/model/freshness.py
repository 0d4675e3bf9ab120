"""Whether a reading is fresh or stale, when it is due, and the day it is "as of".

The clock is a parameter.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from .values import Observation


class FreshnessState(StrEnum):
    """The condition that a page gives with a number."""

    FRESH = "fresh"
    STALE = "stale"  # the last collection could not confirm it
    NONE = "none"  # nothing has been read yet
    HELD = "held"  # a newer one looks wrong and waits to be confirmed
    RETIRED = "retired"  # the platform published it once, and no longer does
    UNAVAILABLE = "unavailable"  # no official number exists


# Pages give days, so a reading is never called stale within a day.
MIN_STALE_AGE = timedelta(days=1)

# After a failure, before the same is asked again: a later time is a wrong clock's.
LONGEST_PAUSE = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Freshness:
    """The state of a series, and the UTC day its latest value was last confirmed."""

    state: FreshnessState
    as_of: date | None = None


def confirmed_at(
    latest: Observation | None, checked_at: datetime | None
) -> datetime | None:
    """When the latest value was last confirmed; None if it never was.

    `checked_at` is from the state, which may be lost, or older than the history.
    """
    times = [latest.observed_at] if latest else []
    times += [checked_at] if checked_at else []
    return max(times, default=None)


def is_stale(
    confirmed: datetime, collected_at: datetime | None, fresh_for: timedelta
) -> bool:
    """Whether the last collection should have confirmed a value, and did not.

    The time of the last collection counts, so the result does not depend on the day of
    the build. With no collection on record nothing is stale.
    """
    age = (collected_at or confirmed) - confirmed
    return age > max(fresh_for, MIN_STALE_AGE)


def freshness_of(
    latest: Observation | None,
    *,
    checked_at: datetime | None,
    collected_at: datetime | None,
    fresh_for: timedelta,
    closed: FreshnessState | None = None,
    held: bool = False,
) -> Freshness:
    """The state of a series at the last collection.

    `checked_at` is when the value was last confirmed (None: lost, or never). `closed`
    is the state of a series that no platform publishes (any more), None for others.
    """
    if latest is None:
        return Freshness(state=closed or FreshnessState.NONE)
    confirmed = confirmed_at(latest, checked_at) or latest.observed_at
    if closed:
        return Freshness(state=closed, as_of=confirmed.date())
    if held:
        return Freshness(state=FreshnessState.HELD, as_of=confirmed.date())
    stale = is_stale(confirmed, collected_at, fresh_for)
    return Freshness(
        state=FreshnessState.STALE if stale else FreshnessState.FRESH,
        as_of=confirmed.date(),
    )


def is_due(
    checked_at: datetime | None,
    now: datetime,
    fresh_for: timedelta,
    retry_at: datetime | None = None,
) -> bool:
    """Whether a series should be fetched again: not fresh, nor failed just now."""
    # Times far in the future (a clock set back) must not keep us silent for ever.
    if retry_at and now < retry_at <= now + LONGEST_PAUSE:
        return False
    if checked_at is None:
        return True
    age = now - checked_at
    return age >= fresh_for or age < timedelta(0)
