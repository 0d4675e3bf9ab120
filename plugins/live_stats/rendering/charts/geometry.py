"""Where points lie, and the pieces a line is honest in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import log10
from statistics import median
from typing import NamedTuple

Point = tuple[date, int]
"""A day and its value."""

MOST_POINTS = 400  # more than a screen can show; the rest is thinned out


class PlottedClaim(NamedTuple):
    """A claim that is marked in a chart, in the author's own words."""

    day: date
    value: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A rectangle in the drawing, and the days and values that it stands for.

    On a `log` scale equal distances are equal multiples; `low` is then above zero.
    """

    left: float
    right: float
    top: float
    bottom: float
    first: date
    last: date
    low: int
    high: int
    log: bool = False

    def x(self, day: date) -> float:
        days = (self.last - self.first).days
        share = (day - self.first).days / days if days else 1.0
        return round(self.left + share * (self.right - self.left), 1)

    def y(self, value: float) -> float:
        if self.log:
            share = log10(value / self.low) / log10(self.high / self.low)
        else:
            share = (value - self.low) / (self.high - self.low or 1)
        return round(self.bottom - share * (self.bottom - self.top), 1)


def pieces(
    points: Sequence[Point], breaks: Sequence[date] = (), days: int | None = None
) -> list[list[Point]]:
    """The stretches that a line may connect.

    Where each point is a count of `days` days, a day that no point covers is a gap. Of
    other counts a gap is more than twice the usual step. No line crosses a break: a
    day on which the platform began to count in another way.
    """
    if not points:
        return []
    steps = [(b[0] - a[0]).days for a, b in zip(points, points[1:], strict=False)]
    most = days or 2 * (median(steps) if steps else 1)
    found = [[points[0]]]
    for step, before, point in zip(steps, points, points[1:], strict=False):
        if step > most or _broken(before, point, breaks):
            found.append([])
        found[-1].append(point)
    return found


def bridges(
    stretches: Sequence[Sequence[Point]], breaks: Sequence[date] = ()
) -> list[tuple[Point, Point]]:
    """The ends of the gaps between stretches, but for those at a break.

    A total was somewhere between the two while nobody asked, so a line may lead over;
    a count of days may have been anything.
    """
    ends = [(a[-1], b[0]) for a, b in zip(stretches, stretches[1:], strict=False)]
    return [(before, after) for before, after in ends
            if not _broken(before, after, breaks)]  # fmt: skip


def scattered(stretches: Sequence[Sequence[Point]]) -> bool:
    """Whether a line would be debris: more than one piece for every three points."""
    return len(stretches) > 1 and 3 * len(stretches) > sum(map(len, stretches))


def _broken(before: Point, after: Point, breaks: Sequence[date]) -> bool:
    return any(before[0] < day <= after[0] for day in breaks)


def thinned(points: Sequence[Point], most: int = MOST_POINTS) -> list[Point]:
    """At most so many points, each stretch keeping its first, last, least and most."""
    if len(points) <= most:
        return list(points)
    size = -(-len(points) // (most // 4))
    kept: list[Point] = []
    for start in range(0, len(points), size):
        part = points[start : start + size]
        value = [point[1] for point in part]
        marks = {0, len(part) - 1, value.index(min(value)), value.index(max(value))}
        kept += [part[mark] for mark in sorted(marks)]
    return kept


def drawn(
    points: Sequence[Point],
    breaks: Sequence[date] = (),
    most: int = MOST_POINTS,
    days: int | None = None,
) -> list[list[Point]]:
    """The stretches of a line, thinned out: gaps are those of the days themselves."""
    return [
        thinned(piece, max(most * len(piece) // len(points), 8))
        for piece in pieces(points, breaks, days)
    ]
