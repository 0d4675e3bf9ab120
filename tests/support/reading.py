"""A page of a site that is being read while the site is refreshed."""

import contextlib
import os

from playwright.sync_api import expect

from support import site_folder
from support.browsing import serving

ON = "\nLIVE_STATS_REFRESHED_EVERY = 10\n"
EVERY = 10 * 60_000  # ms
TEXT = (
    "Liked [over 21,000](stat:x/post/1/likes#mode=replace) times, on Mastodon "
    "[over 400](stat:mastodon/tag/metoo)."
)

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


@contextlib.contextmanager
def readers(site, platforms, browser):
    """What opens a page, of a site that is refreshed every ten minutes or as set."""
    site.asked, site.minutes = [], 0
    with contextlib.ExitStack() as stack:

        def open_(path="posts/a/", settings=ON, **options):
            site.write("conf.py", site_folder.SETTINGS + settings)
            site.post(text=TEXT)
            assert site.publish() == 0, site.out
            output = site.folder / "output"
            served = stack.enter_context(serving(output, asked=site.asked))
            context = stack.enter_context(browser.new_context(**options))
            return Reader(site, platforms, context.new_page(), f"{served}/{path}")

        yield open_
