"""Limits of ours: what they leave out, what raises them, and who comes first then."""

import json
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from math import ceil
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pelican.plugins.live_stats.cli.report import _line
from pelican.plugins.live_stats.collection.budgets import BudgetLedger
from pelican.plugins.live_stats.model.errors import BudgetSpent
from pelican.plugins.live_stats.model.values import Window
from pelican.plugins.live_stats.providers import BY_NAME
from pelican.plugins.live_stats.providers.base import kind_of
from pelican.plugins.live_stats.storage.state import CollectionState
from support.desk import NOON, Desk

HOUR = timedelta(hours=1)
TODAY = date(2026, 11, 24)


def asked_tags(platforms):
    """How often each tag of each server was asked for."""
    return Counter((host, path.rsplit("/", 1)[-1]) for host, path in platforms.asked)


def test_every_server_has_its_own_limit(desk, platforms):
    """Twenty servers of one platform: none waits for another, none takes all."""
    servers = [f"mastodon@s{n}.example/tag/a" for n in range(20)]
    many = [f"mastodon@s0.example/tag/b{n}" for n in range(5)]

    reports = desk.collect(*many, *servers, requests={"mastodon": 3})

    hosts = Counter(platforms.hosts())
    assert hosts.pop("s0.example") == 3
    assert set(hosts.values()) == {1} and len(hosts) == 19
    assert reports["mastodon"].left_out == 3


def test_two_hundred_numbers_and_sixty_requests(desk, platforms):
    """Four collections ask for each of them, and for none twice."""
    tags = [f"mastodon/tag/t{n}" for n in range(200)]

    for hour in range(4):
        reports = desk.collect(*tags, at=NOON + timedelta(minutes=hour))
        assert reports["mastodon"].left_out == max(0, 140 - 60 * hour)

    assert len(platforms.asked) == 200
    assert set(asked_tags(platforms).values()) == {1}


def test_the_line_says_what_raises_the_limit(desk, platforms):
    """Name and form of the setting, and how many were left out; it works as said."""
    tags = [f"mastodon/tag/t{n}" for n in range(9)]

    reports = desk.collect(*tags, requests={"mastodon": 2})

    line = _line(reports["mastodon"])
    assert "the limit of 2 requests to mastodon.social" in line
    assert 'LIVE_STATS_REQUESTS = {"mastodon": 9} allows more' in line
    assert "7 numbers left out, first next time" in line
    assert reports["mastodon"].failing == {}  # each figure has no trouble of its own
    reports = desk.collect(
        *tags, requests={"mastodon": 9}, at=NOON + HOUR, everything=True
    )
    assert reports["mastodon"].failures == [] and reports["mastodon"].left_out == 0


def test_the_line_says_what_raises_a_budget(desk):
    """Money is told with its setting, too."""
    posts = [f"x/post/{n}/likes" for n in range(5)]

    reports = desk.collect(*posts, budgets={"x": {"dollars": 0.01}})

    line = _line(reports["x"])
    assert 'LIVE_STATS_BUDGETS = {"x": {"dollars": 0.02}} allows more' in line
    assert "3 numbers left out" in line and "$0.01 spent" in line


def test_the_line_says_what_raises_the_deadline(desk):
    """A pause that does not fit into the time of a collection is one of its limits."""
    reports = desk.collect("gdelt/tag/c", "gdelt/tag/d", deadline=4.0)

    line = _line(reports["gdelt"])
    assert "LIVE_STATS_DEADLINE = 8 allows more" in line
    assert "wants a pause of 5 s" in line and "1 number left out" in line


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    sizes=st.lists(st.integers(1, 9), min_size=1, max_size=2),
    limit=st.integers(1, 4),
    gone=st.sets(st.integers(0, 8)),
    order=st.randoms(use_true_random=False),
)
def test_nobody_starves(platforms, sizes, limit, gone, order):
    """Whatever fails and in whatever order a site names them: in as many collections
    as the limit makes needed, each number of a server is asked for."""
    platforms.asked.clear()
    posts = [(f"s{n}.example", p) for n, size in enumerate(sizes) for p in range(size)]

    def answer(handler):
        number = int(handler.path.rpartition("/")[2])
        status = 404 if number in gone else 200
        counts = dict.fromkeys(("reblogs_count", "favourites_count"), number)
        handler.send(status, json.dumps(counts).encode())

    for host, _ in posts:
        platforms.trouble[host] = answer
    with TemporaryDirectory() as folder:
        desk = Desk(Path(folder))
        for run in range(ceil(max(sizes) / limit)):
            order.shuffle(posts)
            desk.collect(
                *(f"mastodon@{host}/post/{number}/likes" for host, number in posts),
                at=NOON + run * HOUR,
                everything=True,
                requests={"mastodon": limit},
            )
    platforms.trouble.clear()

    asked = {(host, int(path.rpartition("/")[2])) for host, path in platforms.asked}
    assert asked == set(posts)


