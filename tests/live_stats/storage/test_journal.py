"""The journal: money and decisions, of all builders, whatever is done to the lines."""

import json
import os
import subprocess
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pelican.plugins.live_stats.model.errors import Mistakes
from pelican.plugins.live_stats.storage.journal import Journal
from pelican.plugins.live_stats.storage.journal_lines import Kind
from pelican.plugins.live_stats.storage.state import CollectionState
from support.paths import ROOT

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
TODAY = "2026-11-20"
LIKES = "x/post/1/likes"
DAY = timedelta(days=1)


def load(data, now=NOON):
    return Journal.load(Path(data) / "journal", "content/data/journal", now)


def spend(data, *amounts, at=NOON, ends=True):
    """What a run of one builder does, whose requests cost these amounts."""
    run = load(data).begin_run(at)
    for amount in amounts:
        run.add("x", {"dollars": Decimal(amount), "requests": Decimal(1)})
    if ends:
        run.end()


def dollars(data, now=NOON):
    return Decimal(load(data, now).spent("x").get("dollars", {}).get(TODAY, 0))


def lines_of(data):
    files = sorted((Path(data) / "journal").glob("*.jsonl"))
    return [line for file in files for line in file.read_text().splitlines()]


def test_a_run_is_one_line(tmp_path):
    """However many requests it sent, to however many platforms."""
    run = load(tmp_path).begin_run(NOON)
    for _ in range(3):
        run.add("x", {"dollars": Decimal("0.005"), "requests": Decimal(1)})
    run.add("instagram", {"hashtags": frozenset({"metoo"})})
    run.end()

    (line,) = map(json.loads, lines_of(tmp_path))
    assert line.pop("run")
    assert line == {
        "at": "2026-11-20T12:00:00Z",
        "event": "spent",
        "spent": {
            "instagram": {"hashtags": ["metoo"]},
            "x": {"dollars": "0.015", "requests": "3"},
        },
    }
    assert [path.name for path in tmp_path.iterdir()] == ["journal"]


def test_a_run_that_spent_nothing_leaves_nothing(tmp_path):
    """No file, no folder: git has nothing to commit."""
    spend(tmp_path)

    assert list(tmp_path.iterdir()) == []


def test_a_kill_forgets_no_money(tmp_path):
    """What was sent before it counts at once, and once: also when the kill came between
    the line of the journal and the removal of what it was made from."""
    spend(tmp_path, "0.005", "0.01", ends=False)
    assert dollars(tmp_path) == Decimal("0.015")

    unfinished = tmp_path / "state.jsonl.spending"
    left = unfinished.read_bytes()
    spend(tmp_path, "0.1", at=NOON + timedelta(hours=1))
    assert dollars(tmp_path) == Decimal("0.115") and not unfinished.exists()
    unfinished.write_bytes(left + left[:40])
    assert dollars(tmp_path) == Decimal("0.115")
    spend(tmp_path)
    assert dollars(tmp_path) == Decimal("0.115") and not unfinished.exists()
    spend(tmp_path, "0.2")
    assert dollars(tmp_path) == Decimal("0.315") and len(lines_of(tmp_path)) == 4


def test_a_request_that_cannot_be_written_down_is_not_sent(tmp_path):
    """The charge fails, and what was there before is whole."""
    run = load(tmp_path).begin_run(NOON)
    (tmp_path / "state.jsonl.spending").mkdir()

    with pytest.raises(IsADirectoryError):
        run.add("x", {"dollars": Decimal(1)})

    (tmp_path / "state.jsonl.spending").rmdir()
    run.add("x", {"dollars": Decimal(2)})
    assert dollars(tmp_path) == 2


cents = st.integers(1, 50).map(lambda number: f"{number / 1000:.3f}")
runs = st.lists(st.lists(cents, min_size=1, max_size=3), max_size=4)


@settings(max_examples=15)
@given(
    ours=runs,
    theirs=runs,
    chance=st.randoms(use_true_random=False),
    copies=st.booleans(),
)
def test_money_adds_up_over_builders(ours, theirs, chance, copies):
    """Whatever the order of the lines, and how often a copied file repeats them."""
    with TemporaryDirectory() as folder:
        lines = []
        for name, amounts in (("a", ours), ("b", theirs)):
            for one in amounts:
                spend(Path(folder) / name, *one)
            lines += lines_of(Path(folder) / name)
        lines += lines if copies else []
        chance.shuffle(lines)
        (Path(folder) / "journal").mkdir()
        text = "".join(f"{line}\n" for line in lines)
        (Path(folder) / "journal/2026-11.jsonl").write_text(text)

        spent = sum(Decimal(cent) for one in [*ours, *theirs] for cent in one)
        assert dollars(folder) == spent


