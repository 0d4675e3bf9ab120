"""What lies in `.build` may be damaged anywhere: it is thrown away and made again."""

import random
import shutil
import sqlite3
import zlib

import pytest

from pelican.plugins.incremental.state.store import Store, UnusableState
from pelican.plugins.live_stats.cli import parser
from pelican.plugins.live_stats.publishing.index import SiteIndex

PAGE = 4096
INDEX, STATE = ".build/index.sqlite", ".build/incremental/state.sqlite"


@pytest.fixture
def built(site):
    """A published site, a while ago, and the bytes it has."""
    site.post("a")
    site.post("b", text="Used [over 900](stat:mastodon/tag/metoo/posts@6d) times.")
    assert site.publish("--offline") == 0, site.out
    site.now = "2026-11-24T12:10:00Z"
    return site, site.bytes()


def damages(data, seed=1):
    """Each page as zeros, as noise, with a few other bytes; and cut off there."""
    chance = random.Random(seed)
    for at in range(0, len(data), PAGE):
        page = data[at : at + PAGE]
        few = bytearray(page)
        for _ in range(9):
            few[chance.randrange(len(few))] ^= 1 + chance.randrange(255)
        for other in (bytes(len(page)), chance.randbytes(len(page)), bytes(few)):
            if other != page:
                yield data[:at] + other + data[at + PAGE :]
        if at:
            yield data[: at - 9]


def test_an_index_is_believed_whole_or_not_at_all(built):
    """Whatever page of it is damaged, and in whatever way."""
    site, _ = built
    path, folder = site.folder / INDEX, site.folder / ".build"
    whole = path.read_bytes()
    for data in damages(whole):
        path.write_bytes(data)
        assert SiteIndex.load(folder) is None

    path.write_bytes(whole)
    assert SiteIndex.load(folder) is not None


def test_a_state_gives_what_it_was_given_or_says_that_it_is_of_no_use(built):
    """Whatever page of it is damaged, and in whatever way: no row is another row."""
    site, _ = built
    path = site.folder / STATE

    def rows():
        store = Store(path.parent)
        try:
            tables = ("posts", "own", "files", "inputs")
            return {t: {k: (v, b) for k, v, b in store.rows(t)} for t in tables}
        finally:
            store.close()

    whole, known = path.read_bytes(), rows()
    for data in damages(whole):
        path.write_bytes(data)
        try:
            found = rows()
        except UnusableState:
            continue
        for table, some in found.items():
            assert some.items() <= known[table].items() or all(
                some[key] == known[table][key] for key in some
            )


@pytest.mark.parametrize("text", ["[" * 200_000, "1" * 9_000, '"\\ud800', "[1", "nul"])
def test_rows_that_are_whole_and_make_no_sense_are_of_no_use(tmp_path, text):
    """Nesting without end, a number without end, half a text."""
    store = Store(tmp_path)
    plain = text.encode()
    row = (
        "build",
        plain,
        b"",
        zlib.crc32(b"", zlib.crc32(plain, zlib.crc32(b"build"))),
    )
    store._db.execute("insert into inputs values (?, ?, ?, ?)", row)
    with pytest.raises(UnusableState):
        list(store.rows("inputs"))
    with pytest.raises(UnusableState):
        store.row("inputs", "build")
    store.close()


@pytest.mark.parametrize("about", ["[]", "{}", "7", '"x"', "[" * 200_000, "{"])
def test_an_index_that_says_nothing_of_its_site_is_of_no_use(tmp_path, about):
    """Though its seal fits: whoever wrote it was no build of ours."""
    index = SiteIndex(tmp_path)
    index._db.execute("insert into about values ('site', ?)", (about,))
    index.save()
    assert index.about is None
    index.close()
    assert SiteIndex.load(tmp_path) is None


def noise(path):
    data = path.read_bytes()
    middle = len(data) // PAGE // 2 * PAGE
    path.write_bytes(data[:middle] + random.Random(3).randbytes(len(data) - middle))


def emptied(path):
    path.write_bytes(b"")


def foldered(path):
    path.unlink()
    (path / "inner").mkdir(parents=True)


