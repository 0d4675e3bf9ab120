"""What a line is, in one sentence that is true of its values: its ends, its highest.

It is for those who do not see the line. What is new about it is its finding, see
`trends/findings.py`.
"""

from collections.abc import Sequence
from datetime import date

from ...model.values import Exactness
from .axis_labels import AxisLabels
from .geometry import Point


def caption(
    points: Sequence[Point],
    labels: AxisLabels,
    *,
    exactnesses: Sequence[Exactness] = (),
    days: int | None = None,
    total: bool = True,
    breaks: Sequence[date] = (),
) -> str:
    """The caption, without a full stop: the highest day, or how a total has moved.

    `days` is the window of each point, `total` set where each is a count of all time.
    `exactnesses` are those of the points, in their order; without them all are exact.
    Only exact numbers are compared: of others it names the first and the last. What
    lies before the last of the `breaks` does not measure the same, and is left out.
    """
    words = labels.phrases
    kinds = tuple(exactnesses) or (Exactness.EXACT,) * len(points)
    points, since = _since_last_break(points, breaks)
    (first, low), (last, high) = points[0], points[-1]
    kinds = kinds[-len(points) :]
    number, end = labels.stated(high, kinds[-1]), labels.day(last)
    if len(points) == 1:
        return words.one(number, end)
    if set(kinds) != {Exactness.EXACT}:
        start = labels.stated(low, kinds[0])
        return words.from_to(start, labels.day(first), number, end)
    if total:
        step, way = labels.number(abs(high - low)), (high > low) - (high < low)
        return words.change(number, end, step, way, labels.day(first))
    prefix = words.since(labels.day(since)) if since else ""
    values, single = [value for _, value in points], days == 1
    most, count = max(values), len(values)
    if min(values) == most:
        return prefix + words.all_alike(number, count, single, end)
    if most == high:
        return prefix + words.highest_now(number, end, count, single)
    on = labels.day(points[values.index(most)][0])
    return prefix + words.highest(labels.number(most), on, count, single, number, end)


def _since_last_break(
    points: Sequence[Point], breaks: Sequence[date]
) -> tuple[Sequence[Point], date | None]:
    """The points that measure the same as the last, and the break that they begin at.

    Without a break inside the line, or a point after it, all points and None.
    """
    since = max((day for day in breaks if points[0][0] < day), default=None)
    if since is None:
        return points, None
    comparable = [point for point in points if point[0] >= since]
    return (comparable, since) if comparable else (points, None)