def git(folder, *arguments):
    environment = os.environ | {"GIT_CONFIG_GLOBAL": "/dev/null"}
    names = ("AUTHOR_NAME", "AUTHOR_EMAIL", "COMMITTER_NAME", "COMMITTER_EMAIL")
    environment |= {f"GIT_{name}": "a@example.org" for name in names}
    subprocess.run(
        ["git", *arguments],
        cwd=folder,
        env=environment,
        check=True,
        capture_output=True,
    )


def test_two_clones_know_what_both_have_spent(tmp_path):
    """Each collects, commits and pulls: git puts the lines together, and no person has
    to decide anything. What one of them decides, the other one does."""
    data = "content/data"
    one, other = tmp_path / "one", tmp_path / "other"
    (one / data).mkdir(parents=True)
    for name in (".gitattributes", ".gitignore"):
        (one / name).write_bytes((ROOT / name).read_bytes())
    git(one, "init", "-q", "-b", "main")
    spend(one / data, "0.01")
    load(one / data).note(Kind.HELD, LIKES, 24, NOON)
    git(one, "add", ".")
    git(one, "commit", "-qm", "begin")
    git(tmp_path, "clone", "-q", "one", "other")
    for clone, amount in ((one, "0.1"), (other, "1")):
        spend(clone / data, amount)
        (clone / data / "state.jsonl").write_text(f"{clone}\n")
    load(other / data).note(Kind.ACCEPTED, LIKES, 24, NOON)
    for clone in (one, other):
        git(clone, "add", ".")
        git(clone, "commit", "-qm", "readings")

    git(other, "pull", "-q", "--no-rebase", "origin", "main")
    git(one, "pull", "-q", "--rebase", "../other", "main")

    for clone in (one, other):
        assert dollars(clone / data) == Decimal("1.11")
        record = CollectionState.load(clone / data, data, NOON).series[LIKES]
        assert record.accepted and record.held == 24
        assert (clone / data / "state.jsonl").read_text() == f"{clone}\n"


events = st.lists(
    st.tuples(
        st.sampled_from(Kind),
        st.sampled_from([LIKES, "x/post/2/likes"]),
        st.integers(1, 3),
        st.integers(0, 3),
    ),
    max_size=8,
)


@settings(max_examples=25)
@given(events=events, chance=st.randoms(use_true_random=False))
def test_the_order_of_lines_does_not_matter(events, chance):
    """What stands for a series follows from the events, not from where they lie; and
    what was written last stands, whatever the clock said."""
    with TemporaryDirectory() as folder:
        journal = load(folder)
        for kind, series, value, hours in events:
            journal.note(kind, series, value, NOON + timedelta(hours=hours))
        told = journal.standings()
        lines = lines_of(folder)
        chance.shuffle(lines)
        if lines:
            text = "".join(f"{line}\n" for line in [*lines, *lines[:3]])
            (Path(folder) / "journal/2026-11.jsonl").write_text(text)

        assert load(folder).standings() == told
        for series in told:
            kind, _, value, _ = [one for one in events if one[1] == series][-1]
            waits = kind in (Kind.HELD, Kind.ACCEPTED)
            assert told[series].held == (value if waits else None)
            assert told[series].accepted == (kind is Kind.ACCEPTED)


