"""Fill: `output/` is the filled image of the skeletons; nothing is written twice."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pelican.plugins.incremental.system import swap
from pelican.plugins.incremental.system.filesystem import stat_of
from pelican.plugins.incremental.system.swap import SwapFiles
from pelican.plugins.live_stats.model.settings import Settings
from pelican.plugins.live_stats.publishing import skeletons
from pelican.plugins.live_stats.publishing.fill import Fill, tree
from pelican.plugins.live_stats.publishing.index import FileRow, SiteIndex
from pelican.plugins.live_stats.publishing.site_manifest import SiteManifest
from pelican.plugins.live_stats.rendering.slots import Rendered, token
from pelican.plugins.live_stats.storage.output_manifest import Manifest

NAMES = ["index.html", "a/index.html", "a/b/c.html", "feed.xml", "d.json", "pic.png"]
trees = st.dictionaries(
    st.sampled_from([*NAMES, "a", "e.txt"]),
    st.tuples(st.sampled_from(["x", "<p>y</p>", ""]), st.lists(st.integers(0, 9))),
    max_size=5,
).filter(lambda files: "a" not in files or not any(n.startswith("a/") for n in files))


class Numbers:
    """Fragments that say their number, times a factor."""

    def __init__(self, factor):
        self.factor = factor

    def rendered(self, number, file):
        text = str(number * self.factor)
        return Rendered(html=f"<b>{text}</b>", text=text)


def lay(folder, files):
    """Write a skeleton tree and an index for it; every slot shows the series "s"."""
    site, rows = folder / "site", {}
    index = SiteIndex(folder)
    for name, (text, numbers) in files.items():
        path = site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text + "".join(map(token, numbers)))
        slots = list(skeletons.read(path, name, "").slots)
        rows[name] = FileRow(
            skeleton=stat_of(str(path)),
            output=None,
            slots=slots,
            series=["s"] if slots else [],
        )
    site.mkdir(exist_ok=True)
    index.files.drop_files(index.files.names())
    index.files.put_files(rows)
    index.save()
    return index


@pytest.fixture(params=[0, swap.FEW], autouse=True)
def few(request, monkeypatch):
    """Files are replaced one way if there are few, and another if there are more."""
    monkeypatch.setattr(swap, "FEW", request.param)


def fill(folder, index, factor, moved=(), keep=frozenset()):
    numbers = Numbers(factor)
    filled = Fill(
        site=folder / "site",
        output=folder / "output",
        index=index,
        fragments=lambda: numbers,
        spares=SwapFiles(str(folder / "spares")),
        manifest=Manifest(folder, folder / "output"),
    ).run(set(moved), keep)
    index.save()
    return filled


def contents(folder):
    return {name: (folder / name).read_bytes() for name in tree(folder)}


@given(first=trees, second=trees)
def test_output_is_a_function_of_the_skeletons(tmp_path_factory, first, second):
    """Whatever lay there before: the same files, and a second fill writes nothing."""
    used, clean = (tmp_path_factory.mktemp("fill") for _ in range(2))
    fill(used, lay(used, first), 1)
    for name in tree(used / "site"):
        (used / "site" / name).unlink()
    for path in sorted((used / "site").rglob("*"), reverse=True):
        path.rmdir()
    index = lay(used, second)

    fill(used, index, 1)
    again = fill(used, index, 1)

    fill(clean, lay(clean, second), 1)
    result = contents(used / "output")
    assert result == contents(clean / "output")
    assert set(result) == set(second)
    assert (again.written, again.removed, again.same) == (0, 0, len(second))


@given(files=trees)
def test_filling_the_slots_alone_gives_the_same_site(tmp_path_factory, files):
    """A refresh and a publish from the same numbers end with the same bytes."""
    one, other = (tmp_path_factory.mktemp("fill") for _ in range(2))
    index = lay(one, files)
    fill(one, index, 1)
    fill(one, index, 2, moved={"s"}, keep=None)
    fill(other, lay(other, files), 2)

    assert contents(one / "output") == contents(other / "output")


def test_what_was_changed_by_hand_is_made_again(tmp_path):
    """The output is ours to the last file: an edit or a deletion there is healed."""
    files = {"index.html": ("x", [1]), "e.txt": ("y", []), "d.json": ("", [2])}
    index = lay(tmp_path, files)
    fill(tmp_path, index, 1)
    before = contents(tmp_path / "output")
    (tmp_path / "output" / "index.html").write_text("by hand")
    (tmp_path / "output" / "e.txt").unlink()

    filled = fill(tmp_path, index, 1, keep=None)

    assert contents(tmp_path / "output") == before
    assert (filled.written, filled.same) == (2, 1)


def test_a_number_that_moved_nowhere_writes_nothing(tmp_path):
    """A page that says what it said keeps its file; one changed by hand does not."""
    files = {"a.html": ("x", [1]), "b.html": ("y", [1])}
    index = lay(tmp_path, files)
    fill(tmp_path, index, 1)
    good, path = contents(tmp_path / "output"), tmp_path / "output/a.html"
    path.write_text("by hand")

    filled = fill(tmp_path, index, 1, moved={"s"}, keep=None)

    assert (filled.written, filled.same) == (1, 1)
    assert contents(tmp_path / "output") == good
    assert fill(tmp_path, index, 2, moved={"s"}, keep=None).written == 2
    assert fill(tmp_path, index, 2, moved={"s"}, keep=None).written == 0


def test_only_pages_that_show_a_moved_number_are_made(tmp_path):
    """A page without the number keeps its file, its time and its place."""
    index = lay(tmp_path, {"index.html": ("x", [1]), "e.txt": ("y", [])})
    fill(tmp_path, index, 1)
    before = (tmp_path / "output" / "e.txt").stat().st_mtime_ns

    filled = fill(tmp_path, index, 3, moved={"s"}, keep=None)

    assert (tmp_path / "output" / "index.html").read_text() == "x<b>3</b>"
    assert (tmp_path / "output" / "e.txt").stat().st_mtime_ns == before
    assert (filled.written, filled.same) == (1, 1)


def test_killed_between_two_trees_there_is_no_index(tmp_path):
    """An old index is never taken for a new tree: the next run publishes anew."""
    about = SiteManifest(settings=Settings(), address="", output="", data="")
    index = lay(tmp_path, {})
    index.end(about)
    index.save()
    assert SiteIndex.load(tmp_path).about == about

    index.begin()
    index.close()

    assert SiteIndex.load(tmp_path) is None


@pytest.mark.parametrize("data", [b"", b"no database", bytes(range(256)) * 40])
def test_an_index_that_cannot_be_read_is_none(tmp_path, data):
    """A torn or foreign file is thrown away, and the next run publishes anew."""
    (tmp_path / "index.sqlite").write_bytes(data)

    assert SiteIndex.load(tmp_path) is None
    assert SiteIndex(tmp_path).files.names() == {}


@pytest.mark.parametrize("name", ["a.bin", "pic.png"])
def test_files_without_text_are_copied_byte_for_byte(tmp_path, name):
    """Nothing is decoded that is no text."""
    data = bytes(range(256)) + token(1).encode()
    index = lay(tmp_path, {name: ("", [])})
    path = tmp_path / "site" / name
    path.write_bytes(data)
    stat = stat_of(str(path))
    index.files.put_files(
        {name: FileRow(skeleton=stat, output=None, slots=[], series=[])}
    )

    fill(tmp_path, index, 1)

    assert (tmp_path / "output" / name).read_bytes() == data
    assert not (Path(tmp_path) / "output" / name).is_symlink()


@pytest.mark.skipif(not swap.possible(), reason="files are replaced as ever")
def test_what_the_power_failing_may_have_cost_is_made_again(tmp_path, monkeypatch):
    """A page can lie there as it was left and hold an old number."""
    monkeypatch.setattr(swap, "FEW", 0)
    index = lay(tmp_path, {"a.html": ("x", [1]), "b.html": ("y", [])})
    for factor in (1, 2, 3):
        fill(tmp_path, index, factor, moved={"s"}, keep=None)
    good, path = contents(tmp_path / "output"), tmp_path / "output/a.html"
    path.write_text("x<b>1</b>")
    index.files.put_outputs(
        {"a.html": (stat_of(str(path)), index.files.names()["a.html"][3])}
    )
    assert fill(tmp_path, index, 3, keep=None).written == 0
    monkeypatch.setattr(swap, "_start", lambda: "another start of the computer")

    assert fill(tmp_path, index, 3, keep=None).written == 1
    assert contents(tmp_path / "output") == good
    assert fill(tmp_path, index, 3, keep=None).written == 0


@pytest.mark.skipif(not swap.possible(), reason="files are replaced as ever")
def test_a_page_that_goes_takes_its_spare_with_it(tmp_path, monkeypatch):
    """No old version of it stays anywhere."""
    monkeypatch.setattr(swap, "FEW", 0)
    index = lay(tmp_path, {"a.html": ("x", [1]), "b.html": ("y", [2])})
    for factor in (1, 2):
        fill(tmp_path, index, factor, moved={"s"})
    ours = SwapFiles(str(tmp_path / "spares"))
    kept = [Path(ours.path(name)) for name in ("a.html", "b.html")]
    assert all(path.exists() for path in kept)

    (tmp_path / "site/b.html").unlink()
    index.files.drop_files(["b.html"])
    fill(tmp_path, index, 2)

    assert [path.exists() for path in kept] == [True, False]
