"""The files of the history: small enough for every host, stable, and complete."""

import csv
import io
import json
import sqlite3
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pelican.plugins.live_stats.model.values import Exactness, Observation
from pelican.plugins.live_stats.rendering.exports import history_parts, history_tables
from pelican.plugins.live_stats.rendering.exports.history_parts import Division
from pelican.plugins.live_stats.storage.history import History

SERIES = [f"x/post/{n}/likes" for n in (7, 8, 9)]
NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
LIMIT = 5_000  # bytes: about 16 rows


@pytest.fixture(autouse=True)
def small_files(monkeypatch):
    monkeypatch.setattr(history_parts, "MAX_BYTES", LIMIT)


def reading(at, value=5, series=SERIES[0], source="https://x.com/a"):
    return Observation(
        series=series,
        value=value,
        exactness=Exactness.EXACT,
        span=None,
        observed_at=at,
        source=source,
    )


def daily(count, first=NEW_YEAR, apart=timedelta(days=1)):
    """So many readings, one a day, none like the one before."""
    return [
        reading(first + n * apart, value=n, series=SERIES[n % len(SERIES)])
        for n in range(count)
    ]


def history_of(folder, observations):
    history = History(folder)
    history.append(observations)
    return history


def files_of(history, known=None):
    """The bytes of the JSON files, by the names of their parts."""
    division = Division.of(history, SERIES, known=known)
    return {
        part.name: history_tables.as_json(division.observations(history, part))
        for part in division.parts
    }


def test_a_small_history_is_one_file(tmp_path):
    """Whatever years it covers: nobody has to put a few rows together."""
    known = [reading(NEW_YEAR - timedelta(days=500 * n), n) for n in range(4)]

    (part,) = Division.of(history_of(tmp_path, known), SERIES).parts

    assert (part.name, part.rows) == ("", 4)
    assert history_parts.file_name(part.name, "csv") == "data/observations.csv"


def test_nothing_read_is_one_file_with_no_row(tmp_path):
    assert files_of(History(tmp_path)) == {"": b"[\n]\n"}


def test_a_large_history_has_a_file_a_year_and_more_for_a_large_year(tmp_path):
    """The files of a year are numbered, and the first one has no number."""
    known = daily(5, NEW_YEAR - timedelta(days=5)) + daily(40)

    history = history_of(tmp_path, known)

    found = Division.of(history, SERIES).parts

    assert [one.name for one in found] == ["2025", "2026", "2026-2"]
    assert sum(one.rows for one in found) == sum(len(history.of(one)) for one in SERIES)
    assert history_parts.file_name("2026-2", "json") == "data/observations-2026-2.json"


MOMENTS = st.datetimes(
    datetime(2024, 11, 1), datetime(2026, 3, 1), timezones=st.just(UTC)
).map(lambda at: at.replace(microsecond=0))
OBSERVATIONS = st.lists(
    st.builds(
        reading,
        MOMENTS,
        value=st.integers(0, 20),
        series=st.sampled_from(SERIES),
        source=st.sampled_from(['"' * 300, '"' * 500]),  # twice as long in JSON
    ),
    min_size=40,
    max_size=80,
)


@settings(max_examples=15)
@given(known=OBSERVATIONS, cut=st.integers(0, 80))
def test_files_are_small_complete_and_the_same_whatever_was_built_before(
    tmp_path_factory, known, cut
):
    """Together they are the history; what was known before changes nothing."""
    known = sorted(known, key=lambda one: one.observed_at)
    folder = tmp_path_factory.mktemp("history")
    history = history_of(folder, known[:cut])
    before = Division.of(history, SERIES)
    history.append(known[cut:])

    clean, again = files_of(history), files_of(history, known=before.to_json())

    assert clean == again
    assert all(len(data) <= LIMIT for data in clean.values())
    rows = [row for data in clean.values() for row in json.loads(data)]
    stored = [one for series in SERIES for one in history.of(series)]
    assert sorted((r["series"], r["observed_at"], r["value"]) for r in rows) == sorted(
        (one.series, f"{one.observed_at:%Y-%m-%dT%H:%M:%SZ}", one.value)
        for one in stored
    )
    assert [r["observed_at"] for r in rows] == sorted(r["observed_at"] for r in rows)


