"""What every provider promises, asked of each of them."""

import json
import re
import sys
from datetime import timedelta
from functools import cache, partial
from itertools import product
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest

from pelican.plugins.live_stats import providers
from pelican.plugins.live_stats.i18n.locales import TABLES
from pelican.plugins.live_stats.i18n.sentences import NOUNS
from pelican.plugins.live_stats.model.errors import ChangedShape, Failure, Moved
from pelican.plugins.live_stats.providers import PROVIDERS
from pelican.plugins.live_stats.providers.base import Provider, unavailable
from pelican.plugins.live_stats.providers.daily_series import midnight
from pelican.plugins.live_stats.references.catalogue import facts, from_series, parse
from pelican.plugins.live_stats.references.known_hosts import platform_of_host
from pelican.plugins.live_stats.testing import problems
from support.catalogues import DOMAINS
from support.recorded import FIXTURES

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
    if not unavailable(param.values[0], param.values[1].name, param.values[2].name)
    and param.values[0].name != "all"
]


def address(provider, kind, metric):
    place = provider.name
    if kind.needs_server:
        place = f"{place}@{kind.example_server or 'example.org'}"
    return f"{place}/{kind.name}/{quote(kind.example, safe='')}/{metric.name}"


@pytest.mark.parametrize("provider", PROVIDERS[:-1], ids=lambda one: one.name)
def test_a_provider_declares_what_readers_and_operators_need(provider):
    """Name, documentation, freshness, pages, nouns: as `problems` lists them."""
    assert problems(provider) == []


@pytest.mark.parametrize("language", sorted(set(TABLES) - {"en"}))
@pytest.mark.parametrize("name", sorted({param.values[2].name for param in METRICS}))
def test_each_metric_has_its_noun_in_every_language(name, language):
    """No reader meets the name of a metric, or an English word among others."""
    how = f"""add "{name}" to NOUNS in plugins/live_stats/i18n/sentences.py, run
    make messages, and translate it in plugins/live_stats/i18n/messages/{language}.po"""

    assert name in NOUNS, how
    message = catalogue(language).get(NOUNS[name])
    said = message.string if message else ""
    forms = said if isinstance(said, tuple) else (said,)
    assert all(forms) and not message.fuzzy, how


@cache
def catalogue(language):
    return DOMAINS[0].catalogue(language)


@pytest.mark.parametrize(("provider", "kind", "metric"), METRICS)
def test_each_metric_says_whose_posts_and_where_to_look(provider, kind, metric):
    """Scope and source are there, its places filled in; the address reads back."""
    reference, _ = parse(address(provider, kind, metric))
    about = facts(reference)

    assert from_series(reference.series) == reference
    assert about.scope and "{" not in about.scope + about.where + about.caveat
    assert provider.name == "all" or urlsplit(about.page).scheme == "https"
    assert metric.default_days is None or metric.default_days in metric.days


@pytest.mark.parametrize(("provider", "kind", "metric"), METRICS)
def test_a_platform_with_one_home_is_known_by_its_host(provider, kind, metric):
    """What is pasted from there is never taken for an address of another platform."""
    if kind.addresses and not provider.server:
        assert platform_of_host(urlsplit(kind.page).netloc) == provider.name


@pytest.mark.parametrize(("provider", "kind", "metric"), OPEN)
def test_each_metric_is_read_in_the_window_asked_for(provider, kind, metric, value):
    """The typical reply gives one reading that answers the question, above zero."""
    reading = value(address(provider, kind, metric))

    assert reading.metric == metric.name
    assert type(reading.value) is int and reading.value > 0


def windows(metric):
    """The shortest, the longest and the usual one; all where there are gaps."""
    days = metric.days
    if days and days[-1] - days[0] >= len(days):
        return days
    return dict.fromkeys([*days[:1], *days[-1:], metric.default_days or days[0]])


WINDOWS = [
    pytest.param(*param.values, days, id=f"{param.id}@{days}d")
    for param in OPEN
    if param.values[2].days
    for days in windows(param.values[2])
]


@pytest.mark.parametrize(("provider", "kind", "metric", "days"), WINDOWS)
def test_each_window_on_offer_is_read_as_it_is_declared(
    provider, kind, metric, days, ask, platforms, today
):
    """The one reading for it covers so many days, no more and no less, and they are
    over. Where the metric is `daily` each of its days is there, and they add up."""
    usual = metric.default_days or days
    for host in HOSTS:
        platforms.trouble[host] = partial(as_usual, platforms, today, days, usual)

    readings = ask(f"{address(provider, kind, metric)}@{days}d")

    answer, *others = (one for one in readings if one.metric == metric.name)
    assert answer.span is not None and answer.span.days == days
    assert answer.span.end < today
    if days == 1:
        return
    assert all(one.span and one.span.days == 1 for one in others)
    assert not metric.daily or answer.value == sum(
        one.value for one in others if one.span.start in answer.span
    )


def as_usual(platforms, today, days, usual, handler):
    """Answer a question about some days as the recording of the usual ones does."""
    status, reply, headers = platforms.answer(
        handler.command, handler.headers["X-Original-Host"], handler.path,
        handler.headers, handler.body,
    )  # fmt: skip
    if status == 404:
        path, body = handler.path, handler.body.decode()
        pairs = zip(spelled(today, days), spelled(today, usual), strict=True)
        for asked, recorded in pairs:
            if asked in path + body:
                path = path.replace(asked, recorded, 1)
                body = body.replace(asked, recorded, 1)
                break
        status, reply, headers = platforms.answer(
            handler.command, handler.headers["X-Original-Host"], path,
            handler.headers, body.encode(),
        )  # fmt: skip
    handler.send(status, json.dumps(reply).encode(), **headers)


