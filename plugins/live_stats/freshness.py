"""How old a reading is, and what that makes of it. The clock is a parameter."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from .model import Observation


class State(StrEnum):
    """What a page says of a number besides the number."""

    FRESH = "fresh"
    STALE = "stale"  # the last collection could not confirm it
    NONE = "none"  # nothing has been read yet
    CLOSED = "closed"  # the platform publishes no such number


# Pages speak in days, so a reading is never called old within a day.
SHORTEST_STALE = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The state of a series, and the UTC day its latest value was last confirmed."""

    state: State
    as_of: date | None = None


def standing(
    latest: Observation | None,
    *,
    checked_at: datetime | None,
    collected_at: datetime | None,
    fresh_for: timedelta,
    closed: bool,
) -> Standing:
    """Judge against the last collection, so that the day of the build is no matter.

    `checked_at` is when the value was last confirmed (None: lost, or never). With no
    collection on record everything read counts as fresh.
    """
    if latest is None:
        return Standing(state=State.CLOSED if closed else State.NONE)
    confirmed = max(latest.observed_at, checked_at or latest.observed_at)
    if closed:
        return Standing(state=State.CLOSED, as_of=confirmed.date())
    age = (collected_at or confirmed) - confirmed
    old = age > max(fresh_for, SHORTEST_STALE)
    return Standing(state=State.STALE if old else State.FRESH, as_of=confirmed.date())


def due(checked_at: datetime | None, now: datetime, fresh_for: timedelta) -> bool:
    """Whether a series should be asked about again."""
    if checked_at is None:
        return True
    age = now - checked_at
    # A time in the future (a clock set back) must not keep us silent for ever.
    return age >= fresh_for or age < timedelta(0)
