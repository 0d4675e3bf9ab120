"""The finding of a line: how far its level moved, and since when; mostly none.

A finding is a headline, so it must not be made of chance. Two single days always
differ; here all days of four weeks are compared with those of four weeks at the other
end of the line. Two things have to hold:

- *The medians differ*, by a quarter at least. A median of whole weeks is not moved by
  one loud day, nor by weekends.
- *The days moved the same way*, by a sign test: each day of the one end is paired with
  the same weekday of the other. Without any change either of the two is the greater as
  often as the other, whatever the counts are like; so it is known how seldom chance
  gives so many of one kind: once in `RARE` times. It needs no model of the counts, as a
  test of means does.

The ends lie at most a year apart, so of years the same season is compared. A line too
short for twice four weeks is compared by twice two. Nothing is said across a break, of
lower bounds, or where too few of the days are known. Windows of several days overlap
and are no independent days: of these nothing is said either.

Mostly a level moves slowly, and only the weeks compared can be named. Where it moved
within a day or two and stayed there, that day is what a reader sees in the line: then
the days before it are compared with those since, see `_turn`.

A total has no chance in it: every like was given. Of totals the finding is the growth
over four weeks to a year, if it is worth a headline at all.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import comb
from statistics import median, median_high, median_low

from ...model.values import Exactness

LONG, SHORT = 28, 14  # days that are compared with as many
YEAR = 364  # days: whole weeks
KNOWN = Fraction(3, 4)  # of the pairs at least
RARE = 500
LEAST_MOVE = Fraction(1, 4)  # of a level
LEAST_LEVEL = 5  # a day; of fewer a headline would make too much
WEEK = 7
MOST_STRAYS = Fraction(1, 10)  # days on the wrong side of a turn
LEAST_TURN = Fraction(3, 4)  # of the move lies between the weeks beside the turn
LEAST_GROWTH = Fraction(1, 100)  # of a total
LEAST_VAGUE_GROWTH = Fraction(1, 20)  # of a rounded one: more than the rounding

Points = Sequence[tuple[date, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """How the median day of the last weeks compares with that of earlier ones.

    `then` and `now` are the medians, of the `days` days to `then_end` and to `now_end`.
    With a `turn` it is the day since which the level is another: then `then_end` is the
    day before it, and `now` is of all days since.
    """

    then: Fraction
    now: Fraction
    days: int
    then_end: date
    now_end: date
    turn: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalGrowth:
    """A total of the day `since`, and the last one of the day `until`."""

    then: int
    now: int
    since: date
    until: date


def finding(
    points: Points,
    *,
    days: int | None,
    exactness: Exactness = Exactness.EXACT,
    breaks: Iterable[date] = (),
) -> Move | TotalGrowth | None:
    """The finding of a line, if there is one.

    `points` are one a day, oldest first; each covers `days`, None: all time.
    `exactness` is the weakest among them.
    """
    if exactness is Exactness.AT_LEAST or days not in (None, 1) or not points:
        return None
    end = points[-1][0]
    cut = max((day for day in breaks if day <= end), default=date.min)
    known = {day: value for day, value in points if day >= cut}
    if not known:
        return None
    if days is None:
        return _growth(known, vague=exactness is not Exactness.EXACT)
    return _move(known)


def _move(known: dict[date, int]) -> Move | None:
    first, end = min(known), max(known)
    for days in (LONG, SHORT):
        # Whole weeks between the two ends, so that weekdays meet their like.
        apart = min((end - first).days + 1 - days, YEAR) // 7 * 7
        if apart >= days:
            return _compared(known, end, days, timedelta(days=apart))
    return None


def _compared(
    known: dict[date, int], end: date, days: int, apart: timedelta
) -> Move | None:
    last = [end - timedelta(days=n) for n in range(days)]
    pairs = [
        (known[day - apart], known[day])
        for day in last
        if day in known and day - apart in known
    ]
    if len(pairs) < KNOWN * days:
        return None
    then = Fraction(median(Fraction(before) for before, _ in pairs))
    now = Fraction(median(Fraction(after) for _, after in pairs))
    if max(then, now) < LEAST_LEVEL or abs(now - then) < LEAST_MOVE * max(then, now):
        return None
    if not _is_rare([after - before for before, after in pairs]):
        return None
    move = Move(then=then, now=now, days=days, then_end=end - apart, now_end=end)
    return _turned(known, move) or move


def _turned(known: dict[date, int], move: Move) -> Move | None:
    """The same move told from the day of its turn on; None if it has no such day."""
    first = move.then_end - timedelta(days=move.days - 1)
    line = sorted((day, value) for day, value in known.items() if day >= first)
    turn = _turn(line, move)
    if not turn:
        return None
    before, after = line[max(0, turn - move.days) : turn], line[turn:]
    then, now = _level(before), _level(after)
    day, least = line[turn][0], LEAST_TURN * abs(move.now - move.then)
    beside = abs(_level(after[:WEEK]) - _level(before[-WEEK:]))
    days = (day - before[0][0]).days
    whole = len(before) == days and before[-1][0] == day - timedelta(days=1)
    if not whole or min(beside, abs(now - then)) < least:
        return None
    if abs(now - then) < LEAST_MOVE * max(then, now):
        return None
    return Move(
        then=then,
        now=now,
        days=days,
        then_end=before[-1][0],
        now_end=move.now_end,
        turn=day,
    )


def _turn(line: Points, move: Move) -> int:
    """The place in the line that parts the days of the two levels best; 0 for none.

    A week at least lies on each side, and few days on the wrong one.
    """
    middle = (move.then + move.now) / 2
    new = [(value > middle) == (move.now > middle) for _, value in line]
    strays, found = len(new) - sum(new), []  # if all days were those after the turn
    for place in range(1, len(line)):
        strays += 1 if new[place - 1] else -1
        if WEEK <= place <= len(line) - WEEK:
            found.append((strays, place))
    best = min(found, default=(len(line), 0))
    return best[1] if best[0] <= MOST_STRAYS * len(line) else 0


def _level(points: Points) -> Fraction:
    values = [value for _, value in points]
    return Fraction(median_low(values) + median_high(values), 2)


def _is_rare(steps: Sequence[int]) -> bool:
    """Whether chance alone seldom has so many of the steps go one way.

    Steps of zero count against it.
    """
    size = len(steps)
    one_way = max(sum(step > 0 for step in steps), sum(step < 0 for step in steps))
    as_many = sum(comb(size, n) for n in range(one_way, size + 1))
    return 2 * as_many * RARE < (1 << size)


def _growth(known: dict[date, int], *, vague: bool) -> TotalGrowth | None:
    until = max(known)
    since = min(day for day in known if (until - day).days <= YEAR)
    then, now = known[since], known[until]
    least = LEAST_VAGUE_GROWTH if vague else LEAST_GROWTH
    if (until - since).days < LONG or max(then, now) < LEAST_LEVEL:
        return None
    if then == 0 or abs(now - then) < least * then:
        return None
    return TotalGrowth(then=then, now=now, since=since, until=until)
