"""The words around a figure: its claim, the parenthesis, the change, the day of all."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from ..i18n import phrases
from ..model.values import Bound, Exactness
from .series_view import SeriesView
from .specs import ClaimSpec


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim as templates see it."""

    text: str
    """The figure as the author wrote it: `over 21,000`."""

    value: int
    """Its number."""

    bound: Bound
    """How the number limits the truth: `exactly`, `over`, `about` and the like."""

    day: str
    """The date of the claim in words."""

    day_iso: str
    """The same date as YYYY-MM-DD."""

    @classmethod
    def of(cls, claim: ClaimSpec | None, lang: str) -> "ClaimView | None":
        """The claim in the language of its page; not for templates."""
        if claim is None:
            return None
        day = _format_iso_day(claim.day, lang)
        return cls(claim.text, claim.value, Bound(claim.bound), day, claim.day)


class Parenthesis(NamedTuple):
    """What stands in parentheses behind a claim."""

    before: str = ""
    """The words before the reading; all words, where no reading is shown."""

    number: str = ""
    """The reading; empty where none is shown."""

    after: str = ""
    """The words after the reading."""

    @property
    def text(self) -> str:
        """The three together."""
        return "".join(self)


def parenthesis(
    view: SeriesView, claim: ClaimView | None, mode: str, head: str = ""
) -> Parenthesis:
    """The parenthesis of a figure, empty if it has none.

    `mode` is `beside` (the reading), `replace` (what the reading is of) or `frozen`
    (the day of the claim). `head` is the day that the head of the text says, as
    YYYY-MM-DD: a reading of that day says none, and any other says its own.
    """
    if claim is None:
        return Parenthesis(_other_day(view, head))
    if mode == "frozen" or view.value is None:
        return Parenthesis(claim.day)
    if mode == "replace":
        if view.during:
            words = phrases.phrases_of(view.lang)
            return Parenthesis(words.on_during(view.where or view.label, view.during))
        return Parenthesis(view.as_of if is_old(view) else _other_day(view, head))
    return Parenthesis(*_reading(view, head).partition(view.number))


def _other_day(view: SeriesView, head: str) -> str:
    """The age of a number that usually says no day, where a head would give it one."""
    if not head or view.value is None or view.day_iso == head:
        return ""
    return "" if is_of_days(view) and not is_old(view) else view.as_of


def _reading(view: SeriesView, head: str) -> str:
    """The reading with its place, and its day unless the `head` says it, in words."""
    words = phrases.phrases_of(view.lang)
    if view.days:
        place = view.where or view.label
        return words.in_days(view.number, place, view.days, view.until)
    if view.minutes is not None:
        place = words.on_during(view.where or view.label, view.during)
        return f"{view.number} {place}"
    if is_old(view):
        return f"{view.number}, {view.as_of}"
    if head and view.day_iso == head:
        where = view.where
        return words.of_place(view.number, where) if where else view.number
    if view.where:
        return words.on_place(view.number, view.where, view.day)
    return words.on_day(view.number, view.day)


def common_day(views: Iterable[SeriesView]) -> str:
    """The day that most readings of a text have, as YYYY-MM-DD; of several the latest.

    It is said once, at the head of the text.

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


def rewritten_claim(view: SeriesView, claim: ClaimView | None, mode: str) -> str:
    """The claim's wording with the latest value in it; empty if it stays as it is."""
    if mode != "replace" or view.value is None or claim is None:
        return ""
    exactness = Exactness(view.exactness)
    return phrases.rewrite_claim(claim.text, view.lang, view.value, exactness)


def change_since(view: SeriesView, claim: ClaimView | None) -> str | None:
    """The change from a claim to the reading, in words; None if they do not compare."""
    # A sum's platforms come and go: no change is stated across them.
    if claim is None or view.value is None or view.is_sum:
        return None
    if breaks_between(view, date.fromisoformat(claim.day_iso)):
        return None
    exactness = Exactness(view.exactness)
    return phrases.describe_change(
        claim.bound, claim.value, view.value, exactness, view.lang
    )


def breaks_between(view: SeriesView, day: date) -> bool:
    """Whether a claim of `day` and the reading measure by different methods.

    The claim is taken to cover as many days as the reading, the last of them before
    `day`: it must lie on this side of every break that the reading has reached.
    """
    start = day - timedelta(days=view.days or 0)
    end = view.until_day
    return end is not None and any(start < one <= end for one in view.breaks)


@lru_cache(4096)
def _format_iso_day(iso: str, lang: str) -> str:
    return phrases.format_day(date.fromisoformat(iso), lang)
