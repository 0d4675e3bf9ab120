"""Reddit: what is read of its replies."""

import json
import time

import pytest

from pelican.plugins.live_stats.collection.http_client import (
    HttpClient,
    ProviderSession,
)
from pelican.plugins.live_stats.model.errors import NotFound
from pelican.plugins.live_stats.model.values import Exactness, Window
from pelican.plugins.live_stats.providers.base import Query
from pelican.plugins.live_stats.providers.platforms.reddit import Reddit
from pelican.plugins.live_stats.references.catalogue import facts, parse


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("reddit/community/metoo/subscribers", 7654301),
        ("reddit/post/87/points", 7654303),
        ("https://old.reddit.com/r/metoo/comments/87/a_title/comments", 7654304),
        ("https://redd.it/87/points", 7654303),
        ("reddit/tag/metoo", 5),
    ],
)
def test_the_right_number_is_read(value, address, expected):
    """Each metric from its own field, each window from its own days."""
    assert value(address).value == expected


def test_found_posts_are_a_lower_bound(value):
    """The search has no total."""
    assert value("reddit/tag/metoo").exactness is Exactness.AT_LEAST


def test_a_missing_post_is_not_zero(ask):
    """An empty list is no post."""
    with pytest.raises(NotFound):
        ask("reddit/post/gone/points")


def test_one_login_is_enough(value, platforms):
    """The token of the first page serves the next ones."""
    value("reddit/tag/metoo")

    assert platforms.hosts().count("www.reddit.com") == 1


def test_the_login_is_kept_for_the_collection(platforms, today):
    """A token that is remembered is used, and none is asked for."""
    about = facts(parse("reddit/community/metoo/subscribers")[0])
    query = Query(
        server="",
        kind="community",
        subject="metoo",
        metrics=(about.metric,),
        window=Window(),
        today=today,
        credentials={name: f"s3cret-{name.lower()}" for name in Reddit.credentials},
    )
    client = HttpClient(user_agent="test", deadline=time.monotonic() + 5)
    session = ProviderSession(client, charge=lambda: None, cache={"token": "t0ken"})

    readings = list(Reddit().fetch(query, session))

    assert readings[0].value == 7654301
    assert platforms.hosts() == ["oauth.reddit.com"]


def test_pages_end(value, platforms):
    """A word that is used all the time is asked for ten times, and no more."""

    def page(handler):
        first = 100 * len(platforms.asked)
        names = [{"data": {"name": f"t3_{first + n}"}} for n in range(100)]
        data = {"children": names, "after": "t3_x"}
        handler.send(200, json.dumps({"data": data}).encode())

    platforms.trouble["oauth.reddit.com"] = page

    assert value("reddit/tag/metoo").value == 1_000
    assert platforms.hosts().count("oauth.reddit.com") == 10


def test_a_score_is_an_estimate(value):
    """Reddit blurs it on purpose; comments it counts."""
    assert value("reddit/post/87/points").exactness is Exactness.ESTIMATE
    assert value("reddit/post/87/comments").exactness is Exactness.EXACT


def test_active_people_are_no_longer_given():
    """Nobody is asked for them, and an old address says why."""
    about = facts(parse("reddit/community/metoo/active")[0])

    assert about.unavailable and "September 2025" in about.unavailable.reason


def test_found_posts_are_of_a_week():
    """The search has no window of days."""
    metrics = {one.name: one for kind in Reddit.kinds for one in kind.metrics}

    assert metrics["posts"].minutes == 7 * 24 * 60


def test_the_budget_is_a_thousand_requests_a_day():
    """Whatever kind of subject they are for."""
    (budget,) = Reddit.budgets

    assert (budget.unit, budget.most, budget.days) == ("requests", 1_000, 1)
    assert budget.kinds == ()
