"""Files that are written over out of sight, and then take a name."""

import os
import stat
from contextlib import contextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pelican.plugins.incremental.system import swap
from pelican.plugins.incremental.system.swap import FEW, YOUNG, SwapFiles

linux = pytest.mark.skipif(
    not swap.possible(), reason="this system cannot exchange names"
)


@contextmanager
def place(folder):
    """Spares that are ready, and what puts a version of the one page."""
    (folder / "site").mkdir()
    page, ours = folder / "site" / "é.html", SwapFiles(str(folder / "spares"))
    ours.begin(str(folder / "site"), FEW + 1)

    def put(data):
        assert ours.put("é.html", str(page), data)
        return page.stat().st_ino

    yield ours, page, put


@linux
@given(versions=st.lists(st.binary(max_size=40), min_size=1, max_size=6))
def test_each_version_is_there_whole(tmp_path_factory, versions):
    """Longer or shorter than what was written over: its bytes, and no others."""
    with place(tmp_path_factory.mktemp("spares")) as (_, page, put):
        for data in versions:
            put(data)

            assert page.read_bytes() == data
            assert os.listdir(page.parent) == ["é.html"]


@linux
def test_two_files_take_turns(tmp_path, monkeypatch):
    """From the third version on none is made and none taken away: that is the point."""
    with place(tmp_path) as (_, _, put):
        first, second = put(b"1"), put(b"2")
        monkeypatch.setattr(os, "unlink", None)

        assert [put(b"3"), put(b"4"), put(b"5")] == [first, second, first]


@linux
def test_whoever_reads_a_page_reads_it_to_its_end(tmp_path):
    """A server that is slow to send still has the bytes that it began with."""
    with place(tmp_path) as (_, page, put):
        put(b"old")
        with open(page, "rb", buffering=0) as reader:
            begun = reader.read(1)
            put(b"new")
            put(b"newer")

            assert begun + reader.read() == b"old"
        assert page.read_bytes() == b"newer"


@linux
def test_a_copy_made_of_links_stays_as_it_is(tmp_path):
    """Backups are made so: what they hold is not ours to write over."""
    with place(tmp_path) as (_, page, put):
        put(b"old")
        os.link(page, tmp_path / "backup")
        put(b"new")
        put(b"newer")

        assert (tmp_path / "backup").read_bytes() == b"old"
        assert page.read_bytes() == b"newer"


@linux
def test_a_link_in_the_place_of_a_spare_is_not_followed(tmp_path):
    """Whoever puts one there does not make us write elsewhere."""
    with place(tmp_path) as (ours, page, put):
        put(b"old")
        (tmp_path / "other").write_bytes(b"other")
        os.symlink(tmp_path / "other", ours.path("é.html"))

        put(b"new")

        assert (tmp_path / "other").read_bytes() == b"other"
        assert page.read_bytes() == b"new" and not page.is_symlink()


@linux
def test_a_page_is_as_open_as_a_new_file(tmp_path):
    """What somebody allowed or forbade on an old version is not handed on."""
    with place(tmp_path) as (_, page, put):
        put(b"old")
        usual = stat.S_IMODE(page.stat().st_mode)
        page.chmod(0o600)
        put(b"new")
        put(b"newer")

        assert stat.S_IMODE(page.stat().st_mode) == usual


@linux
def test_a_spare_that_was_half_written_is_no_harm(tmp_path):
    """Killed before the names were exchanged: nobody has seen it, nobody will."""
    with place(tmp_path) as (ours, page, put):
        put(b"old")
        ours.write("é.html", b"half of the ne")

        assert page.read_bytes() == b"old"
        put(b"new")
        assert page.read_bytes() == b"new"


@linux
def test_a_new_name_is_given_too(tmp_path):
    """A page that was not there yet has nothing to exchange with."""
    with place(tmp_path) as (ours, page, _):
        ours.write("é.html", b"new")
        ours.swap("é.html", str(page))

        assert page.read_bytes() == b"new"
        assert not os.path.exists(ours.path("é.html"))
        ours.drop("é.html")


@pytest.mark.parametrize("lacking", ["_system_call", "_start", "folder", "few"])
def test_where_it_cannot_be_files_are_replaced_as_ever(tmp_path, monkeypatch, lacking):
    """Then `put` has done nothing, and says so."""
    page, ours = tmp_path / "page", SwapFiles(str(tmp_path / "spares"))
    page.write_bytes(b"old")
    if lacking == "folder":
        (tmp_path / "spares").write_bytes(b"a file")
    elif lacking != "few":
        monkeypatch.setattr(swap, lacking, lambda: None)

    ours.begin(str(tmp_path), FEW if lacking == "few" else FEW + 1)

    assert not ours.put("page", str(page), b"new")
    assert page.read_bytes() == b"old"


@linux
def test_another_disk_is_left_to_others(tmp_path, monkeypatch):
    """A page that turns out to be on another mount is put by whoever asked."""
    with place(tmp_path) as (ours, page, _):
        ours.ready = True

        def cannot(*paths):
            raise OSError(18, "Invalid cross-device link")

        monkeypatch.setattr(swap, "_exchange", lambda *paths: False)
        monkeypatch.setattr(os, "replace", cannot)

        assert not ours.put("é.html", str(page), b"new")
        assert not ours.ready


def test_after_a_start_of_the_computer_young_files_are_doubted(tmp_path, monkeypatch):
    """Once, and if spares were written over: they may hold what was there before."""
    monkeypatch.setattr(swap, "_start", lambda: "one")
    monkeypatch.setattr(swap, "_system_call", lambda: lambda *some: -1)
    now = 10 * YOUNG
    ages = {"new": now, "young": now - YOUNG, "old": now - YOUNG - 1}
    stats = [(name, f"1 2 {age} {now}") for name, age in ages.items()]
    stats += [("gone", "-"), ("never", "")]
    ours = SwapFiles(str(tmp_path / "spares"))

    def doubted(start):
        monkeypatch.setattr(swap, "_start", lambda: start)
        assert ours.doubtful == bool(ours.doubted(stats))
        return ours.doubted(stats)

    assert doubted("two") == set()
    monkeypatch.setattr(swap, "_start", lambda: "one")
    ours.begin(str(tmp_path), FEW + 1)
    assert doubted("one") == set()
    assert doubted("two") == {"new", "young"}
    ours.begin(str(tmp_path), FEW + 1)
    assert doubted("two") == {"new", "young"}
    ours.settle()
    assert doubted("two") == set()
    (tmp_path / "spares" / "started").write_text("")  # killed while it was written
    assert doubted("two") == {"new", "young"}
