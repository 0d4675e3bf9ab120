"""A line as small as a word."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from markupsafe import Markup, escape

from .geometry import Frame, Point, bridges, drawn

WIDTH, HEIGHT, EDGE = 96, 24, 3
MOST = 96  # points: one for each pixel


def sparkline(
    points: Sequence[Point],
    *,
    label: str,
    breaks: Sequence[date] = (),
    days: int | None = None,
    total: bool = False,
) -> Markup:
    """The line with a dot at its end; nothing for fewer than two points.

    `label` is its accessible name. Gaps stay open; each point covers `days` days, where
    they are given. Of a `total` thin lines lead over them.
    """
    return _drawn(tuple(points), label, tuple(breaks), days, total)


# A page shows the line of one series in several places.
@lru_cache(1024)
def _drawn(
    points: tuple[Point, ...],
    label: str,
    breaks: tuple[date, ...],
    days: int | None,
    total: bool,
) -> Markup:
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
    stretches = drawn(points, breaks, MOST, days)
    over = bridges(stretches, breaks) if total else []
    ways = "".join(f"M{_at(frame, one)}L{_at(frame, other)}" for one, other in over)
    lines = f'<path class="sparkline__bridge" d="{ways}"/>' if ways else ""
    lines += "".join(path(frame, piece, "sparkline__") for piece in stretches)
    x, y = frame.x(points[-1][0]), frame.y(points[-1][1])
    return Markup(
        f'<svg class="sparkline" role="img" aria-label="{escape(label)}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}">{lines}'
        f'<circle class="sparkline__end" cx="{x}" cy="{y}" r="2.2"/></svg>'
    )


def path(frame: Frame, piece: Sequence[Point], block: str) -> str:
    """One stretch as a line, or as a dot if it is a single point."""
    if len(piece) == 1:
        x, y = frame.x(piece[0][0]), frame.y(piece[0][1])
        return f'<circle class="{block}dot" cx="{x}" cy="{y}" r="1.2"/>'
    places = "L".join(_at(frame, point) for point in piece)
    return f'<path class="{block}line" d="M{places}"/>'


def _at(frame: Frame, point: Point) -> str:
    return f"{frame.x(point[0])} {frame.y(point[1])}"
