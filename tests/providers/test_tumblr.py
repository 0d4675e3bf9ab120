"""Tumblr: what is read of its replies."""

import pytest

from live_stats.model import Exactness


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("tumblr/tag/metoo", 2),
        ("tumblr/tag/metoo@3d", 3),
        ("tumblr/tag/unused", 0),
        ("tumblr/post/staff%2F180000000000/notes", 7654301),
        ("https://staff.tumblr.com/post/180000000000/hello/notes", 7654301),
        ("https://www.tumblr.com/staff/180000000000/hello/notes", 7654301),
    ],
)
def test_the_right_number_is_read(value, address, expected):
    """Each metric from its own field, each window from its own days."""
    assert value(address).value == expected


def test_listed_posts_are_a_lower_bound(value):
    """There is no total, and moderation hides some."""
    assert value("tumblr/tag/metoo").exactness is Exactness.AT_LEAST
