"""One place where numbers become words: claims, readings, dates, changes, lists.

Rounding never turns a true sentence false: Babel gets numbers that are already floored
or raised to what may be said, and only sets their digits.
"""

from datetime import date
from fractions import Fraction
from functools import lru_cache
from math import floor

from babel.dates import format_date, format_skeleton
from babel.lists import format_list

from ..model.ranges import Change, change_between, last_digit
from ..model.values import Bound, Exactness
from .claim_context import ClaimError
from .claim_parser import ParsedClaim, has_table, parse_claim
from .claim_rewriter import rewrite_claim
from .locales import dates_of, table_of
from .number_format import ceiled, floored, format_number, format_percent, rounded
from .number_parsing import babel_locale
from .sentences import Phrases
from .translator import translator_of

__all__ = [
    "ClaimError",
    "ParsedClaim",
    "Phrases",
    "describe_change",
    "format_day",
    "format_month",
    "format_number",
    "format_percent",
    "format_reading",
    "has_table",
    "in_units",
    "join_words",
    "parse_claim",
    "phrases_of",
    "rewrite_claim",
]


@lru_cache(64)
def phrases_of(locale: str) -> Phrases:
    """The parts of sentences of a language; English where we have none."""
    return Phrases(translator_of(locale), table_of(locale))


def format_reading(value: int, exactness: Exactness, locale: str) -> str:
    """A reading as it may be stated: "24,318", "at least 1,840", "about 500"."""
    words = phrases_of(locale)
    if exactness is Exactness.AT_LEAST:
        return f"{words.at_least} {format_number(value, locale)}"
    if exactness is Exactness.EXACT:
        return format_number(value, locale)
    return f"{words.about} {format_number(value, locale)}"


def in_units(value: int, locale: str) -> tuple[str, bool]:
    """A round number as a sentence has it: 5,000, 5 million. True if it ends in a word.

    A number that is no multiple of its unit keeps all digits.
    """
    fitting = [
        unit
        for unit in table_of(locale).units
        if unit.style == "word" and unit.value <= value
    ]
    unit = max(fitting, key=lambda one: one.value, default=None)
    if unit is None or value % unit.value:
        return format_number(value, locale), False
    many = value // unit.value
    plural = unit.plural and many >= 2
    return (
        f"{format_number(many, locale)} {unit.plural if plural else unit.forms[0]}",
        True,
    )


def format_day(value: date, locale: str) -> str:
    """A date in full words: 24 November 2026 · 24. November 2026 · 24 novembre 2026."""
    babel = babel_locale(locale)
    patterns = dates_of(babel)
    pattern = patterns.first_of_month if value.day == 1 else ""
    return format_date(value, pattern or patterns.day or "long", locale=babel)


def format_month(value: date, locale: str) -> str:
    """The month of a date, in full: June 2026 · Juni 2026 · junio de 2026."""
    return format_skeleton("yMMMM", value, locale=babel_locale(locale))


def join_words(names: list[str], locale: str) -> str:
    """A list in words: "X and mastodon.social"."""
    return format_list(names, locale=babel_locale(locale)) if names else ""


@lru_cache(4096)
def describe_change(
    bound: Bound, then: int, now: int, exactness: Exactness, locale: str
) -> str | None:
    """How a number moved from a claim to a reading; None if that is not known.

    "over 21,000" then and 24,318 now: up by less than 3,318 (16%), since it began above
    21,000. The share is that of the number before it, in whole percent, with as many
    digits as the claim has, and left out where it says nothing: below 1% and from ten
    times on.
    """
    change = change_between(bound, then, now, exactness)
    if change is None:
        return None
    words = phrases_of(locale)
    if not change.step:
        return words.about_the_same if change.vague else words.unchanged
    fit = _FITS.get(change.bound, rounded)
    number = format_number(
        fit(change.step, 2) if _is_rough(change, exactness) else change.step, locale
    )
    if change.share is not None:
        percent = _percent(change, max(2, len(str(then // last_digit(then)))))
        number += f" ({format_percent(percent, locale)})" if 0 < percent < 1000 else ""
    return words.change(number, change.bound, up=change.up)


_FITS = {
    Bound.OVER: floored,
    Bound.AT_LEAST: floored,
    Bound.UNDER: ceiled,
    Bound.AT_MOST: ceiled,
}
"""How a limit is rounded so that it stays true."""


def _is_rough(change: Change, exactness: Exactness) -> bool:
    """Whether the last digits of a step would be those of a rounding."""
    rounded_reading = exactness is Exactness.ROUNDED
    return change.vague or (rounded_reading and change.bound is not Bound.EXACTLY)


def _percent(change: Change, digits: int) -> int:
    """The share in whole percent: never too much where there is "more" of it."""
    share = 100 * (change.share or 0)
    if change.bound in (Bound.OVER, Bound.AT_LEAST):
        return floored(floor(share), digits)
    return rounded(floor(share + Fraction(1, 2)), digits)
