"""Reddit: what is read of its replies."""

import pytest

from live_stats.errors import NotFound
from live_stats.model import Exactness


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("reddit/community/metoo/subscribers", 7654301),
        ("https://www.reddit.com/r/metoo/active", 7654302),
        ("reddit/post/abc123/points", 7654303),
        ("https://old.reddit.com/r/metoo/comments/abc123/a_title/comments", 7654304),
        ("https://redd.it/abc123/points", 7654303),
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
