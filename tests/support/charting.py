"""Points and drawings for the tests of charts."""

from datetime import date, timedelta

from hypothesis import strategies as st

from pelican.plugins.live_stats.rendering.charts.axis_labels import AxisLabels
from pelican.plugins.live_stats.rendering.charts.line_chart import line_chart

START = date(2026, 1, 1)
EN = AxisLabels(lang="en")


def daily(*values, start=START):
    return [(start + timedelta(days=n), value) for n, value in enumerate(values)]


def chart(points, draw=line_chart, **more):
    return draw(
        points,
        title="Posts per day",
        description="from 1 to 2 & more",
        **{"labels": EN, **more},
    )


points = st.lists(
    st.tuples(st.integers(0, 9000), st.integers(0, 10**12)),
    min_size=1,
    max_size=60,
    unique_by=lambda point: point[0],
).map(lambda rows: [(START + timedelta(days=n), value) for n, value in sorted(rows)])