def test_without_the_state_the_oldest_reading_comes_first(desk, platforms):
    """A run in a new clone has the history alone: it asks in the same order."""
    tags = [f"mastodon/tag/t{n}" for n in range(4)]
    desk.collect(*tags, requests={"mastodon": 2})
    desk.state = CollectionState()
    platforms.asked.clear()

    desk.collect(*tags, at=NOON + 2 * HOUR, requests={"mastodon": 2})

    asked = {path.rpartition("/")[2] for _, path in platforms.asked}
    assert asked == {"t2", "t3"}


def test_a_platform_that_breaks_off_gets_the_others_first_next_time(desk, platforms):
    """It allows two requests an hour: in three hours it has answered for all five."""
    known = platforms.reply
    times = Counter()

    def answer(handler):
        times["asked"] += 1
        if times["asked"] > 2:
            return handler.send(429, b"{}", Retry_After="60")
        status, reply = known("mastodon.social", handler.path)
        return handler.send(status, json.dumps(reply).encode())

    platforms.trouble["mastodon.social"] = answer
    tags = [f"mastodon/tag/t{n}" for n in range(5)]

    for run in range(3):
        times.clear()
        desk.collect(*tags, at=NOON + run * HOUR)

    assert all(desk.values(f"{tag}/posts@6d") for tag in tags)


def test_a_window_too_long_for_the_limit_costs_nothing(desk, platforms):
    """Twelve pages of the archive, ten requests: not one of them is sent in vain."""
    few = {"x": 10}
    reports = desk.collect("x/tag/metoo/posts@365d", "x/post/1/likes", requests=few)

    assert [path.partition("?")[0] for _, path in platforms.asked] == ["/2/tweets/1"]
    assert "this takes 12" in reports["x"].failures[0]
    assert 'LIVE_STATS_REQUESTS = {"x": 20}' in reports["x"].failures[0]


@pytest.mark.parametrize(
    ("days", "dollars"), [(6, "0.005"), (7, "0.01"), (31, "0.01"), (32, "0.02")]
)
def test_what_is_spent_is_what_it_costs(desk, platforms, days, dollars):
    """The recent days of X cost half of what its archive does."""

    def pages(reply):
        if days > 31 and "next_token" not in platforms.asked[-1][1]:
            reply["meta"]["next_token"] = "2"
        return reply

    platforms.edit["api.x.com"] = pages

    reports = desk.collect(f"x/tag/metoo/posts@{days}d")

    assert reports["x"].dollars == Decimal(dollars)
    spent = desk.state.journal.spent("x")["dollars"][TODAY.isoformat()]
    assert Decimal(spent) == Decimal(dollars)


def test_a_window_is_paid_for_as_a_whole():
    """What is left must do for all requests, or the first is not made either."""
    x = BY_NAME["x"]
    tag = kind_of(x, "tag")
    ledger = BudgetLedger(x, limits={"dollars": 0.019}, today=TODAY)

    ledger.check(tag, "metoo", Window(days=31), "api.x.com")
    with pytest.raises(BudgetSpent, match=r'"dollars": 0.038'):
        ledger.check(tag, "metoo", Window(days=40), "api.x.com")
    assert ledger.spent() == {}
