"""The numbers that each platform's reply holds, read as documented."""

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest

from pelican.plugins.live_stats.model.errors import ChangedShape, NoCount, NotFound
from pelican.plugins.live_stats.model.values import Exactness, Span


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("mastodon/tag/metoo", sum(range(101, 107))),
        ("mastodon/tag/metoo/posts@2d", 101 + 102),
        ("mastodon/tag/metoo/accounts", 41),
        ("mastodon/tag/unused", 0),
        ("mastodon@example.org/post/1/reposts", 24_318),
        ("mastodon@example.org/post/1/likes", 24_319),
        ("mastodon/post/1/replies", 24_320),
        ("mastodon/post/1/quotes", 24_321),
        ("mastodon/account/a%40b.example/followers", 5_000),
        ("mastodon/account/a/following", 5_001),
        ("mastodon/account/a/posts", 5_002),
        ("bluesky/tag/metoo", 700),
        ("bluesky/post/a.test%2F3k/reposts", 24_318),
        ("bluesky/post/did%3Aplc%3Aabc%2F3k/likes", 24_319),
        ("bluesky/post/a.test%2F3k/bookmarks", 24_322),
        ("bluesky/account/a.test/followers", 5_000),
        ("x/tag/metoo", sum(range(1000, 1006))),
        ("x/tag/metoo/posts@7d", sum(range(1000, 1007))),
        ("x/tag/metoo/posts@30d", sum(range(1000, 1030))),
        ("x/post/919659438700670976/reposts", 24_318),
        ("x/post/919659438700670976/likes", 24_319),
        ("x/post/919659438700670976/replies", 24_320),
        ("x/post/919659438700670976/views", 24_323),
        ("x/account/a/followers", 5_000),
        ("x/account/a/posts", 5_002),
        ("gdelt/tag/metoo", 2 * sum(range(12, 19))),
        ("gdelt/tag/unused", 0),
        ("hackernews/tag/metoo/posts@30d", 35),
        ("hackernews/tag/metoo/mentions", 3_500),
        ("hackernews/post/8863/points", 104),
        ("hackernews/post/8863/replies", 3),
    ],
)
def test_the_right_number_is_read(value, address, expected):
    """Each metric from its own field, each window from its own days."""
    assert value(address).value == expected


def test_only_complete_days_count(value, today):
    """The window ends yesterday: today's part of a day is never in it."""
    reading = value("mastodon/tag/metoo/posts@6d")

    assert reading.span == Span(start=date(2026, 11, 18), end=date(2026, 11, 23))


def test_wikipedia_ends_where_it_has_published(value):
    """Views come a day or two late: the window is as wide, and ends earlier."""
    reading = value("wikipedia/article/MeToo_movement/views@7d")

    assert reading.span == Span(start=date(2026, 11, 16), end=date(2026, 11, 22))
    assert reading.value == sum(range(1003, 1010))
    assert reading.exactness is Exactness.EXACT


@pytest.mark.parametrize(
    "address",
    ["mastodon/tag/metoo", "x/tag/metoo", "gdelt/tag/metoo", "wikipedia/article/A"],
)
def test_complete_days_come_with_the_window(ask, address):
    """A platform's series is kept from the start, and its days make up the window."""
    readings = ask(address)
    whole, days = readings[0], readings[1:]
    within = [reading for reading in days if reading.span.start in whole.span]

    assert [reading.span.start for reading in within] == list(whole.span)
    assert sum(reading.value for reading in within) == whole.value
    assert all(reading.span.end <= whole.span.end for reading in days)


@pytest.mark.parametrize(
    "address",
    [
        "mastodon/post/404/likes",
        "x/post/404/likes",
        "wikipedia/article/Nothing",
        "hackernews/post/404/points",
    ],
)
def test_what_is_not_there_is_not_zero(ask, address):
    """A deleted post, an unknown title: NotFound, never a number."""
    with pytest.raises(NotFound):
        ask(address)


def test_an_empty_history_is_unknown(ask, platforms):
    """Several servers answer with no history beside real posts."""
    platforms.trouble["mastodon.social"] = lambda handler: handler.send(
        200, b'{"name": "a", "history": []}'
    )

    with pytest.raises(NoCount):
        ask("mastodon/tag/a")


def test_a_missing_day_is_not_silence(ask, platforms, today):
    """A server that keeps fewer days cannot answer for all of them."""
    reply = platforms.reply("mastodon.social", "/api/v1/tags/a")[1]
    del reply["history"][3]
    platforms.reply = lambda host, path: (200, reply)

    with pytest.raises(ChangedShape, match="2026-11-21"):
        ask("mastodon/tag/a")


@pytest.mark.parametrize(
    ("subject", "query"),
    [
        ("metoo", '"metoo"'),
        ("cop30", '"cop30"'),
        ("iran", "iran"),
        ("blm", "blm"),
        ("жку", "жку"),
        ("a-b", '"a-b"'),
        ("-us", '"-us"'),
    ],
)
def test_gdelt_wants_no_quotation_marks_around_short_words(
    value, platforms, subject, query
):
    """It refuses them. What is no plain word stays a phrase: it could mean a command"""
    value(f"gdelt/tag/{subject}")
    asked = parse_qs(urlsplit(platforms.asked[-1][1]).query)

    assert asked["query"] == [query]


