"""The numbers that providers declare, as rows: all for the shell, or those in use.

Made from the facts alone, so that both are always complete and true.
"""

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from ..i18n import phrases
from ..i18n.phrases import Phrases
from ..model.values import Exactness
from ..providers import BY_NAME, PROVIDERS
from ..providers.base import (
    Kind,
    Metric,
    Provider,
    Unavailable,
    kind_of,
    metric_called,
    metric_of,
    unavailable,
)
from ..providers.facts import dollars, fill_in
from .catalogue import from_series
from .sums import PLATFORM, parts_of
from .wording import in_language

Measure = tuple[str, str, str]
"""The names of a platform, a kind of subject and a metric."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageRow:
    """Metrics of one kind of subject that share all facts but name and path.

    `words` are the platform's own for each metric, which authors may write as well.
    """

    platform: str
    label: str
    kind: str
    what: tuple[str, ...]
    metrics: tuple[str, ...]
    words: tuple[tuple[str, ...], ...]
    scope: str
    windows: str
    exactness: str
    caveat: str
    needs: tuple[str, ...]
    cost: str
    docs: str
    example: str
    closed: Unavailable | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedNumber:
    """Numbers of one kind of subject that share all facts, in words for readers.

    `what` are they, as nouns, and `kind` what they are of. Whose posts are counted
    says `scope`, over which time `span`, `exactness` how sure they are, and `caveat`
    what they leave out, if anything is known. Where the platform publishes no such
    number, `reason` says why, `since` when it ended that (None: it never did), `as_of`
    when we looked, and `instead` where to look.

    `english` has those of the texts that have no translation.
    """

    what: tuple[str, ...]
    kind: str
    scope: str
    span: str
    exactness: str
    caveat: str
    reason: str
    since: date | None
    as_of: date | None
    instead: str
    english: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedPlatform:
    """One platform on the page "How we count". `id` is the anchor of its heading."""

    id: str
    label: str
    docs: str
    numbers: tuple[CountedNumber, ...]


def in_words(rows: Iterable[CoverageRow], lang: str) -> tuple[CountedPlatform, ...]:
    """What platforms count, for readers, in the order of the platforms' names.

    Sums over platforms come last, for they are no platform.
    """
    by_platform: dict[str, list[CoverageRow]] = {}
    for row in rows:
        by_platform.setdefault(row.platform, []).append(row)
    platforms = (
        CountedPlatform(
            id=f"platform-{name}",
            label=_title(name, found[0].label, lang),
            docs=found[0].docs,
            numbers=tuple(_counted(row, lang) for row in found),
        )
        for name, found in by_platform.items()
    )
    last = f"platform-{PLATFORM}"
    return tuple(
        sorted(platforms, key=lambda one: (one.id == last, one.label.casefold()))
    )


def _title(name: str, label: str, lang: str) -> str:
    return phrases.phrases_of(lang).several_platforms if name == PLATFORM else label


def _counted(row: CoverageRow, lang: str) -> CountedNumber:
    words = phrases.phrases_of(lang)
    provider = BY_NAME[row.platform]
    kind = kind_of(provider, row.kind)
    metric = metric_of(kind, row.metrics[0]) if kind else None
    assert metric is not None
    said = in_language(
        metric,
        row.closed,
        lang,
        label=row.label,
        server=words.server_asked if provider.server else row.label,
        subject="…",
    )
    closed = row.closed
    return CountedNumber(
        what=tuple(dict.fromkeys(words.noun(name) for name in row.metrics)),
        kind=words.kind(row.kind),
        scope=said.scope,
        span=_span(metric, words),
        exactness=words.as_sure_as_its_parts
        if row.platform == PLATFORM
        else words.exactness(Exactness(metric.exactness)),
        caveat=said.caveat,
        reason=said.reason,
        since=closed.since if closed else None,
        as_of=closed.as_of if closed else None,
        instead=closed.instead if closed else "",
        english=said.english,
    )


def _span(metric: Metric, words: Phrases) -> str:
    """The spans on offer."""
    if metric.minutes is not None:
        return words.span_before(metric.minutes)
    if not metric.days:
        return words.all_time
    spans = words.spans(metric.days[0], metric.days[-1])
    return words.all_time_or(spans) if metric.default_days is None else spans


def coverage_rows() -> tuple[CoverageRow, ...]:
    """Every number that can be fetched, and those that nobody can fetch."""
    return tuple(
        _row(provider, kind, alike)
        for provider in PROVIDERS
        for kind in provider.kinds
        for alike in _alike(provider, kind)
    )


def measures_of(series: Iterable[str]) -> frozenset[Measure]:
    """What these series count, whoever or whatever they count it of.

    A sum counts what its parts count.
    """
    found = set()
    for one in series:
        measure = _measure(one)
        if measure[0] == PLATFORM:
            found |= {_measure(part.series) for part in parts_of(from_series(one))}
        found.add(measure)
    return frozenset(found)


def _measure(series: str) -> Measure:
    # Not parsed: a site has thousands of them, and subjects hold no slash.
    place, kind, *_, metric = series.split("/")
    return place.partition("@")[0], kind, metric.partition("@")[0]


def rows_of(measures: Container[Measure]) -> tuple[CoverageRow, ...]:
    """The rows of what is counted, with no other metric in them."""
    found = []
    for row in coverage_rows():
        known = [
            one
            for one in zip(row.metrics, row.what, row.words, strict=True)
            if (row.platform, row.kind, one[0]) in measures
        ]
        if known:
            metrics, nouns, words = zip(*known, strict=True)
            found.append(replace(row, metrics=metrics, what=nouns, words=words))
    return tuple(found)


def other_rows(measures: Container[Measure]) -> tuple[CoverageRow, ...]:
    """All rows of the platforms of which nothing is counted."""
    rows = coverage_rows()
    used = {
        row.platform
        for row in rows
        for name in row.metrics
        if (row.platform, row.kind, name) in measures
    }
    return tuple(row for row in rows if row.platform not in used)


def attributions(rows: Iterable[CoverageRow]) -> tuple[str, ...]:
    """The lines that the terms of the platforms of these rows require."""
    platforms = {row.platform for row in rows}
    return tuple(
        one.attribution
        for one in PROVIDERS
        if one.attribution and one.name in platforms
    )


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
        words=tuple(_words(provider, kind, metric) for metric in alike),
        scope=filled(first.scope),
        windows=_windows(first),
        exactness=english.exactness(Exactness(first.exactness)),
        caveat=filled(first.caveat),
        needs=kind.needs,
        cost=_cost(kind),
        docs=provider.docs,
        example=f"{place}/{kind.name}/{example}/{first.name}",
        closed=unavailable(provider, kind.name, first.name),
    )


def _words(provider: Provider, kind: Kind, metric: Metric) -> tuple[str, ...]:
    """What the platform calls a metric, but for names of other metrics."""
    return tuple(
        word
        for word, name in provider.words.items()
        if name == metric.name and metric_called(provider, kind, word) is metric
    )


def _cost(kind: Kind) -> str:
    """What a request costs, and what one of the archive does; empty if nothing."""
    if not kind.dollars:
        return ""
    cost = f"{dollars(kind.dollars)} a request"
    if archive := kind.archive:
        cost += (
            f"; more than {archive.after} days: {dollars(archive.dollars)} for each "
            f"{archive.days}"
        )
    return cost


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
    if most - least >= len(metric.days):  # with gaps
        days = f"{', '.join(map(str, metric.days[:-1]))} or {most} days"
    if metric.default_days is None:
        return f"all time, or {days}"
    return days if least == most else f"{days}, usually {metric.default_days}"
