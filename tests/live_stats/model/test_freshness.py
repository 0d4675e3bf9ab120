"""Age, judged against the last collection and never against the clock of the build."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from pelican.plugins.live_stats.model.freshness import (
    Condition,
    FreshnessState,
    Verdict,
    is_due,
    judge,
)
from pelican.plugins.live_stats.model.values import Exactness, Observation
from pelican.plugins.live_stats.storage.state import SeriesRecord

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


def judged(latest=READ, *, collected=None, fresh_for=HOUR, closed=None, **record):
    """The verdict; `record` has the fields of the state's record."""
    return judge(
        latest,
        SeriesRecord(**record),
        collected_at=collected,
        fresh_for=fresh_for,
        closed=closed,
    )


def shown(verdict: Verdict):
    return verdict.state, verdict.as_of, verdict.condition


def test_as_of_is_the_day_of_the_last_confirmation():
    """A value read once and confirmed since is as of its confirmation."""
    later = NOON + timedelta(days=3)

    verdict = judged(checked_at=later, collected=later)

    assert shown(verdict) == (FreshnessState.FRESH, date(2026, 11, 23), "fresh")


def test_a_lost_state_falls_back_on_the_observation():
    """Without the state nothing is invented: the day of the reading counts."""
    verdict = judge(READ, None, collected_at=None, fresh_for=HOUR)

    assert shown(verdict) == (FreshnessState.FRESH, date(2026, 11, 20), "fresh")
    assert verdict.age is None


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
    now = judged(checked_at=NOON, collected=NOON + age, fresh_for=fresh_for)

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
    verdict = judged(held=500, held_at=NOON)

    assert shown(verdict) == (FreshnessState.HELD, date(2026, 11, 20), "held")


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

    assert judged().confirmed_at == NOON
    assert judged(checked_at=earlier).confirmed_at == NOON
    assert judged(checked_at=later).confirmed_at == later


def test_a_state_without_history_has_no_number():
    """What was confirmed is not known any more, so it has no age and no day."""
    verdict = judged(None, checked_at=NOON, collected=NOON)

    assert shown(verdict) == (FreshnessState.NONE, None, "unread")
    assert verdict.age is None


def test_nothing_is_stale_without_a_collection():
    """The clock of the build decides nothing."""
    assert judged(checked_at=NOON).state is FreshnessState.FRESH


FAILED = {"failure": "no answer", "failed_at": NOON, "failing_since": NOON}


def test_a_fresh_value_is_not_failing():
    """The last attempt failed, but the value was confirmed a moment before."""
    confirmed = NOON - timedelta(minutes=30)
    old = replace(READ, observed_at=confirmed)
    verdict = judged(old, checked_at=confirmed, collected=NOON, **FAILED)

    assert verdict.condition is Condition.FRESH
    assert verdict.failure == "no answer"


def test_a_value_that_could_not_be_confirmed_for_days_is_failing():
    """A page says how old it is, and an operator is told why."""
    before = NOON - timedelta(days=3)
    old = replace(READ, observed_at=before)
    verdict = judged(old, checked_at=before, collected=NOON, **FAILED)

    assert shown(verdict) == (FreshnessState.STALE, before.date(), "failing")


def test_what_was_read_elsewhere_ends_a_failure_and_a_hold():
    """A line merged from another clone is later than what our own state knows."""
    merged = replace(READ, observed_at=NOON + HOUR)
    held = judged(merged, collected=NOON, held=500, held_at=NOON, **FAILED)

    assert shown(held) == (FreshnessState.FRESH, date(2026, 11, 20), "fresh")
    assert (held.failure, held.failed_at, held.held) == ("", None, None)
    assert held.age == timedelta(0)


def test_a_clock_that_was_ahead_keeps_nothing_fresh():
    """A confirmation after the last collection, or after failures, was before them."""
    ahead, before = NOON + timedelta(days=30), NOON - timedelta(days=3)
    old = replace(READ, observed_at=before)
    record = FAILED | {"failing_since": before, "checked_at": ahead}
    verdict = judged(old, collected=NOON, **record)

    assert shown(verdict) == (FreshnessState.STALE, before.date(), "failing")
    assert judged(old, collected=NOON, checked_at=ahead).as_of == NOON.date()


def test_due_is_when_the_planner_fetches_it():
    """The later of freshness and pause; none where the next collection fetches it."""
    retry = NOON + timedelta(minutes=15)

    assert judged(checked_at=NOON, collected=NOON).due_at == NOON + HOUR
    assert judged(checked_at=NOON, retry_at=retry).due_at == NOON + HOUR
    assert judged(retry_at=retry).due_at == retry
    assert judged().due_at is None
    assert judged(closed=FreshnessState.RETIRED, checked_at=NOON).due_at is None
