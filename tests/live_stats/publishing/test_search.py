"""Search: the texts of the posts can be found, with claims and without readings."""

import os
import shutil
from dataclasses import replace

import pytest

from pelican.plugins.live_stats.model.errors import Mistakes
from pelican.plugins.live_stats.publishing.index import FileRow
from pelican.plugins.live_stats.publishing.search import pagefind_service
from pelican.plugins.live_stats.publishing.search import search_index as search
from pelican.plugins.live_stats.publishing.search.index_files import torn_file
from pelican.plugins.live_stats.rendering.slots import token
from pelican.plugins.live_stats.storage import atomic_write
from support import site_folder
from support.searchable import FIGURE, SPECS, Blog, claimed


@pytest.fixture
def blog(tmp_path):
    return Blog(tmp_path)


@pytest.fixture
def broken(tmp_path, monkeypatch):
    """Whoever runs pagefind from here on learns that it fails."""
    program = tmp_path / "broken"
    program.write_text("#!/bin/sh\necho Error: no memory >&2\nexit 1\n")
    program.chmod(0o755)
    return lambda: monkeypatch.setenv("PAGEFIND_BINARY_PATH", str(program))


def test_claims_are_found_and_readings_are_not(blog):
    """A figure stands in the index as its author wrote it; other slots are empty."""
    text = f"Shared {token(1)} times{token(2)}, up by [{token(3)}]."
    blog.lay({"a": f"<h1>One</h1><p>{text}</p>"}, nav="<nav>elsewhere</nav>")

    searched = blog.search()

    assert searched.pages == 1 and searched.written
    found = blog.found()
    assert "Shared over <up>21,000 times, up by []." in found
    assert "unsaid" not in found and "elsewhere" not in found


def test_only_marked_pages_are_found(blog):
    """A list of posts, which asks for nothing, is no result."""
    blog.lay({"a": "apple"})
    (blog.build / "site/list.html").write_text("<html><body>pear")
    rows = {
        "list.html": FileRow(skeleton=(0, 0, 0, 0), output=None, slots=[], series=[])
    }
    blog.index.files.put_files(rows)

    assert blog.search().pages == 1
    assert "pear" not in blog.found()


def test_unchanged_text_runs_nothing(blog, broken):
    """A second publish, or one with other readings, touches no file."""
    blog.lay({"a": f"apple {token(1)}"}).search()
    before = blog.files()
    broken()  # whatever runs it would fail

    assert not blog.lay({"a": f"apple {token(1)}"}).search().written
    assert blog.files() == before


@pytest.mark.parametrize("change", ["text", "claim", "version", "name", "gone"])
def test_whatever_is_found_renews_the_index(blog, change, monkeypatch):
    """New words, another claim, another pagefind, a moved page, a lost file."""
    blog.lay({"a": f"apple {token(1)}"}).search()
    if change == "text":
        blog.lay({"a": f"cherry {token(1)}"})
    elif change == "claim":
        figure = replace(FIGURE, claim=claimed("under 3"))
        blog.lay({"a": f"apple {token(1)}"}, specs=SPECS | {"1": figure})
    elif change == "version":
        monkeypatch.setattr(search.metadata, "version", lambda name: "9.9")
    elif change == "name":
        blog.lay({"b": f"apple {token(1)}"})
    else:
        (blog.output / "pagefind/pagefind.js").unlink()

    assert blog.search().written

    found = blog.found()
    assert ("cherry" in found) == (change == "text")
    assert ("under 3" in found) == (change == "claim")
    assert ('"url":"/b/"' in found) == (change == "name")
    assert (blog.output / "pagefind/pagefind.js").is_file()


def test_a_change_writes_only_what_differs(blog):
    """One new post leaves the program and the other posts' fragments alone."""
    blog.lay({"a": "apple", "b": "banana"}).search()
    before = blog.files()

    blog.lay({"a": "apple", "b": "banana", "c": "cherry"}).search()

    after = blog.files()
    same = {name for name in before if after.get(name) == before[name]}
    assert "pagefind/pagefind.js" in same
    assert len([name for name in same if "/fragment/" in name]) == 2


def test_what_was_made_is_the_same_each_time(blog, tmp_path):
    """Two clean runs give the same bytes, in however many languages."""
    texts = {lang: f"apple in {lang}" for lang in ("de", "en", "es", "fr", "it", "sv")}
    blog.lay(texts).search()
    other = Blog(tmp_path / "other").lay(texts)
    other.search()

    assert blog.bytes() == other.bytes()


