"""The search page in a real browser."""

import pytest

from pelican.plugins.live_stats.publishing.index import SiteIndex
from pelican.plugins.live_stats.publishing.search import make_index
from pelican.plugins.live_stats.storage.paths import BUILD_FOLDER
from support.browsing import a_browser, serving
from support.site_folder import SETTINGS

POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; "
    "connect-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'"
)


@pytest.fixture
def published(site):
    """A site with a search page and two posts, served with a strict policy."""
    site.write("conf.py", SETTINGS)
    site.post("a", "Boycott of a <b>network</b>, a < b & c.", title="First & last")
    site.post("b", "Nothing of the kind.", title="Second")
    assert site.publish("--offline") == 0, site.out
    build = site.folder / BUILD_FOLDER
    make_index(SiteIndex.load(build), build, site.folder / "output")
    policy = [("Content-Security-Policy", POLICY)]
    with serving(site.folder / "output", policy) as address, a_browser() as browser:
        yield browser, f"{address}/search/"


def test_a_reader_finds_a_post_while_typing(published):
    """Loaded on focus, from this site only; the address can be kept and sent on."""
    browser, address = published
    page, asked, said = browser.new_page(), [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(address)
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if "/pagefind/" in url]
    assert page.get_by_text("needs a script").is_hidden()

    with page.expect_request("**/pagefind/pagefind.js"):
        page.get_by_label("Search the posts").focus()
    page.keyboard.type("network")
    link = page.get_by_role("listitem").get_by_role("link", name="First & last")
    link.wait_for()

    assert page.get_by_role("status").inner_text() == "1 page with “network”"
    assert page.locator(".search__results mark").inner_text() == "network,"
    assert "a < b & c" in page.locator(".search__excerpt").inner_text()
    assert page.locator(".search__results time").get_attribute("datetime")
    assert page.url.endswith("?q=network")

    page.reload()
    link.click()
    assert page.locator("h1").inner_text() == "First & last"
    assert {url.split("/")[2] for url in asked} == {address.split("/")[2]}
    assert not said


def test_the_count_is_said_in_words(published):
    """One, many and none are told apart; an emptied field says nothing."""
    browser, address = published
    page = browser.new_page()
    status = page.get_by_role("status")
    for query, words in (
        ("shared", "2 pages with “shared”"),
        ("zebra$&", "No page with “zebra$&”"),
    ):
        page.goto(address)
        page.get_by_label("Search the posts").fill(query)
        status.get_by_text(words, exact=True).wait_for()

    page.get_by_label("Search the posts").fill("")
    page.wait_for_url(address)
    assert status.inner_text() == ""


def test_without_a_script_the_page_says_so(published):
    """It leads to the list of all posts instead."""
    browser, address = published
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(address)

    assert page.get_by_text("Searching needs a script").is_visible()
    page.get_by_role("main").get_by_role("link", name="All posts").click()
    assert page.locator("h1").inner_text() == "All posts"
