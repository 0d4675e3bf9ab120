"""Nothing on a chart touches anything else, whatever the history."""

import re
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pelican.plugins.live_stats.rendering.charts.axis_labels import AxisLabels
from pelican.plugins.live_stats.rendering.charts.line_chart import line_chart
from pelican.plugins.live_stats.rendering.charts.small_multiple import small_multiple
from support.chart_boxes import faults, laid_out
from support.charting import START, chart, daily

steps = st.lists(st.sampled_from([1, 1, 1, 1, 2, 7, 30, 400]), min_size=1, max_size=60)
marked = st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1.5)), max_size=4)


@st.composite
def histories(draw):
    """Days asked unevenly, with values of any size; some claims and breaks in them."""
    days, at = [START], 0
    for step in draw(steps):
        at += step
        days.append(START + timedelta(days=at))
    most = 10 ** draw(st.integers(1, 12))
    value = st.integers(0, most) | st.integers(most * 9 // 10, most)
    rows = [(day, draw(value)) for day in days]
    claims = [
        (START + timedelta(days=int(at * share)), int(most * high), f"over {most}")
        for share, high in draw(marked)
    ]
    breaks = [START + timedelta(days=int(at * share)) for share, _ in draw(marked)[:2]]
    posts = sorted(START + timedelta(days=int(at * share)) for share, _ in draw(marked))
    return rows, {"claims": claims, "breaks": breaks, "posts": posts}


@settings(max_examples=60)
@given(
    histories(),
    st.sampled_from(["en", "de", "fr", "es", "pt"]),
    st.sampled_from([{"days": 1}, {"days": 7}, {"from_zero": False}, {}]),
)
def test_no_words_touch_words_or_lines(history, lang, kind):
    """On a phone, a tablet and a desk: all words in the box, none on another or a line.

    The rules of claims are the exception for each other alone.
    """
    rows, marks = history
    words = AxisLabels(lang=lang)
    drawing = chart(rows, labels=words, **marks, **kind)
    for column, wide in ((22, False), (38, False), (52, True), (90, True)):
        assert faults(laid_out(drawing, column, wide)) == [], column
    more = {"breaks": marks["breaks"], "labels": words, **kind}
    drawing = chart(rows, small_multiple, **more)
    for column in (17, 24):
        assert faults(laid_out(drawing, column, True)) == [], column


def test_a_peak_has_its_number_and_its_day():
    """The greatest value is named at its point; not twice where it is the last."""
    rows = daily(*range(10, 40), 90, *range(40, 10, -1))

    assert ">90 (31 Jan 2026)<" in chart(rows)
    assert ">90<" in chart(rows[:31]) and "(31 Jan" not in chart(rows[:31])
    # Of "at least 90" nobody knows which day was the greatest.
    assert "(31 Jan" not in chart(rows, last="at least 11")


def test_the_last_posts_are_marked_with_their_days():
    """In the reader's language; none from before the chart, nor beside its claim."""
    rows = daily(*range(30))
    posts = [START + timedelta(days=n) for n in (-9, 3, 7, 12, 20)]

    found = re.findall(">our post, ([^<]*)<", chart(rows, posts=posts))
    assert list(dict.fromkeys(found)) == ["8 Jan 2026", "13 Jan 2026", "21 Jan 2026"]
    german = chart(rows, posts=posts, labels=AxisLabels(lang="de"))
    assert ">unser Beitrag, 8. Jan. 2026<" in german
    claimed = chart(rows, posts=posts[-1:], claims=[(posts[-1], 20, "over 19")])
    assert "our post" not in claimed


def test_a_total_is_bridged_and_a_count_is_not():
    """A thin line leads over days on which nobody asked, never over a break."""
    rows = daily(1, 2, 3) + daily(9, 9, start=START + timedelta(days=40))

    assert "chart__bridge" in chart(rows, from_zero=False)
    assert "chart__bridge" not in chart(rows, from_zero=True, days=1)
    between = [START + timedelta(days=20)]
    assert "chart__bridge" not in chart(rows, from_zero=False, breaks=between)


def test_days_that_stand_alone_are_bars():
    """A count asked once a week is no line, nor dots in the air: bars from zero."""
    alone = [(START + timedelta(days=7 * n), 5 + n) for n in range(9)]

    for draw in (line_chart, small_multiple):
        drawing = chart(alone, draw, days=1)
        assert "chart__bar" in drawing and "chart__line" not in drawing
        # The same days as windows of a week cover all: a line.
        assert "chart__line" in chart(alone, draw, days=7)


def test_some_days_beside_a_line_are_dots():
    """Hourly, nothing for weeks, then daily: the line stays a line."""
    rows = daily(*range(30)) + [(START + timedelta(days=50), 7)]
    rows += daily(*range(30), start=START + timedelta(days=80))

    drawing = chart(rows, days=1)

    assert drawing.count("chart__line") == 2 and "chart__bar" not in drawing
    assert drawing.count('class="chart__dot"') == 1


@pytest.mark.parametrize("lang", ["en", "de", "fr", "hu", "ja", "lt"])
def test_the_readout_says_each_day_as_the_table_does(lang):
    """What the script puts together is what the server writes of that day."""
    words = AxisLabels(lang=lang)
    rows = [*daily(*range(1230, 1270)), (START + timedelta(days=400), 1_234_567)]
    drawing = chart(rows, labels=words)
    found = {}
    for month in drawing.split('data-days="')[1].split('"')[0].split("|"):
        start, pattern, numbers = month.split(";")
        day = 0
        for one in numbers.split(" "):
            number, *named = reversed(one.split(":"))
            day = int(named[0]) if named else day + 1
            found[int(start) + day - 1] = f"{pattern.replace('#', str(day))}{number}"

    assert found == {
        (
            day - START
        ).days: f"{words.short(day)}{words.phrases.colon}{words.number(value)}"
        for day, value in rows
    }
