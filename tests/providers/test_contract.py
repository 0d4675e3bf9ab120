"""What every provider promises, asked of each of them."""

import json
import re
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest

from live_stats import providers
from live_stats.catalogue import facts, from_series, parse
from live_stats.errors import Failure
from live_stats.providers import PROVIDERS
from live_stats.providers.base import Provider

METRICS = [
    pytest.param(
        provider, kind, metric, id=f"{provider.name}/{kind.name}/{metric.name}"
    )
    for provider in PROVIDERS
    for kind in provider.kinds
    for metric in kind.metrics
]
OPEN = [
    param
    for param in METRICS
    if param.values[1].name not in param.values[0].unavailable
    and param.values[0].name != "all"
]
SHAPE_ERRORS = (Failure, LookupError, TypeError, ValueError, AttributeError)


def address(provider, kind, metric):
    return f"{provider.name}/{kind.name}/{quote(kind.example, safe='')}/{metric.name}"


@pytest.mark.parametrize("provider", PROVIDERS, ids=lambda provider: provider.name)
def test_a_provider_declares_what_readers_and_operators_need(provider):
    """Name, label, documentation, freshness, and a number for each kind."""
    assert provider.name == provider.name.lower() and provider.label
    assert provider.name == "all" or urlsplit(provider.docs).scheme == "https"
    assert provider.fresh_for.total_seconds() >= 900
    assert provider.kinds and all(kind.metrics for kind in provider.kinds)
    assert {need for kind in provider.kinds for need in kind.needs} <= set(
        provider.credentials
    )


@pytest.mark.parametrize(("provider", "kind", "metric"), METRICS)
def test_each_metric_says_whose_posts_and_where_to_look(provider, kind, metric):
    """Scope and source are there, its places filled in; the address reads back."""
    reference, _ = parse(address(provider, kind, metric))
    about = facts(reference)

    assert from_series(reference.series) == reference
    assert about.scope and "{" not in about.scope + about.where + about.caveat
    assert provider.name == "all" or urlsplit(about.page).scheme == "https"
    assert metric.default_days in metric.days or not metric.days


@pytest.mark.parametrize(("provider", "kind", "metric"), OPEN)
def test_each_metric_is_read_in_the_window_asked_for(provider, kind, metric, value):
    """The typical reply gives one reading that answers the question, above zero."""
    reading = value(address(provider, kind, metric))

    assert reading.metric == metric.name
    assert type(reading.value) is int and reading.value > 0


@pytest.mark.parametrize("trouble", ["html", "shape", 500, 404, 403, "truncated"])
@pytest.mark.parametrize(("provider", "kind", "metric"), OPEN)
def test_trouble_is_never_a_number(provider, kind, metric, trouble, ask, platforms):
    """An error page, a renamed field or a torn body raises, and yields nothing."""
    for host in (facts(parse(address(provider, kind, metric))[0]).host, "bsky.social"):
        platforms.trouble[host] = trouble

    with pytest.raises(SHAPE_ERRORS):
        ask(address(provider, kind, metric))


# These count the rows of a list instead; their own tests say how.
BY_LENGTH = {"bluesky/tag/posts", "hackernews/post/replies", "hackernews/post/points"}
WRITTEN = [param for param in OPEN if param.id not in BY_LENGTH]
ODD = ["-1", "1" + "0" * 30, "true", "null", "1.5", '"12a"', '""', "[]", "{}", '"-3"']


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize(("provider", "kind", "metric"), WRITTEN)
def test_a_strange_count_is_refused(provider, kind, metric, odd, ask, platforms):
    """Wherever a count stands in a typical reply, only a count is read."""

    def answer(handler):
        _, reply = platforms.reply(handler.headers["X-Original-Host"], handler.path)
        text = json.dumps(reply)
        for number in COUNTS:
            text = re.sub(rf'"{number}[0-9]"|\b{number}[0-9]\b', odd, text)
        handler.send(200, text.encode())

    platforms.counts = {name: 7_654_320 for name in platforms.counts}
    platforms.counts["hits"] = 1
    for host in HOSTS:
        platforms.trouble[host] = answer
    with pytest.raises(SHAPE_ERRORS):
        ask(address(provider, kind, metric))


COUNTS = ("765432", "7654320", "76543200", "765432000")
HOSTS = {facts(parse(address(*param.values))[0]).host for param in OPEN}


@pytest.mark.parametrize("file", sorted(Path(providers.__path__[0]).glob("*.py")))
def test_a_provider_file_stays_small(file):
    """One screen or two: facts, then one method."""
    assert len(file.read_text().splitlines()) <= (
        170 if file.name == "base.py" else 100
    )


def test_the_tuple_is_the_registry():
    """Every class is in it once, and names are not given twice."""
    assert {type(p) for p in PROVIDERS} == set(Provider.__subclasses__())
    assert len({p.name for p in PROVIDERS}) == len(PROVIDERS)
