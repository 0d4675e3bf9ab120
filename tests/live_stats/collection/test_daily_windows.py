"""One answer for all windows that it gives: what is asked, and what is made of it."""

import json
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pelican.plugins.live_stats.collection.daily_windows import answer_for
from pelican.plugins.live_stats.model.values import Exactness, Reading, Span, Window
from pelican.plugins.live_stats.providers.base import Metric
from pelican.plugins.live_stats.providers.daily_series import known_days
from pelican.plugins.live_stats.references.catalogue import parse
from support.desk import NOON

TODAY = date(2026, 11, 24)
DAY = timedelta(days=1)
WINDOWS = [
    ["mastodon/tag/a/posts@1d", "mastodon/tag/a/posts@6d"],
    ["mastodon/tag/a/posts@2d", "mastodon/tag/a/accounts", "mastodon/tag/a"],
    ["x/tag/a/posts@3d", "x/tag/a/posts@6d"],
    ["x/tag/a/posts@1d", "x/tag/a/posts@6d", "x/tag/a/posts@20d"],
    ["wikipedia/article/A/views@7d", "wikipedia/article/A/views@1d"],
]


@pytest.mark.parametrize("addresses", WINDOWS[:-1])
def test_windows_of_one_answer_are_asked_for_once(desk, platforms, addresses):
    """One request, however many figures; in any order of the figures."""
    desk.collect(*addresses)
    assert len(platforms.asked) == 1

    desk.collect(*reversed(addresses), at=NOON + DAY)
    assert len(platforms.asked) == 2


@pytest.mark.parametrize("addresses", WINDOWS)
def test_each_window_has_the_number_that_it_would_have_alone(
    desk, platforms, addresses, tmp_path
):
    """Made of days or read: value, span and exactness are the same."""
    together, apart = (type(desk)(tmp_path / name) for name in ("a", "b"))
    # Of Wikipedia the newest days are late, of X a day has no number of its own.
    platforms.edit["api.x.com"] = _steady
    for address in addresses:
        apart.collect(address)
    together.collect(*addresses)

    for address in addresses:
        series = parse(address)[0].series
        one, other = (d.history.latest(series) for d in (together, apart))
        assert one == other and one is not None
        assert one.span.days == parse(address)[0].window.days


def _steady(reply):
    for row in reply["data"]:
        row["tweet_count"] = int(row["start"][8:10])
    counts = [row["tweet_count"] for row in reply["data"]]
    return reply | {"meta": {"total_tweet_count": sum(counts)}}


def test_x_is_not_paid_twice(desk, platforms):
    """Six days and three cost one request for recent days; twenty cost the archive."""
    reports = desk.collect("x/tag/a/posts@3d", "x/tag/a/posts@6d")
    assert "/counts/recent" in platforms.asked[-1][1]
    assert str(reports["x"].dollars) == "0.005"

    reports = desk.collect("x/tag/b/posts@3d", "x/tag/b/posts@20d")
    assert "/counts/all" in platforms.asked[-1][1] and len(platforms.asked) == 2
    assert str(reports["x"].dollars) == "0.01"


@pytest.mark.parametrize(
    ("one", "other", "requests"),
    [
        ("x/tag/a/posts@6d", "x/tag/a/posts@3d", 3),  # it is known from the first
        ("x/tag/a/posts@6d", "x/tag/a/posts@1d", 3),
        ("x/tag/a/posts@3d", "x/tag/a/posts@6d", 4),
        ("x/post/1/likes", "x/post/1/reposts", 4),
    ],
)
def test_a_figure_that_is_added_later_is_not_paid_for_apart(
    desk, platforms, one, other, requests
):
    """An hour after the first one: from then on both are due at once."""
    platforms.edit["api.x.com"] = lambda reply: (
        _steady(reply) if "tag" in one else reply
    )
    desk.collect(one)
    for hours in (1, 24, 25, 48, 49, 50):
        desk.collect(one, other, at=NOON + timedelta(hours=hours))
        assert desk.history.latest(parse(other)[0].series)

    assert len(platforms.asked) == requests


def test_what_an_answer_had_is_stored_as_of_that_answer(desk, platforms):
    """The number of a shorter window that was added since, where the days of the longer
    one are in the history; the platform counts them otherwise: it is asked."""
    desk.collect("mastodon/tag/a/posts@6d")
    later = NOON + timedelta(minutes=30)
    desk.collect("mastodon/tag/a/posts@6d", "mastodon/tag/a/posts@2d", at=later)

    latest = desk.history.latest("mastodon/tag/a/posts@2d")
    assert (latest.value, latest.observed_at) == (203, NOON)
    assert latest.span == Span.before(TODAY, 2) and len(platforms.asked) == 1

    platforms.counts["uses"] = 200
    desk.collect("mastodon/tag/a/posts@6d", at=NOON + timedelta(hours=2))
    later = NOON + timedelta(hours=2, minutes=5)
    desk.collect("mastodon/tag/a/posts@6d", "mastodon/tag/a/posts@3d", at=later)
    assert desk.values("mastodon/tag/a/posts@3d") == [606] and len(platforms.asked) == 3


