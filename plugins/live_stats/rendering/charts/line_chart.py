"""A line over time, with its marks and its axes."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from markupsafe import Markup

from .axis_labels import AxisLabels
from .geometry import PlottedClaim, Point
from .label_layout import Mark, PlacedMark, in_rows
from .scales import scale
from .svg import PlotArea, dot, level, svg, text, upright
from .time_ticks import time_ticks

NARROW, WIDE = 22, 52  # em: a phone's column; from there on there is more room
ROW, TALL, AXIS = 1.5, 14, 3.3  # em: a row of marks, the line's box, the days
LINE = 1.3  # em between two lines of words
ABOVE = 2.2  # em over the box, for the last value where it is the highest
POINTS = 560  # of a line on a wide screen
LONGEST = 26  # letters of a claim's label


def line_chart(
    points: Sequence[Point],
    *,
    title: str,
    description: str,
    labels: AxisLabels,
    last: str = "",
    claims: Sequence[PlottedClaim] = (),
    breaks: Sequence[date] = (),
    from_zero: bool = True,
) -> Markup:
    """The chart of one series. `title` says what is counted, `description` what the
    line tells.

    `last` is the last value in words, if not in plain digits. `claims` are marked where
    their day lies inside the chart, and so are `breaks`.

    Counts of some days start `from_zero`, so that no change looks larger than it is.
    The scale is logarithmic where `scales.wants_log` is true, which its uppermost label
    notes.
    """
    first, until = points[0][0], points[-1][0]
    inside = sorted(claim for claim in claims if first <= claim[0] <= until)
    by = scale(
        [value for _, value in points],
        [value for _, value, _ in inside],
        from_zero=from_zero,
    )
    plain = PlotArea.of(
        points, by, top=0, tall=TALL
    )  # to find out what is to the right
    marks = _marks(
        plain, inside, [day for day in breaks if first < day <= until], labels
    )
    layouts = [_layout(marks, width) for width in (NARROW, WIDE)]
    rows = max((one.row + 1 for all_ in layouts for one in all_ if one.row is not None),
               default=0)  # fmt: skip
    plot = PlotArea.of(points, by, top=rows * ROW + ABOVE, tall=TALL)
    parts = [level(plot.down(value)) for value in by.levels]
    parts += _days(plot, labels)
    parts += _both_ways(plot, rows, layouts)
    parts += plot.lines(points, breaks, POINTS)
    parts += [
        dot("chart__claim-dot", plot.share(day), plot.down(value), 0.28)
        for day, value, _ in inside
    ]
    for value, label in zip(by.levels, _level_labels(by.levels, labels), strict=True):
        if by.log and value == by.levels[-1]:
            label = f"{label}, {labels.phrases.log}"
        parts.append(text(label, 0, plot.down(value) - 0.35))
    parts += plot.end(points, last or labels.number(points[-1][1]), NARROW)
    return svg(title, description, plot.bottom + AXIS, parts)


def _level_labels(levels: Sequence[int], labels: AxisLabels) -> list[str]:
    short = [labels.compact(value) for value in levels]
    if len(set(short)) == len(short):
        return short
    return [labels.number(value) for value in levels]


def _marks(
    plot: PlotArea,
    claims: Sequence[PlottedClaim],
    breaks: Sequence[date],
    labels: AxisLabels,
) -> list[Mark]:
    """Breaks and claims as marks; claims of one day share a line."""
    marks = [Mark(share=plot.share(day), text=labels.phrases.broken) for day in breaks]
    for day, group in groupby(claims, key=lambda claim: claim[0]):
        label = ", ".join(dict.fromkeys(text for _, _, text in group))
        # Words cut short could say another number; their day is always true.
        label = label if len(label) <= LONGEST else labels.short(day)
        marks.append(Mark(share=plot.share(day), text=label, claim=True))
    return marks


def _layout(marks: Sequence[Mark], width: float) -> list[PlacedMark]:
    """The marks in their rows, in the order given.

    Those in the middle come first, since words run towards it; where a break would
    go without words so, the breaks come first.
    """
    inwards = sorted(marks, key=lambda mark: abs(mark.share - 0.5))
    for order in (inwards, sorted(inwards, key=lambda mark: mark.claim)):
        placed = in_rows(order, width)
        if all(one.row is not None for one in placed if not one.mark.claim):
            break
    return sorted(placed, key=lambda one: marks.index(one.mark))


def _both_ways(
    plot: PlotArea, rows: int, layouts: Sequence[Sequence[PlacedMark]]
) -> list[str]:
    """The marks; those that stand otherwise on a phone once for each."""
    narrow, wide = ([_mark(plot, rows, one) for one in all_] for all_ in layouts)
    parts = []
    for one, other in zip(narrow, wide, strict=True):
        if one == other:
            parts.append(one)
        else:
            parts.append(f'<g class="chart__narrow">{one}</g>')
            parts.append(f'<g class="chart__wide">{other}</g>')
    return parts


def _mark(plot: PlotArea, rows: int, placed: PlacedMark) -> str:
    mark = placed.mark
    kind = "claim" if mark.claim else "break"
    if placed.row is None:
        return upright(kind, mark.share, rows * ROW, plot.bottom)
    top = (rows - 1 - placed.row) * ROW
    start = top if placed.shift else top + ROW
    return upright(kind, mark.share, start, plot.bottom) + text(
        mark.text, placed.at, top + 1.05, placed.anchor, placed.shift
    )


def _days(plot: PlotArea, labels: AxisLabels) -> list[str]:
    """Round days, and below them the first and the last, which they never touch."""
    first, last = plot.frame.first, plot.frame.last
    base = plot.bottom + 1.6
    end = text(labels.short(last), 1, base + LINE, "end")
    if first == last:
        return [end]
    parts = [text(labels.short(first), 0, base + LINE), end]
    for tick in time_ticks(first, last, labels.tick, wide=WIDE, narrow=NARROW):
        drawing = upright("tick", tick.share, plot.bottom, plot.bottom + 0.5)
        drawing += text(tick.text, tick.share, base, "middle")
        parts.append(f'<g class="chart__wide">{drawing}</g>' if tick.wide else drawing)
    return parts