@settings(max_examples=15)
@given(hours=st.integers(1, 48), count=st.integers(20, 90), more=st.integers(1, 40))
def test_a_file_that_another_one_follows_never_changes(
    tmp_path_factory, hours, count, more
):
    """Later readings go to its followers, however many."""
    known = daily(count + more, NEW_YEAR, timedelta(hours=hours))
    before = files_of(history_of(tmp_path_factory.mktemp("a"), known[:count]))
    after = files_of(history_of(tmp_path_factory.mktemp("b"), known))

    if len(before) > 1:  # before that, one file has all
        *full, last = before
        assert {name: after[name] for name in full} == {n: before[n] for n in full}
        assert after[last]


def test_only_months_that_changed_are_read_again(tmp_path, monkeypatch):
    """A refresh of a large history reads of it what has moved."""
    history = history_of(tmp_path, daily(100))
    known = Division.of(history, SERIES).to_json()
    looked_at, usual = [], history_tables.as_line

    def as_line(observation):
        looked_at.append(observation.observed_at)
        return usual(observation)

    monkeypatch.setattr(history_tables, "as_line", as_line)
    history.append([reading(NEW_YEAR + timedelta(days=101), value=1_000)])

    Division.of(history, SERIES, known=known)

    assert {(at.year, at.month) for at in looked_at} == {(2026, 4)}


def test_what_another_version_of_ours_found_is_found_anew(tmp_path):
    """A row may have another size by then."""
    history = history_of(tmp_path, daily(30))
    known = Division.of(history, SERIES, code="old").to_json()
    for month in known["months"]:
        month[3] = [[1, 1, "nonsense"]]

    new = Division.of(history, SERIES, code="new", known=known)

    assert new == Division.of(history, SERIES, code="new")


def test_only_the_chosen_series_are_in_the_files(tmp_path):
    """What a draft alone counts has no row, and decides no boundary."""
    draft = [reading(one.observed_at, one.value, "x/post/1/likes") for one in daily(60)]

    alone = files_of(history_of(tmp_path / "a", daily(60)))

    assert files_of(history_of(tmp_path / "b", [*daily(60), *draft])) == alone


@pytest.mark.parametrize("long, names", [(1, 100), (400, 10), (4_000, 2)])
def test_a_file_takes_no_more_than_is_reckoned_with(tmp_path, monkeypatch, long, names):
    """In no format: each host has one limit for all files; a quarter is to spare."""
    monkeypatch.setattr(history_parts, "MAX_BYTES", 10**9)
    series = [f"x/post/{n:0{long}}/likes" for n in range(names)]
    known = [
        reading(NEW_YEAR + timedelta(hours=n), n, series[n % names], "s" * long)
        for n in range(100)
    ]
    history = history_of(tmp_path, known)
    division = Division.of(history, series)
    (part,) = division.parts
    reckoned = sum(one.piece.size for one in part.slices)

    for make in (
        history_tables.as_csv,
        history_tables.as_json,
        history_tables.as_sqlite,
    ):
        made = make(division.observations(history, part))
        assert len(made) <= reckoned * 1.25 + 30_000  # an empty database has pages


def test_a_hashtag_with_a_long_history_keeps_its_newest_rows(tmp_path):
    """Its file fits too; what was read at one moment stays together."""
    few, many = daily(10), daily(60, apart=timedelta(hours=12))
    first = history_parts.first_fitting(many)
    kept = [one for one in many if one.observed_at >= first]
    more = [one for one in many if one.observed_at >= first - timedelta(hours=12)]

    assert history_parts.first_fitting(few) is None
    assert len(history_tables.as_json(kept)) <= LIMIT
    assert len(history_tables.as_json(more)) > LIMIT - 50


def test_the_formats_of_a_part_say_the_same(tmp_path):
    history = history_of(tmp_path, daily(40))
    division = Division.of(history, SERIES)
    for part in division.parts:
        rows = json.loads(history_tables.as_json(division.observations(history, part)))
        text = history_tables.as_csv(division.observations(history, part)).decode()
        database = sqlite3.connect(":memory:")
        database.deserialize(
            history_tables.as_sqlite(division.observations(history, part))
        )

        assert len(rows) == part.rows
        assert [int(row["value"]) for row in csv.DictReader(io.StringIO(text))] == [
            row["value"] for row in rows
        ]
        stored = database.execute("select value from observations order by id")
        assert [value for (value,) in stored] == [row["value"] for row in rows]
