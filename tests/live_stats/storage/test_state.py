"""The state: safe to lose, to join, and to spoil; money is not in it."""

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pelican.plugins.live_stats.model.errors import Mistakes
from pelican.plugins.live_stats.storage.state import (
    CollectionState,
    PlatformRecord,
    SeriesRecord,
)

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
LIKES = "x/post/1/likes"
PLACE = "content/data"


def load(folder):
    return CollectionState.load(Path(folder), PLACE, NOON)


def read(lines):
    """The state of a file with these lines, of bytes or of plain values."""
    with TemporaryDirectory() as folder:
        whole = b"".join(
            (one if isinstance(one, bytes) else json.dumps(one).encode()) + b"\n"
            for one in lines
        )
        (Path(folder) / "state.jsonl").write_bytes(whole)
        return load(folder)


def lines_of(state):
    with TemporaryDirectory() as folder:
        state.save(Path(folder))
        return (Path(folder) / "state.jsonl").read_bytes().splitlines()


def test_state_survives_the_disk(tmp_path):
    """What is saved is what is loaded, and saving it again writes nothing."""
    state = CollectionState(collected_at=NOON)
    state.series[LIKES] = SeriesRecord(
        checked_at=NOON, failure="no answer", failed_at=NOON, unknown=True
    )
    state.series["x/post/1/reposts"] = SeriesRecord(failing_since=NOON, etag='a "1"')
    state.platforms["x"] = PlatformRecord(
        answered_at=NOON, failure="no", failed_at=NOON
    )
    state.hosts["api.x.com"] = NOON + timedelta(days=2)

    written = state.save(tmp_path)
    again = load(tmp_path)

    assert written and again == state
    assert not again.save(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["state.jsonl"]


def test_what_tells_nothing_is_not_written(tmp_path):
    """A series that was looked up alone is no line, nor is what would not be read."""
    state = CollectionState(collected_at=NOON)
    state.record(LIKES)
    state.series["x/tag/" + "a" * 20_000] = SeriesRecord(checked_at=NOON)

    assert lines_of(state) == [b'{"at":"2026-11-20T12:00:00Z","kind":"collection"}']


times = st.integers(0, 90).map(lambda hours: NOON - timedelta(hours=hours))
texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=9)
texts = texts.filter(lambda text: not {"\ufffe", "\uffff"} & set(text))
states = st.builds(
    CollectionState,
    collected_at=times,
    series=st.dictionaries(
        st.sampled_from([LIKES, "x/post/2/likes", "mastodon/tag/a/posts@6d"]),
        st.builds(
            SeriesRecord,
            checked_at=st.none() | times,
            failure=texts,
            failed_at=st.none() | times,
            retry_at=st.none() | times,
            etag=texts,
            alone=st.booleans(),
        ),
    ),
    platforms=st.dictionaries(
        st.sampled_from(["x", "mastodon"]),
        st.builds(PlatformRecord, answered_at=st.none() | times, failure=texts),
    ),
    hosts=st.dictionaries(st.sampled_from(["a.example", "b.example"]), times),
)


