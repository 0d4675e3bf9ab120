"""The copy of the site with invented readings, as `make demo` publishes it."""

import shutil

import pytest

from support.demo import Demo
from support.paths import ROOT

POST = """Title: A title
Date: 2017-10-17
Hashtags: MeToo

Shared [over 21,000](stat:x/post/1/reposts) times.
"""


@pytest.fixture
def original(tmp_path):
    """A small site with a history of its own."""
    site = tmp_path / "site"
    (site / "content/posts").mkdir(parents=True)
    (site / "content/posts/a.md").write_text(POST)
    (site / "content/data").mkdir()
    (site / "content/data/state.jsonl").write_text("{}\n")
    shutil.copytree(ROOT / "theme", site / "theme")
    shutil.copy(ROOT / "publishconf.py", site)
    settings = (ROOT / "pelicanconf.py").read_text()
    (site / "pelicanconf.py").write_text(
        f"{settings}\nSEARCH = LIVE_STATS_DATA = LIVE_STATS_SHARE_IMAGES = False\n"
    )
    return site


def files(folder):
    """Every file below a folder, with its bytes."""
    return {
        path.relative_to(folder): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_invented_readings_stay_out_of_the_site(original, platforms, tmp_path):
    """The copy shows them and keeps them; the original is as it was."""
    before = files(original)
    demo = Demo(tmp_path / "copy", platforms, original)

    assert demo.run("publish") == 0
    page = (demo.folder / "output/posts/a-title/index.html").read_text()
    assert f"{platforms.counts['post']:,}" in page
    assert list((demo.folder / "content/data/observations").glob("*.jsonl"))
    assert files(original) == before


def test_every_platform_has_a_key_for_the_stand_in(original, platforms, tmp_path):
    """So that no variable of this machine is used, and no platform is left out."""
    environment = Demo(tmp_path / "copy", platforms, original).environment

    assert environment["X_BEARER_TOKEN"] == "s3cret-x_bearer_token"
    assert environment["LIVE_STATS_STAND_IN"] == platforms.address