def spelled(today, days):
    """The first of the last days, in the forms that platforms want."""
    first = today - timedelta(days=days)
    return f"{first}", f"{first:%Y%m%d}", str(midnight(first))


@pytest.mark.parametrize("trouble", ["html", "shape", 500, 404, 403, "truncated"])
@pytest.mark.parametrize(("provider", "kind", "metric"), OPEN)
def test_trouble_is_never_a_number(provider, kind, metric, trouble, ask, platforms):
    """An error page, a renamed field or a torn body raises, and yields nothing."""
    for host in {*HOSTS, "bsky.social", "www.reddit.com"}:
        platforms.trouble[host] = trouble

    with pytest.raises(Failure):
        ask(address(provider, kind, metric))


# These count the rows of a list instead; their own tests say how.
BY_LENGTH = {"bluesky/tag/posts", "hackernews/post/replies", "devto/tag/articles"}
BY_LENGTH |= {"tumblr/tag/posts", "reddit/tag/posts", "instagram/tag/recent"}
BY_LENGTH |= {"threads/tag/posts"}
WRITTEN = [param for param in OPEN if param.id not in BY_LENGTH]
ODD = ["-1", "1" + "0" * 30, "true", "null", "1.5", '"12a"', '""', "[]", "{}", '"-3"']
A_COUNT = re.compile(r'"?\b7\D?654\D?\d{2,6}\b"?')


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize(("provider", "kind", "metric"), WRITTEN)
def test_a_strange_count_is_refused(provider, kind, metric, odd, ask, platforms):
    """Wherever a count stands in a typical reply, only a count is read."""

    def answer(handler):
        reply, headers = typical(platforms, handler)
        text = A_COUNT.sub(odd, json.dumps(reply, ensure_ascii=False))
        handler.send(200, text.encode(), **headers)

    platforms.counts = {name: 7_654_320 for name in platforms.counts}
    platforms.counts["hits"] = 1
    for host in HOSTS:
        platforms.trouble[host] = answer
    with pytest.raises(Failure):
        ask(address(provider, kind, metric))


HOSTS = {facts(parse(address(*param.values))[0]).host for param in OPEN}
HOSTS.add("us6.api.mailchimp.com")
MADE_UP = {"mastodon", "bluesky", "x", "wikipedia", "gdelt", "hackernews", "all"}


def typical(platforms, handler):
    """What the stand-in would answer: a reply and its headers."""
    host = handler.headers["X-Original-Host"]
    _, reply, headers = platforms.answer(
        handler.command, host, handler.path, handler.headers, handler.body
    )
    return reply, headers


KEYED = [param for param in OPEN if param.values[0].credentials]
KEYED = list({param.values[:2]: param for param in KEYED}.values())
EVIL = [
    "https://evil.example/x",
    "//evil.example/x",
    r"https://evil.example\@{host}/x",
    "https://{host}@evil.example/x",
    "https://{host}:8443/x",
    "http://{host}/x",
]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize(("provider", "kind", "metric"), KEYED)
def test_keys_follow_no_redirect_to_another_server(
    provider, kind, metric, status, ask, platforms
):
    """Whichever of its requests is sent away, wherever that has the key: nobody else
    is asked, so no header, query or body arrives there. The failure tells no key."""

    def send_away(step, target):
        def answer(handler):
            if len(platforms.asked) == step:
                place = target.format(host=handler.headers["X-Original-Host"])
                handler.send(status, b"", Location=place)
            else:
                reply, headers = typical(platforms, handler)
                handler.send(200, json.dumps(reply).encode(), **headers)

        platforms.asked.clear()
        for host in {*HOSTS, "bsky.social", "www.reddit.com"}:
            platforms.trouble[host] = answer

    ask(address(provider, kind, metric))
    requests = len(platforms.asked)
    for step, target in product(range(1, requests + 1), EVIL):
        send_away(step, target)

        with pytest.raises((ChangedShape, Moved), match="sends us to") as caught:
            ask(address(provider, kind, metric))

        assert len(platforms.asked) == step
        assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize("provider", PROVIDERS, ids=lambda provider: provider.name)
def test_a_provider_has_a_fixture_and_a_test(provider):
    """Steps one and two of adding a platform: its replies, and what is read of them."""
    if provider.name in MADE_UP or set(provider.unavailable) >= {
        kind.name for kind in provider.kinds
    }:
        return
    test = Path(__file__).parent / f"test_{provider.name}.py"

    assert (FIXTURES / f"{provider.name}.json").is_file()
    assert test.is_file() and provider.name in test.read_text()


def test_the_tuple_is_the_registry():
    """Every class is in it once, and names are not given twice."""
    ours = f"{providers.__name__}.platforms."
    declared = {
        one
        for one in Provider.__subclasses__()
        if one.__module__.startswith(ours) and one.__module__ in sys.modules
    }

    assert {type(p) for p in PROVIDERS} >= declared
    assert len({p.name for p in PROVIDERS}) == len(PROVIDERS)