def test_gdelt_says_none_in_two_ways(value, platforms):
    """An empty series is no article, as an empty answer is."""
    platforms.reply = lambda host, path: (200, {"timeline": []})
    reading = value("gdelt/tag/metoo")

    assert (reading.value, reading.exactness) == (0, Exactness.EXACT)


def test_gdelt_says_why_in_words(ask, platforms):
    """Its reasons come as text, and reach who can mend the word."""
    reason = b"The specified phrase is too short."
    platforms.trouble["api.gdeltproject.org"] = lambda handler: handler.send(
        200, reason
    )

    with pytest.raises(NoCount, match="says: The specified phrase is too short."):
        ask("gdelt/tag/metoo")


def test_days_that_are_left_out_make_a_lower_bound(value, platforms):
    """Whether GDELT leaves out zeros or days is not said: at least what is there."""
    data = [{"date": f"202611{day}T000000Z", "value": 5} for day in (20, 21, 24)]
    platforms.reply = lambda host, path: (200, {"timeline": [{"data": data}]})
    reading = value("gdelt/tag/metoo")

    assert (reading.value, reading.exactness) == (10, Exactness.AT_LEAST)


def test_x_is_read_in_both_spellings(value, platforms):
    """X is renaming its fields: either name gives the number."""
    known = platforms.reply

    def renamed(host, path):
        status, reply = known(host, path)
        for old, new in (("tweet_count", "post_count"), ("retweet", "repost")):
            reply = _renamed(reply, old, new)
        return status, reply

    platforms.reply = renamed

    assert value("x/tag/metoo/posts@7d").value == sum(range(1000, 1007))
    assert value("x/post/1/reposts").value == 24_318
    assert value("x/account/a/posts").value == 5_002


def _renamed(reply, old, new):
    if isinstance(reply, dict):
        return {k.replace(old, new): _renamed(v, old, new) for k, v in reply.items()}
    if isinstance(reply, list):
        return [_renamed(item, old, new) for item in reply]
    return reply


def test_x_without_days_gives_its_total(value, platforms):
    """The total alone is a reading too, when the days are not all there."""
    platforms.reply = lambda host, path: (
        200,
        {"data": [], "meta": {"total_tweet_count": 77}},
    )

    assert value("x/tag/metoo/posts@7d").value == 77


def test_x_without_a_total_gives_the_sum_of_its_days(value, platforms):
    """All days there are enough, whatever the total is called."""
    known = platforms.reply
    platforms.reply = lambda host, path: (200, known(host, path)[1] | {"meta": {}})

    assert value("x/tag/metoo/posts@7d").value == sum(range(1000, 1007))


@pytest.mark.parametrize(
    ("address", "counts"),
    [
        ("x/tag/metoo", "recent"),
        ("x/tag/metoo/posts@1d", "recent"),
        ("x/tag/metoo/posts@6d", "recent"),
        ("x/tag/metoo/posts@7d", "all"),
        ("x/tag/metoo/posts@30d", "all"),
    ],
)
def test_x_is_asked_once(value, platforms, address, counts):
    """The recent counts for windows that they have, else the archive at once."""
    value(address)

    assert [path.partition("?")[0] for _, path in platforms.asked] == [
        f"/2/tweets/counts/{counts}"
    ]


def test_x_falls_back_on_the_archive(value, platforms):
    """If the recent counts refuse the question for all that, the archive is asked."""
    known = platforms.reply
    platforms.reply = lambda host, path: (
        (400, {"title": "Invalid Request"}) if "/recent" in path else known(host, path)
    )

    assert value("x/tag/metoo/posts@6d").value == sum(range(1000, 1006))


def test_bluesky_without_a_total_is_a_lower_bound(value, platforms):
    """hitsTotal absent is not zero: pages are counted, and "at least" is said."""
    assert value("bluesky/tag/metoo").exactness is Exactness.AT_LEAST

    platforms.counts["hits"] = 5_000
    assert value("bluesky/tag/metoo").value == 1_000


def test_bluesky_with_a_total_is_an_estimate(value, platforms):
    """hitsTotal is documented as rounded."""
    known = platforms.reply

    def with_total(host, path):
        status, reply = known(host, path)
        return status, reply | {"hitsTotal": 9_000} if "search" in path else reply

    platforms.reply = with_total
    reading = value("bluesky/tag/metoo")

    assert (reading.value, reading.exactness) == (9_000, Exactness.ESTIMATE)


def test_hacker_news_says_when_it_estimates(value, platforms):
    """Only an exhaustive count is exact."""
    platforms.reply = lambda host, path: (200, {"nbHits": 9, "exhaustiveNbHits": False})

    assert value("hackernews/tag/metoo").exactness is Exactness.ESTIMATE


@pytest.mark.parametrize(
    ("address", "first"),
    [
        ("wikipedia/article/A", date(2015, 7, 1)),
        ("gdelt/tag/metoo", date(2017, 1, 1)),
    ],
)
def test_a_long_series_is_read_from_its_start(ask, address, first):
    """Asked for, every day since the platform began comes in one answer."""
    readings = ask(address, since=first)

    assert readings[1].span == Span.day(first)
    assert len(readings) > 3_000


def test_longer_spans_than_days_are_no_days(ask, platforms):
    """A week's articles must not be laid on one day."""
    known = platforms.reply
    platforms.reply = lambda host, path: (
        200,
        known(host, path)[1] | {"query_details": {"date_resolution": "week"}},
    )

    with pytest.raises(ChangedShape, match="longer spans"):
        ask("gdelt/tag/metoo")
