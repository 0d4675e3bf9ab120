"""How fast a series moves, from its own points. Nothing is extrapolated.

Where the points do not suffice there is None. Only points since the last break
count: before it the platform counted in another way.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

WEEK = 7
RECENT = 30  # points that the growth of an all-time count is taken from
LEAST_SPAN = 7  # days of that growth: from one day to the next is no pace
LEAST_STEP = Fraction(1, 10)  # between a week and the one before

Points = Sequence[tuple[date, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Average:
    """So many a day in the `days` days to `end`; `before`: in as many days before."""

    per_day: Fraction
    days: int
    end: date
    before: Fraction | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Peak:
    """The highest count known: of a day, or of the window that ends with it.

    `since`: of the days from a break on, since those before do not compare.
    """

    value: int
    day: date
    since: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Growth:
    """So many more a day, on average, from one known day to another."""

    per_day: Fraction
    first: date
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubling:
    """The last value is twice that of `since`, or `more`, and none between fell.

    `until` is the first day that has it.
    """

    since: date
    until: date
    more: bool

    @property
    def days(self) -> int:
        return (self.until - self.since).days


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """`growth` and `doubling` are of all-time counts, the others of windows."""

    growth: Growth | None = None
    doubling: Doubling | None = None
    average: Average | None = None
    peak: Peak | None = None


def pace(
    points: Points, points_days: int | None = None, breaks: Iterable[date] = ()
) -> Pace:
    """The pace of `points`, one a day, oldest first.

    Each covers the `points_days` complete days to its own; None: all time.
    """
    if not points:
        return Pace()
    reach = timedelta(days=(points_days or 1) - 1)
    cut = max((day for day in breaks if day <= points[-1][0]), default=date.min)
    known = [(day, value) for day, value in points if (day - cut) >= reach]
    if points_days is None:
        return Pace(growth=_growth(known[-RECENT:]), doubling=_doubling(known))
    since = cut if points[0][0] < cut else None
    return Pace(average=_average(known, points_days), peak=_peak(known, since))


def _growth(points: Points) -> Growth | None:
    if len(points) < 2 or (points[-1][0] - points[0][0]).days < LEAST_SPAN:
        return None
    (first, start), (last, end) = points[0], points[-1]
    per_day = Fraction(end - start, (last - first).days)
    return Growth(per_day=per_day, first=first, last=last)


def _doubling(points: Points) -> Doubling | None:
    """The shortest one that was seen: from the last day with half the last value."""
    if not points:
        return None
    until, last = points[-1]
    above = last
    for day, value in reversed(points[:-1]):
        if value > above or not value:
            return None
        if value == last:
            until = day  # confirmed since, without a change
        if 2 * value <= last:
            return Doubling(since=day, until=until, more=2 * value < last)
        above = value
    return None


def _average(points: Points, points_days: int) -> Average | None:
    """Of the last 7 days where days are counted, else of the last window."""
    if not points:
        return None
    values, end = dict(points), points[-1][0]
    days = WEEK if points_days == 1 else points_days
    # Windows that follow one another without a gap, and do not overlap.
    ends = [end - timedelta(days=n) for n in range(0, 2 * days, points_days)]
    counts = [values.get(day) for day in ends]
    half = len(counts) // 2
    now = _per_day(counts[:half], days)
    if now is None:
        return None
    before = _per_day(counts[half:], days)
    return Average(per_day=now, days=days, end=end, before=before)


def outweighs_chance(points: Points, one: Average) -> bool:
    """Whether a week (or window) differs from the one before by more than chance.

    By a tenth at least, and by three times the root of the sum of both: of posts that
    come one by one, that is three standard deviations. Posts that draw others come in
    bursts, so where the days are known each weekday must have moved the same way too.
    """
    if one.before is None:
        return False
    now, before = one.per_day * one.days, one.before * one.days
    step = now - before
    if abs(step) < LEAST_STEP * max(now, before) or step**2 < 9 * (now + before):
        return False
    values, week = dict(points), timedelta(days=one.days)
    days = [one.end - timedelta(days=n) for n in range(one.days)]
    if sum(values.get(day, 0) for day in days) != now:
        return True  # windows: there are no days to be compared
    return all((values[day] - values[day - week]) * step > 0 for day in days)


def _per_day(counts: Sequence[int | None], days: int) -> Fraction | None:
    """The average of counts that cover so many days; None if one is not known."""
    known = [count for count in counts if count is not None]
    return Fraction(sum(known), days) if len(known) == len(counts) else None


def _peak(points: Points, since: date | None) -> Peak | None:
    """The first of the highest, if there was anything to choose from."""
    if len(points) < 2:
        return None
    day, value = max(points, key=lambda point: (point[1], -point[0].toordinal()))
    return Peak(value=value, day=day, since=since) if value else None
