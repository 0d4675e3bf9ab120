"""The state: safe to lose, and where implausible readings wait."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from pelican.plugins.live_stats.collection.plausibility import accepts
from pelican.plugins.live_stats.model.errors import Mistakes
from pelican.plugins.live_stats.model.values import Exactness, Observation, Span
from pelican.plugins.live_stats.storage.state import (
    CollectionState,
    PlatformRecord,
    SeriesRecord,
)

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
    state = CollectionState(collected_at=NOON)
    state.series["x/post/1/likes"] = SeriesRecord(
        checked_at=NOON, failure="no answer", failed_at=NOON, held=0, held_at=NOON
    )
    state.series["x/post/1/reposts"] = SeriesRecord(failing_since=NOON, etag='a "1"')
    state.platforms["x"] = PlatformRecord(
        answered_at=NOON, failure="no", failed_at=NOON
    )
    state.hosts["api.x.com"] = NOON
    state.spent["x"] = {"dollars": {"2026-11-20": "0.015"}}

    written = state.save(tmp_path / "state.json")
    again = CollectionState.load(tmp_path / "state.json")

    assert written and again == state
    assert not again.save(tmp_path / "state.json")


SPOILT = [
    ("", 1, "Expecting value"),
    ('{"version": 2,\n "series": {', 2, "Expecting"),
    ("\ufeff{}", 1, "BOM"),
    ("\x80", 0, "invalid start byte"),
    ("[" * 100_000, 0, "other kinds"),
    ("[]", 0, "other kinds"),
    ("{}", 0, "other kinds"),
    ('{"version": 99}', 0, "its version is 99, not 2"),
    ('{"version": 1, "series": [1]}', 0, "other kinds"),
    ('{"version": 2, "series": {"a": {"held": "9"}}}', 0, "its held is '9'"),
    ('{"version": 2, "series": {"a": {"etag": 9}}}', 0, "its etag is 9"),
    ('{"version": 2, "series": {"a": {"checked_at": "noon"}}}', 0, "noon"),
    ('{"version": 2, "series": {}, "hosts": {"a": "2026-11-20T12:00:00"}}', 0, "2026"),
    (
        '{"version": 2, "series": {}, "collected_at": "9999-12-31T23:59:59-09:00"}',
        0,
        "",
    ),
    ('{"version": 2, "series": {}, "spent": {"x": {"dollars": 1}}}', 0, "other kinds"),
]


@pytest.mark.parametrize(("text", "line", "why"), SPOILT)
def test_a_spoilt_state_is_an_empty_one_and_is_kept(tmp_path, text, line, why):
    """Losing the state loses no reading, so nothing stops for it. But it is said, and
    what was spent can still be read in the file that was put aside."""
    path, spoilt = (
        tmp_path / "state.json",
        text.encode("latin-1" if text == "\x80" else "utf-8"),
    )
    path.write_bytes(spoilt)

    state = CollectionState.load(path, "content/data/state.json")

    assert state.damaged.path == "content/data/state.json"
    assert state.damaged.line == line and why in state.damaged.what
    assert "aside as state.json.damaged" in state.damaged.mend
    assert (
        replace(state, damaged=None) == CollectionState()
        and path.read_bytes() == spoilt
    )
    assert state.save(path)
    assert CollectionState.load(path) == CollectionState()
    assert (tmp_path / "state.json.damaged").read_bytes() == spoilt


def test_what_was_put_aside_is_never_written_over(tmp_path):
    """Two accidents leave two files."""
    path = tmp_path / "state.json"
    for text in ("one", "two"):
        path.write_text(text)
        CollectionState.load(path).save(path)

    names = ("state.json.damaged", "state.json.damaged2")
    assert [(tmp_path / name).read_text() for name in names] == ["one", "two"]


ENTRY = '{\n "version": 2,\n "series": {}\n}\n'
SIDES = '<<<<<<< HEAD\n "series": {},\n=======\n "series": {"a": {}},\n>>>>>>> b\n'


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (f'{{\n{SIDES} "version": 2\n}}\n', 2),
        (f'{{\n{SIDES} "version": 2\n}}\n'.replace("\n", "\r\n"), 2),
        (f"<<<<<<< HEAD\n{ENTRY}||||||| 1a2b3c\n{ENTRY}=======\n{ENTRY}>>>>>>> b", 1),
        (f"{ENTRY}=======\n{ENTRY}", 5),
        (f"{ENTRY}>>>>>>> b", 5),
        (f"{ENTRY}<<<<<<<<<<<<<<<< HEAD\n", 5),
    ],
)
def test_conflict_markers_stop_with_their_line(tmp_path, text, line):
    """A person has both sides before them: neither is thrown away without a word."""
    path = tmp_path / "state.json"
    path.write_bytes(text.encode())

    with pytest.raises(Mistakes) as caught:
        CollectionState.load(path, "content/data/state.json")

    assert str(caught.value) == (
        f"content/data/state.json:{line}: a merge has left both sides in this file; "
        "keep one of them, or delete the file: it is safe to lose"
    )
    assert path.read_bytes() == text.encode()


def test_a_state_that_we_may_not_read_stops_as_well(tmp_path):
    """A folder in its place stands for all that the system refuses."""
    (tmp_path / "state.json").mkdir()

    with pytest.raises(Mistakes, match="cannot be read .*; .*safe to lose"):
        CollectionState.load(tmp_path / "state.json")


def test_no_state_at_all_is_an_empty_one(tmp_path):
    """A new clone has none, nor the folder for it."""
    path = tmp_path / "content/data/state.json"

    assert CollectionState.load(path) == CollectionState()
    assert CollectionState().save(path)


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


def test_an_older_state_is_read(tmp_path):
    """What the version before wrote down is not lost."""
    (tmp_path / "state.json").write_text(
        '{"version": 1, "collected_at": "2026-11-20T12:00:00Z", "series": '
        '{"x/post/1/likes": {"checked_at": "2026-11-20T12:00:00Z"}}}'
    )

    state = CollectionState.load(tmp_path / "state.json")

    assert state.collected_at == NOON
    assert state.series["x/post/1/likes"].checked_at == NOON
