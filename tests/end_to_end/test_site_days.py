"""The day that the figures of a text share: at its head, and nowhere else."""

import re

import pytest

from pelican.plugins.live_stats.collection import scheduler
from pelican.plugins.live_stats.rendering import slots

HERE = "posts/a/index.html"
LIKED = "Liked [over 9](stat:mastodon@b.example/post/7/likes) times."
HEAD = '<p class="readings-day">'


@pytest.fixture(autouse=True)
def x_and_no_waiting(site, monkeypatch):
    monkeypatch.setattr(scheduler.time, "sleep", lambda seconds: None)
    monkeypatch.setenv("X_BEARER_TOKEN", "s3cret-token")


def text(site, path=HERE):
    """The text of an article as a reader view has it."""
    prose = re.search(r'<div class="[^"]*prose.*', site.read(path), re.S)[0]
    return " ".join(slots.plain(prose).split())


def test_one_day_is_said_once_and_another_where_it_is_said(site, platforms):
    """From build to build, from refresh to refresh: always what a clean build says."""
    site.post(text=LIKED)
    assert site.publish() == 0, site.out
    first = "Readings of 24 November 2026. Shared over 21,000 (24,318) times."
    assert f"{first} Liked over 9 (24,319 on b.example) times." in text(site)
    assert site.bytes() == site.from_scratch()

    platforms.trouble["b.example"] = 500
    site.now = "2026-11-25T12:00:00Z"
    assert site.refresh("--all") == 0, site.out
    assert HEAD not in site.read(HERE)
    assert "24,318 on 25 November 2026" in text(site)
    assert "24,319 on b.example on 24 November 2026" in text(site)
    before = site.bytes()
    assert before == site.from_scratch()

    del platforms.trouble["b.example"]
    assert site.refresh("--all") == 0, site.out
    assert "Readings of 25 November 2026. Shared" in text(site)
    before = site.bytes()
    assert before == site.from_scratch()

    site.post()
    assert site.publish("--offline") == 0, site.out
    assert HEAD not in site.read(HERE)
    assert "24,318 on 25 November 2026" in text(site)
    assert site.bytes() == site.from_scratch()


def test_away_from_the_page_each_figure_says_its_day(site, platforms):
    """Lists, feeds and descriptions have no head, and lose no word of a summary to it.

    A summary of figures stands above the head, on the page too.
    """
    site.write(
        "content/pages/p.md", f"Title: Page\nDate: 2017-10-17\n\n{LIKED} {LIKED}"
    )
    summary = "Summary: Some [over 9](stat:x/post/2/likes) of it."
    site.post(text=LIKED)
    site.post("b", text=LIKED)
    site.post("c", text=LIKED)
    for slug in "bc":
        path = site.folder / f"content/posts/{slug}.md"
        raw, own = path.read_text(), "" if slug == "b" else f"{summary}\n"
        path.write_text(raw.replace("Summary: A summary without figures.\n", own))
    site.write("conf.py", f"{site.folder.joinpath('conf.py').read_text()}\n"
               "SUMMARY_MAX_LENGTH = 6\n")  # fmt: skip

    assert site.publish() == 0, site.out

    assert HEAD in site.read(HERE) and HEAD in site.read("page/index.html")
    others = set(site.files()) - {f"posts/{one}/index.html" for one in "abc"}
    for path in others - {"page/index.html"}:
        if path.endswith((".html", ".xml", ".json")):
            assert "readings-day" not in site.read(path), path
            assert "Readings of" not in site.read(path), path
    feed = slots.plain(slots.plain(site.read("feeds/all.atom.xml")))
    assert "24,319 on b.example on 24 November 2026" in feed
    cut = "Shared over 21,000 (24,318 on 24 November 2026) times. Liked over 9"
    assert f"{cut} (24,319 on b.example on 24 November 2026) times. …" in " ".join(
        slots.plain(site.read("index.html")).split()
    )
    described = re.search(
        r'name="description" content="([^"]*)"', site.read("posts/b/index.html")
    )
    assert "24,318 on 24 November 2026" in described[1]
    own = " ".join(slots.plain(site.read("posts/c/index.html")).split())
    assert "Some over 9 (24,319 on 24 November 2026) of it." in own
    assert "Readings of 24 November 2026. Shared over 21,000 (24,318) times." in own
