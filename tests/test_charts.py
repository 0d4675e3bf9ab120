"""Charts: honest lines, words for those who cannot see them, the same bytes again."""

import re
import xml.etree.ElementTree as ElementTree
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from live_stats.charts import line_chart, sparkline
from live_stats.charts.geometry import drawn, levels, pieces, thinned, ticks

START = date(2026, 1, 1)


def daily(*values, start=START):
    return [(start + timedelta(days=n), value) for n, value in enumerate(values)]


def chart(points, **more):
    return line_chart(
        points,
        title="Posts per day",
        description="from 1 to 2 & more",
        day=lambda day: day.isoformat(),
        number=str,
        compact=str,
        **more,
    )


points = st.lists(
    st.tuples(st.integers(0, 900), st.integers(0, 10**12)),
    min_size=1,
    max_size=60,
    unique_by=lambda point: point[0],
).map(lambda rows: [(START + timedelta(days=n), value) for n, value in sorted(rows)])


@given(points)
def test_any_points_give_well_formed_drawings(rows):
    """Whatever the history, the markup parses and all places lie on the sheet."""
    for drawing in (sparkline(rows, label='a "b" & c'), chart(rows)):
        if drawing:
            root = ElementTree.fromstring(str(drawing))
            _, _, width, height = map(float, root.get("viewBox").split())
            for circle in root.iter("circle"):
                assert 0 <= float(circle.get("cx")) <= width
                assert 0 <= float(circle.get("cy")) <= height


@given(points)
def test_the_same_points_give_the_same_bytes(rows):
    """A chart is a function of its values."""
    assert chart(rows) == chart(list(rows))


def test_a_gap_stays_open():
    """A month without readings is not drawn through."""
    rows = daily(1, 2, 3) + daily(4, 5, start=START + timedelta(days=40))

    assert [len(piece) for piece in pieces(rows)] == [3, 2]
    assert chart(rows).count('class="chart__line"') == 2


def test_usual_steps_are_no_gaps():
    """Weekly readings make one line: the gap is judged by the usual step."""
    rows = [(START + timedelta(days=7 * n), n) for n in range(6)]

    assert len(pieces(rows)) == 1


def test_no_line_crosses_a_break():
    """Where the platform changed its method, the line ends and begins again."""
    rows = daily(*range(10))

    assert [len(p) for p in pieces(rows, [START + timedelta(days=4)])] == [4, 6]


def test_one_reading_is_a_dot_and_no_sparkline():
    """A single value has no direction."""
    assert sparkline(daily(5), label="x") == ""
    assert 'class="chart__dot"' in chart(daily(5))


def test_title_and_description_are_referenced():
    """A screen reader gets the finding; what is quoted is escaped."""
    drawing = chart(daily(1, 2))
    names = re.search(r'aria-labelledby="(\S+) (\S+)"', drawing)

    assert f'<title id="{names[1]}">Posts per day</title>' in drawing
    assert f'<desc id="{names[2]}">from 1 to 2 &amp; more</desc>' in drawing


def test_colours_are_the_themes():
    """No colour of our own: dark and light are decided elsewhere."""
    drawing = chart(daily(1, 2, 3), claims=[(START, 2, "over 1")])

    assert not re.search(r"#[0-9a-f]{3,6}\b|rgb\(|fill=|stroke=", drawing)


def test_claims_inside_the_chart_are_marked():
    """A claim's day is a labelled tick; one from long before is left out."""
    inside = chart(daily(1, 2, 3), claims=[(START, 2, "over 1")])
    outside = chart(daily(1, 2, 3), claims=[(date(2017, 1, 1), 2, "over 1")])

    assert "over 1" in inside and "over 1" not in outside


def test_a_chart_of_years_stays_small():
    """Ten years of days weigh less than 12 kB and keep the extremes."""
    rows = daily(*[(n * 7919) % 10_007 for n in range(3650)])

    assert len(chart(rows)) < 12_000
    assert {max(v for _, v in rows), min(v for _, v in rows)} <= {
        v for _, v in thinned(rows)
    }
    assert thinned(rows)[0] == rows[0] and thinned(rows)[-1] == rows[-1]


@given(st.integers(0, 10**12), st.integers(0, 10**12))
def test_the_grid_holds_all_values(one, other):
    """Three to five round levels, from below the least to above the most."""
    low, high = sorted((one, other))
    grid = ticks(low, high)

    assert 2 <= len(grid) <= 5
    assert grid[0] <= low and grid[-1] >= high


def test_counts_start_at_zero():
    """A small change of a count of days does not look like a large one."""
    assert levels([1000, 1006], from_zero=True)[0] == 0
    assert levels([1000, 1006], from_zero=False)[0] > 0


def test_levels_have_different_labels():
    """If short labels coincide, full ones are written."""
    drawing = line_chart(
        daily(1000, 1006),
        title="t",
        description="d",
        day=str,
        number=str,
        compact=lambda value: "1k",
        from_zero=False,
    )

    labels = re.findall(r'class="chart__label" x="0"[^>]*>([^<]+)<', drawing)
    assert len(set(labels)) == len(labels) > 1


def test_a_long_line_without_gaps_is_one_line():
    """Thinning thousands of days opens no gap where none is."""
    start = date(2017, 1, 1)
    points = [(start + timedelta(days=n), n % 7) for n in range(3_600)]

    stretches = drawn(points)

    assert len(stretches) == 1
    assert len(stretches[0]) <= 400
