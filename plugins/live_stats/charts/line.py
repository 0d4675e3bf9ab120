"""A line over time, with its table."""

import hashlib
from collections.abc import Callable, Sequence
from datetime import date

from markupsafe import Markup, escape

from .geometry import Frame, Point, drawn, levels, thinned
from .sparkline import path

WIDTH, HEIGHT = 640, 260
TOP, BOTTOM = 34, 226
MOST_ROWS = 90  # in the table below the chart; the rest is in the history


def line_chart(
    points: Sequence[Point],
    *,
    title: str,
    description: str,
    day: Callable[[date], str],
    number: Callable[[int], str],
    compact: Callable[[int], str],
    claims: Sequence[tuple[date, int, str]] = (),
    breaks: Sequence[date] = (),
    from_zero: bool = True,
) -> Markup:
    """The chart of one series. `title` says what is counted, `description` the finding.

    `claims` (day, value, words) are marked where their day lies inside the chart. All
    words and digits come from the functions given, in the reader's language. Counts of
    some days start `from_zero`, so that no change looks larger than it is.
    """
    shown = thinned(points)
    inside = [c for c in claims if shown[0][0] <= c[0] <= shown[-1][0]]
    values = [value for _, value in shown] + [value for _, value, _ in inside]
    grid = levels(values, from_zero=from_zero)
    labels = [compact(value) for value in grid]
    if len(set(labels)) < len(labels):
        labels = [number(value) for value in grid]
    frame = Frame(
        left=4,
        right=WIDTH - 10,
        top=TOP,
        bottom=BOTTOM,
        first=shown[0][0],
        last=shown[-1][0],
        low=grid[0],
        high=grid[-1],
    )
    parts = [_level(frame, *level) for level in zip(grid, labels, strict=True)]
    parts += [_claim(frame, claim) for claim in inside]
    parts += [path(frame, piece, "chart__") for piece in drawn(points, breaks)]
    parts.append(_end(frame, shown[-1], number(shown[-1][1])))
    parts.append(_date(4, "start", day(shown[0][0])) if len(shown) > 1 else "")
    parts.append(_date(WIDTH - 10, "end", day(shown[-1][0])))
    name = _name(title, description, shown)
    return Markup(
        f'<svg class="chart__drawing" role="img" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'aria-labelledby="{name}-title {name}-desc">'
        f'<title id="{name}-title">{escape(title)}</title>'
        f'<desc id="{name}-desc">{escape(description)}</desc>{"".join(parts)}</svg>'
    )


def table_rows(points: Sequence[Point]) -> list[Point]:
    """The points for the table, newest first."""
    return list(reversed(points))[:MOST_ROWS]


def _name(*parts: object) -> str:
    """An id from the content: the same in every build, another for another chart."""
    return "chart-" + hashlib.sha256(repr(parts).encode()).hexdigest()[:10]


def _level(frame: Frame, value: int, words: str) -> str:
    y = frame.y(value)
    return (
        f'<path class="chart__grid" d="M0 {y}H{WIDTH}"/>'
        f'<text class="chart__label" x="0" y="{round(y - 5, 1)}">{escape(words)}</text>'
    )


def _claim(frame: Frame, claim: tuple[date, int, str]) -> str:
    when, value, words = claim
    x = frame.x(when)
    side = "end" if x > WIDTH / 2 else "start"
    gap = -6 if side == "end" else 6
    return (
        f'<path class="chart__claim" d="M{x} {TOP - 16}V{BOTTOM}"/>'
        f'<circle class="chart__claim-dot" cx="{x}" cy="{frame.y(value)}" r="3"/>'
        f'<text class="chart__label" x="{x + gap}" y="{TOP - 8}" '
        f'text-anchor="{side}">{escape(words)}</text>'
    )


def _end(frame: Frame, point: Point, words: str) -> str:
    x, y = frame.x(point[0]), frame.y(point[1])
    return (
        f'<circle class="chart__end" cx="{x}" cy="{y}" r="3.5"/>'
        f'<text class="chart__value" x="{x}" y="{round(y - 10, 1)}" '
        f'text-anchor="end">{escape(words)}</text>'
    )


def _date(x: int, side: str, words: str) -> str:
    return (
        f'<text class="chart__label" x="{x}" y="{HEIGHT - 8}" '
        f'text-anchor="{side}">{escape(words)}</text>'
    )
