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
    total = sum(days[day] for day in span)
    yield Reading(metric=metric, value=total, exactness=exactness, span=span)
    if span.days > 1:
        for day in span:
            yield Reading(
                metric=metric, value=days[day], exactness=exactness, span=Span.day(day)
            )
