"""A line as small as a word."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from markupsafe import Markup, escape

from .geometry import Frame, Point, drawn

WIDTH, HEIGHT, EDGE = 96, 24, 3
MOST = 96  # points: one for each pixel


def sparkline(
    points: Sequence[Point], *, label: str, breaks: Sequence[date] = ()
) -> Markup:
    """The line with a dot at its end; nothing for fewer than two points.

    `label` is its accessible name.
    """
    return _drawn(tuple(points), label, tuple(breaks))


# A page shows the line of one series in several places.
@lru_cache(1024)
def _drawn(points: tuple[Point, ...], label: str, breaks: tuple[date, ...]) -> Markup:
    if len(points) < 2:
        return Markup("")
    values = [value for _, value in points]
    frame = Frame(
        left=EDGE,
        right=WIDTH - EDGE,
        top=EDGE,
        bottom=HEIGHT - EDGE,
        first=points[0][0],
        last=points[-1][0],
        low=min(values),
        high=max(values),
    )
    lines = "".join(
        path(frame, piece, "sparkline__") for piece in drawn(points, breaks, MOST)
    )
    x, y = frame.x(points[-1][0]), frame.y(points[-1][1])
    return Markup(
        f'<svg class="sparkline" role="img" aria-label="{escape(label)}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}">{lines}'
        f'<circle class="sparkline__end" cx="{x}" cy="{y}" r="2.2"/></svg>'
    )


def path(frame: Frame, piece: Sequence[Point], block: str) -> str:
    """One stretch as a line, or as a dot if it is a single point."""
    places = [f"{frame.x(day)} {frame.y(value)}" for day, value in piece]
    if len(places) == 1:
        x, y = places[0].split()
        return f'<circle class="{block}dot" cx="{x}" cy="{y}" r="2"/>'
    return f'<path class="{block}line" d="M{"L".join(places)}"/>'
