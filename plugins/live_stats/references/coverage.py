"""All numbers that the providers declare, as rows: for "How we count" and the shell.

Made from the facts alone, so that both are always complete and true.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from ..i18n import phrases
from ..model.values import Exactness
from ..providers import PROVIDERS
from ..providers.base import Kind, Metric, Provider, Unavailable, unavailable
from ..providers.facts import fill_in


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageRow:
    """Metrics of one kind of subject that share all facts but name and path."""

    platform: str
    label: str
    kind: str
    what: tuple[str, ...]
    metrics: tuple[str, ...]
    scope: str
    windows: str
    exactness: str
    caveat: str
    needs: tuple[str, ...]
    cost: str
    docs: str
    example: str
    closed: Unavailable | None


def coverage_rows() -> tuple[CoverageRow, ...]:
    """Every number that can be fetched, and those that nobody can fetch."""
    return tuple(
        _row(provider, kind, alike)
        for provider in PROVIDERS
        for kind in provider.kinds
        for alike in _alike(provider, kind)
    )


def attributions() -> tuple[str, ...]:
    """The lines that the terms of the platforms require."""
    return tuple(one.attribution for one in PROVIDERS if one.attribution)


def _alike(provider: Provider, kind: Kind) -> Iterator[list[Metric]]:
    """The metrics of a kind, in groups that differ in nothing but name and path."""
    groups: dict[tuple[object, ...], list[Metric]] = {}
    for metric in kind.metrics:
        closed = unavailable(provider, kind.name, metric.name)
        facts = (metric.scope, metric.caveat, metric.exactness, _windows(metric))
        groups.setdefault((*facts, closed), []).append(metric)
    yield from groups.values()


def _row(provider: Provider, kind: Kind, alike: list[Metric]) -> CoverageRow:
    first = alike[0]

    def filled(template: str) -> str:
        server = "the server asked" if provider.server else provider.label
        return fill_in(template, label=provider.label, server=server, subject="…")

    english = phrases.phrases_of("en")
    place = f"{provider.name}@example.org" if kind.needs_server else provider.name
    example = kind.example.replace("/", "%2F").replace("@", "%40")
    return CoverageRow(
        platform=provider.name,
        label=provider.label,
        kind=kind.name,
        what=tuple(english.noun(metric.name) for metric in alike),
        metrics=tuple(metric.name for metric in alike),
        scope=filled(first.scope),
        windows=_windows(first),
        exactness=english.exactness(Exactness(first.exactness)),
        caveat=filled(first.caveat),
        needs=kind.needs,
        cost=f"${kind.dollars.normalize():f} a request" if kind.dollars else "",
        docs=provider.docs,
        example=f"{place}/{kind.name}/{example}/{first.name}",
        closed=unavailable(provider, kind.name, first.name),
    )


def _windows(metric: Metric) -> str:
    """The spans on offer, the usual one named."""
    if metric.minutes is not None:
        span = phrases.phrases_of("en").span(metric.minutes)
        return f"the {span} before" if metric.minutes else "at that moment"
    if not metric.days:
        return "all time"
    least, most = metric.days[0], metric.days[-1]
    one = "one day" if most == 1 else f"{most} days"
    days = one if least == most else f"{least} to {most} days"
    if metric.default_days is None:
        return f"all time, or {days}"
    return days if least == most else f"{days}, usually {metric.default_days}"
