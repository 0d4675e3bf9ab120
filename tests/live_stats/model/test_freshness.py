"""Age, judged against the last collection and never against the clock of the build."""

from datetime import UTC, date, datetime, timedelta

import pytest

from pelican.plugins.live_stats.model.freshness import (
    Freshness,
    FreshnessState,
    confirmed_at,
    freshness_of,
    is_due,
    is_stale,
)
from pelican.plugins.live_stats.model.values import Exactness, Observation

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
READ = Observation(
    series="x/post/1/likes",
    value=1,
    exactness=Exactness.EXACT,
    span=None,
    observed_at=NOON,
    source="https://example.org/",
)


def judged(
    latest=READ,
    *,
    checked=None,
    collected=None,
    fresh_for=HOUR,
    closed=None,
    held=False,
):
    return freshness_of(
        latest,
        checked_at=checked,
        collected_at=collected,
        fresh_for=fresh_for,
        closed=closed,
        held=held,
    )


def test_as_of_is_the_day_of_the_last_confirmation():
    """A value read once and confirmed since is as of its confirmation."""
    later = NOON + timedelta(days=3)

    assert judged(checked=later, collected=later) == Freshness(
        state=FreshnessState.FRESH, as_of=date(2026, 11, 23)
    )


def test_a_lost_state_falls_back_on_the_observation():
    """Without the state nothing is invented: the day of the reading counts."""
    assert judged() == Freshness(state=FreshnessState.FRESH, as_of=date(2026, 11, 20))


@pytest.mark.parametrize(
    ("age", "fresh_for", "state"),
    [
        (timedelta(hours=24), HOUR, FreshnessState.FRESH),
        (timedelta(hours=25), HOUR, FreshnessState.STALE),
        (timedelta(hours=25), timedelta(days=2), FreshnessState.FRESH),
        (timedelta(days=3), timedelta(days=2), FreshnessState.STALE),
    ],
)
def test_stale_is_what_the_last_collection_could_not_confirm(age, fresh_for, state):
    """Older than its freshness, and than a day, when it was last asked in vain."""
    now = judged(checked=NOON, collected=NOON + age, fresh_for=fresh_for)

    assert now.state is state


def test_nothing_read_and_nothing_to_read_are_told_apart():
    """No reading yet is not the same as no number published."""
    assert judged(None).state is FreshnessState.NONE
    assert judged(None, closed=FreshnessState.RETIRED).state is FreshnessState.RETIRED
    assert (
        judged(None, closed=FreshnessState.UNAVAILABLE).state
        is FreshnessState.UNAVAILABLE
    )


def test_a_held_reading_shows_on_the_last_good_one():
    """It stands with its date, and looks different from a fresh one."""
    assert judged(held=True) == Freshness(
        state=FreshnessState.HELD, as_of=date(2026, 11, 20)
    )


def test_due_by_the_last_confirmation():
    """Asked again when the answer has aged; a clock set back does not silence us."""
    assert is_due(None, NOON, HOUR)
    assert not is_due(NOON, NOON + timedelta(minutes=59), HOUR)
    assert is_due(NOON, NOON + HOUR, HOUR)
    assert is_due(NOON, NOON - timedelta(days=1), HOUR)


def test_what_has_just_failed_is_left_alone_for_a_while():
    """An answer that was no number is not asked for again every minute."""
    soon = NOON + timedelta(minutes=15)

    assert not is_due(None, NOON, HOUR, soon)
    assert is_due(None, soon, HOUR, soon)
    assert is_due(None, NOON - timedelta(days=8), HOUR, soon)


def test_the_latest_of_both_times_is_the_confirmation():
    """The state may be lost, or older than a history that was merged."""
    earlier, later = NOON - timedelta(days=1), NOON + timedelta(days=1)

    assert confirmed_at(READ, None) == NOON
    assert confirmed_at(READ, earlier) == NOON
    assert confirmed_at(READ, later) == later
    assert confirmed_at(None, later) == later
    assert confirmed_at(None, None) is None


def test_nothing_is_stale_without_a_collection():
    """The clock of the build decides nothing."""
    assert not is_stale(NOON, None, HOUR)
    assert is_stale(NOON, NOON + timedelta(days=2), HOUR)
