"""A build service: each run has a fresh checkout, and the last build from a cache."""

import os
import shutil

import pytest

from pelican.plugins.incremental import last_report

KEPT = "the last build was copied here"
NOTHING = "no post, page, template or setting has changed"


def checked_out(site, *, touched):
    """Another folder with the same files at the same place, on another computer."""
    away = site.folder.with_name("away")
    os.rename(site.folder, away)
    copy = shutil.copy if touched else shutil.copy2
    shutil.copytree(away, site.folder, copy_function=copy)
    os.chdir(site.folder)
    shutil.rmtree(away)
    for mark in (site.folder / ".build").rglob("spares/started"):
        mark.write_text("another computer\n")


@pytest.fixture
def site(site):
    for number in range(20):
        site.post(f"p{number}")
    site.write("content/images/a.txt", "a")
    conf = (site.folder / "conf.py").read_text()
    conf += "LIVE_STATS_SHARE_IMAGES = LIVE_STATS_DATA = SEARCH = True\n"
    site.write("conf.py", conf)
    assert site.publish("--offline") == 0, site.out
    site.post("p3", text="Edited, so that many files are replaced.", title="Another")
    site.now = "2026-11-24T12:10:00Z"
    assert site.publish("--offline") == 0, site.out
    return site


@pytest.mark.parametrize("touched", [False, True])
@pytest.mark.parametrize("command", ["publish", "refresh"])
def test_a_copy_is_known_by_its_bytes(site, command, touched):
    """Whether or not the cache keeps times: nothing is rendered, nothing written."""
    checked_out(site, touched=touched)
    before = site.files()
    site.now = "2026-11-24T12:20:00Z"

    assert site.run(command, "--offline") == 0, site.out

    assert KEPT in site.out and site.files() == before
    assert (NOTHING in site.out) == (command == "publish")
    site.now = "2026-11-24T12:30:00Z"
    assert site.publish("--offline") == 0 and KEPT not in site.out
    assert site.bytes() == site.from_scratch()


def test_only_what_changed_is_rendered_in_a_copy(site):
    """An edited post: its page and the lists, as where nothing was copied."""
    checked_out(site, touched=True)
    site.post("p5", text="Edited.")
    site.now = "2026-11-24T12:20:00Z"

    assert site.publish("--offline") == 0, site.out

    posts = [name for name in last_report().rendered if name.startswith("posts/")]
    assert posts == ["posts/p5/index.html"]
    assert site.bytes() == site.from_scratch()


@pytest.mark.parametrize("name", ["output", ".build/site"])
def test_what_was_changed_on_the_way_is_made_again(site, name):
    """A file of the copy that has other bytes, be it of the same size."""
    checked_out(site, touched=False)
    path = site.folder / name / "posts/p7/index.html"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("A title", "A tit1e"), encoding="utf-8")
    site.now = "2026-11-24T12:20:00Z"

    assert site.publish("--offline") == 0, site.out

    assert site.bytes() == site.from_scratch()


def test_a_cache_without_the_output_is_enough(site):
    """The pages are there; they are only filled."""
    shutil.rmtree(site.folder / "output")
    checked_out(site, touched=True)
    site.now = "2026-11-24T12:20:00Z"

    assert site.publish("--offline") == 0, site.out

    assert not last_report().rendered
    assert site.bytes() == site.from_scratch()
