"""The table below a chart."""

from collections.abc import Sequence

from .geometry import Point

MOST = 40  # rows; the rest is in the history, which a site may publish


def table_rows(points: Sequence[Point], most: int = MOST) -> list[Point]:
    """The points for the table, newest first."""
    return list(reversed(points))[:most]
