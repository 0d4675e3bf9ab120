"""The published article in a real browser: what a reader gets."""

import functools
import http.server
import os
import shutil
import threading

import pytest
from playwright.sync_api import sync_playwright

from live_stats import asking

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@pytest.fixture
def browser():
    path = next((path for path in map(shutil.which, BROWSERS) if path), None)
    with sync_playwright() as playwright:
        # No sandbox for root: Chromium refuses to start with one.
        arguments = ["--disable-dev-shm-usage"]
        arguments += ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def served(site, platforms, monkeypatch):
    """A site with every form of figure, served on loopback; its address."""
    monkeypatch.setenv("X_BEARER_TOKEN", "key")
    monkeypatch.setattr(asking.time, "sleep", lambda seconds: None)
    site.post(
        text="Liked [over 21,000](stat:x/post/1/likes#mode=replace) times, on Facebook "
        "[8,000](stat:facebook/tag/metoo/accounts), on Mastodon "
        "[over 400](stat:mastodon/tag/metoo)."
        "\n\n| one | two | three | four | five |\n|---|---|---|---|---|\n"
        "| measurements | distribution | conversation | registration | conversion |"
        f"\n\n    code {'long_' * 60}"
    )
    assert site.publish() == 0, site.out

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *arguments):
            pass

    handler = functools.partial(Quiet, directory=str(site.folder / "output"))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def test_a_reader_opens_the_article(browser, served):
    """No script: figures in the sentence, their rows, nothing from outside."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{served}/")
    page.get_by_role("link", name="A title").click()

    prose = page.locator(".prose").inner_text()
    assert "Shared over 21,000 (24,318 on 24 November 2026) times." in prose
    assert "Liked over 24,000 times" in prose
    assert "on Facebook 8,000 (17 October 2017)" in prose
    assert "(621 on mastodon.social in the 6 days to 23 November 2026)" in prose

    page.get_by_role("link", name="24,318").first.click()
    assert page.url.endswith("#figure-1")
    row = page.locator("#figure-1").inner_text()
    assert "less than +3,318 (+15.8 %)" in row and "as of 24 November 2026" in row

    page.get_by_role("link", name="#MeToo").first.click()
    assert page.locator("h1").inner_text() == "#MeToo"
    # The longest history makes the chart: news articles since 2017.
    assert page.get_by_role("img", name="Articles #MeToo per day").count() == 1
    assert {url.split("/")[2] for url in asked} == {served.split("/")[2]}


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_scrolls_sideways(browser, served, width, scheme):
    """Down to 320 pixels, in both themes, and at twice the size of type."""
    page = browser.new_page(
        viewport={"width": width, "height": 800}, color_scheme=scheme
    )
    for path in (
        "",
        "posts/a/",
        "hashtags/metoo/",
        "hashtags/",
        "archives/",
        "404.html",
    ):
        page.goto(f"{served}/{path}")
        wide = "document.documentElement.scrollWidth - window.innerWidth"
        assert page.evaluate(wide) <= 0, path