@settings(max_examples=25)
@given(ours=states, theirs=states, chance=st.randoms(use_true_random=False))
def test_two_files_joined_in_any_way_are_the_union(ours, theirs, chance):
    """Whatever the order of the lines, and with what a merge leaves between them: of
    each thing the later line counts, and nothing that one side knew is gone."""
    both = [*lines_of(ours), *lines_of(theirs)]
    joined = read(both)
    markers = [b"<<<<<<< HEAD", b"=======", b">>>>>>> theirs", b"||||||| base"]
    mixed = [*both, *chance.sample(both, len(both) // 2), *markers]
    chance.shuffle(mixed)

    again = read(mixed)

    assert again.damaged.what.startswith("4 lines are no state")
    again.damaged = None
    assert again == joined
    assert joined.collected_at == max(ours.collected_at, theirs.collected_at)
    for host in {*ours.hosts, *theirs.hosts}:
        known = [one.hosts[host] for one in (ours, theirs) if host in one.hosts]
        assert joined.hosts[host] == max(known)
    told = {line for line in both if b'"kind":"series"' in line}
    assert {*lines_of(joined)} & {*both} == {*lines_of(joined)}
    assert len(joined.series) == len({json.loads(line)["name"] for line in told})


GOOD = {"kind": "series", "name": LIKES, "checked_at": "2026-11-20T11:00:00Z"}
ODD = [
    b"",
    b"{",
    b"null",
    b"[]",
    b"1e999999999",
    b"\xff\xfe",
    b"\x00",
    b"[" * 200_000,
    b"[" * 9_000,
    b'{"a":' * 3_000,
    b"9" * 5_000,
    b'{"kind":[],"name":"a"}',
    b'{"kind":"series"}',
    {"kind": "moon", "name": "a"},
    {"kind": "series", "name": ["a"]},
    {"kind": "series", "name": "\ud800"},
    {"kind": "series", "name": "a" * 20_000},
    *(
        GOOD | {"name": "b"} | one
        for one in [
            {"etag": ["a"]},
            {"etag": "a" * 60_000},
            {"etag": "a" * 300},
            {"failure": "\ud800"},
            {"failure": "a\0"},
            {"failure": 1e308},
            {"checked_at": "noon"},
            {"checked_at": 5},
            {"checked_at": "2026-11-20T12:00:00"},
            {"checked_at": "2026-11-22T12:00:00Z"},
            {"checked_at": "9999-12-31T23:59:59-09:00"},
            {"checked_at": "0001-01-01T00:00:00+09:00"},
            {"checked_at": "0001-01-01T00:00:00Z"},
            {"retry_at": "2027-11-20T12:00:00Z"},
            {"unknown": "yes"},
            {"alone": 1e999},
            {"note": "a" * 20_000},
        ]
    ),
    {"kind": "collection", "at": "2036-11-20T12:00:00Z"},
    {"kind": "collection", "at": None},
    {"kind": "host", "name": "a.example", "until": "9999-01-01T00:00:00Z"},
]


@pytest.mark.parametrize("odd", ODD)
def test_an_odd_line_takes_no_other_with_it(tmp_path, odd):
    """It is put aside as it was, with one line; all others are used."""
    odd = odd if isinstance(odd, bytes) else json.dumps(odd).encode()
    good = json.dumps(GOOD).encode()
    (tmp_path / "state.jsonl").write_bytes(b"\n".join([good, odd, good]))

    state = load(tmp_path)

    assert state.series == {LIKES: SeriesRecord(checked_at=NOON - timedelta(hours=1))}
    assert state.collected_at is None and not state.hosts
    if odd:
        assert str(state.damaged).startswith(f"{PLACE}/state.jsonl:2: this line is no")
        assert "\n" not in str(state.damaged)
    assert state.save(tmp_path)
    again = load(tmp_path)
    assert again == state and again.damaged is None
    if odd:
        assert (tmp_path / "state.jsonl.damaged").read_bytes() == odd + b"\n"


@settings(max_examples=40)
@given(state=states, junk=st.binary(max_size=40), place=st.integers(0, 300))
@example(state=CollectionState(collected_at=NOON), junk=b"\n\n", place=9)
def test_damage_touches_the_lines_that_it_hits(state, junk, place):
    """Whatever bytes come in between, nothing is raised, and other lines are used."""
    whole = b"\n".join(lines_of(state)) + b"\n"
    place = place % (len(whole) + 1)
    first = whole.count(b"\n", 0, place)
    spoilt = whole[:place] + junk + whole[place:]
    untouched = [line for n, line in enumerate(whole.splitlines()) if n != first]

    found = {*lines_of(read(spoilt.split(b"\n")))}

    kept = {*lines_of(read(untouched))}
    hit = whole.splitlines()[first : first + 1]
    changed = sum(1 for line in kept if line not in found)
    # What was hit may by chance tell of another thing, and be the later line.
    assert changed == 0 or (hit and changed <= 1)


def test_what_was_put_aside_is_never_written_over(tmp_path):
    """Two accidents leave both their lines."""
    for text in ("one", "two"):
        with open(tmp_path / "state.jsonl", "a") as file:
            file.write(f"{text}\n")
        load(tmp_path).save(tmp_path)

    assert (tmp_path / "state.jsonl.damaged").read_text() == "one\ntwo\n"


@pytest.mark.parametrize("make", [os.mkdir, os.mkfifo])
@pytest.mark.parametrize("name", ["state.jsonl", "state.json"])
def test_a_state_that_we_may_not_read_stops(tmp_path, name, make):
    """A folder in its place stands for all that the system refuses, and a named pipe
    would keep us waiting."""
    make(tmp_path / name)

    with pytest.raises(Mistakes, match="cannot be read .*; .*safe to lose"):
        load(tmp_path)


def test_no_state_at_all_is_an_empty_one(tmp_path):
    """A new clone has none, nor the folder for it."""
    assert load(tmp_path / PLACE) == CollectionState()
    assert not CollectionState().save(tmp_path / PLACE) or (tmp_path / PLACE).is_dir()


OLD = {
    "version": 2,
    "collected_at": "2026-11-20T10:00:00Z",
    "hosts": {"api.x.com": "2026-11-21T12:00:00Z"},
    "platforms": {"x": {"answered_at": "2026-11-20T10:00:00Z"}},
    "series": {
        LIKES: {
            "checked_at": "2026-11-20T10:00:00Z",
            "etag": "e" * 60_000,
            "held": 24,
            "held_at": "2026-11-20T10:00:00Z",
        },
        "x/post/2/likes": {"etag": ["no"]},
    },
    "spent": {
        "x": {"dollars": {"2026-11-20": "0.015", "2026-11-19": "0.25"}},
        "instagram": {"hashtags": {"metoo": "2026-11-18"}},
    },
}
SPENT = {
    "x": OLD["spent"]["x"],
    "instagram": {"hashtags": {"metoo": "2026-11-18"}},
}


def spent(state):
    return {name: state.journal.spent(name) for name in SPENT}


def test_an_older_state_is_read_and_its_money_is_kept(tmp_path):
    """One object, as the versions before wrote it: what was held and spent goes into
    the journal, and the file is kept. A record that makes no sense is passed over."""
    old = json.dumps(OLD)
    (tmp_path / "state.json").write_text(old)

    state = load(tmp_path)

    assert state.damaged and spent(state) == SPENT
    assert state.series[LIKES].held == 24 and state.series[LIKES].etag == ""
    assert state.hosts == {"api.x.com": NOON + timedelta(days=1)}
    assert (tmp_path / "state.json").read_text() == old
    assert not (tmp_path / "journal").exists()

    state.save(tmp_path)
    again = load(tmp_path)
    assert again == state and again.damaged is None and spent(again) == SPENT
    assert again.series[LIKES].held == 24
    assert not (tmp_path / "state.json").exists()
    assert (tmp_path / "state.json.old").read_text() == old


def test_what_the_journal_refuses_does_not_get_into_it(tmp_path):
    """Or no command would run after the move, and a file of git has to be mended."""
    held = {"held": 10**16, "held_at": "2026-11-20T10:00:00Z", "accepted": True}
    days = {"0001-01-01": "5", "1999-12-31": "5", "2026-11-20": "0.5"}
    old = OLD | {"series": {LIKES: held}, "spent": {"x": {"dollars": days}}}
    (tmp_path / "state.json").write_text(json.dumps(old))

    load(tmp_path).save(tmp_path)

    again = load(tmp_path)
    assert again.series.get(LIKES) is None and again.damaged is None
    assert spent(again)["x"] == {"dollars": {"2026-11-20": "0.5"}}


def test_two_clones_of_an_older_state_have_spent_it_once(tmp_path):
    """Each moves the same file; git puts the lines of both into one."""
    lines = []
    for name in ("a", "b"):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "state.json").write_text(json.dumps(OLD))
        load(folder).save(folder)
        lines.append((folder / "journal/2026-11.jsonl").read_text())
    (tmp_path / "journal").mkdir()
    (tmp_path / "journal/2026-11.jsonl").write_text("".join(lines))

    assert spent(load(tmp_path)) == SPENT


@pytest.mark.parametrize("text", ["", "{}", "[" * 100_000, '{"version": 99}', "\x80"])
def test_an_older_state_that_cannot_be_read_stops_nothing(tmp_path, text):
    """It is told in one line, and kept."""
    (tmp_path / "state.json").write_text(text, encoding="latin-1")

    state = load(tmp_path)

    assert bool(text) == (state.damaged is not None)
    state.save(tmp_path)
    assert load(tmp_path).damaged is None
    assert (tmp_path / "state.json.old").read_text("latin-1") == text
