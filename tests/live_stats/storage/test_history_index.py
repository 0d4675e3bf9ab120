"""The index of the history: it gives what the lines say, whatever became of either."""

import os
import random
import sqlite3
import time
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pelican.plugins.live_stats.model.errors import Mistakes
from pelican.plugins.live_stats.model.values import Exactness, Observation, Span
from pelican.plugins.live_stats.storage.history import History, encode

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
SERIES = ["x/post/1/likes", "x/tag/metoo/posts@7d", "wikipedia/article/Me%20Too/views"]
ASKED = [*SERIES, "wikipedia/article/Me_Too/views", "x/post/2/likes"]
SPANS = [None, *(Span.before(date(2026, 11, day), 7) for day in (18, 19, 20))]

observations = st.builds(
    Observation,
    series=st.sampled_from(SERIES),
    value=st.integers(1, 4),
    exactness=st.sampled_from([Exactness.EXACT, Exactness.AT_LEAST]),
    span=st.sampled_from(SPANS),
    observed_at=st.integers(-9000, 9000).map(lambda n: NOON + timedelta(hours=n // 4)),
    source=st.sampled_from(["https://a.example/", "https://b.example/ü"]),
)


def everything(history):
    """All that a history gives of some series."""
    probes = [one for series in ASKED for one in history.of(series)]
    return {
        "all": list(history.all_observations()),
        "of": {series: history.of(series) for series in ASKED},
        "latest": {series: history.latest(series) for series in ASKED},
        "first": {series: history.first_day(series) for series in ASKED},
        "sums": {series: history.checksum(series) for series in ASKED},
        "firsts": [history.first_reading(one) for one in probes],
        "has": [history.has(one) for one in probes],
        "spans": [
            history.has_span(SimpleNamespace(**vars_of(series, span)))
            for series in ASKED
            for span in SPANS
        ],
        "months": [
            (month, sign, list(history.of_month(*month, ASKED)))
            for month, sign in history.months(ASKED).items()
        ],
    }


def vars_of(series, span):
    return {
        "series": series, "span": span, "value": 1, "exactness": Exactness.EXACT,
        "observed_at": NOON, "source": "",
    }  # fmt: skip


def same(folder, index):
    """What the index gives, after a comparison with what the lines say."""
    plain = everything(History.load(folder))
    history = History.load(folder, index=index)
    assert everything(history) == plain
    return history


class Edits:
    """What people, builders and merges do to the files of a history."""

    def __init__(self, folder, index):
        self.folder, self.index = folder, index

    def _mend(self, name):
        """Give the last line an end, or take it away if it is torn."""
        path = self.folder / name
        data = path.read_bytes() if path.exists() else b""
        if data and not data.endswith(b"\n"):
            whole = data.endswith(b"}")
            path.write_bytes(data + b"\n" if whole else data[: data.rfind(b"\n") + 1])

    def append(self, name, rows, end="\n"):
        self._mend(name)
        with open(self.folder / name, "ab") as file:
            text = "".join(f"{encode(row)}\n" for row in rows)[:-1] + end
            file.write(text.encode())

    def insert(self, name, rows):
        self._mend(name)
        path = self.folder / name
        lines = path.read_text().splitlines() if path.exists() else []
        lines[len(lines) // 2 : len(lines) // 2] = map(encode, rows)
        path.write_text("".join(f"{line}\n" for line in lines))

    def windows(self, name, rows):
        self.append(name, rows, "\r\n")

    def without_end(self, name, rows):
        self.append(name, rows, "")

    def tear(self, name, rows):
        self.append(name, rows, "\n" + encode(rows[0])[:-9])

    def truncate(self, name, rows):
        if (path := self.folder / name).exists():
            os.truncate(path, path.stat().st_size // 2)
            lines = path.read_bytes().split(b"\n")[:-1]
            path.write_bytes(b"".join(line + b"\n" for line in lines))

    def delete(self, name, rows):
        (self.folder / name).unlink(missing_ok=True)

    def move(self, name, rows):
        if (self.folder / name).exists():
            os.replace(self.folder / name, self.folder / f"z-{name}")

    def touch(self, name, rows):
        if (self.folder / name).exists():
            os.utime(self.folder / name, (1e9, 1e9))

    def builder(self, name, rows):
        """A run, which reads again what it has stored."""
        history = History.load(self.folder, index=self.index)
        stored = history.append(row for row in rows if "%20" not in row.series)
        whole = everything(history)
        assert whole == everything(History.load(self.folder))
        assert all(history.has_span(one) for one in stored)


EDITS = [name for name in vars(Edits) if not name.startswith("_")]


@settings(max_examples=15, deadline=None)
@given(
    steps=st.lists(
        st.tuples(
            st.sampled_from(EDITS),
            st.sampled_from(["2025-11.jsonl", "2026-11.jsonl", "all.jsonl"]),
            st.lists(observations, min_size=1, max_size=6),
        ),
        min_size=1,
        max_size=8,
    )
)
def test_an_index_gives_what_the_lines_say(tmp_path_factory, steps):
    """After any edits, by whomever: as a history that was read line by line."""
    home = tmp_path_factory.mktemp("history")
    (folder := home / "observations").mkdir()
    edits, index = Edits(folder, home / "history.sqlite"), home / "history.sqlite"
    old = time.time() - 100
    for number, (edit, name, rows) in enumerate(steps):
        before = {path: path.read_bytes() for path in folder.iterdir()}
        getattr(edits, edit)(name, rows)
        for path in folder.iterdir():
            # As if it was long ago: then the stat alone is believed.
            if before.get(path) != path.read_bytes():
                os.utime(path, (old + number, old + number))
        same(folder, index)


@pytest.fixture
def site(tmp_path):
    """A folder with a history of two files, and an index of it."""
    (tmp_path / "observations").mkdir()
    rand = random.Random(7)
    for month in (10, 11):
        rows = [
            Observation(
                series=rand.choice(SERIES),
                value=rand.randrange(100),
                exactness=Exactness.EXACT,
                span=None,
                observed_at=datetime(2026, month, rand.randrange(1, 29), tzinfo=UTC),
                source=f"https://example.org/{rand.randrange(300)}",
            )
            for _ in range(100)
        ]
        text = "".join(f"{encode(row)}\n" for row in rows)
        (tmp_path / f"observations/2026-{month}.jsonl").write_text(text)
    same(tmp_path / "observations", tmp_path / "history.sqlite")
    return tmp_path


def noise(seed):
    def spoil(path):
        data = bytearray(path.read_bytes())
        rand = random.Random(seed)
        start = rand.randrange(len(data) // 4096) * 4096
        data[start : start + 4096] = rand.randbytes(4096)
        path.write_bytes(data)

    return spoil


def sql(text):
    def spoil(path):
        with sqlite3.connect(path) as db:
            db.executescript(text)
        db.close()

    return spoil


def folder_in_its_place(path):
    path.unlink()
    (path / "below").mkdir(parents=True)


def pipe_in_its_place(path):
    path.unlink()
    os.mkfifo(path)


def link_elsewhere(path):
    other = path.with_name("other.txt")
    other.write_text("mine")
    path.unlink()
    path.symlink_to(other)


DAMAGE = [
    *map(noise, range(8)),
    sql("update chunks set rows = zeroblob(length(rows))"),
    sql("update chunks set rows = 7 where id = (select min(id) from chunks)"),
    sql("update chunks set about = null"),
    sql("delete from chunks where id = (select max(id) from chunks)"),
    sql("delete from series where id = 1"),
    sql("delete from files where id = 2"),
    sql("update series set about = '[]'"),
    sql("update series set name = 'x' where id = 1"),
    sql("update files set sum = 'x'"),
    sql("drop table chunks"),
    sql("pragma user_version = 99"),
    sql("pragma application_id = 5"),
    lambda path: os.truncate(path, 5000),
    lambda path: os.truncate(path, path.stat().st_size // 2),
    lambda path: path.write_bytes(b""),
    lambda path: path.write_text("nothing of ours\n" * 99),
    lambda path: path.unlink(),
    folder_in_its_place,
    pipe_in_its_place,
    link_elsewhere,
]


@pytest.mark.parametrize("spoil", DAMAGE)
def test_a_damaged_index_is_made_anew(site, spoil, capsys):
    """Whatever is wrong with it, the numbers are right, and it is said in one line."""
    folder, index = site / "observations", site / "history.sqlite"
    spoil(index)

    same(folder, index)

    said = capsys.readouterr().out.splitlines()
    assert len(said) <= 1 and all("history.sqlite" in line for line in said)
    same(folder, index)
    assert capsys.readouterr().out == ""
    if (site / "other.txt").exists():
        assert (site / "other.txt").read_text() == "mine"


@pytest.mark.parametrize("ask", ["of", "of_month", "has_span"])
def test_damage_that_shows_later_is_mended_then(site, ask, capsys):
    """A page that only some series need: the run goes on, with the right numbers."""
    folder, index = site / "observations", site / "history.sqlite"
    plain = everything(History.load(folder))
    history = History.load(folder, index=index)
    old = Observation(
        series=SERIES[0], value=5, exactness=Exactness.EXACT,
        span=Span.day(date(2026, 10, 1)), observed_at=NOON, source="",
    )  # fmt: skip
    new = Observation(
        series="x/post/9/likes", value=5, exactness=Exactness.EXACT,
        span=None, observed_at=NOON, source="",
    )  # fmt: skip
    assert history.append([new]) == [new]
    sql("update chunks set sum = 0")(index)

    if ask == "of":
        assert history.of(SERIES[0]) == plain["of"][SERIES[0]]
    elif ask == "of_month":
        month, _, found = plain["months"][0]
        assert list(history.of_month(*month, ASKED)) == found
    else:
        assert not history.has_span(old)

    assert history.of("x/post/9/likes") == (new,)
    assert everything(history) == everything(History.load(folder))
    assert "history.sqlite is of no use" in capsys.readouterr().out


def test_a_line_that_is_wrong_is_named_in_each_run(site):
    """By a run that has an index, too, and with those of all other files."""
    folder, index = site / "observations", site / "history.sqlite"
    with open(folder / "2026-11.jsonl", "a") as file:
        file.write("nothing\n")
    (folder / "2026-12.jsonl").write_text("no more\n")

    for _ in range(2):
        with pytest.raises(Mistakes) as caught:
            History.load(folder, "data", NOON + timedelta(days=9), index)
        assert [one.place for one in caught.value.mistakes] == [
            "data/2026-11.jsonl:101",
            "data/2026-12.jsonl:1",
        ]

    os.truncate(folder / "2026-11.jsonl", (folder / "2026-11.jsonl").stat().st_size - 8)
    (folder / "2026-12.jsonl").unlink()
    same(folder, index)


def test_a_line_is_dated_ahead_until_its_day(site):
    """The index was made by a run that did not ask for the day, or by a later clock."""
    folder, index = site / "observations", site / "history.sqlite"
    history = History.load(folder, "data", datetime(2026, 12, 1, tzinfo=UTC), index)
    assert history.of(SERIES[0])

    with pytest.raises(Mistakes, match=r"data/2026-11.jsonl:\d+: .* dated ahead"):
        History.load(folder, "data", datetime(2026, 11, 1, tzinfo=UTC), index)


def test_an_index_that_cannot_be_written_is_no_obstacle(site, capsys):
    """Nor is one where no file can be: the history is read line by line."""
    folder = site / "observations"
    (site / "file").write_text("")

    same(folder, site / "file" / "history.sqlite")

    assert "reading the whole history" in capsys.readouterr().out


def test_another_process_adds_meanwhile(site):
    """What a run has begun with, it goes on with; and what is there is counted once."""
    folder, index = site / "observations", site / "history.sqlite"
    history = History.load(folder, index=index)
    before = history.of(SERIES[0])
    new = [
        Observation(
            series=SERIES[0], value=value, exactness=Exactness.EXACT,
            span=None, observed_at=NOON + timedelta(hours=value), source="",
        )
        for value in (1001, 1002)
    ]  # fmt: skip
    history.append(new)

    same(folder, index)

    assert set(history.of(SERIES[0])) >= {*before, *new}
    assert len(history.of(SERIES[0])) == len(before) + 2
