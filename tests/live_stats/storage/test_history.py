"""The history: appended, never lost, the same in any order."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pelican.plugins.live_stats.model.errors import Mistakes
from pelican.plugins.live_stats.model.values import Exactness, Observation, Span
from pelican.plugins.live_stats.storage.history import History, decode, encode

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
LIKES = "x/post/1/likes"
WEEK = "x/tag/metoo/posts@7d"


def observation(value=1, *, series=LIKES, at=NOON, span=None):
    return Observation(
        series=series,
        value=value,
        exactness=Exactness.EXACT,
        span=span,
        observed_at=at,
        source="https://example.org/",
    )


observations = st.builds(
    observation,
    st.integers(0, 10**15),
    series=st.sampled_from([LIKES, WEEK, "wikipedia/article/Caf%C3%A9/views@30d"]),
    at=st.datetimes(datetime(2020, 1, 1), datetime(2027, 1, 1)).map(
        lambda time: time.replace(microsecond=0, tzinfo=UTC)
    ),
    span=st.none()
    | st.dates(date(2020, 1, 1), date(2026, 1, 1)).map(
        lambda day: Span(start=day, end=day + timedelta(days=6))
    ),
)


@given(observations)
def test_a_line_reads_back_as_it_was_written(one):
    """Encoding loses nothing: value, exactness, span, time, source."""
    assert decode(encode(one)) == one


def test_a_line_is_compact_with_sorted_keys():
    """Lines make small diffs: sorted keys, no spaces, every key always there."""
    line = encode(observation(7))

    assert list(json.loads(line)) == sorted(json.loads(line))
    assert line.startswith('{"exactness":"exact","from":null,"observed_at":"2026-')
    assert line.endswith('"series":"x/post/1/likes","source":"https://example.org/",'
                         '"to":null,"value":7}')  # fmt: skip


@given(rows=st.lists(observations, max_size=12), seed=st.randoms())
def test_order_and_repetition_of_lines_do_not_matter(tmp_path_factory, rows, seed):
    """Merges shuffle and repeat lines; what is read is the same."""
    lines = [encode(row) for row in rows]
    one, other = (tmp_path_factory.mktemp("history") for _ in range(2))
    (one / "2026-11.jsonl").write_text("".join(f"{line}\n" for line in lines))
    shuffled = lines * 2
    seed.shuffle(shuffled)
    (other / "2026-11.jsonl").write_text("".join(f"{line}\n" for line in shuffled))

    read, again = History.load(one), History.load(other)

    for row in rows:
        assert read.of(row.series) == again.of(row.series)


@given(whole=st.lists(observations, min_size=1, max_size=5), cut=st.integers(1, 60))
def test_a_torn_last_line_costs_only_itself(tmp_path_factory, whole, cut):
    """A builder killed while writing loses the line it had not reported as stored."""
    folder = tmp_path_factory.mktemp("history")
    file = folder / "2026-11.jsonl"
    torn = encode(observation(99, series="x/post/2/likes"))[:-cut]
    file.write_text("".join(f"{encode(row)}\n" for row in whole) + torn)

    history = History.load(folder)
    stored = history.append([observation(5, series="x/post/3/likes")])

    again = History.load(folder)
    assert stored == [observation(5, series="x/post/3/likes")]
    assert again.of("x/post/3/likes") == tuple(stored)
    assert again.of("x/post/2/likes") == ()
    for row in whole:
        assert row in again.of(row.series)


def test_a_last_line_without_its_newline_is_kept(tmp_path):
    """An editor that left out the newline loses nothing."""
    (tmp_path / "2026-11.jsonl").write_text(encode(observation(3)))

    History.load(tmp_path).append([observation(4, at=NOON + timedelta(hours=1))])

    values = [one.value for one in History.load(tmp_path).of(LIKES)]
    assert values == [3, 4]


def test_a_spoilt_line_is_named_and_kept(tmp_path):
    """Merge markers and typing errors stop the build with file and line."""
    file = tmp_path / "2026-11.jsonl"
    file.write_text(f"<<<<<<< HEAD\n{encode(observation())}\n")

    with pytest.raises(Mistakes) as caught:
        History.load(tmp_path, shown_as="content/data/observations")

    (mistake,) = caught.value.mistakes
    assert (mistake.path, mistake.line) == (
        "content/data/observations/2026-11.jsonl",
        1,
    )
    assert file.read_text().startswith("<<<<<<<")


DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


@pytest.mark.parametrize(
    ("dates", "said"),
    [
        ({"observed_at": NOON + DAY}, ""),
        ({"observed_at": NOON + DAY + MINUTE}, "observed_at is 2026-11-21 12:01 UTC"),
        ({"observed_at": "2026-11-21T13:01:00+01:00"}, "observed_at is 2026-11-21 12"),
        ({"observed_at": "9999-12-31T23:59:59-01:00"}, "is no time in UTC"),
        ({"from": "2026-11-14", "to": "2026-11-21"}, ""),
        ({"from": "2026-11-14", "to": "2026-11-22"}, "to is 2026-11-22"),
        ({"from": "2026-11-22", "to": "2026-11-23"}, "from is 2026-11-22"),
        ({"from": "2026-11-14", "to": "9999-12-31"}, "to is 9999-12-31"),
        ({"from": "2026-11-14T00:00", "to": "2026-11-23T00:00"}, "to is 2026-11-22"),
    ],
)
@pytest.mark.parametrize("end", ["\n", ""])
def test_a_line_dated_ahead_is_named(tmp_path, dates, said, end):
    """By more than a day, whichever of its dates; it would outlast all that is read."""
    line = json.loads(encode(observation()))
    line |= {
        key: getattr(day, "isoformat", lambda d=day: d)() for key, day in dates.items()
    }
    text = f"{encode(observation())}\n{json.dumps(line)}{end}"
    (tmp_path / "2026-11.jsonl").write_text(text)

    if not said:
        assert History.load(tmp_path, now=NOON).of(LIKES)
        return
    if "no time" in said and not end:
        return  # a last line that was torn by a kill may hold anything
    with pytest.raises(Mistakes) as caught:
        History.load(tmp_path, now=NOON)

    (mistake,) = caught.value.mistakes
    assert mistake.line == 2
    assert said in mistake.what and "or delete the line" in mistake.mend


@pytest.mark.parametrize("value", [-1, 2**63, 1.5, True, None, "12"])
def test_what_is_no_count_is_no_observation(value):
    """Only whole numbers from 0 are counts."""
    line = json.loads(encode(observation())) | {"value": value}

    with pytest.raises((ValueError, TypeError)):
        decode(json.dumps(line))


def test_a_span_written_with_times_is_read():
    """Another builder's midnights mean the same days."""
    line = json.loads(encode(observation()))
    line |= {"from": "2026-11-18T00:00:00+00:00", "to": "2026-11-24T00:00:00+00:00"}

    assert decode(json.dumps(line)).span == Span.before(date(2026, 11, 24), 6)


