"""The search page in a real browser."""

import re

import pytest

from pelican.plugins.live_stats.publishing.index import SiteIndex
from pelican.plugins.live_stats.publishing.search.search_index import make_index
from pelican.plugins.live_stats.publishing.search.texts import UNSPACED
from pelican.plugins.live_stats.storage.paths import BUILD_FOLDER
from support.browsing import a_browser, serving
from support.paths import ROOT
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


LANGUAGES = {
    "de": ("Deutscher Beitrag", "Die Straßenbahn hat viele Beiträge über Bäume."),
    "ja": (
        "東京の地震",
        "「東京」で大きな地震がありました。投稿は900件以上、検索エンジンのテスト。Kyotoと。かがみとかかと。",
    ),
    "zh": ("中文测试", "这是一段简单的测试文本，社交媒体上的帖子。"),
    "ar": ("عنوان عربي", "وصل العدد إلى أكثر من عشرين منشور"),
    "he": ("כותרת בעברית", "יש הרבה פוסטים ברשת"),
}
POST = """Title: {title}
Date: 2026-10-02
Category: News
Slug: {lang}
Lang: {lang}
Summary: -

{text}
"""


FOUND = {
    "Straßenbahn": {"Deutscher Beitrag"},
    "Beiträge": {"Deutscher Beitrag"},
    "Baum": {"Deutscher Beitrag"},
    "network": {"First"},
    "地震": {"東京の地震"},
    "東京": {"東京の地震", "First"},
    "京で": {"東京の地震"},
    "大きな地震": {"東京の地震"},
    "検索エンジン": {"東京の地震"},
    "東京 network": {"First"},
    "900件以上": {"東京の地震"},
    "震地": set(),
    "kyoto": {"東京の地震"},
    "かがみ": {"東京の地震"},
    "ががみ": set(),
    "社交媒体": {"中文测试"},
    "媒体上": {"中文测试"},
    "منشور": {"عنوان عربي"},
    "פוסטים": {"כותרת בעברית"},
}


def test_a_post_is_found_in_whatever_language(site):
    """On a page in English, and where a sentence puts no spaces between its words.

    An excerpt reads as it was written, in its own language and direction.
    """
    site.write("conf.py", SETTINGS)
    site.post("a", "In Tokyo, 東京, something about a network.", title="First")
    site.post("b", "Nothing of the kind.", title="Second")
    for lang, (title, text) in LANGUAGES.items():
        post = POST.format(lang=lang, title=title, text=text)
        site.write(f"content/posts/{lang}.md", post)
    assert site.publish("--offline") == 0, site.out
    build = site.folder / BUILD_FOLDER
    make_index(SiteIndex.load(build), build, site.folder / "output")

    policy = [("Content-Security-Policy", POLICY)]
    with serving(site.folder / "output", policy) as address, a_browser() as browser:
        page = browser.new_page()
        page.goto(f"{address}/search/")
        found = {}
        for query in FOUND:
            page.get_by_label("Search the posts").fill(query)
            page.get_by_role("status").get_by_text(f"“{query}”").wait_for()
            found[query] = set(page.locator(".search__title").all_inner_texts())
        assert found == FOUND

        page.get_by_label("Search the posts").fill("大きな地震")
        page.get_by_role("status").get_by_text("“大きな地震”").wait_for()
        excerpt = page.locator(".search__excerpt")
        assert "「東京」で大きな地震がありました。" in excerpt.inner_text()
        marked = "".join(excerpt.locator("mark").all_inner_texts())
        assert marked.startswith("大きな地震")
        assert page.locator(".search__result").get_attribute("lang") == "ja"


def test_both_sides_part_the_same_letters():
    """The script and the maker of the index have one table of ranges, written twice."""
    script = (ROOT / "theme" / "static" / "search.js").read_text(encoding="utf-8")
    listed = re.search(r"const UNSPACED =(.*?);", script, re.S)[1]
    written = "".join(re.findall(r'"(.*?)"', listed))
    spelled = re.sub(
        r"\\\\u(?:\{(\w+)\}|(\w{4}))", lambda m: chr(int(m[1] or m[2], 16)), written
    )

    assert spelled == UNSPACED
