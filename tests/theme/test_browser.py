"""The published article in a real browser: what a reader gets."""

import pytest

from pelican.plugins.live_stats.collection import scheduler
from support.browsing import serving


@pytest.fixture
def served(site, platforms, monkeypatch):
    """A site with every form of figure, served on loopback; its address."""
    monkeypatch.setenv("X_BEARER_TOKEN", "key")
    monkeypatch.setattr(scheduler.time, "sleep", lambda seconds: None)
    site.post(
        text="Liked [over 21,000](stat:x/post/1/likes#mode=replace) times, on Facebook "
        "[8,000](stat:facebook/tag/metoo/accounts), on Mastodon "
        "[over 400](stat:mastodon/tag/metoo)."
        "\n\n| one | two | three | four | five |\n|---|---|---|---|---|\n"
        "| measurements | distribution | conversation | registration | conversion |"
        f"\n\n    code {'long_' * 60}"
    )
    assert site.publish() == 0, site.out

    with serving(site.folder / "output") as address:
        yield address


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

    page.get_by_role("button", name="24,318").first.click()
    card = page.locator("#figure-1-card")
    card.wait_for(state="visible")
    assert "up by less than 3,318" in card.inner_text()
    page.keyboard.press("Escape")
    card.wait_for(state="hidden")
    page.get_by_role("button", name="24,318").first.press("Enter")
    card.get_by_role("link", name="All about this figure").click()
    assert page.url.endswith("#figure-1")
    row = page.locator("#figure-1").inner_text()
    assert "up by less than 3,318 (16%)" in row and "as of 24 November 2026" in row

    page.get_by_role("link", name="#MeToo").first.click()
    assert page.locator("h1").inner_text() == "#MeToo"
    # The longest history makes the chart: news articles since 2017.
    chart = page.locator(".chart").first
    assert chart.get_by_role("img", name="Articles with #MeToo per day").count() == 1
    assert page.locator("script[src$='theme/chart.js']").count() == 1
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


@pytest.mark.parametrize("width", [320, 480, 576, 600, 1280])
def test_the_masthead_stays_apart_and_labels_stay_small(browser, served, width):
    """No two ways of the site overlap, and a rem is what the browser says."""
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(served)
    boxes = page.evaluate(
        """() => [...document.querySelectorAll(".masthead :is(a, button)")]
          .map(one => one.getBoundingClientRect().toJSON())"""
    )

    assert len(boxes) > 3
    for n, one in enumerate(boxes):
        for other in boxes[n + 1 :]:
            across = one["left"] < other["right"] and other["left"] < one["right"]
            down = one["top"] < other["bottom"] and other["top"] < one["bottom"]
            assert not (across and down), (one, other)
    size = "getComputedStyle(document.querySelector('.masthead')).fontSize"
    assert page.evaluate(size) == "14px"


def test_hovering_opens_a_card_and_the_click_that_follows_keeps_it(browser, served):
    """Escape closes it again."""
    page = browser.new_page()
    page.goto(f"{served}/posts/a/")
    button = page.locator("[popovertarget=figure-1-card]")
    card = page.locator("#figure-1-card")

    button.hover()
    card.wait_for(state="visible")
    button.click()
    assert card.is_visible()
    page.keyboard.press("Escape")
    card.wait_for(state="hidden")


def test_a_card_stays_inside_a_small_window(browser, served):
    """Wherever its number stands in the window, and however long it is."""
    page = browser.new_page(viewport={"width": 360, "height": 480})
    page.goto(f"{served}/posts/a/")
    button = page.locator("[popovertarget=figure-1-card]")
    card = page.locator("#figure-1-card")
    for where in ("start", "center", "end"):
        button.evaluate("(one, where) => one.scrollIntoView({ block: where })", where)
        button.press("Enter")
        card.wait_for(state="visible")
        box = card.bounding_box()
        page.keyboard.press("Escape")
        card.wait_for(state="hidden")

        assert box["x"] >= 0 and box["x"] + box["width"] <= 360
        assert box["y"] >= 0 and box["y"] + box["height"] <= 480


def test_a_number_is_said_once_without_a_style_sheet(browser, served):
    """The way to the row, for browsers without cards, does not say it again."""
    page = browser.new_page()
    page.route("**/*.css", lambda route: route.abort())
    page.goto(f"{served}/posts/a/")

    assert "(24,318 on 24 November 2026) times" in page.locator(".prose").inner_text()


def test_the_choice_of_light_or_dark_is_remembered(browser, served):
    """The page after it has the chosen colours; without a choice the system's."""
    page = browser.new_context(color_scheme="light").new_page()
    page.goto(f"{served}/")
    paper = "getComputedStyle(document.documentElement).backgroundColor"
    light = page.evaluate(paper)

    page.get_by_role("button", name="Dark").click()
    dark = page.evaluate(paper)
    page.goto(f"{served}/posts/a/")

    assert page.evaluate(paper) == dark != light
    page.get_by_role("button", name="Light").click()
    assert page.evaluate(paper) == light
    assert page.evaluate("localStorage.length") == 0
