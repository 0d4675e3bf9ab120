"""The day that the readings of one text share, said once at the head of the text.

A sentence whose reading is of that day says none, and all others say their own.
"""

from collections import Counter
from collections.abc import Iterable

from .series_view import SeriesView


def common_day(views: Iterable[SeriesView]) -> str:
    """The day that most readings have, as YYYY-MM-DD; of several the latest.

    `views` has one view for each figure whose sentence would say its day. The day is
    empty if no two of them share one.
    """
    counted = Counter(view.day_iso for view in views if says_day(view))
    if not counted:
        return ""
    day = max(counted, key=lambda one: (counted[one], one))
    return day if counted[day] > 1 else ""


def says_day(view: SeriesView) -> bool:
    """Whether a sentence says the bare day of a reading.

    It says more of one that is old, and of a window the days that are counted.
    """
    return view.value is not None and not is_old(view) and not is_of_days(view)


def is_old(view: SeriesView) -> bool:
    """Whether more is said of the age of a reading than a day."""
    return view.state in ("stale", "held")


def is_of_days(view: SeriesView) -> bool:
    """Whether the reading is of some days or minutes, and not of all time."""
    return view.days is not None or view.minutes is not None
