"""A line over time, with its marks and its axes."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from markupsafe import Markup

from .calendar import time_ticks
from .geometry import Point
from .labels import Mark, Placed, extent, in_rows
from .scales import scale
from .sheet import Sheet, dot, level, svg, text, upright
from .words import Words

NARROW, WIDE = 22, 52  # em: a phone's column; from there on there is more room
ROW, TALL, AXIS = 1.5, 14, 2  # em: a row of marks, the line's box, the days below
ABOVE = 2.2  # em over the box, for the last value where it is the highest
POINTS = 560  # of a line on a wide screen
LONGEST = 26  # letters of a claim's label

Claim = tuple[date, int, str]


def line_chart(
    points: Sequence[Point],
    *,
    title: str,
    description: str,
    words: Words,
    claims: Sequence[Claim] = (),
    breaks: Sequence[date] = (),
    from_zero: bool = True,
) -> Markup:
    """The chart of one series. `title` says what is counted, `description` the finding.

    `claims` (day, value, words) are marked where their day lies inside the chart, and
    so are `breaks`. Counts of some days start `from_zero`, so that no change looks
    larger than it is; `scales.wants_log` says when the scale is a logarithmic one,
    which is said at its uppermost label.
    """
    first, last = points[0][0], points[-1][0]
    inside = sorted(claim for claim in claims if first <= claim[0] <= last)
    by = scale(
        [value for _, value in points],
        [value for _, value, _ in inside],
        from_zero=from_zero,
    )
    plain = Sheet.of(points, by, top=0, tall=TALL)  # to find out what is to the right
    marks = _marks(plain, inside, [day for day in breaks if first < day <= last], words)
    layouts = [in_rows(marks, width) for width in (NARROW, WIDE)]
    rows = max((one.row + 1 for all_ in layouts for one in all_ if one.row is not None),
               default=0)  # fmt: skip
    sheet = Sheet.of(points, by, top=rows * ROW + ABOVE, tall=TALL)
    parts = [level(sheet.down(value)) for value in by.levels]
    parts += _days(sheet, words)
    parts += _both_ways(sheet, rows, layouts)
    parts += sheet.lines(points, breaks, POINTS)
    parts += [
        dot("chart__claim-dot", sheet.share(day), sheet.down(value), 0.28)
        for day, value, _ in inside
    ]
    for value, label in zip(by.levels, _labels(by.levels, words), strict=True):
        if by.log and value == by.levels[-1]:
            label = f"{label}, {words.said.log}"
        parts.append(text(label, 0, sheet.down(value) - 0.35))
    parts += sheet.end(points, words.number(points[-1][1]), NARROW)
    return svg(title, description, sheet.bottom + AXIS, parts)


def _labels(levels: Sequence[int], words: Words) -> list[str]:
    short = [words.compact(value) for value in levels]
    if len(set(short)) == len(short):
        return short
    return [words.number(value) for value in levels]


def _marks(
    sheet: Sheet, claims: Sequence[Claim], breaks: Sequence[date], words: Words
) -> list[Mark]:
    """Breaks first: their words matter most. Claims of one day share a line."""
    marks = [Mark(share=sheet.share(day), text=words.said.broken) for day in breaks]
    for day, group in groupby(claims, key=lambda claim: claim[0]):
        label = ", ".join(dict.fromkeys(said for _, _, said in group))
        # Words cut short could say another number; their day is always true.
        label = label if len(label) <= LONGEST else words.short(day)
        marks.append(Mark(share=sheet.share(day), text=label, claim=True))
    return marks


def _both_ways(
    sheet: Sheet, rows: int, layouts: Sequence[Sequence[Placed]]
) -> list[str]:
    """The marks; those that stand otherwise on a phone once for each."""
    narrow, wide = ([_mark(sheet, rows, one) for one in all_] for all_ in layouts)
    parts = []
    for one, other in zip(narrow, wide, strict=True):
        if one == other:
            parts.append(one)
        else:
            parts.append(f'<g class="chart__narrow">{one}</g>')
            parts.append(f'<g class="chart__wide">{other}</g>')
    return parts


def _mark(sheet: Sheet, rows: int, placed: Placed) -> str:
    mark = placed.mark
    kind = "claim" if mark.claim else "break"
    if placed.row is None:
        return upright(kind, mark.share, rows * ROW, sheet.bottom)
    top = (rows - 1 - placed.row) * ROW
    start = top if placed.shift else top + ROW
    return upright(kind, mark.share, start, sheet.bottom) + text(
        mark.text, placed.at, top + 1.05, placed.anchor, placed.shift
    )


def _days(sheet: Sheet, words: Words) -> list[str]:
    """The first and the last day, and round ones between them."""
    first, last = sheet.frame.first, sheet.frame.last
    base = sheet.bottom + 1.6
    ends = (words.short(first), words.short(last))
    if first == last:
        return [text(ends[1], 1, base, "end")]
    parts = [text(ends[0], 0, base), text(ends[1], 1, base, "end")]
    if extent("".join(ends)) + 1 > NARROW:
        return parts
    ticks = time_ticks(first, last, ends, words.tick, wide=WIDE, narrow=NARROW)
    for tick in ticks:
        drawing = upright("tick", tick.share, sheet.bottom, sheet.bottom + 0.4)
        drawing += text(tick.text, tick.share, base, "middle")
        parts.append(f'<g class="chart__wide">{drawing}</g>' if tick.wide else drawing)
    return parts
