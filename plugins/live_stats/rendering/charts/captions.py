"""What a line says, in one sentence that is true of its values."""

from collections.abc import Sequence
from datetime import date

from ...model.values import Exactness
from .axis_labels import AxisLabels
from .geometry import Point


def finding(
    points: Sequence[Point],
    words: AxisLabels,
    *,
    exactness: Exactness = Exactness.EXACT,
    days: int | None = None,
    total: bool = True,
    breaks: Sequence[date] = (),
) -> str:
    """The finding, without a full stop: the highest day, or how a total has moved.

    `days` is the window of each point, `total` set where each is a count of all time.
    Only exact numbers are compared: of the others the first and the last are said.
    Before the last of the `breaks` the numbers do not measure the same and have no say.
    """
    said, parted = words.said, [day for day in breaks if points[0][0] < day]
    same = [p for p in points if not parted or p[0] >= max(parted)]
    if not same:
        same, parted = list(points), []
    (first, low), (last, high) = same[0], same[-1]
    number, end = words.stated(high, exactness), words.day(last)
    if len(same) == 1:
        return said.one(number, end)
    start = said.since(words.day(max(parted))) if parted else ""
    values, count = [value for _, value in same], len(same)
    most, single = max(values), days == 1
    if exactness is not Exactness.EXACT:
        return said.from_to(words.stated(low, exactness), words.day(first), number, end)
    if total:
        step = words.number(abs(high - low))
        return said.change(
            number, end, step, (high > low) - (high < low), words.day(first)
        )
    if min(values) == most:
        return start + said.all_alike(number, count, single)
    if values.count(most) > 1:
        return said.from_to(words.number(low), words.day(first), number, end)
    if most == high:
        return start + said.highest_now(number, end, count, single)
    on = words.day(same[values.index(most)][0])
    return start + said.highest(words.number(most), on, count, single, number, end)
