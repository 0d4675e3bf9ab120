"""What a number leaves open: the range of the true one, and of a change.

Every comparison is made here, so that a sentence holds wherever in its range the truth
lies.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Self

from .values import Bound, Exactness

NEAR = 10
"""What is "about" a number may be off by a tenth of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """The true number is from `low` to `high`, both included; None: there is no end.

    `vague`: nobody says so. The ends are then how far "about" reaches, and nothing
    strict may be said.
    """

    low: int
    high: int | None
    vague: bool = False

    @classmethod
    def about(cls, value: int) -> Self:
        return cls(low=value - value // NEAR, high=value + value // NEAR, vague=True)

    @classmethod
    def of_reading(cls, value: int, exactness: Exactness) -> Self:
        """What a reading leaves open.

        A rounded one keeps its last digit that is not 0. Platforms round down or to
        the nearest: the range has room for both.
        """
        if exactness is Exactness.EXACT:
            return cls(low=value, high=value)
        if exactness is Exactness.AT_LEAST or not value:
            return cls(low=value, high=None)
        if exactness is Exactness.ESTIMATE:
            return cls.about(value)
        unit = last_digit(value)
        return cls(low=value - unit // 2, high=value + unit - 1)

    @classmethod
    def of_claim(cls, bound: Bound, value: int) -> Self:
        """What the words of a claim leave open, taken at their word."""
        match bound:
            case Bound.OVER:
                return cls(low=value + 1, high=None)
            case Bound.AT_LEAST:
                return cls(low=value, high=None)
            case Bound.UNDER:
                return cls(low=0, high=max(value - 1, 0))
            case Bound.AT_MOST:
                return cls(low=0, high=value)
            case Bound.ABOUT:
                return cls.about(value)
            case _:
                return cls(low=value, high=value)


def last_digit(value: int) -> int:
    """The size of the last digit that is not 0: 100 for 24,300; 1 for 0."""
    size = 1
    while value and value % (size * 10) == 0:
        size *= 10
    return size


def meant_end(value: int) -> int:
    """What is no longer meant by "over" `value`: 22,000 for 21,000.

    One more in its last digit, but not in the third or a later one.
    """
    second = int(10 ** max(len(str(value)) - 2, 0))
    return value + max(last_digit(value), second, 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A number went up, or down, by `step`; `bound` says how `step` limits the truth.

    `step` is 0 where it stayed the same. `share` is `step` as a part of the first
    number, None where that is 0. `vague`: one of the two is no exact number.
    """

    up: bool
    bound: Bound
    step: int
    share: Fraction | None
    vague: bool = False


def change_between(
    bound: Bound, then: int, now: int, exactness: Exactness
) -> Change | None:
    """The change from a claim to a reading; None if not even its direction is known.

    "Over 21,000" has no upper end, but who writes it means less than 22,000
    (`meant_end`): the direction is known from there on. By how much it went up is then
    less than counted from 21,000.
    """
    first, last = Range.of_claim(bound, then), Range.of_reading(now, exactness)
    if first.vague or last.vague:
        return _about(first, last, then, now)
    if bound in (Bound.OVER, Bound.AT_LEAST):
        return _from_above(bound, then, last)
    if bound in (Bound.UNDER, Bound.AT_MOST):
        strict = bound is Bound.UNDER
        limit = Bound.OVER if strict else Bound.AT_LEAST
        return _change(limit, then, last.low) if last.low > then else None
    if last.low == last.high:
        return _change(Bound.EXACTLY, then, now)
    if last.high is None:
        return _change(Bound.AT_LEAST, then, now) if now > then else None
    if last.low > then or last.high < then:
        return _change(Bound.ABOUT, then, now, vague=True)
    return _SAME if abs(now - then) * NEAR <= then else None


_SAME = Change(up=True, bound=Bound.ABOUT, step=0, share=None, vague=True)
"""About the same."""


def _about(first: Range, last: Range, then: int, now: int) -> Change | None:
    """A change of which one number is vague; None if the other has no end."""
    a_bound = not first.vague and first.low != first.high
    if a_bound or first.high is None or last.high is None:
        return None
    if last.low > first.high or last.high < first.low:
        return _change(Bound.ABOUT, then, now, vague=True)
    return _SAME


def _from_above(bound: Bound, then: int, last: Range) -> Change | None:
    """A change from "over" or "at least" `then`."""
    strict = bound is Bound.OVER
    if last.high is None:
        return None
    if last.high < then:
        limit = Bound.OVER if strict else Bound.AT_LEAST
        return _change(limit, then, last.high)
    if then and last.low >= meant_end(then):
        limit = Bound.UNDER if strict else Bound.AT_MOST
        return _change(limit, then, last.high)
    return None


def _change(bound: Bound, then: int, now: int, *, vague: bool = False) -> Change:
    step = abs(now - then)
    share = Fraction(step, then) if then else None
    return Change(up=now >= then, bound=bound, step=step, share=share, vague=vague)
