"""Pages that follow their numbers while they are being read."""

import contextlib
import gzip
import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import expect

import site_folder
from browsing import a_browser, serving
from live_stats import asking
from live_stats.marks import marked
from live_stats.slots import plain

SCRIPT = Path(__file__).parent.parent / "theme/static/live.js"
EVERY = 10 * 60_000  # ms
ON = "\nLIVE_STATS_REFRESHED_EVERY = 10\n"
OPEN = "[popovertarget=figure-1-card]"
TEXT = (
    "Liked [over 21,000](stat:x/post/1/likes#mode=replace) times, on Mastodon "
    "[over 400](stat:mastodon/tag/metoo)."
)


@pytest.fixture(scope="module")
def browser():
    with a_browser() as browser:
        yield browser


# What the page asks for, and a way to wait until it has dealt with the replies.
WATCH = """
  const pending = [];
  const watched = (promise) => (pending.push(promise.catch(() => {})), promise);
  const {fetch} = window, {text} = Response.prototype;
  window.asked = 0;
  window.fetch = (...all) => (window.asked++, watched(fetch(...all)));
  Response.prototype.text = function () { return watched(text.call(this)); };
  window.settled = async () => { while (pending.length) await pending.shift(); };
"""


class Reader:
    """A page that is open. Its clock stands in for the real one."""

    def __init__(self, site, platforms, page, address):
        self.site, self.platforms, self.page = site, platforms, page
        page.clock.install(time="2026-11-24T12:00:00Z")
        page.add_init_script(WATCH)
        page.goto(address)
        page.clock.pause_at("2026-11-24T12:01:00Z")
        self.prose = page.locator(".prose")
        self.voice = page.locator("body > [aria-live=polite]")

    def number(self, number, now="2026-11-24T20:00:00Z"):
        """A refresh of the site finds this number."""
        self.platforms.counts["post"] = number
        self.site.now = now
        assert self.site.refresh("--all") == 0, self.site.out
        later(self.site)

    def waits(self, ms=EVERY):
        """Time goes by; how often the page has asked for itself meanwhile."""
        before = self.page.evaluate("asked")
        self.page.clock.fast_forward(ms)
        self.page.evaluate("settled()")
        return self.page.evaluate("asked") - before

    def sees(self, text):
        expect(self.prose).to_contain_text(text, use_inner_text=True)

    def looks_away(self, away):
        self.page.evaluate(
            """(away) => {
              const hidden = {value: away, configurable: true};
              Object.defineProperty(document, "hidden", hidden);
              document.dispatchEvent(new Event("visibilitychange"));
            }""",
            away,
        )


def later(site):
    """Pages are newer than before by the clock of the server, which has seconds."""
    site.minutes += 1
    for path in (site.folder / "output").rglob("*.html"):
        stamp = path.stat().st_mtime + 60 * site.minutes
        os.utime(path, (stamp, stamp))


@pytest.fixture
def reader(site, platforms, browser, monkeypatch):
    """Opens a post with three figures; the site is refreshed every ten minutes."""
    monkeypatch.setenv("X_BEARER_TOKEN", "key")
    monkeypatch.setattr(asking.time, "sleep", lambda seconds: None)
    with contextlib.ExitStack() as stack:

        def open_(path="posts/a/", settings=ON, **options):
            site.write("conf.py", site_folder.SETTINGS + settings)
            site.post(text=TEXT)
            assert site.publish() == 0, site.out
            output = site.folder / "output"
            site.served = stack.enter_context(serving(output, asked=site.asked))
            context = stack.enter_context(browser.new_context(**options))
            page = context.new_page()
            return Reader(site, platforms, page, f"{site.served}/{path}")

        site.asked, site.minutes = [], 0
        yield open_


def test_an_open_page_follows_its_numbers(reader, platforms):
    """New numbers are announced, a new day is not; what is the same is not sent."""
    a = reader()
    assert "24,318 on 24 November 2026" in a.prose.inner_text()
    expect(a.voice).to_have_text("")

    assert a.waits() == 1
    assert a.site.asked[-1][::2] == ("/posts/a/", 304)
    a.number(25400)
    assert a.waits() == 1

    a.sees("Shared over 21,000 (25,400 on 24 November 2026)")
    a.sees("Liked over 25,000 times")
    expect(a.page.locator("#figure-1 .reading")).to_contain_text("25,400")
    expect(a.voice).to_have_text("2 numbers on this page have changed")
    assert a.page.locator("[data-changed]").count() >= 4
    for host in ("mastodon.social", "api.gdeltproject.org", "hn.algolia.com"):
        platforms.trouble[host] = 500
    a.number(25400, now="2026-11-25T12:00:00Z")
    a.waits()
    a.sees("25,400 on 25 November 2026")
    expect(a.voice).to_have_text("")


