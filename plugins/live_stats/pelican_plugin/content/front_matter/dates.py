"""Checks dates, which Pelican reads with dateutil: it guesses where it is not sure."""

import re
import warnings
from datetime import datetime

from dateutil import parser

_USUAL = re.compile(
    r"[1-9]\d{3}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?"
    r"(?:\s?[+-]\d\d:?\d\d|Z)?)?\Z"
)
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)")
_COMPACT = re.compile(r"\d{8}(?:\d{4}|\d{6})?(?!\d)")
_COMPACT_LENGTHS = (8, 12, 14)

# They differ in year, month, day and day of the week: what a text leaves open shows.
_DEFAULTS = (datetime(2001, 1, 1), datetime(2006, 2, 4))

EXAMPLE = "2026-11-24"


def problem(text: str) -> tuple[str, str] | None:
    """What is wrong with a date, and how to correct it; None if nothing is.

    A date is right where everybody reads the same day in it.
    """
    text = " ".join(text.replace("_", " ").split())
    if not text:
        return "is empty", f"write a day, such as {EXAMPLE}, or delete the line"
    if _USUAL.match(text):
        try:
            datetime.fromisoformat(text.replace(" +", "+").replace(" -", "-"))
            return None
        except ValueError:
            return _no_date(text)
    if text.startswith("0") and _YEAR_FIRST.match(text):
        return _no_date(text)
    if text.isdigit() and len(text) not in _COMPACT_LENGTHS:
        return _no_date(text)  # 240305, or seconds: dateutil would take them apart
    return _problem_of_unusual(text)


def _problem_of_unusual(text: str) -> tuple[str, str] | None:
    """The same for a date that is not in the usual form: dateutil reads it."""
    try:
        with warnings.catch_warnings():
            # An unknown time zone is only warned of, and left out.
            warnings.simplefilter("error", parser.UnknownTimezoneWarning)
            first, second = (parser.parse(text, default=one) for one in _DEFAULTS)
            by_day = _read_by_day(text)
    except (ValueError, OverflowError):
        return _no_date(text)
    except parser.UnknownTimezoneWarning:
        return (
            f'"{text}" has a time zone that has no fixed meaning',
            "write its distance from UTC: 2026-11-24 10:00 +01:00",
        )
    if first.date() != second.date():
        return (
            f'"{text}" is no whole date: year, month or day is missing',
            f"write it as {EXAMPLE}",
        )
    year_first = _YEAR_FIRST.match(text)
    if year_first:
        wanted = tuple(int(year_first[number]) for number in (1, 3, 4))
        if (first.year, first.month, first.day) != wanted:
            return _no_date(text)
    elif by_day is not None and by_day.date() != first.date():
        one, other = sorted((f"{first:%Y-%m-%d}", f"{by_day:%Y-%m-%d}"))
        return f'"{text}" may be {one} or {other}', "write the one that you mean"
    return None


def _read_by_day(text: str) -> datetime | None:
    """A date with the day before the month; None where the year stands first."""
    if _YEAR_FIRST.match(text) or _COMPACT.match(text):
        return None
    by_day = parser.parse(text, default=_DEFAULTS[0], dayfirst=True)
    if re.match(r"\d\d?[-/.]\d\d?[-/.]\d\d?(?!\d)", text):  # 05-03-24: which is which?
        by_year = parser.parse(text, default=_DEFAULTS[0], yearfirst=True)
        usual = parser.parse(text, default=_DEFAULTS[0])
        return by_year if by_day.date() == usual.date() else by_day
    return by_day


def _no_date(text: str) -> tuple[str, str]:
    return f"'{text}' is not a valid date", f"write it as {EXAMPLE}"
