"""Axes: scales that mislead nobody, days and words that never touch."""

from datetime import date, timedelta
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pelican.plugins.live_stats.rendering.charts.axis_labels import AxisLabels
from pelican.plugins.live_stats.rendering.charts.label_layout import (
    Mark,
    extent,
    in_rows,
)
from pelican.plugins.live_stats.rendering.charts.line_chart import (
    NARROW,
    WIDE,
    line_chart,
)
from pelican.plugins.live_stats.rendering.charts.scales import (
    levels,
    scale,
    ticks,
    wants_log,
)
from pelican.plugins.live_stats.rendering.charts.small_multiple import small_multiple
from pelican.plugins.live_stats.rendering.charts.svg import PlotArea
from pelican.plugins.live_stats.rendering.charts.time_ticks import time_ticks
from support.charting import EN, START, chart, daily


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
    """Short labels are used where they say the same as the full ones."""
    assert ">1,002<" in chart(daily(1000, 1006), from_zero=False)
    assert ">20k<" in chart(daily(1000, 20_000))
    assert ">1,5\xa0Mio.<" in chart(
        daily(1, 5, 1_400_000, 1_200_000), labels=AxisLabels(lang="de")
    )
    assert ">20\u202f000<" in chart(daily(1000, 20_000), labels=AxisLabels(lang="fr"))


PEAK = [1_000_000, *[300] * 9]


@pytest.mark.parametrize(
    ("values", "log"),
    [
        (PEAK, True),
        ([*PEAK, 0], False),  # zero has no place on it
        ([1_000_000, 300], False),  # two points are no line to flatten
        ([99, *[1] * 9], False),  # too little between least and most
        ([1_000, *[900] * 9, 1], False),  # the line is at the top, not flat
        ([5], False),
    ],
)
def test_a_log_scale_is_for_lines_that_a_peak_would_flatten(values, log):
    """No zero, a hundredfold range, and half of the values on the floor."""
    assert wants_log(values) is log
    assert ("log scale" in chart(daily(*values))) is log


def test_claims_never_bring_a_log_scale():
    """A claim of millions does not bend a line of hundreds; a claim of 0 unbends it."""
    million = [(START, 10_000_000, "over 10 million")]

    assert "log scale" not in chart(daily(*[300] * 9), claims=million)
    assert "log scale" not in chart(daily(*PEAK), claims=[(START, 0, "none")])


def test_a_log_scale_says_so_in_each_language():
    """No reader takes equal distances for equal steps."""
    said = {"en": ">log scale<", "de": ">logarithmisch<", "fr": ">échelle log.<"}
    for lang, words in said.items():
        for draw in (line_chart, small_multiple):
            assert words in chart(daily(*PEAK), draw=draw, labels=AxisLabels(lang=lang))


@given(
    st.lists(st.integers(1, 10**6), min_size=2),
    st.integers(1, 10**7),
    st.integers(1, 10**13),
)
def test_log_levels_are_round_and_apart(values, factor, claim):
    """1, 2 or 5 times a power of ten, about all values, with room for their labels."""
    values = [*values, max(values) * factor]
    by = scale(values, [claim], from_zero=True)
    if not by.log:
        return

    assert by.low <= min(*values, claim) and max(*values, claim) <= by.high
    assert {str(one).rstrip("0") for one in by.levels} <= {"1", "2", "5"}
    assert 2 <= len(by.levels) <= 8
    places = [one / 2 for one in map(_place(by), by.levels)]
    assert all(b - a >= 0.11 for a, b in pairwise(places))


def _place(by):
    sheet = PlotArea.of(daily(by.low, by.high), by, top=0, tall=1)
    return lambda value: 2 * (1 - sheet.down(value))


marks = st.lists(
    st.builds(
        Mark,
        share=st.floats(0, 1).map(lambda share: round(share, 3)),
        text=st.text("abc 1", min_size=1, max_size=40),
        claim=st.booleans(),
    ),
    max_size=7,
)


@given(marks, st.sampled_from([NARROW, WIDE]), st.floats(1, 2.5))
def test_words_of_marks_never_overlap(found, width, wider):
    """Nor leave the sheet, nor lie on another's line, on wider drawings either."""
    placed = [one for one in in_rows(found, width) if one.row is not None]

    for one in placed:
        left, right = one.box(width)
        assert -0.05 <= left and right <= width + 0.05
    for one, other in combinations(placed, 2):
        (a, b), (c, d) = one.box(width * wider), other.box(width * wider)
        assert one.row != other.row or b <= c or d <= a
        high, low = sorted((one, other), key=lambda each: -each.row)
        left, right = low.box(width * wider)
        assert not left < high.mark.share * width * wider < right


def test_three_claims_and_a_break_all_have_their_words():
    """Early claims, a late one and a break beside it: none is lost on a phone."""
    rows = daily(*[9] * 3000, start=date(2018, 1, 1))
    claims = [(rows[n][0], 9, f"over {n}") for n in (2, 4, 400, 2990)]

    drawing = chart(rows, claims=claims, breaks=[rows[2800][0]])

    for words in ("over 2<", "over 4<", "over 400<", "over 2990<", "counted diff"):
        assert words in drawing


@given(
    st.dates(date(1990, 1, 1), date(2080, 1, 1)),
    st.integers(0, 30_000),
    st.sampled_from(["en", "en-US", "de", "fr", "pl"]),
    st.floats(1, 2.5),
)
def test_days_on_the_axis_never_touch(first, length, lang, wider):
    """Ticks lie between the ends, in order; a phone shows some of those of a desk."""
    last, words = first + timedelta(days=length), AxisLabels(lang=lang)
    found = time_ticks(first, last, words.tick, wide=WIDE, narrow=NARROW)

    assert len(found) <= 10
    for shown, width in (
        (found, WIDE),
        ([one for one in found if not one.wide], NARROW),
    ):
        boxes = [(one.share * width * wider, extent(one.text) / 2) for one in shown]
        assert all(x - half >= 0 and x + half <= width * wider for x, half in boxes)
        assert all(a + b < c - d for (a, b), (c, d) in pairwise(boxes))


def test_a_line_of_nine_years_has_its_years():
    """Every year on a desk, every second on a phone."""
    found = time_ticks(
        date(2017, 10, 10), date(2026, 11, 24), EN.tick, wide=WIDE, narrow=NARROW
    )

    assert [one.text for one in found] == [str(year) for year in range(2018, 2027)]
    assert [one.text for one in found if not one.wide] == "2020 2022 2024 2026".split()


def test_a_january_says_its_year():
    """Between months, the new year is what a reader looks for."""
    found = time_ticks(
        date(2025, 10, 5), date(2026, 3, 20), EN.tick, wide=WIDE, narrow=NARROW
    )

    assert [one.text for one in found] == ["Nov", "Dec", "2026", "Feb", "Mar"]
