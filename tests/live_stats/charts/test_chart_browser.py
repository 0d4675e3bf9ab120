"""Charts as a browser sets them: the words stay apart at every width."""

from datetime import date
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader

from pelican.plugins.live_stats.rendering.charts.axis_labels import AxisLabels
from pelican.plugins.live_stats.rendering.charts.small_multiple import small_multiple
from support.browsing import a_browser
from support.charting import chart, daily

THEME = Path(__file__).parents[3] / "theme"
OVERLAPS = """() => [...document.querySelectorAll(".chart__drawing")].flatMap(svg => {
  const texts = [...svg.querySelectorAll("text")]
    .filter(text => text.getClientRects().length)
    .map(text => [text.textContent, text.getBoundingClientRect()]);
  // The boxes hold room above and below the letters, which may meet.
  return texts.flatMap(([words, a], n) => texts.slice(n + 1)
    .filter(([, b]) => a.left < b.right && b.left < a.right
      && a.top + 3 < b.bottom && b.top + 3 < a.bottom)
    .map(([other]) => `${words} / ${other}`));
})"""


@pytest.fixture(scope="module")
def page():
    with a_browser() as browser:
        yield browser.new_page()


@pytest.mark.parametrize("lang", ["en", "de", "fr"])
@pytest.mark.parametrize("width", [320, 360, 640, 768, 1280])
def test_no_words_of_a_chart_overlap(page, width, lang):
    """Years of days with a peak, claims at both ends and a break, in a real browser."""
    loader = FileSystemLoader([THEME / "css", THEME / "templates"])
    style = Environment(loader=loader).get_template("style.html")
    rows = daily(10**6, *[300] * 3200, 2_000_000, start=date(2017, 10, 10))
    claims = [
        (rows[n][0], 900, text)
        for n, text in ((0, "nearly 500,000"), (3, "over 21,000"), (3190, "over 300"))
    ]
    more = {"breaks": [rows[3000][0]], "words": AxisLabels(lang=lang)}
    drawings = chart(rows, claims=claims, **more)
    drawings += chart(daily(*range(0, 14_000, 1000)), words=AxisLabels(lang=lang))
    drawings += '<div class="multiples__grid">'
    drawings += chart(rows, draw=small_multiple, **more) + "</div>"
    page.set_viewport_size({"width": width, "height": 800})
    page.set_content(
        f"<!doctype html><style>{style.render()}</style>"
        f'<main class="page"><div class="chart__figure">{drawings}</div></main>'
    )

    assert page.evaluate(OVERLAPS) == []