def test_an_open_card_stays_open_and_follows(reader):
    """What has the focus keeps it; cards that come in open on hover as the others."""
    a = reader()
    a.page.locator(OPEN).press("Enter")
    card = a.page.locator("#figure-1-card")
    expect(card).to_be_visible()
    a.page.evaluate("kept = document.activeElement")

    a.number(25400)
    a.waits()

    a.sees("25,400")
    assert card.is_visible() and "25,400" in card.inner_text()
    assert a.page.evaluate("kept.isConnected && kept === document.activeElement")
    assert a.page.locator("[popovertarget]:not([interestfor])").count() == 0


def test_what_the_reader_holds_waits_until_it_is_let_go(reader):
    """A selection, or the focus in a part that must be made anew; the rest follows."""
    a = reader()
    a.page.evaluate(
        "getSelection().selectAllChildren(document.querySelector('.figure'))"
    )

    a.number(25400)
    a.waits()
    expect(a.page.locator("#figure-1 .reading")).to_contain_text("25,400")
    assert "24,318" in a.prose.inner_text()
    a.page.clock.fast_forward(2_000)
    assert "24,318" in a.prose.inner_text()
    a.page.evaluate("getSelection().removeAllRanges()")
    a.page.clock.fast_forward(2_000)

    a.sees("25,400")
    assert "24,318" not in a.prose.inner_text()


def test_a_card_without_a_line_yet_waits_while_it_is_read(reader):
    """The second reading of a number draws its line, which nobody's focus may cost."""
    a = reader()
    a.page.locator(OPEN).click()
    a.page.locator("#figure-1-card a").last.focus()

    a.number(25400, now="2026-11-25T12:00:00Z")
    a.waits()
    expect(a.page.locator("#figure-1 .reading")).to_contain_text("25,400")
    assert a.page.locator("#figure-1-card svg").count() == 0
    assert a.page.locator("#figure-1-card").is_visible()
    a.page.keyboard.press("Escape")
    a.page.locator("#toggle").focus()
    a.page.clock.fast_forward(2_000)

    expect(a.page.locator("#figure-1-card svg")).to_have_count(1)


def test_a_first_reading_comes_in(reader, platforms):
    """Where a claim stood alone comes a button with its card, ready for hovering."""
    platforms.trouble["api.x.com"] = 500
    a = reader()
    assert "Shared over 21,000 (17 October 2017)" in a.prose.inner_text()

    platforms.trouble.clear()
    a.number(25400)
    a.waits()

    a.sees("Shared over 21,000 (25,400 on 24 November 2026)")
    expect(a.page.locator("[popovertarget]:not([interestfor])")).to_have_count(0)


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


def test_pages_have_marks_and_feeds_have_none(site, platforms, monkeypatch):
    """Turned on or off, the site is that of a build from nothing."""
    monkeypatch.setattr(asking.time, "sleep", lambda seconds: None)
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


def test_a_changed_number_fades_in_unless_motion_is_unwanted(reader):
    """One short fade, in the style sheet alone."""
    look = "getComputedStyle(document.querySelector('.prose data')).animationName"
    seen = {}
    for motion in ("no-preference", "reduce"):
        a = reader(reduced_motion=motion)
        a.page.evaluate("document.querySelector('.prose data').dataset.changed = ''")
        seen[motion] = a.page.evaluate(look)

    assert seen == {"no-preference": "changed", "reduce": "none"}


def test_the_announcement_speaks_the_language_of_the_page(reader, site):
    """German posts are announced in German."""
    site.write(
        "content/posts/d.md",
        "Title: Ein Titel\nDate: 2017-10-17\nCategory: News\nSlug: d\nLang: de\n\n"
        "Geteilt [über 21.000](stat:x/post/1/reposts) Mal.\n",
    )
    a = reader("posts/d/de/")

    a.number(25400)
    a.waits()

    expect(a.voice).to_have_text("Eine Zahl auf dieser Seite hat sich geändert")


def test_the_script_is_small():
    """Under two kilobytes on its way to the reader."""
    assert len(gzip.compress(SCRIPT.read_bytes())) < 2048


WORDS = st.text(alphabet="ab \u00a0&;", max_size=9)


@given(WORDS, st.sampled_from(["", "<b>{}</b>", '<svg class="x"/>{}', "<br>{}", "{}"]))
def test_a_mark_says_nothing(words, markup):
    """Every fragment has one mark, at its start, and the words that it had."""
    markup = markup.format(words.replace("&", "&amp;"))

    assert plain(marked(markup)) == plain(markup)
    assert re.match("<[a-z]+ data-live[ />]", marked(markup))
    assert marked(markup).count("data-live") == 1
