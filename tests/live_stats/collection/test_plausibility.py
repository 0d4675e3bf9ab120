"""Implausible readings: held, believed when they come again, and decided about."""

from datetime import UTC, datetime, timedelta

import pytest

from pelican.plugins.live_stats.collection.plausibility import accepts
from pelican.plugins.live_stats.model.values import Exactness, Observation, Span
from pelican.plugins.live_stats.storage.state import SeriesRecord
from support.desk import NOON as START

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
REPOSTS = "x/post/1/reposts"
MINUTE = timedelta(minutes=1)


def reading(value, *, hours=0.0, span=None):
    return Observation(
        series=REPOSTS,
        value=value,
        exactness=Exactness.EXACT,
        span=span,
        observed_at=NOON + timedelta(hours=hours),
        source="https://example.org/",
    )


@pytest.mark.parametrize(
    ("last", "new", "stored"),
    [
        (100, 50, True),
        (100, 49, False),
        (100, 2000, True),
        (100, 2001, False),
        (0, 5000, True),
        (5, 0, False),
    ],
)
def test_implausible_readings_are_held(last, new, stored):
    """A fall by more than half, or a rise to over 20 times, waits for confirmation."""
    asked = SeriesRecord()

    accepted = accepts(asked, reading(last), reading(new))

    assert accepted is stored
    assert (asked.held == new) is not stored


def test_a_window_may_fall_to_nothing():
    """Silence is news: the count of a few days can be 0 after a storm."""
    week = Span.before(NOON.date(), 7)

    assert accepts(SeriesRecord(), reading(100, span=week), reading(0, span=week))


def test_the_same_again_an_hour_later_is_believed():
    """Held once, confirmed after an hour: stored."""
    asked = SeriesRecord()

    first = accepts(asked, reading(100), reading(9000))
    soon = accepts(asked, reading(100), reading(9000, hours=0.9))
    later = accepts(asked, reading(100), reading(9000, hours=1))

    assert (first, soon, later) == (False, False, True)
    assert asked.held is None


def test_another_value_starts_the_hour_anew():
    """Two different implausible values confirm nothing."""
    asked = SeriesRecord()
    accepts(asked, reading(100), reading(9000))

    accepts(asked, reading(100), reading(9001, hours=2))

    assert asked.held == 9001
    assert asked.held_at == NOON + timedelta(hours=2)


def test_the_author_accepts_it_at_once():
    """A person's word counts as the confirmation."""
    asked = SeriesRecord()
    accepts(asked, reading(100), reading(9000))
    asked.accepted = True

    assert accepts(asked, reading(100), reading(9000, hours=0.1))
    assert not asked.accepted


def test_the_number_of_a_moment_may_be_anything():
    """Visitors of this moment: 3 at night, 200 at noon, none in between."""
    asked = SeriesRecord()

    assert accepts(asked, reading(3), reading(200), live=True)
    assert accepts(asked, reading(200), reading(0), live=True)


def test_what_was_accepted_is_that_value_and_no_other():
    """The author has seen 9000; who reads 9001 then has seen something else."""
    asked = SeriesRecord()
    accepts(asked, reading(100), reading(9000))
    asked.accepted = True

    assert not accepts(asked, reading(100), reading(9001))
    assert not accepts(asked, reading(100), reading(9001, hours=0.1))


def test_a_plausible_reading_of_another_machine_ends_the_hour():
    """Held, then stored elsewhere something plausible: the glitch begins anew."""
    asked = SeriesRecord()
    accepts(asked, reading(100), reading(9000))

    assert not accepts(asked, reading(101, hours=0.5), reading(9000, hours=1.1))
    assert accepts(asked, reading(101, hours=0.5), reading(9000, hours=2.2))


@pytest.fixture
def held(desk, platforms):
    """A desk whose last reading of `REPOSTS` is held: 24, after 24,318."""
    desk.collect(REPOSTS)
    platforms.counts["post"] = 24
    desk.collect(REPOSTS, at=START + MINUTE, everything=True)
    assert desk.state.series[REPOSTS].held == 24
    platforms.asked.clear()
    return desk


def test_a_rejected_reading_is_no_news_when_it_comes_again(held, platforms):
    """It is neither stored nor told, however often the platform gives it; and it is
    asked for again when the number would be anyway, not at every turn."""
    held.decide("rejected", REPOSTS, at=START + 2 * MINUTE)

    for hours in (1, 25, 26, 48, 50):
        reports = held.collect(REPOSTS, at=START + timedelta(hours=hours))
        assert reports["x"].failures == [] and reports["x"].failing == {}
        assert held.state.series[REPOSTS].held is None
    assert held.values(REPOSTS) == [24318]
    assert len(platforms.asked) == 2  # X is asked once a day

    platforms.counts["post"] = 25_000
    held.collect(REPOSTS, at=START + timedelta(hours=75))
    assert held.values(REPOSTS) == [24318, 25000]


def test_another_reading_after_a_rejected_one_is_judged_anew(held, platforms):
    """The author has said nothing about 25."""
    held.decide("rejected", REPOSTS, at=START + 2 * MINUTE)
    platforms.counts["post"] = 25

    reports = held.collect(REPOSTS, at=START + timedelta(hours=25))

    assert held.state.series[REPOSTS].held == 25
    assert "25 is implausible" in reports["x"].failures[0]


def test_a_rejected_reading_may_be_accepted_after_all(held, platforms):
    """Whoever rejected it in haste takes it back."""
    held.decide("rejected", REPOSTS, at=START + 2 * MINUTE)
    held.decide("accepted", REPOSTS, at=START + 3 * MINUTE)

    held.collect(REPOSTS, at=START + 4 * MINUTE)

    assert held.values(REPOSTS) == [24318, 24]
    assert held.state.series[REPOSTS].rejected == frozenset()


def test_a_decision_of_a_late_clock_counts(held):
    """The desk's clock is an hour late: its decision still follows what it is about."""
    held.decide("accepted", REPOSTS, at=START - timedelta(hours=1))
    held.restart()

    held.collect(REPOSTS, at=START + 2 * MINUTE)

    assert held.values(REPOSTS) == [24318, 24]


def test_an_accepted_reading_is_asked_for_once_at_once(held, platforms):
    """Not before its time again where the platform fails then."""
    held.decide("accepted", REPOSTS, at=START + 2 * MINUTE)
    platforms.trouble["api.x.com"] = 500

    for minutes in (3, 4, 5):
        held.collect(REPOSTS, at=START + minutes * MINUTE)

    assert len(platforms.asked) == 1
