"""Instagram: what is read of its replies."""

import pytest

from pelican.plugins.live_stats.model.errors import NoCount, NotFound
from pelican.plugins.live_stats.model.values import Exactness
from pelican.plugins.live_stats.references.catalogue import facts, parse


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("instagram/tag/metoo/recent", 4),
        ("instagram/post/17900000000000001/likes", 7654301),
        ("instagram/post/17900000000000001/comments", 7654302),
        ("instagram/account/instagram/followers", 7654304),
        ("https://www.instagram.com/instagram/posts", 7654305),
        ("instagram/post/18/comments", 7654303),
    ],
)
def test_the_right_number_is_read(value, address, expected):
    """Each metric from its own field, each window from its own days."""
    assert value(address).value == expected


def test_a_total_of_a_hashtag_does_not_exist():
    """The number on its pages has no official source; the recent ones have."""
    assert facts(parse("instagram/tag/metoo")[0]).unavailable
    assert not facts(parse("instagram/tag/metoo/recent")[0]).unavailable


def test_recent_posts_are_a_lower_bound(value):
    """Counted from pages that overlap, each post once."""
    assert value("instagram/tag/metoo/recent").exactness is Exactness.AT_LEAST


@pytest.mark.parametrize(
    ("address", "error"),
    [("instagram/post/18/likes", NoCount), ("instagram/tag/unknown/recent", NotFound)],
)
def test_hidden_and_missing_are_not_zero(ask, address, error):
    """Hidden likes and unknown hashtags are no number."""
    with pytest.raises(error):
        ask(address)
