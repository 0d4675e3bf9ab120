"""Which reading of an answer is for which reference: shorter windows from its days."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from ..model.values import Exactness, Observation, Reading, Reference, Span, Window
from ..references.sums import weakest_exactness


def answer_for(
    reference: Reference, window: Window, readings: Sequence[Reading]
) -> Reading | None:
    """The reading for `reference` in the answer to a query for `window`.

    None where the answer has none, and no day of which it could be made.
    """
    own = [one for one in readings if one.metric == reference.metric]
    if reference.window != window:
        return _last_days(own, reference.window.days or 1)
    return next((one for one in own if _is_of(one, window)), None)


def remembered_answer(
    reference: Reference, longer: Observation, days: Iterable[Observation]
) -> Reading | None:
    """The reading for `reference` in the answer that gave `longer`, from its days.

    `days` is the history of them. None unless they add up to it: the platform counts
    some of them otherwise by now, and they are not what that answer had.
    """
    by_span = {one.span: one for one in days}
    whole = [by_span.get(Span.day(day)) for day in longer.span or ()]
    known = [
        Reading(
            metric=reference.metric,
            value=one.value,
            exactness=one.exactness,
            span=one.span,
        )
        for one in whole
        if one
    ]
    if len(known) < len(whole) or sum(one.value for one in known) != longer.value:
        return None
    return _last_days(known, reference.window.days or 1)


def _is_of(reading: Reading, window: Window) -> bool:
    return reading.span is None or reading.span.days == window.days


def _last_days(readings: Sequence[Reading], days: int) -> Reading | None:
    """The sum of the last days of an answer; without some of them a lower bound."""
    by_span = {one.span: one for one in readings if one.span}
    if not by_span:
        return None
    end = max(span.end for span in by_span)
    span = Span(start=end - timedelta(days=days - 1), end=end)
    if span in by_span:
        return by_span[span]
    spans = map(Span.day, span)
    known = [by_span[day] for day in spans if day in by_span]
    if not known:
        return None
    complete = len(known) == days
    return Reading(
        metric=known[0].metric,
        value=sum(one.value for one in known),
        exactness=(
            weakest_exactness(one.exactness for one in known)
            if complete
            else Exactness.AT_LEAST
        ),
        span=span,
    )
