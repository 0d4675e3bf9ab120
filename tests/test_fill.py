"""Fill: `output/` is the filled image of the skeletons; nothing is written twice."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from live_stats import fill
from live_stats.fill import fill_all, fill_slots, tree
from live_stats.index import Index
from live_stats.settings import Settings
from live_stats.slots import Rendered, token

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

    def renderer(self, specs, file):
        def render(number):
            text = str(number * self.factor)
            return Rendered(html=f"<b>{text}</b>", text=text)

        return render


def lay(folder, files):
    """Write a skeleton tree and an index for it."""
    site, slotted = folder / "site", []
    for name, (text, numbers) in files.items():
        path = site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        slots = numbers if path.suffix in fill.KINDS else []
        path.write_text(text + "".join(map(token, slots)))
        slotted += [name] if slots else []
    site.mkdir(exist_ok=True)
    index = Index(
        settings=Settings(),
        address="https://blog.example",
        output=str(folder / "output"),
        data="",
        files=slotted,
    )
    return site, index


def contents(folder):
    return {name: (folder / name).read_bytes() for name in tree(folder)}


@given(first=trees, second=trees)
def test_output_is_a_function_of_the_skeletons(tmp_path_factory, first, second):
    """Whatever lay there before: the same files, and a second fill writes nothing."""
    used, clean = (tmp_path_factory.mktemp("fill") for _ in range(2))
    site, index = lay(used, first)
    fill_all(site, tree(site), index, Numbers(1), set())
    for name in tree(site):
        (site / name).unlink()
    for path in sorted(site.rglob("*"), reverse=True):
        path.rmdir()
    site, index = lay(used, second)

    fill_all(site, tree(site), index, Numbers(1), set())
    again = fill_all(site, tree(site), index, Numbers(1), set())

    fresh, fresh_index = lay(clean, second)
    fill_all(fresh, tree(fresh), fresh_index, Numbers(1), set())
    result = contents(used / "output")
    assert result == contents(clean / "output")
    assert set(result) == set(second)
    assert (again.written, again.removed, again.same) == (0, 0, len(second))


@given(files=trees)
def test_filling_the_slots_alone_gives_the_same_site(tmp_path_factory, files):
    """A refresh and a publish from the same numbers end with the same bytes."""
    one, other = (tmp_path_factory.mktemp("fill") for _ in range(2))
    site, index = lay(one, files)
    fill_all(site, tree(site), index, Numbers(1), set())
    fill_slots(site, index, Numbers(2))
    fresh, fresh_index = lay(other, files)
    fill_all(fresh, tree(fresh), fresh_index, Numbers(2), set())

    assert contents(one / "output") == contents(other / "output")


def test_killed_between_two_trees_there_is_no_index(tmp_path, monkeypatch):
    """An old index is never taken for a new tree: the next run publishes anew."""
    folder = tmp_path / ".build"
    (folder / "next").mkdir(parents=True)
    _, index = lay(tmp_path, {})
    index.save(folder)

    def killed(folder):
        raise KeyboardInterrupt

    monkeypatch.setattr(Index, "save", lambda self, folder: killed(folder))
    with pytest.raises(KeyboardInterrupt):
        index.replace(folder)

    assert Index.load(folder) is None


@pytest.mark.parametrize("name", ["a.bin", "pic.png"])
def test_files_without_text_are_copied_byte_for_byte(tmp_path, name):
    """Nothing is decoded that is no text."""
    site, index = lay(tmp_path, {})
    data = bytes(range(256)) + token(1).encode()
    (site / name).write_bytes(data)

    fill_all(site, [name], index, Numbers(1), set())

    assert (tmp_path / "output" / name).read_bytes() == data
    assert not (Path(index.output) / name).is_symlink()
