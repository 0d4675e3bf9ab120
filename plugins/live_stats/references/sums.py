"""Sums over platforms: `all/tag/metoo` adds up the metrics that are `additive`.

Only counts of one metric over the very same days, from platforms that never count one
post twice. Nothing is stored: a sum is made from the history whenever it is needed.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace

from ..model.values import Exactness, Observation, Reference, Span
from ..providers import PROVIDERS
from ..providers.base import kind_of, metric_of

PLATFORM = "all"
_WEAKEST = (
    Exactness.ESTIMATE,
    Exactness.ROUNDED,
    Exactness.AT_LEAST,
    Exactness.EXACT,
)


def is_sum(reference: Reference) -> bool:
    return reference.platform == PLATFORM


def weakest_exactness(known: Iterable[Exactness]) -> Exactness:
    """The least exact of several; EXACT for none."""
    return min(known, key=_WEAKEST.index, default=Exactness.EXACT)


def parts_of(reference: Reference) -> tuple[Reference, ...]:
    """The references that a sum is made of, one for each platform that fits."""
    found = []
    for provider in PROVIDERS:
        kind = kind_of(provider, reference.kind)
        metric = metric_of(kind, reference.metric) if kind else None
        if provider.name == PLATFORM or metric is None or not metric.additive:
            continue
        if reference.window.days in metric.days:
            found.append(replace(reference, platform=provider.name, server=None))
    return tuple(found)


def expand_sums(references: Iterable[Reference]) -> tuple[Reference, ...]:
    """The references to fetch: sums replaced by their parts, none twice."""
    flat = (
        part
        for reference in references
        for part in (parts_of(reference) if is_sum(reference) else (reference,))
    )
    return tuple(dict.fromkeys(flat))


def sum_series(
    reference: Reference, history: Callable[[str], Iterable[Observation]]
) -> tuple[tuple[Observation, ...], tuple[Reference, ...]]:
    """The sums over time, oldest first, and the parts that they are made of.

    The parts are those with a reading for the latest span that any has. Earlier sums
    are made only where all of these have a reading, so that every sum in the row
    measures the same.
    """
    known: dict[Reference, dict[Span, Observation]] = {}
    for part in parts_of(reference):
        for observation in history(part.series):
            if observation.span:
                known.setdefault(part, {})[observation.span] = observation
    spans = sorted({span for by_span in known.values() for span in by_span})
    if not spans:
        return (), ()
    members = tuple(part for part, by_span in known.items() if spans[-1] in by_span)
    return add_series(reference, members, history), members


def add_series(
    reference: Reference,
    members: Iterable[Reference],
    history: Callable[[str], Iterable[Observation]],
) -> tuple[Observation, ...]:
    """The sums of these very parts over time, oldest first.

    Of the spans that all of them have, and of no other: a sum with one of them left
    out would be of other platforms than it says.
    """
    known = [{o.span: o for o in history(one.series) if o.span} for one in members]
    spans = set(known[0]).intersection(*known[1:]) if known else set()
    return tuple(
        _sum_of_span(reference, span, [by_span[span] for by_span in known])
        for span in sorted(spans)
    )


def _sum_of_span(
    reference: Reference, span: Span, terms: list[Observation]
) -> Observation:
    return Observation(
        series=reference.series,
        value=sum(term.value for term in terms),
        exactness=weakest_exactness(term.exactness for term in terms),
        span=span,
        observed_at=max(term.observed_at for term in terms),
        source=" ".join(dict.fromkeys(term.source for term in terms)),
    )
