"""The state: safe to lose, and where implausible readings wait."""

from datetime import UTC, datetime, timedelta

import pytest

from live_stats.model import Exactness, Observation, Span
from live_stats.plausible import accepts
from live_stats.state import Asked, Health, State

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def reading(value, *, hours=0.0, span=None):
    return Observation(
        series="x/post/1/likes",
        value=value,
        exactness=Exactness.EXACT,
        span=span,
        observed_at=NOON + timedelta(hours=hours),
        source="https://example.org/",
    )


def test_state_survives_the_disk(tmp_path):
    """What is saved is what is loaded, and saving it again writes nothing."""
    state = State(collected_at=NOON)
    state.series["x/post/1/likes"] = Asked(
        checked_at=NOON, failure="no answer", failed_at=NOON, held=0, held_at=NOON
    )
    state.series["x/post/1/reposts"] = Asked(failing_since=NOON, etag='a "1"')
    state.platforms["x"] = Health(answered_at=NOON, failure="no", failed_at=NOON)
    state.hosts["api.x.com"] = NOON
    state.spent["x"] = {"dollars": {"2026-11-20": "0.015"}}

    written = state.save(tmp_path / "state.json")
    again = State.load(tmp_path / "state.json")

    assert written and again == state
    assert not again.save(tmp_path / "state.json")


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"version": 99}', '{"version": 1, "series": [1]}']
)
def test_a_spoilt_state_is_an_empty_one(tmp_path, text):
    """Losing the state loses no reading, so nothing stops for it."""
    (tmp_path / "state.json").write_text(text)

    assert State.load(tmp_path / "state.json") == State()


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
    asked = Asked()

    accepted = accepts(asked, reading(last), reading(new))

    assert accepted is stored
    assert (asked.held == new) is not stored


def test_a_window_may_fall_to_nothing():
    """Silence is news: the count of a few days can be 0 after a storm."""
    week = Span.before(NOON.date(), 7)

    assert accepts(Asked(), reading(100, span=week), reading(0, span=week))


def test_the_same_again_an_hour_later_is_believed():
    """Held once, confirmed after an hour: stored."""
    asked = Asked()

    first = accepts(asked, reading(100), reading(9000))
    soon = accepts(asked, reading(100), reading(9000, hours=0.9))
    later = accepts(asked, reading(100), reading(9000, hours=1))

    assert (first, soon, later) == (False, False, True)
    assert asked.held is None


def test_another_value_starts_the_hour_anew():
    """Two different implausible values confirm nothing."""
    asked = Asked()
    accepts(asked, reading(100), reading(9000))

    accepts(asked, reading(100), reading(9001, hours=2))

    assert asked.held == 9001
    assert asked.held_at == NOON + timedelta(hours=2)


def test_the_author_accepts_it_at_once():
    """A person's word counts as the confirmation."""
    asked = Asked()
    accepts(asked, reading(100), reading(9000))
    asked.accepted = True

    assert accepts(asked, reading(100), reading(9000, hours=0.1))
    assert not asked.accepted


def test_the_number_of_a_moment_may_be_anything():
    """Visitors of this moment: 3 at night, 200 at noon, none in between."""
    asked = Asked()

    assert accepts(asked, reading(3), reading(200), live=True)
    assert accepts(asked, reading(200), reading(0), live=True)


def test_an_older_state_is_read(tmp_path):
    """What the version before wrote down is not lost."""
    (tmp_path / "state.json").write_text(
        '{"version": 1, "collected_at": "2026-11-20T12:00:00Z", "series": '
        '{"x/post/1/likes": {"checked_at": "2026-11-20T12:00:00Z"}}}'
    )

    state = State.load(tmp_path / "state.json")

    assert state.collected_at == NOON
    assert state.series["x/post/1/likes"].checked_at == NOON