def test_pages_in_any_order_make_the_same_index(tmp_path):
    """Such as a folder lists them, which another disk does otherwise."""
    text = "<html><body data-pagefind-body>apple {}"
    pages = {f"{n}/index.html": text.format("pear " * n) for n in range(30)}
    one, other = (
        pagefind_service.make(dict(order), "en", tmp_path)
        for order in (pages.items(), reversed(pages.items()))
    )
    # It lists the languages of its entry in any order.
    assert {n: one[n] for n in one if n != search.ENTRY} == {
        n: other[n] for n in other if n != search.ENTRY
    }


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The files of an index of three pages."""
    texts = {name: f"<html><body data-pagefind-body>{name}" for name in "abc"}
    pages = {f"{name}/index.html": text for name, text in texts.items()}
    return pagefind_service.make(pages, "en", tmp_path_factory.mktemp("pagefind"))


def needed(made):
    """The names of all files that a search reads."""
    ends = (".pf_meta", ".pf_fragment", ".pf_index", "-entry.json", "wasm.en.pagefind")
    ends += ("pagefind.js", "pagefind-worker.js")
    return [name for name in made if name.endswith(ends)]


def test_an_index_is_believed_whole_or_not_at_all(made):
    """Whichever file is missing, empty, cut off or another one: it is named."""
    assert not torn_file(made) and len(needed(made)) == 9
    for name in needed(made):
        data = made[name]
        for other in (None, b"", data[: len(data) // 2], data[: -len(data) // 5]):
            some = {**made, name: other}
            if other is None:
                del some[name]
            assert torn_file(some) == name
        if not name.endswith((".js", ".json")):
            for at in range(0, len(data), max(1, len(data) // 9)):
                changed = bytes([*data[:at], data[at] ^ 0x55, *data[at + 1 :]])
                assert torn_file({**made, name: changed}) in (name, "") and (
                    at < 10 or torn_file({**made, name: changed})
                )


def test_an_index_of_other_pages_than_it_says_is_not_believed(made):
    """The entry counts the pages that the list has."""
    entry = made[search.ENTRY].replace(b'"page_count":3', b'"page_count":4')
    assert entry != made[search.ENTRY]
    assert torn_file({**made, search.ENTRY: entry}).endswith(".pf_meta")


def test_an_index_that_is_not_whole_is_not_published(blog, monkeypatch):
    """One line, and the next run makes it: though pagefind says that all is well."""
    blog.lay({"a": "apple"}).search()
    before = blog.files()
    blog.lay({"a": "cherry"})
    whole = pagefind_service.make

    def torn(*about):
        made = whole(*about)
        del made[next(name for name in made if name.endswith(".pf_fragment"))]
        return made

    monkeypatch.setattr(pagefind_service, "make", torn)
    said = search.update(blog.index, blog.build, blog.output)
    monkeypatch.setattr(pagefind_service, "make", whole)

    assert "pf_fragment torn, or did not make it" in said and "\n" not in said
    assert blog.files() == before
    assert blog.search().written and "cherry" in blog.found()


@pytest.mark.parametrize(
    ("answer", "said"),
    [("bm90IGpzb24=,", "an answer that is none"), ("W10=,", "an answer that is none")],
)
def test_an_answer_that_is_none_is_a_failure(blog, tmp_path, monkeypatch, answer, said):
    """And nobody waits for the others."""
    program = tmp_path / "odd"
    program.write_text(f"#!/bin/sh\nprintf {answer}\nexec sleep 60\n")
    program.chmod(0o755)
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", str(program))
    blog.lay({"a": "apple"})
    with pytest.raises(Mistakes, match=said):
        blog.search()


def test_only_what_a_search_needs_is_published(blog):
    """The ready-made interfaces of pagefind stay behind."""
    blog.lay({"a": "apple"}).search()

    names = {os.path.basename(name) for name in blog.files()}
    assert {"pagefind.js", "pagefind-worker.js", "pagefind-entry.json"} <= names
    assert not [name for name in names if "ui" in name or "highlight" in name]


def test_a_vanished_page_is_not_found(blog):
    """Its text leaves the output; without any page, so does the index."""
    blog.lay({"a": "apple", "b": "banana"}).search()
    assert "banana" in blog.found()

    blog.lay({"a": "apple"}).search()
    assert "apple" in blog.found() and "banana" not in blog.found()

    assert blog.lay({}).search().written
    assert not blog.files()
    assert not blog.search().written


def test_a_failing_pagefind_leaves_the_site(blog, broken, monkeypatch):
    """One message with the reason and the cure; the next run heals it."""
    blog.lay({"a": "apple"}).search()
    before = blog.files()
    blog.lay({"a": "cherry"})
    broken()
    with pytest.raises(Mistakes) as raised:
        blog.search()

    said = str(raised.value)
    assert "pagefind failed: Error: no memory" in said and "pip install" in said
    assert "\n" not in said
    assert blog.files() == before
    monkeypatch.delenv("PAGEFIND_BINARY_PATH")
    assert blog.search().written and "cherry" in blog.found()


def test_a_killed_run_is_mended_by_the_next(blog, monkeypatch):
    """Even when the texts are by then what they were before."""
    blog.lay({"a": "apple"}).search()
    before = blog.bytes()
    blog.lay({"a": "cherry"})

    def killed(path, data):
        if str(path).startswith(str(blog.output)) and path.name == search.ENTRY:
            raise KeyboardInterrupt
        return written(path, data)

    written = atomic_write.write_if_changed
    monkeypatch.setattr(atomic_write, "write_if_changed", killed)
    with pytest.raises(KeyboardInterrupt):
        blog.search()
    monkeypatch.setattr(atomic_write, "write_if_changed", written)
    assert blog.bytes() != before

    assert blog.lay({"a": "apple"}).search().written
    assert blog.bytes() == before


def harmed(path, how):
    """Damage one file of an index."""
    data = path.read_bytes()
    if how == "gone":
        path.unlink()
    elif how == "folder":
        path.unlink()
        path.mkdir()
    else:
        path.write_bytes({"cut": data[:-9], "empty": b""}.get(how, bytes(len(data))))


@pytest.mark.parametrize("how", ["gone", "cut", "empty", "zeros"])
def test_a_damaged_index_is_made_again(blog, how):
    """Whichever of its files it is, and though no text has changed."""
    blog.lay({"a": "apple", "b": "banana"}).search()
    whole = blog.bytes()
    for name in whole:
        if name.rpartition(".")[2] in ("js", "json", "pf_meta", "pf_fragment"):
            harmed(blog.output / name, how)
            assert blog.bytes() != whole

            assert blog.search().written, name

            assert blog.bytes() == whole
    assert not blog.search().written


def test_an_index_that_somebody_removed_is_made_again(blog):
    """The whole folder; one that was only copied there is as good as it was."""
    blog.lay({"a": "apple"}).search()
    whole, folder = blog.bytes(), blog.output / "pagefind"
    shutil.rmtree(folder)
    assert blog.search().written and blog.bytes() == whole

    shutil.copytree(folder, blog.output / "copy")
    shutil.rmtree(folder)
    (blog.output / "copy").rename(folder)

    assert not blog.search().written and blog.bytes() == whole


def test_files_of_others_beside_the_index_stay(blog):
    """They go neither with a page nor with the last one."""
    blog.lay({"a": "apple", "b": "banana"}).search()
    theirs = blog.output / "pagefind/fragment/theirs.txt"
    theirs.write_text("theirs")
    blog.lay({"a": "apple"}).search()
    blog.lay({}).search()

    assert blog.bytes() == {"pagefind/fragment/theirs.txt": b"theirs"}


@pytest.mark.parametrize("after", [0, 3])
def test_a_full_disk_is_a_line_and_the_index_is_made_later(blog, monkeypatch, after):
    """What was torn is known to be: the next run makes all of it."""
    blog.lay({"a": "apple"}).search()
    blog.lay({"a": "cherry", "b": "banana"})
    written, count = atomic_write.write_if_changed, iter(range(after))

    def full(path, data):
        if str(path).startswith(str(blog.output)) and next(count, None) is None:
            raise OSError(28, "No space left on device", str(path))
        return written(path, data)

    monkeypatch.setattr(atomic_write, "write_if_changed", full)
    said = search.update(blog.index, blog.build, blog.output)
    monkeypatch.setattr(atomic_write, "write_if_changed", written)

    assert "No space left on device" in said and "\n" not in said
    assert blog.search().written
    torn = blog.bytes()
    shutil.rmtree(blog.build / "search")
    shutil.rmtree(blog.output)
    assert blog.search().written and blog.bytes() == torn


@pytest.fixture
def searched(broken, site):
    """A published site that can be searched; `broken` leaves its file before."""
    site.write("conf.py", site_folder.SETTINGS + "\nSEARCH = True\n")
    site.post("a")
    assert site.publish("--offline") == 0, site.out
    return site


@pytest.mark.parametrize("harm", ["failed", "killed", "removed", "torn"])
def test_the_next_publish_makes_what_was_not_made(searched, broken, monkeypatch, harm):
    """Though nothing is new to it: the last run failed, or somebody was at it."""
    site, pagefind = searched, searched.folder / "output/pagefind"
    if harm in ("failed", "killed"):
        site.post("a", "Of cherries.")
        with monkeypatch.context() as during:
            if harm == "failed":
                broken()
            else:
                during.setattr(search, "update_unchanged", killed)
            assert site.publish("--offline") == (130 if harm == "killed" else 0)
        monkeypatch.delenv("PAGEFIND_BINARY_PATH", raising=False)
        assert harm == "killed" or "the index was not updated: search:" in site.out
    elif harm == "removed":
        shutil.rmtree(pagefind)
    else:
        harmed(next(pagefind.glob("fragment/*")), "cut")

    site.now = "2026-11-24T12:10:00Z"
    assert site.publish("--offline") == 0, site.out

    assert "no post, page, template or setting has changed" in site.out
    assert "search: 1 page indexed" in site.out
    site.now = "2026-11-24T12:15:00Z"
    assert site.publish("--offline") == 0 and "search" not in site.out
    assert site.bytes() == site.from_scratch()


def killed(*_):
    raise KeyboardInterrupt
