"""Milestones: round numbers that a series was seen to reach. Nothing is invented.

Round are 1, 2 and 5 times a power of ten, from 100 up. A series that begins above one
never passed it, and there is no crossing across a break. Of several that one step
passes only the highest is kept: which day was whose is not known.
"""

from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from ...model.values import Exactness

LEAST = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """`day` is the first known at or above `threshold`, `before` the last known below.

    `value` is that of `day`.
    """

    threshold: int
    value: int
    day: date
    before: date


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Arrival:
    """A point, when it was first read, and how exact it is."""

    seen_at: datetime
    day: date
    value: int
    exactness: Exactness = Exactness.EXACT


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossing:
    """A milestone, when it could first be known, and how exact its day is."""

    milestone: Milestone
    seen_at: datetime
    exactness: Exactness


def threshold(value: int) -> int | None:
    """The highest round number at or below `value`; None below the least."""
    if value < LEAST:
        return None
    size: int = 10 ** (len(str(value)) - 1)
    return next(factor * size for factor in (5, 2, 1) if factor * size <= value)


def milestones(
    points: Sequence[tuple[date, int]], breaks: Iterable[date] = ()
) -> tuple[Milestone, ...]:
    """The milestones of a series whose points are known, one a day, oldest first."""
    found, most, breaks = [], 0, tuple(breaks)
    for before, (day, value) in zip((None, *points), points, strict=False):
        reached = threshold(value)
        if reached and most < reached and before and not _cut(before[0], day, breaks):
            found.append(
                Milestone(threshold=reached, value=value, day=day, before=before[0])
            )
        most = max(most, value)
    return tuple(found)


def crossings(
    arrivals: Iterable[Arrival], breaks: Iterable[date] = ()
) -> tuple[Crossing, ...]:
    """The same as it came to be known: in the order of reading, not of days.

    What is read later never changes an earlier crossing, not even if it is of a day
    long ago: so a feed can publish them one by one, and `milestones` knows better.
    """
    found: list[Crossing] = []
    known: dict[date, Arrival] = {}
    days: list[date] = []
    most, breaks = 0, tuple(breaks)
    for one in sorted(arrivals):
        place = bisect_left(days, one.day)
        before = known[days[place - 1]] if place else None
        reached = threshold(one.value)
        if (
            reached
            and most < reached
            and before
            and not _cut(before.day, one.day, breaks)
        ):
            milestone = Milestone(
                threshold=reached, value=one.value, day=one.day, before=before.day
            )
            exactness = crossing_exactness(before.exactness, one.exactness)
            if exactness:
                found.append(
                    Crossing(
                        milestone=milestone, seen_at=one.seen_at, exactness=exactness
                    )
                )
        most = max(most, one.value)
        if one.day not in known:
            insort(days, one.day)
        known[one.day] = one
    return tuple(found)


def crossing_exactness(before: Exactness, after: Exactness) -> Exactness | None:
    """How exact the day of a crossing is; AT_LEAST: it may have happened earlier.

    `before` and `after` are those of the readings below and above the threshold. A
    lower bound above it is above all the same; one below it may not be below. None: not
    even that it was reached is known.
    """
    vague = {Exactness.ESTIMATE, Exactness.ROUNDED}
    if before is Exactness.AT_LEAST and after in vague:
        return None
    if before is Exactness.AT_LEAST:
        return Exactness.AT_LEAST
    if {before, after} & vague:
        return Exactness.ESTIMATE
    return Exactness.EXACT


def _cut(before: date, day: date, breaks: tuple[date, ...]) -> bool:
    return any(before < cut <= day for cut in breaks)
