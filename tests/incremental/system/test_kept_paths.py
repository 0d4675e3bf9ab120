"""Paths in a state lead to the site that the state lies in, wherever that is."""

from pathlib import Path

import pytest

from pelican.plugins.incremental.system.kept_paths import KeptPaths

STATES = [".build/incremental", ".build/check/.build/incremental", "state"]


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("below", ["content/a.md", "a", ".build/site/x.html", "ä/b c"])
def test_a_path_in_the_site_is_one_of_the_site_that_was_moved(
    tmp_path, monkeypatch, state, below
):
    """Read from there or from anywhere, it is the path in the place that it is at."""
    here, there = tmp_path / "here", tmp_path / "far/there"
    for folder in (here, there):
        folder.mkdir(parents=True)
    monkeypatch.chdir(here)
    kept = KeptPaths(here / state).kept(str(here / below))
    assert not Path(kept).is_absolute() and str(here) not in kept
    assert KeptPaths(here / state).whole(kept) == str(here / below)

    assert KeptPaths(there / state).whole(kept) == str(there / below)
    monkeypatch.chdir(there)
    assert KeptPaths(there / state).whole(kept) == str(there / below)


def test_other_paths_stay_as_they_are(tmp_path, monkeypatch):
    """Those outside of the site; and all, if the state is not in the site."""
    site = tmp_path / "site"
    site.mkdir()
    monkeypatch.chdir(site)
    paths = KeptPaths(site / ".build/incremental")
    for path in ("/etc/x", f"{site}-other/a", "content/a.md", str(tmp_path)):
        assert paths.kept(path) == path
        assert Path(path).is_absolute() == (paths.whole(path) == path) or "/" in path
    assert paths.whole(paths.kept(str(site))) == str(site)

    outside = KeptPaths(tmp_path / "cache")
    assert outside.kept(str(site / "a")) == str(site / "a")


def test_a_text_that_says_where_the_site_lies_is_told_from_others(
    tmp_path, monkeypatch
):
    """As it is, or as an address has it; a text that does not is true everywhere."""
    site = tmp_path / "my site"
    site.mkdir()
    monkeypatch.chdir(site)
    paths = KeptPaths(site / ".build")
    assert paths.are_named_in(f"<p>{site}/a</p>")
    assert paths.are_named_in(f"file://{site}/a".replace(" ", "%20").encode())
    assert not paths.are_named_in("my site") and not paths.are_named_in(b"")
