"""Charts: honest lines, words for those who cannot see them, the same bytes again."""

import re
import xml.etree.ElementTree as ElementTree
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pelican.plugins.live_stats.rendering.charts.axis_labels import AxisLabels
from pelican.plugins.live_stats.rendering.charts.geometry import drawn, pieces, thinned
from pelican.plugins.live_stats.rendering.charts.line_chart import line_chart
from pelican.plugins.live_stats.rendering.charts.small_multiple import small_multiple
from pelican.plugins.live_stats.rendering.charts.sparkline import sparkline
from support.charting import START, chart, daily, points


@given(points, st.lists(st.integers(0, 9000), max_size=3))
def test_any_points_give_well_formed_drawings(rows, days):
    """Whatever the history, the markup parses and all places lie on the sheet."""
    breaks = [START + timedelta(days=n) for n in days]
    claims = [(day, 7, 'over <7> & "so"') for day in breaks]
    for drawing in (
        chart(rows, claims=claims, breaks=breaks),
        chart(rows, draw=small_multiple, breaks=breaks),
    ):
        if not drawing:
            continue
        root = ElementTree.fromstring(str(drawing))
        tall = float(root.get("height").removesuffix("em"))
        for one in root.iter():
            for name in ("cx", "x", "x1", "x2"):
                assert 0 <= float(one.get(name, "0%").removesuffix("%")) <= 100
            for name in ("cy", "y", "y1", "y2"):
                assert 0 <= float(one.get(name, "0em").removesuffix("em")) <= tall
    line = sparkline(rows, label='a "b" & c', breaks=breaks)
    assert not line or ElementTree.fromstring(str(line)) is not None


@given(points)
def test_the_same_points_give_the_same_bytes(rows):
    """A chart is a function of its values."""
    assert chart(rows) == chart(list(rows))
    assert chart(rows, draw=small_multiple) == chart(list(rows), draw=small_multiple)


def test_a_gap_stays_open():
    """A month without readings is not drawn through."""
    rows = daily(1, 2, 3) + daily(4, 5, start=START + timedelta(days=40))

    assert [len(piece) for piece in pieces(rows)] == [3, 2]
    assert chart(rows).count('class="chart__line"') == 2
    assert chart(rows, draw=small_multiple).count('class="chart__line"') == 2


def test_usual_steps_are_no_gaps():
    """Weekly readings make one line: the gap is judged by the usual step."""
    rows = [(START + timedelta(days=7 * n), n) for n in range(6)]

    assert len(pieces(rows)) == 1


def test_no_line_crosses_a_break():
    """Where the platform changed its method, the line ends and begins again."""
    rows = daily(*range(10))

    assert [len(p) for p in pieces(rows, [START + timedelta(days=4)])] == [4, 6]


def test_a_break_is_said_at_its_line():
    """A hairline with a word, in each language; none for a break outside."""
    day = START + timedelta(days=4)
    said = {"en": "counted differently from here", "de": "ab hier anders gezählt",
            "fr": "compté autrement à partir d’ici"}  # fmt: skip
    for lang, words in said.items():
        assert words in chart(
            daily(*range(10)), breaks=[day], labels=AxisLabels(lang=lang)
        )
    assert "counted differently" not in chart(daily(1, 2), breaks=[day])


def test_one_reading_is_a_dot_and_no_small_line():
    """A single value has no direction."""
    assert sparkline(daily(5), label="x") == ""
    assert chart(daily(5), draw=small_multiple) == ""
    assert 'class="chart__dot"' in chart(daily(5))


def test_title_and_description_are_referenced():
    """A screen reader gets the finding; what is quoted is escaped."""
    for draw in (line_chart, small_multiple):
        drawing = chart(daily(1, 2), draw=draw)
        names = re.search(r'aria-labelledby="(\S+) (\S+)"', drawing)

        assert f'<title id="{names[1]}">Posts per day</title>' in drawing
        assert f'<desc id="{names[2]}">from 1 to 2 &amp; more</desc>' in drawing


def test_colours_are_the_themes():
    """No colour of our own: dark and light are decided elsewhere."""
    drawing = chart(daily(1, 2, 3), claims=[(START, 2, "over 1")])

    assert not re.search(r"#[0-9a-f]{3,6}\b|rgb\(|fill=|stroke=|style=", drawing)


def test_claims_inside_the_chart_are_marked():
    """A claim's day is a labelled tick; one from long before is left out."""
    inside = chart(daily(1, 2, 3), claims=[(START, 2, "over 1")])
    outside = chart(daily(1, 2, 3), claims=[(date(2017, 1, 1), 2, "over 1")])

    assert "over 1" in inside and "over 1" not in outside


def test_a_long_claim_is_never_cut():
    """Cut words could say another number: the day stands for them."""
    long = "more than twenty-one thousand four hundred"

    drawing = chart(daily(1, 2, 3), claims=[(START, 2, long)])

    assert "more than" not in drawing
    assert drawing.count(">1 Jan 2026<") == 2  # the axis says it too


def test_a_line_of_years_stays_small_and_keeps_its_extremes():
    """Thinned to what a screen can show, the least and the most are kept."""
    rows = daily(*[(n * 7919) % 10_007 for n in range(3650)])

    assert len(chart(rows)) < 8_500
    assert {max(v for _, v in rows), min(v for _, v in rows)} <= {
        v for _, v in thinned(rows)
    }
    assert thinned(rows)[0] == rows[0] and thinned(rows)[-1] == rows[-1]


@given(points, st.integers(8, 100))
def test_thinning_invents_nothing(rows, most):
    """What is left are points of the line, in order, with its ends and extremes."""
    left = thinned(rows, most)
    values = [value for _, value in rows]

    assert [row for row in rows if row in set(left)] == left
    assert {rows[0], rows[-1]} <= set(left)
    assert {min(values), max(values)} <= {value for _, value in left}


def test_a_long_line_without_gaps_is_one_line():
    """Thinning thousands of days opens no gap where none is."""
    rows = daily(*[n % 7 for n in range(3_600)], start=date(2017, 1, 1))

    stretches = drawn(rows)

    assert len(stretches) == 1
    assert len(stretches[0]) <= 400
