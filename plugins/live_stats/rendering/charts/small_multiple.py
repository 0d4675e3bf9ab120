"""One of many small charts: a line on its own scale, with no more than it needs."""

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from ...model.values import Exactness
from .axis_labels import AxisLabels
from .end_labels import EndPlace
from .geometry import Point, drawn
from .label_layout import extent
from .readout import readout
from .scales import scale
from .svg import (
    PlotArea,
    as_bars,
    end_days,
    end_parts,
    gutter_for,
    level,
    level_label,
    svg,
    text,
    upright,
)

NARROW = 17  # em: about 200 px
TOP, TALL, AXIS = 1.9, 4.2, 1.7  # em, about 90 px
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
    days: int | None = None,
    exactness: str = Exactness.EXACT,
) -> Markup:
    """The small chart of a series; nothing for fewer than two points.

    It has the lowest and the highest value of its scale, the first and the last day,
    and the last value, as `last` if not in plain digits. A break is a line of its own.
    Gaps are as in `line_chart`.
    """
    if len(points) < 2:
        return Markup("")
    by = scale([value for _, value in points], from_zero=from_zero)
    plot = PlotArea.of(points, by, top=TOP, tall=TALL)
    first, until = points[0][0], points[-1][0]
    high, low = labels.compact(by.high), labels.compact(by.low)
    if high == low:
        high, low = labels.number(by.high), labels.number(by.low)
    gutter = gutter_for([high, low])
    parts = [level(plot.top), level(plot.bottom, "axis")]
    parts += [
        upright("break", plot.share(day), plot.top, plot.bottom)
        for day in breaks
        if first < day <= until
    ]
    stretches = drawn(points, breaks, POINTS, days)
    bars = as_bars(stretches, by, days)
    parts.append(plot.drawing(stretches, breaks, bars=bars, total=not from_zero))
    parts += [level_label(high, plot.top + 0.75), level_label(low, plot.bottom)]
    # In so small a box a value at the end of its line would lie on the line.
    value, place = last or labels.number(points[-1][1]), EndPlace(base=plot.top - 0.65)
    parts += end_parts(*plot.spot(points[-1]), value, place)
    log = labels.phrases.log
    taken = place.box(value, NARROW - gutter)[0]
    if by.log and extent(log) - gutter + 1 < taken:
        parts.append(text(log, 0, plot.top - 0.65, shift=-gutter))
    begin, year = labels.short(first), labels.tick(first, unit="year")
    base, narrow = plot.bottom + 1.35, NARROW - gutter
    ends = end_days(begin, labels.short(until), year, base, narrow, gutter)
    parts.append(f'<g class="chart__ticks">{"".join(ends)}</g>')
    shown = [point for piece in stretches for point in piece]
    return svg(
        title,
        description,
        plot.bottom + AXIS,
        parts,
        gutter=gutter,
        days=readout(shown, labels, Exactness(exactness)),
        box=plot.box,
    )
