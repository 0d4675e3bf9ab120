"""Pixelfed: what is read of its replies."""

import pytest

from pelican.plugins.live_stats.model.errors import NoCount


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("pixelfed/tag/metoo", 7654301),
        ("pixelfed/post/948948726609726866/likes", 7654302),
        ("https://pixelfed.social/p/anna/948948726609726866/reposts", 7654303),
        ("pixelfed/post/948948726609726866/replies", 7654304),
    ],
)
def test_the_right_number_is_read(value, address, expected):
    """Each metric from its own field, each window from its own days."""
    assert value(address).value == expected


def test_an_empty_history_is_no_count(ask):
    """Its history is always empty: without the count nothing is known."""
    with pytest.raises(NoCount):
        ask("pixelfed/tag/older")
