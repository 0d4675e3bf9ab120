"""The history as data: each format says the same, whatever the numbers are."""

import csv
import io
import json
import sqlite3
from datetime import UTC, date, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from pelican.plugins.live_stats.model.values import Exactness, Observation, Span
from pelican.plugins.live_stats.rendering.exports import history_tables

SERIES = [
    "mastodon/tag/metoo/posts@6d",
    "mastodon@fosstodon.org/tag/metoo/posts@6d",
    "x/post/919659438700670976/reposts",
    "wikipedia/article/Me%2FToo%2C%20%22a%22/views@1d",
    "closed/tag/metoo/posts",  # of a platform that nobody declares any more
]
DAYS = st.dates(date(2000, 1, 1), date(2090, 1, 1))
SPANS = st.one_of(st.none(), DAYS.map(Span.day))
OBSERVATIONS = st.lists(
    st.builds(
        Observation,
        series=st.sampled_from(SERIES),
        value=st.integers(0, 2**62),
        exactness=st.sampled_from(list(Exactness)),
        span=SPANS,
        observed_at=st.datetimes(
            datetime(2000, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC)
        ).map(lambda at: at.replace(microsecond=0)),
        source=st.sampled_from(
            ["https://a.example/?q=1,2", 'https://b.example/"x"', "é\n"]
        ),
    )
)


def database(data):
    made = sqlite3.connect(":memory:")
    made.deserialize(data)
    return made


@given(OBSERVATIONS)
def test_three_formats_say_the_same(observations):
    """Each row is an observation, in order, in CSV, JSON and SQLite alike."""
    rows = list(
        csv.DictReader(io.StringIO(history_tables.as_csv(observations).decode()))
    )
    objects = json.loads(history_tables.as_json(observations))
    columns = 'series, value, exactness, "from", "to", observed_at, source'
    table = database(history_tables.as_sqlite(observations)).execute(
        f"select {columns} from observations order by id"
    )

    assert [row["series"] for row in rows] == [one.series for one in observations]
    assert [int(row["value"]) for row in rows] == [one.value for one in observations]
    assert [{k: v or "" for k, v in row.items()} for row in rows] == [
        {k: "" if v is None else str(v) for k, v in one.items()} for one in objects
    ]
    assert list(table) == [
        tuple(one[key.strip().strip('"')] for key in columns.split(","))
        for one in objects
    ]


@settings(max_examples=30)
@given(OBSERVATIONS)
def test_an_object_has_the_columns_in_their_order(observations):
    """And nothing else; it is as short as JSON can be."""
    for one in observations:
        line = history_tables.as_line(one).decode()
        entry = json.loads(line)

        assert tuple(entry) == history_tables.COLUMNS
        assert line == json.dumps(entry, ensure_ascii=False, separators=(",", ":"))


@given(OBSERVATIONS)
def test_the_same_history_gives_the_same_bytes(observations):
    """So nothing is written where nothing was read."""
    for make in (
        history_tables.as_csv,
        history_tables.as_json,
        history_tables.as_sqlite,
    ):
        assert make(observations) == make(list(observations))


def one(value, **changed):
    usual = {
        "series": SERIES[0],
        "exactness": Exactness.EXACT,
        "span": Span(start=date(2026, 11, 18), end=date(2026, 11, 23)),
        "observed_at": datetime(2026, 11, 24, 12, tzinfo=UTC),
        "source": "https://mastodon.social/tags/metoo",
    }
    return Observation(value=value, **usual | changed)


def test_a_row_says_what_is_counted_where_and_when():
    """The parts of the series stand in columns of their own; days are both included."""
    (row,) = json.loads(history_tables.as_json([one(1840)]))

    assert row == {
        "series": "mastodon/tag/metoo/posts@6d",
        "platform": "mastodon",
        "server": "mastodon.social",
        "kind": "tag",
        "subject": "metoo",
        "metric": "posts",
        "window_days": 6,
        "value": 1840,
        "exactness": "exact",
        "from": "2026-11-18",
        "to": "2026-11-23",
        "observed_at": "2026-11-24T12:00:00Z",
        "source": "https://mastodon.social/tags/metoo",
    }


def test_the_database_explains_its_series_and_knows_the_latest():
    """A reader of the database alone learns what is counted, and the last number."""
    made = database(
        history_tables.as_sqlite([one(1840), one(1900), one(7, series=SERIES[4])])
    )

    label, scope, caveat = made.execute(
        "select label, scope, caveat from series where series = ?", (SERIES[0],)
    ).fetchone()
    latest = made.execute("select series, value from latest order by value").fetchall()

    assert label == "Mastodon" and "mastodon.social" in scope and caveat
    assert latest == [(SERIES[4], 7), (SERIES[0], 1900)]


def test_a_spreadsheet_runs_no_cell():
    """A subject that looks like a formula is text in CSV, and as it is elsewhere."""
    one = Observation(
        series="youtube/video/-abc1234567/views",
        value=7,
        exactness=Exactness.EXACT,
        span=None,
        observed_at=datetime(2026, 11, 24, tzinfo=UTC),
        source="https://example.org/",
    )

    (row,) = csv.DictReader(io.StringIO(history_tables.as_csv([one]).decode()))

    assert row["subject"] == "'-abc1234567" and row["value"] == "7"
    assert json.loads(history_tables.as_json([one]))[0]["subject"] == "-abc1234567"
