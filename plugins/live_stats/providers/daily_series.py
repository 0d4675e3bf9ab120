"""Readings of a daily series: one for the window, and one for each complete day."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time

from ..model.errors import ChangedShape
from ..model.values import Exactness, Reading, Span
from .base import Metric

__all__ = ["by_day", "check_window", "known_days", "midnight"]


def by_day(metric: Metric, days: Mapping[date, int], span: Span) -> Iterator[Reading]:
    """The sum over `span`, then every day given; ChangedShape if a day is missing."""
    missing = [day for day in span if day not in days]
    if missing:
        raise ChangedShape(f"the answer lacks {missing[0]} of the days asked for")
    yield from known_days(metric, days, span)


def known_days(
    metric: Metric, days: Mapping[date, int], span: Span
) -> Iterator[Reading]:
    """As `by_day`, for platforms that leave days out, zeros or not.

    The sum is then a lower bound. Only the days that are there become readings, and
    none after `span`: they are not complete. There is no sum where the metric has no
    window of so many days: people of two days are not added up, say.
    """
    known = [day for day in span if day in days]
    has_sum = span.days in metric.days
    if has_sum:
        yield Reading(
            metric=metric.name,
            value=sum(days[day] for day in known),
            exactness=(
                metric.exactness if len(known) == span.days else Exactness.AT_LEAST
            ),
            span=span,
        )
    for day in sorted(days):
        one = Span.day(day)
        if day <= span.end and not (has_sum and one == span):
            yield Reading(
                metric=metric.name,
                value=days[day],
                exactness=metric.exactness,
                span=one,
            )


def check_window(times: Iterable[datetime], span: Span | None) -> None:
    """ChangedShape if any of the times lies outside: a server ignored the window.

    For totals that come with a few of the posts: those posts are a sample of it.
    """
    if span and any(time.date() not in span for time in times):
        raise ChangedShape("the answer has other days than were asked for")


def midnight(day: date) -> int:
    """The start of a UTC day, in seconds since 1970."""
    return int(datetime.combine(day, time(), UTC).timestamp())
