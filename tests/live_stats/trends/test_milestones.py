"""Milestones: only what was seen, once, and told the same way for ever."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pelican.plugins.live_stats.model.values import Exactness
from pelican.plugins.live_stats.rendering.trends.milestones import (
    Arrival,
    Milestone,
    crossing_exactness,
    crossings,
    milestones,
    threshold,
)

FIRST = date(2026, 3, 1)
MORNING = datetime(2026, 3, 1, 6, tzinfo=UTC)

values = st.integers(0, 10**7) | st.sampled_from([99, 100, 199, 200, 500, 999, 1000])
series = st.dictionaries(st.integers(0, 60), values, max_size=20).map(
    lambda found: [(day(n), found[n]) for n in sorted(found)]
)
cuts = st.lists(st.integers(0, 60).map(lambda n: day(n)), max_size=3)


def day(n):
    return FIRST + timedelta(days=n)


def arrivals():
    """What readings bring: any day, in any order, corrections too."""
    one = st.builds(
        lambda at, n, value: Arrival(
            seen_at=MORNING + timedelta(hours=at), day=day(n), value=value
        ),
        st.integers(0, 400),
        st.integers(0, 20),
        values,
    )
    return st.lists(one, max_size=25)


def test_a_crossing_is_told_with_the_days_around_it():
    """The last day known below, the first known above; days between are not known."""
    points = [(day(0), 4_900), (day(2), 4_950), (day(6), 5_100), (day(7), 6_000)]

    (found,) = milestones(points)

    assert found == Milestone(threshold=5_000, value=5_100, day=day(6), before=day(2))


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ([], []),
        ([5_000], []),
        ([5_000, 5_100], []),
        ([99, 100], [100]),
        ([99, 100, 90, 110], [100]),
        ([150, 90, 110], []),
        ([10, 2_400], [2_000]),
        ([10, 2_400, 900, 1_100], [2_000]),
        ([10, 20, 50], []),
        ([90, 110, 210, 510, 1_010], [100, 200, 500, 1_000]),
    ],
)
def test_what_counts_as_a_milestone(counts, told):
    """Seen below, then at or above; once; of several in one step the highest."""
    points = [(day(n), count) for n, count in enumerate(counts)]

    assert [one.threshold for one in milestones(points)] == told


def test_no_milestone_across_a_break():
    """A new method lifts numbers over thresholds that nobody passed."""
    points = [(day(0), 90), (day(1), 120), (day(2), 260)]

    assert [one.threshold for one in milestones(points, [day(1)])] == [200]


@given(values)
def test_a_threshold_is_the_highest_round_number_in_reach(value):
    """1, 2 or 5 and zeros, from 100 up; no other lies between it and the value."""
    round_ones = [f * 10**k for k in range(2, 9) for f in (1, 2, 5)]

    assert threshold(value) == max((r for r in round_ones if r <= value), default=None)


@given(series, cuts)
def test_every_milestone_was_seen(points, breaks):
    """Each is between two neighbours of the series, and above all that came before."""
    found = milestones(points, breaks)

    days = [at for at, _ in points]
    known = dict(points)
    for one in found:
        assert days.index(one.day) == days.index(one.before) + 1
        assert known[one.before] < one.threshold <= known[one.day] == one.value
        assert not any(one.before < cut <= one.day for cut in breaks)
        assert max(known[at] for at in days if at < one.day) < one.threshold
    thresholds = [one.threshold for one in found]
    assert thresholds == sorted(set(thresholds))


@given(series, series)
def test_points_that_follow_change_no_milestone(points, more):
    """The history goes on; what it reached stays reached on the same day."""
    later = [(at + timedelta(days=61), value) for at, value in more]

    assert milestones([*points, *later])[: len(milestones(points))] == milestones(
        points
    )


@given(series, cuts)
def test_read_day_by_day_both_ways_agree(points, breaks):
    """Where each day is read in its turn, what came to be known is what is known."""
    read = [
        Arrival(seen_at=MORNING + (at - FIRST), day=at, value=value)
        for at, value in points
    ]

    assert tuple(one.milestone for one in crossings(read, breaks)) == milestones(
        points, breaks
    )


@given(arrivals(), st.integers(0, 400), cuts)
def test_what_is_read_later_changes_no_crossing(read, hour, breaks):
    """Days of long ago, corrections, falls: told before is told for ever."""
    until = MORNING + timedelta(hours=hour)
    early = [one for one in read if one.seen_at <= until]

    before, after = crossings(early, breaks), crossings(read, breaks)

    assert after[: len(before)] == before
    assert all(one.seen_at > until for one in after[len(before) :])


@given(arrivals(), st.randoms(use_true_random=False))
def test_the_order_of_the_lines_is_no_matter(read, chance):
    """A history that was merged is in any order."""
    shuffled = list(read)
    chance.shuffle(shuffled)

    assert crossings(shuffled) == crossings(read)


def test_a_day_read_late_is_below_for_those_after_it():
    """A day of last week that was read only now is known from now on."""
    read = [
        Arrival(seen_at=MORNING, day=day(0), value=50),
        Arrival(seen_at=MORNING + timedelta(days=5), day=day(5), value=150),
        Arrival(seen_at=MORNING + timedelta(days=6), day=day(3), value=250),
    ]

    first, second = crossings(read)

    assert (first.milestone.threshold, first.milestone.before) == (100, day(0))
    assert (second.milestone.threshold, second.milestone.day) == (200, day(3))
    assert second.seen_at == MORNING + timedelta(days=6)


def test_what_may_have_lain_above_before_is_not_sure():
    """A lower bound below a threshold says nothing of the count itself."""
    exact, least = Exactness.EXACT, Exactness.AT_LEAST

    assert crossing_exactness(least, exact) is least
    assert crossing_exactness(exact, least) is exact
    assert crossing_exactness(exact, Exactness.ROUNDED) is Exactness.ESTIMATE