def test_what_is_fresh_is_not_asked_along_for_more_money(desk, platforms):
    """Recent days are due, the archive's are not: it is left alone."""
    desk.collect("x/tag/a/posts@6d")
    desk.collect("x/tag/a/posts@20d", at=NOON + timedelta(hours=1))
    both = ["x/tag/a/posts@6d", "x/tag/a/posts@20d"]

    reports = desk.collect(*both, at=NOON + DAY)

    assert "/counts/recent" in platforms.asked[-1][1] and reports["x"].fresh == 1
    desk.collect(*both, at=NOON + DAY + timedelta(hours=1))
    assert "/counts/all" in platforms.asked[-1][1] and len(platforms.asked) == 4


def test_windows_without_days_are_asked_each(desk, platforms):
    """Hacker News counts the stories of a search: each window is one of its own."""
    desk.collect("hackernews/tag/a", "hackernews/tag/a/mentions")

    assert len(platforms.asked) == 2


def test_where_no_day_is_given_the_shorter_window_is_asked_for_alone(desk, platforms):
    """An answer with a total alone: the next collection asks for what it lacked."""

    def total_only(reply):
        return {"data": [], "meta": reply["meta"]}

    platforms.edit["api.x.com"] = total_only
    addresses = ["x/tag/a/posts@3d", "x/tag/a/posts@6d"]
    desk.collect(*addresses)
    assert desk.values("x/tag/a/posts@6d") and not desk.values("x/tag/a/posts@3d")

    desk.collect(*addresses, at=NOON + timedelta(minutes=16))

    assert desk.values("x/tag/a/posts@3d") and len(platforms.asked) == 2


def test_a_refused_archive_costs_the_recent_days_nothing(desk, platforms):
    """A key that may not use the archive: the shorter window is read the next time,
    and every day from then on, with one request."""

    def answer(handler):
        if "/counts/all" in handler.path:
            return handler.send(403, b'{"title": "Client Forbidden"}')
        _, reply = platforms.reply("api.x.com", handler.path)
        return handler.send(200, json.dumps(reply).encode())

    platforms.trouble["api.x.com"] = answer
    addresses = ["x/tag/a/posts@20d", "x/tag/a/posts@6d"]
    desk.collect(*addresses)

    for day in range(3):
        desk.collect(*addresses, at=NOON + day * DAY + timedelta(hours=1))
        assert len(desk.values("x/tag/a/posts@6d")) == day + 1

    assert not desk.values("x/tag/a/posts@20d")
    assert sum("/counts/recent" in path for _, path in platforms.asked) == 3


@pytest.mark.parametrize("trouble", [500, 429, "truncated"])
def test_an_outage_does_not_double_what_is_paid(desk, platforms, trouble):
    """Windows that failed together for a while are asked for together again."""
    platforms.trouble["api.x.com"] = trouble
    addresses = ["x/tag/a/posts@3d", "x/tag/a/posts@6d"]
    desk.collect(*addresses)
    platforms.trouble.clear()
    platforms.asked.clear()

    desk.collect(*addresses, at=NOON + timedelta(hours=2))

    assert len(platforms.asked) == 1
    assert desk.values("x/tag/a/posts@3d") and desk.values("x/tag/a/posts@6d")


def test_people_are_not_added_up_over_days(desk):
    """Of accounts there is a number for each day, beside the posts of six days."""
    desk.collect("mastodon/tag/a", "mastodon/tag/a/accounts")

    assert {one.series for one in desk.history.all_observations()} == {
        "mastodon/tag/a/posts@6d",
        "mastodon/tag/a/posts@1d",
        "mastodon/tag/a/accounts@1d",
    }
    days = [one.span for one in desk.history.of("mastodon/tag/a/accounts@1d")]
    assert all(two.start == one.end + DAY for one, two in pairwise(days))
    assert desk.history.latest("mastodon/tag/a/accounts@1d").value == 41


VIEWS = Metric(name="views", scope="views", days=range(1, 366), daily=True)


@given(
    counts=st.lists(st.one_of(st.none(), st.integers(0, 9)), min_size=2, max_size=12),
    days=st.integers(1, 11),
)
def test_a_window_made_of_days_says_what_it_lacks(counts, days):
    """It is what `known_days` would have given for it: the sum of the days that are
    there, at least so many where one is not, and nothing where none is."""
    length = len(counts)
    days = min(days, length - 1)
    span = Span.before(TODAY, length)
    known = {day: n for day, n in zip(span, counts, strict=True) if n is not None}
    readings = list(known_days(VIEWS, known, span))
    reference, _ = parse(f"wikipedia/article/A/views@{days}d")

    answer = answer_for(reference, Window(days=length), readings)

    alone = next(known_days(VIEWS, known, Span.before(TODAY, days)))
    has_any = any(n is not None for n in counts[-days:])
    assert answer == (alone if has_any else None)


def test_an_answer_of_all_time_is_taken_as_it_is():
    """A count without days is for the query that it answers."""
    reference, _ = parse("x/post/1/likes")
    reading = Reading(metric="likes", value=3, exactness=Exactness.EXACT)

    assert answer_for(reference, Window(), [reading]) == reading
    assert answer_for(parse("x/post/1/views")[0], Window(), [reading]) is None
