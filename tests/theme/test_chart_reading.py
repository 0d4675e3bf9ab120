"""Charts that are read by pointer, finger and keyboard, in a real browser."""

from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader

from pelican.plugins.live_stats.rendering.charts.small_multiple import small_multiple
from pelican.plugins.theme_support.security import csp
from support.browsing import serving
from support.charting import chart, daily

THEME = Path(__file__).parents[2] / "theme"
TOP = "document.querySelector('.chart__drawing').getBoundingClientRect().top"


@pytest.fixture
def served(tmp_path):
    """A page with two charts, under the policy of a site's pages."""
    loader = FileSystemLoader([THEME / "css", THEME / "templates"])
    style = Environment(loader=loader).get_template("style.html").render()
    (tmp_path / "style.css").write_text(style)
    (tmp_path / "favicon.ico").touch()
    (tmp_path / "chart.js").write_text((THEME / "static/chart.js").read_text())
    rows = daily(*range(1200, 1260))
    (tmp_path / "index.html").write_text(
        '<!doctype html><html lang="en"><link rel="stylesheet" href="style.css">'
        '<script src="chart.js" defer></script><title>x</title><main class="page">'
        f"{chart(rows, days=1)}{chart(rows, small_multiple, days=1)}</main>"
    )
    policy = csp.as_header(csp.policy(analytics=None, search=False))
    headers = [("Content-Security-Policy", policy.split("; upgrade")[0])]
    with serving(tmp_path, headers) as address:
        yield address


def test_a_chart_says_the_day_and_number_that_one_points_at(browser, served):
    """By pointer, finger and keys, one at a time; nothing moves, nothing is refused."""
    page = browser.new_context(has_touch=True).new_page()
    page.set_default_timeout(5000)
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(served)
    reading, charts = page.locator(".chart__reading"), page.locator(".chart__drawing")
    top, (one, other) = page.evaluate(TOP), charts.all()
    end = {"x": one.bounding_box()["width"] - 1, "y": 100}

    one.hover(position=end)
    assert reading.text_content() == "1 Mar 2026: 1,259"
    page.mouse.move(0, 0)
    assert reading.count() == 0
    one.tap(position=end)
    assert reading.text_content() == "1 Mar 2026: 1,259"

    dots = page.evaluate(
        "[...document.querySelectorAll('.chart__drawing:first-of-type .chart__end')]"
        ".map((dot) => dot.getBoundingClientRect()).map(({x, y}) => [x, y])"
    )
    assert dots[0] == pytest.approx(dots[1], abs=0.5)  # on the line, at its end

    one.press("Home")
    one.press("ArrowRight")
    assert reading.text_content() == "2 Jan 2026: 1,201"
    assert page.locator("output").inner_text() == "2 Jan 2026: 1,201"
    one.press("Escape")
    assert reading.count() == 0
    page.keyboard.press("Tab")
    assert other.locator(".chart__reading").text_content() == "1 Mar 2026: 1,259"
    assert reading.count() == 1
    assert page.evaluate(TOP) == top and not said