def changed(path, *statements):
    with sqlite3.connect(path) as db:
        for statement in statements:
            db.execute(statement)
    db.close()


def older(path):
    changed(path, "pragma user_version = 1")


def untabled(path):
    changed(path, "drop table if exists files")


def retyped(path):
    """Rows that make no sense, though the file is one of SQLite."""
    if path.name == "index.sqlite":
        changed(
            path,
            "update files set slots = '[[1, 2]]', series = 7, output = 'x'",
            "update about set value = '[]' where key = 'site'",
            "update specs set spec = x'ff'",
        )
        return
    store = Store(path.parent)
    odd = {"posts": [("x", [1, 2])], "own": [("y", None, "z")], "files": [("n", {})]}
    inputs = [("files", ["a"]), ("lists", 3), ("tree", [1]), ("build", {"place": 4})]
    store.save(odd | {"inputs": inputs}, {})
    store.close()


HARMS = [noise, emptied, foldered, older, untabled, retyped]


@pytest.mark.parametrize(
    ("name", "runs"),
    [
        (INDEX, (["publish"], ["refresh"])),
        (STATE, (["publish"], ["publish", "--fresh"])),
    ],
    ids=["index", "state"],
)
@pytest.mark.parametrize("harm", HARMS, ids=lambda harm: harm.__name__)
def test_after_any_damage_a_run_ends_with_the_same_site(built, harm, name, runs):
    """Published, refreshed or asked for anew; a line says it, and then all is well."""
    site, whole = built
    for run in runs:
        harm(site.folder / name)

        assert site.run(*run, "--offline") == 0, site.out

        lines = [n for n in site.out.splitlines() if n.endswith(": building anew")]
        assert len(lines) <= 1, site.out
        assert site.bytes() == whole
        assert SiteIndex.load(site.folder / ".build") is not None


@pytest.mark.parametrize("harm", [noise, older, retyped, foldered])
def test_an_edit_after_damage_is_published(built, harm):
    """Nothing is taken for known that is not, and what vanished is known to be ours."""
    site, _ = built
    for name in (INDEX, STATE):
        harm(site.folder / name)
    site.post("a", "Other words.")
    (site.folder / "content/posts/b.md").unlink()

    assert site.publish("--offline") == 0, site.out

    assert site.bytes() == site.from_scratch()


@pytest.mark.parametrize("harm", [emptied, noise, foldered])
def test_notes_that_are_damaged_count_as_none(built, harm):
    """Of what was written, of the index, of the power; and no file is lost by it."""
    site, whole = built
    site.write("output/mine.txt", "mine")
    for path in (site.folder / ".build").iterdir():
        if path.is_file() and path.name != "lock":
            harm(path)
    (site.folder / ".build/spares").mkdir(exist_ok=True)
    (site.folder / ".build/spares/started").write_bytes(b"\xff\xfe")

    assert site.publish("--offline") == 0, site.out
    assert site.refresh("--offline") == 0, site.out

    assert site.read("mine.txt") == "mine"
    (site.folder / "output/mine.txt").unlink()
    assert site.bytes() == whole


@pytest.mark.parametrize(
    "command",
    [["explain", "output/index.html"], ["stats"], ["accept", "x/post/1/likes"]],
    ids=lambda command: command[0],
)
@pytest.mark.parametrize("harm", [noise, foldered, retyped])
def test_a_question_throws_nothing_away(built, capsys, command, harm):
    """It may be asked while a publish is at work: it says what to do."""
    site, _ = built
    harm(site.folder / INDEX)
    there = sorted((site.folder / ".build").rglob("*"))

    assert parser.main(command) == 1

    said = capsys.readouterr().err
    assert said == ".build: no site was built here; make publish\n"
    assert sorted((site.folder / ".build").rglob("*")) == there


def test_a_folder_of_the_state_that_is_a_file_is_made_anew(built):
    """Whoever put it there: `.build` is ours."""
    site, whole = built
    shutil.rmtree(site.folder / ".build/incremental")
    (site.folder / ".build/incremental").write_text("no folder")

    assert site.publish("--offline") == 0, site.out

    assert site.bytes() == whole
