"""What is wrong with the facts that a provider declares, as sentences."""

import re
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlsplit

from ..i18n.sentences import NOUNS
from ..providers.base import Kind, Metric, Provider

LEAST_FRESH = timedelta(minutes=15)


def problems(provider: Provider) -> list[str]:
    """What readers, authors or operators would miss: one sentence each, or none.

    Nothing is asked. A provider works with these problems too: a noun that is not
    known, for example, is shown as it is, in every language.
    """
    return [*_of_provider(provider), *_of_nouns(provider)]


def _of_provider(provider: Provider) -> Iterator[str]:
    name = provider.name
    if not re.fullmatch(r"[a-z][a-z0-9]*", name):
        yield f'name "{name}": write small letters and digits, for addresses'
    if not provider.label:
        yield f"{name}: set label, the name for readers"
    if urlsplit(provider.docs).scheme != "https":
        yield f"{name}: set docs to the https address of the documentation"
    if provider.fresh_for < LEAST_FRESH:
        yield f"{name}: set fresh_for to at least 15 minutes"
    if not provider.kinds:
        yield f"{name}: declare at least one kind"
    for kind in provider.kinds:
        yield from _of_kind(provider, kind)


def _of_kind(provider: Provider, kind: Kind) -> Iterator[str]:
    place = f"{provider.name}/{kind.name}"
    known = {*provider.credentials, *provider.options}
    for variable in kind.needs:
        if variable not in known:
            yield f"{place}: needs {variable}, which credentials does not declare"
    flags = 0 if kind.name == "tag" else re.ASCII
    if not re.fullmatch(kind.subject, kind.example, flags):
        yield f'{place}: the example "{kind.example}" does not match subject'
    if urlsplit(kind.page).scheme != "https":
        yield f"{place}: set page to an https address"
    if not kind.metrics:
        yield f"{place}: declare at least one metric"
    for metric in kind.metrics:
        yield from _of_metric(place, metric)


def _of_metric(place: str, metric: Metric) -> Iterator[str]:
    if not re.fullmatch(r"[a-z]+(-[a-z]+)*", metric.name):
        yield f'{place}: name the metric "{metric.name}" by a noun in small letters'
    if not metric.scope:
        yield f"{place}/{metric.name}: set scope, whose posts are counted"
    days = metric.default_days
    if days is not None and days not in metric.days:
        yield f"{place}/{metric.name}: default_days {days} is not in days"


def _of_nouns(provider: Provider) -> Iterator[str]:
    names = (metric.name for kind in provider.kinds for metric in kind.metrics)
    for name in dict.fromkeys(names):
        if name not in NOUNS:
            yield (
                f'the metric "{name}" has no noun: readers of every language see this '
                "word. Add it to NOUNS in plugins/live_stats/i18n/sentences.py, run "
                "make messages, and translate it in each "
                "plugins/live_stats/i18n/messages/*.po"
            )
