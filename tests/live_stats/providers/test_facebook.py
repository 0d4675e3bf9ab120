"""Facebook: what is read of its replies."""

import pytest

from pelican.plugins.live_stats.model.errors import ChangedShape
from pelican.plugins.live_stats.references.catalogue import facts, parse


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("facebook/page/facebook/followers", 7654302),
        ("https://www.facebook.com/facebook/likes", 7654301),
        ("facebook/page/facebook/talking", 7654303),
        ("facebook/post/20531316728_10154009990506729/shares", 7654304),
        ("facebook/post/20531316728_10154009990506729/reactions", 7654305),
        ("facebook/post/20531316728_10154009990506729/comments", 7654306),
        ("facebook/link/https%3A%2F%2Fexample.org%2F/reactions", 7654307),
        ("facebook/link/https%3A%2F%2Fexample.org%2F/comments", 7654308),
        ("facebook/link/https%3A%2F%2Fexample.org%2F/shares", 7654309),
    ],
)
def test_the_right_number_is_read(value, address, expected):
    """Each metric from its own field, each window from its own days."""
    assert value(address).value == expected


@pytest.mark.parametrize("metric", ["followers", "likes"])
def test_likes_are_never_followers(ask, platforms, metric):
    """Where Facebook leaves one of the two out, the other does not stand in for it."""
    fields = {"followers": "followers_count", "likes": "fan_count"}
    platforms.edit["graph.facebook.com"] = lambda reply: {
        name: value for name, value in reply.items() if name != fields[metric]
    }

    with pytest.raises(ChangedShape, match=fields[metric]):
        ask(f"facebook/page/facebook/{metric}")


def test_a_hashtag_has_had_no_number_since_2024():
    """Retired, with its date and reason."""
    assert facts(parse("facebook/tag/metoo")[0]).unavailable.since.year == 2024
