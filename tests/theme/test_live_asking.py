"""When pages that are being read ask for themselves, and what that costs."""

import gzip
import re
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import expect

from pelican.plugins.live_stats.collection import scheduler
from pelican.plugins.live_stats.rendering.fragments import mark_live
from pelican.plugins.live_stats.rendering.slots import plain
from support import site_folder
from support.reading import EVERY, ON, TEXT

SCRIPT = Path(__file__).parents[2] / "theme/static/live.js"


def test_an_edited_post_leaves_the_page_as_it_is(reader):
    """The reader has begun to read another text; the page asks less and less."""
    a = reader()
    a.site.post(text=TEXT.replace("Liked", "Loved"))
    assert a.site.publish() == 0
    a.number(25400)

    assert [a.waits() for _ in range(7)] == [1, 0, 1, 0, 0, 0, 1]
    assert "24,318" in a.prose.inner_text() and "Liked" in a.prose.inner_text()
    expect(a.voice).to_have_text("")


def test_trouble_makes_the_page_ask_less_and_less(reader):
    """Until it is answered again; then as often as before."""
    a = reader()
    page = a.site.folder / "output/posts/a/index.html"
    page.rename(page.with_name("away"))

    assert [a.waits() for _ in range(6)] == [1, 0, 1, 0, 0, 0]
    page.with_name("away").rename(page)
    assert a.waits() == 1
    assert [a.waits(), a.waits()] == [1, 1]


def test_a_page_that_nobody_sees_asks_for_nothing(reader):
    """Seen again after more than an interval, it asks at once; after less, not yet."""
    a = reader()

    a.looks_away(True)
    assert a.waits(5 * EVERY) == 0
    a.looks_away(False)
    assert a.waits(1) == 1
    a.looks_away(True)
    assert a.waits(EVERY - 1000) == 0
    a.looks_away(False)
    assert a.waits(1) == 0
    assert a.waits(1000) == 1


def test_nothing_is_asked_unless_the_operator_says_so(reader, site):
    """Off, no page has the script or a mark, and none asks."""
    a = reader(settings="")

    assert a.waits(100 * EVERY) == 0
    for path in (site.folder / "output").rglob("*.html"):
        text = path.read_text()
        assert "live.js" not in text and "data-live" not in text, path


def test_a_page_without_numbers_asks_for_nothing(reader, site):
    """It could not become any truer."""
    site.write("content/pages/about.md", "Title: About\nSlug: about\n\nWe write.\n")
    a = reader("about/")

    assert a.page.locator("script[src$='live.js']").count() == 1
    assert a.waits(100 * EVERY) == 0


def test_pages_have_marks_and_feeds_have_none(site, platforms, monkeypatch):
    """Turned on or off, the site is that of a build from nothing."""
    monkeypatch.setattr(scheduler.time, "sleep", lambda seconds: None)
    site.post()
    assert site.publish() == 0, site.out
    off = site.bytes()

    site.write("conf.py", site_folder.SETTINGS + ON)
    assert site.publish("--offline") == 0, site.out
    on = site.bytes()
    assert on == site.from_scratch()
    differ = {path for path in on if on[path] != off[path]}
    assert differ and all(path.endswith(".html") for path in differ)
    site.write("conf.py", site_folder.SETTINGS)
    assert site.publish("--offline") == 0, site.out

    assert site.bytes() == off


def test_the_script_is_small():
    """Under two kilobytes on its way to the reader."""
    assert len(gzip.compress(SCRIPT.read_bytes())) < 2048


WORDS = st.text(alphabet="ab \u00a0&;", max_size=9)


@given(WORDS, st.sampled_from(["", "<b>{}</b>", '<svg class="x"/>{}', "<br>{}", "{}"]))
def test_a_mark_says_nothing(words, markup):
    """Every fragment has one mark, at its start, and the words that it had."""
    markup = markup.format(words.replace("&", "&amp;"))

    assert plain(mark_live(markup)) == plain(markup)
    assert re.match("<[a-z]+ data-live[ />]", mark_live(markup))
    assert mark_live(markup).count("data-live") == 1