LINE = {"at": "2026-11-20T12:00:00Z", "event": "held", "series": LIKES, "value": 1}
PAID = {"at": "2026-11-20T12:00:00Z", "event": "spent", "run": "a"}
ODD = [
    b"{",
    b"null",
    b"[" * 200_000,
    b"\xff",
    b"\x00",
    b"9" * 5_000,
    {},
    LINE | {"at": "2026-11-22T12:00:00Z"},
    LINE | {"at": "9999-12-31T23:59:59-09:00"},
    LINE | {"at": "0001-01-01T00:00:00+09:00"},
    LINE | {"at": "2026-11-20"},
    LINE | {"at": 5},
    LINE | {"event": "moved"},
    LINE | {"event": ["held"]},
    LINE | {"series": "\ud800"},
    LINE | {"series": None},
    LINE | {"value": -1},
    LINE | {"value": 1.5},
    LINE | {"value": 1e308 * 10},
    LINE | {"value": True},
    PAID,
    PAID | {"spent": []},
    PAID | {"spent": {"x": "0.5"}},
    PAID | {"spent": {"x": {"dollars": 0.5}}},
    PAID | {"spent": {"x": {"dollars": "-1"}}},
    PAID | {"spent": {"x": {"dollars": "NaN"}}},
    PAID | {"spent": {"x": {"dollars": "1e999999999"}}},
    PAID | {"spent": {"x": {"dollars": "9" * 40}}},
    PAID | {"spent": {"x": {"hashtags": [1]}}},
    PAID | {"run": 5, "spent": {}},
]


@pytest.mark.parametrize("odd", ODD)
def test_a_line_that_is_no_event_is_named(tmp_path, odd):
    """Money does not vanish without a word: a person mends the line, or deletes it."""
    odd = odd if isinstance(odd, bytes) else json.dumps(odd).encode()
    spend(tmp_path, "0.5")
    file = tmp_path / "journal/2026-11.jsonl"
    whole = file.read_bytes()
    file.write_bytes(whole + odd + b"\n" + whole)

    with pytest.raises(Mistakes) as caught:
        load(tmp_path)
    (mistake,) = caught.value.mistakes
    assert mistake.place == "content/data/journal/2026-11.jsonl:2"
    assert "mend it, or delete it" in mistake.mend and len(str(mistake)) < 400

    file.write_bytes(whole + whole)
    assert dollars(tmp_path) == Decimal("0.5")


def test_what_a_merge_left_is_named_once_and_mended_as_said(tmp_path):
    """Without the attribute of git: the lines of both sides are kept."""
    spend(tmp_path, "0.5")
    spend(tmp_path, "0.25")
    one, other = lines_of(tmp_path)
    file = tmp_path / "journal/2026-11.jsonl"
    file.write_text(f"<<<<<<< HEAD\n{one}\n=======\n{other}\n>>>>>>> b\n")

    with pytest.raises(Mistakes) as caught:
        load(tmp_path)
    assert str(caught.value) == (
        "content/data/journal/2026-11.jsonl:1: a merge has left both sides in this "
        "file; delete the lines that begin with <<<<<<<, |||||||, ======= and >>>>>>>, "
        "and keep all others"
    )

    file.write_text(f"{one}\n{other}\n")
    assert dollars(tmp_path) == Decimal("0.75")


def test_a_torn_last_line_is_passed_over_and_mended(tmp_path):
    """It was never reported as written; the next line begins anew."""
    spend(tmp_path, "0.5")
    file = tmp_path / "journal/2026-11.jsonl"
    whole = file.read_bytes()
    for torn in (whole + whole[:30], whole[:-1]):
        file.write_bytes(torn)
        assert dollars(tmp_path) == Decimal("0.5")
        spend(tmp_path, "0.25")
        assert dollars(tmp_path) == Decimal("0.75")
        assert len(lines_of(tmp_path)) == 2


def test_money_of_long_ago_is_not_read(tmp_path):
    """No budget covers it, and there may be much. Decisions are for ever. It is old by
    the last run, not by the clock: a page says what was spent until then."""
    spend(tmp_path, "0.5")
    load(tmp_path).note(Kind.REJECTED, LIKES, 24, NOON)
    later = NOON + 500 * DAY
    assert dollars(tmp_path, later) == Decimal("0.5")

    run = load(tmp_path, later).begin_run(later)
    run.add("x", {"requests": Decimal(1)})
    run.end()

    journal = load(tmp_path, later)
    assert journal.spent("x") == {"requests": {f"{later:%Y-%m-%d}": "1"}}
    assert journal.standings()[LIKES].rejected == {24}


@pytest.mark.parametrize(
    "make",
    [lambda path: path.write_text(""), lambda path: path.symlink_to("nowhere")],
    ids=["a file", "a loose link"],
)
def test_what_hides_the_journal_is_no_empty_journal(tmp_path, make):
    """A file, or a link to a folder that is gone: the money would be spent again."""
    make(tmp_path / "journal")

    with pytest.raises(Mistakes):
        load(tmp_path)
