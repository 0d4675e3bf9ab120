"""One of many small charts: a line on its own scale, with no more than it needs."""

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from .axis_labels import AxisLabels
from .geometry import Point
from .scales import scale
from .svg import PlotArea, level, svg, text, upright

NARROW = 16  # em: about 200 px
TOP, TALL, AXIS = 1.9, 4.2, 1.5  # em, about 90 px
POINTS = 200


def small_multiple(
    points: Sequence[Point],
    *,
    title: str,
    description: str,
    labels: AxisLabels,
    last: str = "",
    breaks: Sequence[date] = (),
    from_zero: bool = True,
) -> Markup:
    """The small chart of a series; nothing for fewer than two points.

    It has the lowest and the highest value of its scale, the first and the last day,
    and the last value, as `last` if not in plain digits. Gaps stay open; a break
    is a line of its own.
    """
    if len(points) < 2:
        return Markup("")
    by = scale([value for _, value in points], from_zero=from_zero)
    plot = PlotArea.of(points, by, top=TOP, tall=TALL)
    first, until = points[0][0], points[-1][0]
    parts = [level(plot.top), level(plot.bottom)]
    parts += [
        upright("break", plot.share(day), plot.top, plot.bottom)
        for day in breaks
        if first < day <= until
    ]
    parts += plot.lines(points, breaks, POINTS)
    high = labels.compact(by.high) + (f", {labels.phrases.log}" if by.log else "")
    parts += [
        text(high, 0, plot.top - 0.35),
        text(labels.compact(by.low), 0, plot.bottom - 0.35),
    ]
    # In so small a box a value at the end of its line would lie on the line.
    value = last or labels.number(points[-1][1])
    parts += plot.end(points, value, NARROW, over=True)
    base = plot.bottom + 1.2
    parts += [
        text(labels.short(first), 0, base),
        text(labels.short(until), 1, base, "end"),
    ]
    return svg(title, description, plot.bottom + AXIS, parts)
