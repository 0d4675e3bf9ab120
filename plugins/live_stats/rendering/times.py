"""When a number is of, in words: how old it is, and which days or hours it covers."""

from datetime import date

from ..i18n import phrases
from ..i18n.phrases import Phrases
from ..model.freshness import FreshnessState
from ..references.catalogue import Facts


def as_of(
    state: FreshnessState, day: str, about: Facts, said: Phrases, lang: str
) -> str:
    """How old a number is, or why there is none. `day` is in words."""
    if state is FreshnessState.FRESH:
        return said.as_of(day)
    if state is FreshnessState.STALE:
        return said.last_reading(day)
    if state is FreshnessState.HELD:
        return said.held(day)
    if state is FreshnessState.NONE:
        return said.no_reading
    closed = about.unavailable
    assert closed is not None
    if state is FreshnessState.RETIRED:
        return said.closed(phrases.format_day(closed.since, lang))
    return said.no_count(phrases.format_day(closed.as_of, lang))


def window(about: Facts, said: Phrases, days: int | None) -> str:
    """The span that is counted, in general; "all time" only where that is meant."""
    if days:
        return said.window(days)
    minutes = about.metric.minutes
    return said.all_time if minutes is None else said.span(minutes)


def during(
    about: Facts,
    said: Phrases,
    days: int | None,
    until: date | None,
    read: date | None,
    lang: str,
) -> str:
    """The span of the latest reading, with its day; empty for a count of all time."""
    if days and until:
        return said.the_days(days, phrases.format_day(until, lang))
    if about.metric.minutes is not None and read:
        return said.minutes(about.metric.minutes, phrases.format_day(read, lang))
    return ""
