"""What no waiting mends: told once, and not asked for again for days."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from pelican.plugins.live_stats.cli.report import _line
from pelican.plugins.live_stats.collection.health import Condition, health_of
from pelican.plugins.live_stats.model.errors import NotFound
from pelican.plugins.live_stats.model.freshness import MAX_REST, is_due
from pelican.plugins.live_stats.model.settings import Settings
from support.desk import NOON

LIKES = "x/post/1/likes"
WEEK = timedelta(days=7)
HOUR = timedelta(hours=1)


@pytest.fixture
def gone(monkeypatch, platforms):
    """What X does not find rests for a week."""
    monkeypatch.setattr(NotFound, "rests", WEEK)
    platforms.trouble["api.x.com"] = 404


def asked_at(desk, platforms, hours, **how):
    """Whether a collection so many hours later sends a request, and its report."""
    before = len(platforms.asked)
    at = NOON + timedelta(hours=hours)
    report = desk.collect(LIKES, at=at, **how)["x"]
    return len(platforms.asked) > before, report


def test_the_platform_tells_it_once_and_then_in_short(desk, platforms, gone):
    """The first report has the reason; the next ones a line without it. Where the
    figure is written is said each time."""
    asked, report = asked_at(desk, platforms, 0)
    assert asked and LIKES in report.failing

    for hours in (1, 25, 167):
        asked, report = asked_at(desk, platforms, hours)
        assert not asked and LIKES in report.failing and not report.failures
        assert "1 number not asked until 1 December" in _line(report)
    asked, report = asked_at(desk, platforms, 168)
    assert asked and LIKES in report.failing


def test_the_status_goes_on_telling_it(desk, platforms, gone):
    """Who looks there sees the reason, and when it is asked again."""
    asked_at(desk, platforms, 0)
    asked_at(desk, platforms, 30)

    ((series,),) = (
        one.series for one in health_of([LIKES], desk.history, desk.state, Settings())
    )
    assert series.condition == Condition.FAILING and series.failure
    assert series.due_at == NOON + WEEK


def test_whoever_wants_to_know_is_answered_at_once(desk, platforms, gone):
    """`refresh --all` asks, whatever rests."""
    asked_at(desk, platforms, 0)

    asked, report = asked_at(desk, platforms, 1, everything=True)

    assert asked and LIKES in report.failing


def test_other_keys_are_tried_at_once(desk, platforms, gone, tmp_path):
    """And the state, which may be published, holds nothing of a key."""
    asked_at(desk, platforms, 0, env={"X_BEARER_TOKEN": "0ne-s3cret"})
    desk.state.save(tmp_path)
    assert "s3cret" not in (tmp_path / "state.jsonl").read_text()

    asked, _ = asked_at(desk, platforms, 1, env={"X_BEARER_TOKEN": "another"})
    assert asked
    asked, _ = asked_at(desk, platforms, 2, env={"X_BEARER_TOKEN": "another"})
    assert not asked


def test_a_reference_that_was_mended_is_asked_at_once(desk, platforms, gone):
    """The rest is that of one series."""
    asked_at(desk, platforms, 0)
    platforms.trouble.clear()

    desk.collect("x/post/2/likes", at=NOON + HOUR)

    assert desk.values("x/post/2/likes")


def test_what_is_back_is_forgotten(desk, platforms, gone):
    """After an answer nothing of the rest is left."""
    asked_at(desk, platforms, 0)
    platforms.trouble.clear()
    desk.collect(LIKES, at=NOON + WEEK)

    record = desk.state.series[LIKES]
    assert (record.retry_at, record.asked_at, record.key) == (None, None, "")
    asked, report = asked_at(desk, platforms, 24 * 8)
    assert asked and not report.resting


def test_a_limit_in_between_hides_no_reason(desk, platforms, gone):
    """What is gone is still gone where a limit kept it from being asked."""
    asked_at(desk, platforms, 0)
    known = desk.state.series[LIKES].failure

    asked_at(desk, platforms, 200, requests={"x": 0})

    assert desk.state.series[LIKES].failure == known


@pytest.mark.parametrize(
    ("failed", "rest", "due"),
    [
        (timedelta(0), WEEK, False),
        (-WEEK + HOUR, WEEK, False),
        (-WEEK, WEEK, True),
        (timedelta(days=400), WEEK, True),  # the clock was a year ahead
        (timedelta(0), timedelta(days=4000), True),  # nobody rests so long
        (timedelta(0), MAX_REST, False),
    ],
)
def test_a_rest_is_bounded_by_itself(failed, rest, due):
    """A clock that was wrong keeps nobody silent for longer than a rest may last."""
    retry_at: datetime = NOON + failed + rest

    assert is_due(None, NOON, HOUR, retry_at, rest) is due


def test_what_another_machine_has_read_is_held_no_longer(desk, platforms):
    """Its line came by a merge; nothing is said any more of the reading that waited."""
    desk.collect(LIKES, at=NOON)
    platforms.counts["post"] = 10
    report = desk.collect(LIKES, at=NOON + HOUR, everything=True)["x"]
    assert "make accept" in report.failing[LIKES]

    read = replace(desk.history.latest(LIKES), observed_at=NOON + HOUR * 1.1, value=9)
    desk.history.append([read])

    report = desk.collect(LIKES, at=NOON + HOUR * 1.2)["x"]
    assert not report.failing and not report.failed_before
