"""Pace: what points say of speed, and None where they say nothing."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pelican.plugins.live_stats.rendering.trends.rates import (
    Average,
    Doubling,
    Growth,
    Peak,
    pace,
)

FIRST = date(2026, 3, 1)

series = st.dictionaries(st.integers(0, 40), st.integers(0, 10**6), max_size=30).map(
    lambda found: [(day(n), found[n]) for n in sorted(found)]
)
windows = st.sampled_from([None, 1, 6, 7, 30])


def day(n):
    return FIRST + timedelta(days=n)


def daily(*counts):
    return [(day(n), count) for n, count in enumerate(counts)]


def test_growth_is_an_average_between_two_known_days():
    """The last 30 known days, and the days between them, whatever lies in the gaps."""
    points = [(day(2 * n), 100 + 10 * n) for n in range(40)]

    found = pace(points).growth

    assert found == Growth(per_day=Fraction(5), first=day(20), last=day(78))


def test_a_count_that_fell_has_fewer_a_day():
    """Deleted posts count too."""
    assert pace(daily(*range(170, 90, -10))).growth.per_day == -10


def test_from_one_day_to_the_next_is_no_pace():
    """A total of two days, or of a few, says nothing of how fast it grows."""
    assert pace(daily(100, 90, 80)).growth is None
    assert pace(daily(*range(7))).growth is None
    assert pace(daily(*range(8))).growth is not None


@pytest.mark.parametrize(
    ("counts", "found"),
    [
        ([50, 60, 100], Doubling(since=day(0), until=day(2), more=False)),
        ([40, 50, 60, 101], Doubling(since=day(1), until=day(3), more=True)),
        ([50, 100, 100, 100], Doubling(since=day(0), until=day(1), more=False)),
        ([60, 80, 100], None),
        ([50, 70, 65, 100], None),
        ([0, 3], None),
        ([10], None),
        ([], None),
    ],
)
def test_a_doubling_was_seen_or_is_not_told(counts, found):
    """Half the last value or less, then no fall; never from zero, never foretold."""
    assert pace(daily(*counts)).doubling == found


def test_no_growth_across_a_break():
    """Before it the platform counted in another way."""
    found = pace(daily(10, 20, *range(100, 180, 10)), None, [day(2)])

    assert found.growth == Growth(per_day=Fraction(10), first=day(2), last=day(9))
    assert found.doubling is None


def test_a_week_is_compared_with_the_week_before():
    """Days are counted by sevens, if all of them are known."""
    points = daily(*[1] * 7, *[3] * 7)

    found = pace(points, 1).average

    assert found == Average(
        per_day=Fraction(3), days=7, end=day(13), before=Fraction(1)
    )


@pytest.mark.parametrize("gap", range(14))
def test_a_missing_day_is_not_zero(gap):
    """Without it the week has no average, or nothing to be compared with."""
    points = [point for point in daily(*range(1, 16)) if point[0] != day(gap)]

    found = pace(points, 1).average

    assert found is None if gap > 7 else found.before is None or gap == 0


@pytest.mark.parametrize("cut", range(1, 15))
def test_a_week_with_a_break_in_it_is_no_week(cut):
    """The days on both sides do not measure the same."""
    found = pace(daily(*range(1, 16)), 1, [day(cut)]).average

    assert found is None if cut > 8 else found.before is None or cut < 2


def test_windows_follow_one_another():
    """Sums of six days are compared with the sum that ends six days before."""
    points = daily(*range(60, 600, 60))

    found = pace(points, 6).average

    assert found == Average(
        per_day=Fraction(90), days=6, end=day(8), before=Fraction(30)
    )


def test_a_window_over_a_break_measures_two_things():
    """It is left out, as are those before it."""
    found = pace(daily(*[600] * 5, *[60] * 8), 6, [day(5)])

    assert found.average == Average(
        per_day=Fraction(10), days=6, end=day(12), before=None
    )
    assert found.peak == Peak(value=60, day=day(10), since=day(5))


def test_the_peak_is_the_first_day_of_the_most():
    """Of two equal ones the earlier; of nothing there is none."""
    assert pace(daily(3, 9, 4, 9), 1).peak == Peak(value=9, day=day(1))
    assert pace(daily(0, 0), 1).peak is None
    assert pace(daily(7), 1).peak is None


@given(series, windows, st.integers(2, 50))
def test_twice_the_numbers_are_twice_the_pace(points, days, factor):
    """Speeds grow with the numbers; the days told stay where they are."""
    one = pace(points, days)

    scaled = pace([(at, factor * value) for at, value in points], days)

    if one.growth:
        one_growth = replace(one.growth, per_day=factor * one.growth.per_day)
        assert scaled.growth == one_growth
    if one.average:
        assert scaled.average.per_day == factor * one.average.per_day
        assert (scaled.average.before is None) == (one.average.before is None)
    if one.peak:
        assert scaled.peak == Peak(value=factor * one.peak.value, day=one.peak.day)
    assert scaled.doubling == one.doubling


@given(series, windows, st.integers(1, 3_000))
def test_later_days_are_no_other_pace(points, days, step):
    """Only the days between matter, not when they were."""
    moved = pace([(at + timedelta(days=step), v) for at, v in points], days)
    one = pace(points, days)

    assert (moved.growth is None) == (one.growth is None)
    if one.growth:
        assert moved.growth.per_day == one.growth.per_day
    if one.average:
        assert moved.average == replace(
            one.average, end=one.average.end + timedelta(days=step)
        )


@given(series, windows, st.integers(0, 40))
def test_what_lies_before_a_break_is_no_matter(points, days, cut):
    """The same points after it give the same pace, whatever came before."""
    kept = [point for point in points if point[0] >= day(cut)]
    assume(kept)

    found = pace(points, days, [day(cut)])
    if found.peak:
        assert found.peak.since == (None if points == kept else day(cut))
        found = replace(found, peak=replace(found.peak, since=None))
    assert found == pace(kept, days, [day(cut)])


@given(series, st.sampled_from([1, 6, 7]))
def test_an_average_is_of_days_that_are_all_known(points, days):
    """Every day of it is covered by a point, and it is the last that there is."""
    found = pace(points, days).average
    known = dict(points)

    if found:
        ends = [found.end - timedelta(days=n) for n in range(0, found.days, days)]
        assert found.end == points[-1][0]
        assert found.per_day == Fraction(sum(known[end] for end in ends), found.days)
    elif points:
        assert days == 1 and any(
            points[-1][0] - timedelta(days=n) not in known for n in range(7)
        )


@given(series)
def test_a_doubling_is_of_known_values_that_never_fell(points):
    """From half to the last, each as high as the one before; the latest such day."""
    found = pace(points).doubling
    known = dict(points)

    if found:
        way = [value for at, value in points if at >= found.since]
        assert way == sorted(way)
        assert 0 < 2 * way[0] <= way[-1] == known[found.until]
        assert all(2 * value > way[-1] for value in way[1:])
        assert found.more == (2 * way[0] < way[-1])
