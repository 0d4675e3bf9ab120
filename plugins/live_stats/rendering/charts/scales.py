"""What the height of a chart stands for: from zero, from near the least, or log."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log10
from statistics import median

APART = 0.12  # of the height, between two levels: less, and their labels touch


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """The values at the bottom and at the top, and the round ones between to label."""

    low: int
    high: int
    levels: tuple[int, ...]
    log: bool = False


def scale(
    values: Sequence[int], others: Sequence[int] = (), *, from_zero: bool
) -> Scale:
    """The scale of a line with these `values`; `others` (claims) have room on it too.

    `from_zero` is for counts of some days, so that no change looks larger than it is.
    Other counts begin near the least value if it is more than half of the greatest.
    """
    inside = [*values, *others]
    if wants_log(values) and min(inside) > 0:
        return _log(min(inside), max(inside))
    grid = levels(inside, from_zero=from_zero)
    return Scale(low=grid[0], high=grid[-1], levels=tuple(grid))


def wants_log(values: Sequence[int]) -> bool:
    """Whether a line from zero would lie flat on the floor for most of its length.

    The rule: no value is zero, the greatest is at least 100 times the least, and half
    of the values lie in the lowest twentieth of a linear scale (8 of 168 px). One peak
    would then hide all the rest. Claims do not count: a claim is one number, and would
    bend the whole line for itself.
    """
    low, high = min(values), max(values)
    return low > 0 and high >= 100 * low and median(values) * 20 <= high


def levels(values: Sequence[int], *, from_zero: bool) -> list[int]:
    """Round values for the grid: from 0, or from near the least of high values."""
    low, high = min(values), max(values)
    return ticks(0 if from_zero or low * 2 <= high or low == high else low, high)


def ticks(low: int, high: int) -> list[int]:
    """Three or four round values from `low` or below to `high` or above."""
    high = max(high, low + 1)
    span, step = high - low, 1
    while True:
        for factor in (1, 2, 5):
            size = step * factor
            start = low // size * size
            if start + 3 * size >= low + span:
                return list(range(start, high + size, size))[:5]
        step *= 10


def _log(least: int, most: int) -> Scale:
    """From 1, 2 or 5 times a power of ten to another; powers of ten between them."""
    low = next(v for v in reversed(_round(least)) if v <= least)
    high = next(v for v in _round(most) if v >= most)
    powers = [10**n for n in range(len(str(high))) if low <= 10**n <= high]
    # Every second or third power where all would crowd, the highest one kept.
    powers = sorted(powers[:: -(1 + (len(powers) - 1) // 5)])
    ends = [
        end for end in (low, high) if all(_apart(end, p, low, high) for p in powers)
    ]
    return Scale(low=low, high=high, levels=tuple(sorted({*ends, *powers})), log=True)


def _round(value: int) -> list[int]:
    """The values 1, 2, 5 times a power of ten about `value`, in order."""
    power = 10 ** (len(str(value)) - 1)
    return [power, 2 * power, 5 * power, 10 * power]


def _apart(one: int, other: int, low: int, high: int) -> bool:
    """Whether two levels have room for their labels; the same level has."""
    share = _digits(one, other) / _digits(low, high)
    return one == other or share >= APART


def _digits(one: int, other: int) -> float:
    """The distance of two values on a log scale, in powers of ten."""
    return abs(log10(one / other))
