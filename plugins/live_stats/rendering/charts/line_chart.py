"""A line over time, with its marks and its axes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from markupsafe import Markup

from ...model.values import Exactness
from .axis_labels import AxisLabels
from .end_labels import Box, EndPlace, PeakPlace, Spot, end_place, peak_place
from .geometry import PlottedClaim, Point, drawn
from .label_layout import Mark, PlacedMark, in_rows
from .readout import readout
from .scales import Scale, scale
from .svg import (
    PlotArea,
    as_bars,
    dot,
    end_days,
    end_parts,
    gutter_for,
    level,
    level_label,
    svg,
    text,
    upright,
)
from .time_ticks import time_ticks

NARROW, WIDE = 22, 52  # em: a phone's column; from there on there is more room
ROW, TALL, AXIS = 1.5, 14, 3.3  # em: a row of marks, the line's box, the days
LINE = 1.3  # em between two lines of words
ABOVE = 2.2  # em over the box, for the last value where it is the highest
POINTS = 560  # of a line on a wide screen
LONGEST = 26  # letters of a claim's label
POSTS = 3


def line_chart(
    points: Sequence[Point],
    *,
    title: str,
    description: str,
    labels: AxisLabels,
    last: str = "",
    claims: Sequence[PlottedClaim] = (),
    posts: Sequence[date] = (),
    breaks: Sequence[date] = (),
    from_zero: bool = True,
    days: int | None = None,
    exactness: str = Exactness.EXACT,
) -> Markup:
    """The chart of one series. `title` says what is counted, `description` what the
    line tells.

    `last` is the last value in words, if not in plain digits. `claims` are marked where
    their day lies inside the chart, and so are `breaks` and the last few `posts`, which
    are days in order.

    Each point counts the `days` days that end with it, where they are given. Such
    counts start `from_zero`, so that no change looks larger than it is; days that no
    point covers stay open, and where they leave but debris of a line there are bars.
    What does not start `from_zero` is a total: a thin line leads over its gaps.

    The scale is logarithmic where `scales.wants_log` is true, which is noted over it.
    """
    first, until = points[0][0], points[-1][0]
    inside = sorted(claim for claim in claims if first <= claim[0] <= until)
    by = scale(
        [value for _, value in points],
        [value for _, value, _ in inside],
        from_zero=from_zero,
    )
    numbers = _level_labels(by.levels, labels)
    gutter = gutter_for(numbers)
    widths = (NARROW - gutter, WIDE - gutter)
    marks = _marks(points, inside, breaks, labels)
    claimed = {day for day, _, _ in inside}
    alone = _post_marks(points, [day for day in posts if day not in claimed], labels)
    marks = [*marks[0], *alone], [*marks[1], *alone]
    layouts = [_layout(one, width) for one, width in zip(marks, widths, strict=True)]
    rows = max((one.row + 1 for all_ in layouts for one in all_ if one.row is not None),
               default=0)  # fmt: skip
    start = LINE if by.log else 0.0
    plot = PlotArea.of(points, by, top=start + rows * ROW + ABOVE, tall=TALL)
    stretches = drawn(points, breaks, POINTS, days)
    bars = as_bars(stretches, by, days)
    scene = _Scene(
        line=plot.line(stretches, bars=bars),
        dots=[(plot.share(day), plot.down(value)) for day, value, _ in inside],
        rules=[mark.share for mark in marks[0]],
        widths=widths,
    )
    words = last or labels.number(points[-1][1])
    end = end_place(scene.line, scene.dots, words, widths[0], plot.bottom)
    peak = _peak(points, words, labels)
    parts = [text(labels.phrases.log, 0, 0.9, shift=-gutter)] if by.log else []
    parts += _grid(plot, by, numbers)
    parts.append(_days(plot, labels, gutter))
    parts += _both_ways(plot, start, rows, layouts, end.box(words, widths[0]), widths)
    parts.append(plot.drawing(stretches, breaks, bars=bars, total=not from_zero))
    parts += [dot("chart__claim-dot", x, y, 0.28) for x, y in scene.dots]
    if peak:
        parts += _peak_parts(scene, plot.spot(peak), peak, labels, (words, end))
    parts += end_parts(*plot.spot(points[-1]), words, end)
    shown = [point for piece in stretches for point in piece]
    return svg(
        title,
        description,
        plot.bottom + AXIS,
        parts,
        gutter=gutter,
        days=readout(shown, labels, Exactness(exactness)) if len(shown) > 1 else "",
        box=plot.box,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scene:
    """What the words beside the line stand clear of."""

    line: Sequence[Spot]
    dots: Sequence[Spot]
    rules: Sequence[float]
    widths: tuple[float, float]  # of the line, on a phone and on a wide screen


def _level_labels(levels: Sequence[int], labels: AxisLabels) -> list[str]:
    short = [labels.compact(value) for value in levels]
    if len(set(short)) == len(short):
        return short
    return [labels.number(value) for value in levels]


def _grid(plot: PlotArea, by: Scale, numbers: Sequence[str]) -> list[str]:
    parts = [level(plot.down(value)) for value in by.levels if value != by.low]
    parts.append(level(plot.bottom, "axis"))
    places = [plot.down(value) for value in by.levels]
    return parts + [
        level_label(words, y + 0.35) for words, y in zip(numbers, places, strict=True)
    ]


def _peak(points: Sequence[Point], last: str, labels: AxisLabels) -> Point | None:
    """The point whose greatest value a reader looks for; none if that is the last.

    Numbers that are stated with a limit have no greatest: `last`, the last value in
    words, then says more than its digits.
    """
    if len(points) < 3 or last != labels.number(points[-1][1]):
        return None
    values = [value for _, value in points]
    most = max(values)
    if values.count(most) > 1 or values[-1] == most:
        return None
    return points[values.index(most)]


def _peak_parts(
    scene: _Scene,
    spot: Spot,
    peak: Point,
    labels: AxisLabels,
    end: tuple[str, EndPlace],
) -> list[str]:
    """The words at the peak, once for each width if they differ there."""
    number = labels.number(peak[1])
    options = (f"{number} ({labels.short(peak[0])})", number)
    drawings = []
    for width in scene.widths:
        last: Box = end[1].box(end[0], width)
        place = peak_place(
            spot,
            options,
            width,
            boxes=[last],
            rules=scene.rules,
            dots=scene.dots,
        )
        drawings.append(_peak_text(spot, place) if place else "")
    return _by_width(*drawings)


def _peak_text(spot: Spot, place: PeakPlace) -> str:
    return text(place.words, spot[0], place.base, place.anchor, kind="peak")


def _marks(
    points: Sequence[Point],
    claims: Sequence[PlottedClaim],
    breaks: Sequence[date],
    labels: AxisLabels,
) -> tuple[list[Mark], list[Mark]]:
    """Breaks and claims as marks, on a phone and on a wide screen.

    Claims of one day share a line. Where there is room each mark has its day.
    """
    first, until = points[0][0], points[-1][0]
    long = (until - first).days or 1
    narrow, wide = [], []
    for day in breaks:
        if first < day <= until:
            share, words = round((day - first).days / long, 4), labels.short(day)
            narrow.append(Mark(share=share, text=words))
            more = f"{words}{labels.phrases.colon}{labels.phrases.broken}"
            wide.append(Mark(share=share, text=more))
    for day, group in groupby(claims, key=lambda claim: claim[0]):
        share = round((day - first).days / long, 4) if until > first else 1.0
        label = ", ".join(dict.fromkeys(text for _, _, text in group))
        # Words cut short could say another number; their day is always true.
        fits, words = len(label) <= LONGEST, labels.short(day)
        narrow.append(Mark(share=share, text=label if fits else words, claim=True))
        more = f"{label} ({words})" if fits else words
        wide.append(Mark(share=share, text=more, claim=True))
    return narrow, wide


def _post_marks(
    points: Sequence[Point], posts: Sequence[date], labels: AxisLabels
) -> list[Mark]:
    """The last posts in the chart: a rule for each of many would bury the line."""
    first, until = points[0][0], points[-1][0]
    inside = [day for day in posts if first < day <= until][-POSTS:]
    long = (until - first).days or 1
    return [
        Mark(
            share=round((day - first).days / long, 4),
            text=labels.phrases.posted(labels.short(day)),
            claim=True,
        )
        for day in inside
    ]


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
    plot: PlotArea,
    start: float,
    rows: int,
    layouts: Sequence[Sequence[PlacedMark]],
    last: Box,
    widths: tuple[float, float],
) -> list[str]:
    """The marks; those that stand otherwise on a phone once for each.

    `start` is where the rows begin, `last` the room of the last value on a phone.
    """
    edge = last[0] / widths[0]
    narrow, wide = (
        [
            _mark(plot, start, rows, one, last if one.mark.share > edge else None)
            for one in all_
        ]
        for all_ in layouts
    )
    return [
        part
        for one, other in zip(narrow, wide, strict=True)
        for part in _by_width(one, other)
    ]


def _by_width(narrow: str, wide: str) -> list[str]:
    """A drawing that is another on a phone, or the same."""
    if narrow == wide:
        return [narrow] if narrow else []
    parts = (("narrow", narrow), ("wide", wide))
    return [f'<g class="chart__{kind}">{one}</g>' for kind, one in parts if one]


def _mark(
    plot: PlotArea, start: float, rows: int, placed: PlacedMark, last: Box | None
) -> str:
    mark = placed.mark
    kind = "claim" if mark.claim else "break"
    words, top = "", start + rows * ROW
    if placed.row is not None:
        row = start + (rows - 1 - placed.row) * ROW
        top = row if placed.shift else row + ROW
        words = text(mark.text, placed.at, row + 1.05, placed.anchor, placed.shift)
    if last is None:
        return upright(kind, mark.share, top, plot.bottom) + words
    # The rule is left out where the last value stands.
    return (
        upright(kind, mark.share, top, last[1])
        + upright(kind, mark.share, last[3], plot.bottom)
        + words
    )


def _days(plot: PlotArea, labels: AxisLabels, gutter: float) -> str:
    """Round days, and below them the first and the last, which they never touch."""
    first, last = plot.frame.first, plot.frame.last
    base = plot.bottom + 1.6
    end = labels.short(last)
    if first == last:
        return text(end, 1, base + LINE, "end")
    parts = []
    narrow, wide = NARROW - gutter, WIDE - gutter
    for tick in time_ticks(first, last, labels.tick, wide=wide, narrow=narrow):
        drawing = upright("tick", tick.share, plot.bottom, plot.bottom + 0.5)
        drawing += text(tick.text, tick.share, base, "middle")
        parts.append(f'<g class="chart__wide">{drawing}</g>' if tick.wide else drawing)
    begin, year = labels.short(first), labels.tick(first, unit="year")
    ends = end_days(begin, end, year, base + LINE, narrow, gutter)
    return f'<g class="chart__ticks">{"".join(parts)}</g>{"".join(ends)}'
