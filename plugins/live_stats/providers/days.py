"""Series by day: one reading for the window, and one for each complete day."""

from collections.abc import Iterator, Mapping
from datetime import date

from ..errors import ChangedShape
from ..model import Exactness, Reading, Span


def by_day(
    metric: str, days: Mapping[date, int], span: Span, exactness: Exactness
) -> Iterator[Reading]:
    """The sum over `span`, then every day in it. Each day must be there."""
    missing = [day for day in span if day not in days]
    if missing:
        raise ChangedShape(f"the answer lacks {missing[0]} of the days asked for")
    yield from known_days(metric, days, span, exactness)


def known_days(
    metric: str, days: Mapping[date, int], span: Span, exactness: Exactness
) -> Iterator[Reading]:
    """The same where days may be left out, and whether they are zeros is not said.

    The sum is then a lower bound; only the days that are there become readings.
    """
    known = [day for day in span if day in days]
    yield Reading(
        metric=metric,
        value=sum(days[day] for day in known),
        exactness=exactness if len(known) == span.days else Exactness.AT_LEAST,
        span=span,
    )
    if span.days > 1:
        for day in known:
            yield Reading(
                metric=metric, value=days[day], exactness=exactness, span=Span.day(day)
            )
