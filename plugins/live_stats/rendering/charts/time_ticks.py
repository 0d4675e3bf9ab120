"""Round days between the first and the last of a time axis."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from itertools import islice
from typing import Protocol

from .label_layout import GAP, extent

MOST = 10  # ticks: more are a ruler, not an aid

# From fine to coarse; days that are not every day or every second one are Mondays.
STEPS = [("day", 1), ("day", 2), ("day", 7), ("day", 14)]
STEPS += [("month", n) for n in (1, 2, 3, 6)]
STEPS += [("year", n) for n in (1, 2, 5, 10, 20, 50, 100)]


class TickLabel(Protocol):
    """Labels a tick by its day; the unit of all ticks is `day`, `month` or `year`."""

    def __call__(self, day: date, *, unit: str) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A labelled day on the axis; `wide` if a phone has no room for it."""

    share: float  # of the way from the first day to the last
    text: str
    wide: bool


def time_ticks(
    first: date, last: date, label: TickLabel, *, wide: float, narrow: float
) -> list[Tick]:
    """Round days strictly between two: as fine as there is room for.

    No two labels touch on a drawing `wide` em across or wider; those that are not
    `wide` alone do not touch on one `narrow` em across either. None leaves the drawing.
    """
    if first == last:
        return []
    chosen: dict[date, str] = {}
    inside: dict[date, str] = {}
    for unit, step in STEPS:
        days = list(islice(_days(first, last, unit, step), 4 * MOST + 1))
        if not chosen:
            of_unit = partial(label, unit=unit)
            chosen = _fitting(days, first, last, of_unit, wide)
        # A phone gets every second one, or every fifth, but no other ones.
        both = [day for day in days if day in chosen]
        inside = _fitting(both, first, last, chosen.__getitem__, narrow)
        if inside:
            break
    return [
        Tick(share=_share(day, first, last), text=text, wide=day not in inside)
        for day, text in chosen.items()
    ]


def _fitting(
    days: Sequence[date],
    first: date,
    last: date,
    label: Callable[[date], str],
    width: float,
) -> dict[date, str]:
    """The days whose labels lie on the drawing; none if they touch one another."""
    if len(days) > 4 * MOST:
        return {}
    kept: dict[date, str] = {}
    edge = 0.0
    for day in days:
        text = label(day)
        middle, half = _share(day, first, last) * width, extent(text) / 2
        if middle - half < 0 or middle + half > width:
            continue
        if middle - half < edge:
            return {}
        kept[day] = text
        edge = middle + half + GAP
    return kept if len(kept) <= MOST else {}


def _share(day: date, first: date, last: date) -> float:
    return (day - first).days / (last - first).days


def _days(first: date, last: date, unit: str, step: int) -> Iterator[date]:
    """The round days strictly between two, in order."""
    if unit == "day":
        day = first + timedelta(days=1)
        while day < last:
            if day.toordinal() % step == (1 if step >= 7 else 0):
                yield day
            day += timedelta(days=1)
        return
    for year in range(first.year, last.year + 1):
        if unit == "year" and year % step:
            continue
        for month in range(1, 13, step if unit == "month" else 12):
            if first < date(year, month, 1) < last:
                yield date(year, month, 1)
