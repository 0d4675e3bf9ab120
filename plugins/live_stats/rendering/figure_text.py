"""What stands in parentheses behind a claim, and whether the two compare."""

from datetime import date, timedelta
from typing import Any

from ..i18n import phrases
from .views import SeriesView


def parenthesis(
    view: SeriesView, claim: dict[str, Any] | None, mode: str
) -> tuple[str, str, str]:
    """What stands in parentheses: the words before the number, it, and those after.

    Without a number the whole stands in the first part.
    """
    if claim is None:
        return "", "", ""
    if mode == "frozen" or view.value is None:
        return claim["day"], "", ""
    said = phrases.phrases_of(view.lang)
    if mode == "replace":
        if view.during:
            place = view.where or view.label
            return f"{place}, {view.during}", "", ""
        return (view.as_of if view.state in ("stale", "held") else ""), "", ""
    if view.days:
        place = view.where or view.label
        words = said.in_days(view.number, place, view.days, view.until)
    elif view.minutes is not None:
        words = f"{view.number}, {view.where or view.label}, {view.during}"
    elif view.state in ("stale", "held"):
        words = f"{view.number}, {view.as_of}"
    elif view.where:
        words = said.on_place(view.number, view.where, view.day)
    else:
        words = said.on_day(view.number, view.day)
    before, number, after = words.partition(view.number)
    return before, number, after


def breaks_between(view: SeriesView, day: date) -> bool:
    """Whether a claim of `day` and the reading measure by different methods.

    The claim is taken to cover as many days as the reading, the last of them before
    `day`: it must lie on this side of every break that the reading has reached.
    """
    start = day - timedelta(days=view.days or 0)
    end = view.until_day
    return end is not None and any(start < one <= end for one in view.breaks)
