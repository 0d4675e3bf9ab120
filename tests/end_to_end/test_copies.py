"""A checkout that was copied or moved works in its own folder, and in no other."""

import hashlib
import os
import shutil

import pytest

from pelican.plugins.live_stats.cli import parser
from support.site_folder import Site

COMMANDS = [
    ["publish"],
    ["publish", "--fresh", "--offline"],
    ["refresh"],
    ["refresh", "--all"],
    ["accept", "x/post/1/reposts"],
    ["stats"],
    ["explain", "output/index.html"],
]


@pytest.fixture
def original(tmp_path, site, platforms, monkeypatch):
    """A published site, in a folder of its own; its history and state are there."""
    (tmp_path / "original").mkdir()
    monkeypatch.chdir(tmp_path / "original")
    original = Site(tmp_path / "original", site.capsys)
    original.post("a")
    original.post("b")
    monkeypatch.setenv("X_BEARER_TOKEN", "key")
    assert original.publish() == 0, original.out
    return original


def at(folder, site, monkeypatch):
    """The site in a folder, where commands are run from here on, a day later."""
    monkeypatch.chdir(folder)
    other = Site.__new__(Site)
    other.folder, other.capsys, other.out = folder, site.capsys, ""
    other.now = "2026-11-25T12:00:00Z"
    return other


def copied(site, monkeypatch):
    """A copy as `cp -a` makes it."""
    folder = site.folder.parent / "copy"
    shutil.copytree(site.folder, folder, symlinks=True)
    return at(folder, site, monkeypatch)


def lying(folder):
    """Every file below a folder: its bytes, its time and its inode."""
    return {
        str(path.relative_to(folder)): (
            hashlib.sha256(path.read_bytes()).hexdigest(),
            path.stat().st_mtime_ns,
            path.stat().st_ino,
        )
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def run(site, command):
    if command[0] in ("publish", "refresh"):
        return site.run(*command)
    code = parser.main(command)
    said = site.capsys.readouterr()
    site.out = said.out + said.err
    return code


@pytest.mark.parametrize("command", COMMANDS, ids=lambda words: "-".join(words[:2]))
def test_a_copy_writes_nothing_into_the_original(
    original, platforms, monkeypatch, command
):
    """Neither its history nor its state, output or memory; the copy is whole."""
    before = lying(original.folder)
    copy = copied(original, monkeypatch)
    platforms.counts["post"] = 30_000

    code = run(copy, command)

    assert lying(original.folder) == before
    if command[0] in ("publish", "refresh"):
        assert code == 0, copy.out
        if "--offline" not in command:
            text = (copy.folder / "content/data/observations/2026-11.jsonl").read_text()
            assert "30000" in text
        (copy.folder / "content/posts/b.md").unlink()
        assert copy.publish("--offline") == 0, copy.out
        assert not (copy.folder / "output/posts/b").exists()
        assert copy.bytes() == copy.from_scratch()
        assert lying(original.folder) == before
    else:
        assert code == (command[0] == "accept") and "was built here" not in copy.out


def test_the_original_goes_on_where_it_was(original, platforms, monkeypatch):
    """That there is a copy, published or not, is nothing to it."""
    copy = copied(original, monkeypatch)
    assert copy.publish() == 0, copy.out
    there = lying(copy.folder)
    monkeypatch.chdir(original.folder)
    original.now = "2026-11-25T12:00:00Z"

    assert original.refresh() == 0, original.out

    assert "of no use" not in original.out and lying(copy.folder) == there


@pytest.mark.parametrize("how", ["copied", "moved", "restored with new times"])
def test_a_build_that_was_brought_here_is_used(original, monkeypatch, how):
    """Wherever it comes from: no page is rendered, none written; an edit is seen."""
    if how == "moved":
        place = original.folder.parent / "elsewhere/deeper"
        place.parent.mkdir()
        original.folder.rename(place)
        site = at(place, original, monkeypatch)
    else:
        site = copied(original, monkeypatch)
    if how == "restored with new times":
        for path in site.folder.rglob("*"):
            os.utime(path, (1_700_000_000, 1_700_000_000))
    before = site.files()

    assert site.publish("--offline") == 0, site.out
    assert "the last build was copied here" in site.out
    assert "no post, page, template or setting has changed" in site.out
    assert site.files() == before
    site.post("a", "Other words.")
    assert site.publish("--offline") == 0, site.out
    assert "copied here" not in site.out and "everything" not in site.out
    assert site.bytes() == site.from_scratch()


def test_what_builds_keep_names_no_folder(original, monkeypatch):
    """Not even that of the site: so it leads nowhere else when it is copied."""
    assert parser.main(["check", "--settings", "conf.py"]) in (0, 4)
    name = str(original.folder).encode()
    kept = [path for path in (original.folder / ".build").rglob("*") if path.is_file()]

    assert len(kept) > 20
    assert not [str(path) for path in kept if name in path.read_bytes()]


def test_a_page_that_shows_where_the_site_lies_shows_where_it_lies_now(
    original, monkeypatch
):
    """That of a copy is made again, for it is another one."""
    original.write(
        "theme/templates/404.html", "{{ THEME }} {{ articles[0].source_path }}"
    )
    assert original.publish("--offline") == 0, original.out
    assert str(original.folder) in original.read("404.html")
    copy = copied(original, monkeypatch)

    assert copy.publish("--offline") == 0, copy.out

    assert copy.read("404.html").count(str(copy.folder)) == 2
    assert copy.bytes() == copy.from_scratch()


def test_a_refresh_does_not_fill_the_build_of_another_site(original, monkeypatch):
    """Somebody has copied its `.build` here, or a cache had the wrong key."""
    copy = copied(original, monkeypatch)
    copy.post("c", "Another site.")
    for name in "ab":
        (copy.folder / f"content/posts/{name}.md").unlink()

    assert copy.refresh("--offline") == 0, copy.out

    assert "the last build was made from other sources: publishing" in copy.out
    assert copy.bytes() == copy.from_scratch()


@pytest.mark.parametrize("command", ["publish", "refresh"])
@pytest.mark.parametrize("how", ["moved", "copied, the original gone"])
def test_a_site_in_another_place_is_built_there(original, monkeypatch, command, how):
    """Nothing appears again where it was; what it no longer has goes."""
    if how == "moved":
        place = original.folder.parent / "elsewhere"
        original.folder.rename(place)
        site = at(place, original, monkeypatch)
    else:
        site = copied(original, monkeypatch)
        shutil.rmtree(original.folder)
    (site.folder / "content/posts/b.md").unlink()

    assert site.run(command, "--offline") == 0, site.out

    assert not original.folder.exists()
    assert site.bytes() == site.from_scratch()


def test_what_a_copy_deletes_stays_in_the_original(original, monkeypatch):
    """Its output is a folder of the copy, and so are the names of what builds wrote."""
    before = lying(original.folder)
    copy = copied(original, monkeypatch)
    shutil.rmtree(copy.folder / "output")
    (copy.folder / "content/posts/b.md").unlink()

    assert copy.refresh("--offline") == 0, copy.out
    assert lying(original.folder) == before
    assert "posts/a/index.html" in copy.bytes()