def test_written_on_change_only(tmp_path):
    """The same value again is not written again; another one is."""
    history = History(tmp_path)
    history.append([observation(7)])

    same = history.append([observation(7, at=NOON + timedelta(days=1))])
    other = history.append([observation(8, at=NOON + timedelta(days=2))])
    back = history.append([observation(7, at=NOON + timedelta(days=3))])

    assert (same, len(other), len(back)) == ([], 1, 1)
    assert [one.value for one in history.of(LIKES)] == [7, 8, 7]


def test_a_day_of_a_series_is_stored_once(tmp_path):
    """A complete day that every reply repeats makes one line."""
    day = Span.day(date(2026, 11, 18))
    history = History(tmp_path)

    for hours in range(3):
        at = NOON + timedelta(hours=hours)
        history.append([observation(5, series=WEEK, at=at, span=day)])

    text = (tmp_path / "2026-11.jsonl").read_text()
    assert text.count("\n") == 1


def test_the_latest_window_is_the_one_that_ends_last(tmp_path):
    """Days stored in one go are ordered by the day they cover."""
    spans = [Span.day(date(2026, 11, day)) for day in (17, 19, 18)]
    history = History(tmp_path)
    history.append(
        observation(n, series=WEEK, span=span) for n, span in enumerate(spans)
    )

    assert history.latest(WEEK).span == spans[1]


def test_lines_lie_in_the_file_of_their_month(tmp_path):
    """One file a month, by the time of observing."""
    at = datetime(2026, 12, 1, tzinfo=UTC)
    History(tmp_path).append([observation(1), observation(2, at=at)])

    assert sorted(file.name for file in tmp_path.iterdir()) == [
        "2026-11.jsonl",
        "2026-12.jsonl",
    ]
