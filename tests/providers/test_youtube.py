"""YouTube: what is read of its replies."""

import pytest

from live_stats.errors import NoCount, NotFound
from live_stats.model import Exactness


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("youtube/tag/metoo", 765430),
        ("youtube/tag/metoo@7d", 7654),
        ("youtube/video/dQw4w9WgXcQ/views", 7654301),
        ("https://youtu.be/dQw4w9WgXcQ/likes", 7654302),
        ("https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=10s/comments", 7654303),
        ("https://m.youtube.com/watch/comments?v=dQw4w9WgXcQ", 7654303),
        ("https://www.youtube.com/shorts/dQw4w9WgXcQ/views", 7654301),
        ("youtube/account/%40YouTube/followers", 7654305),
        ("https://www.youtube.com/@YouTube/views", 7654306),
        ("youtube/account/%40YouTube/videos", 7654307),
        ("https://www.youtube.com/channel/UCabcdef/videos", 7654309),
    ],
)
def test_the_right_number_is_read(value, address, expected):
    """Each metric from its own field, each window from its own days."""
    assert value(address).value == expected


def test_a_million_is_a_lower_bound(value):
    """YouTube never says more than a million."""
    assert value("youtube/tag/huge").exactness is Exactness.AT_LEAST
    assert value("youtube/tag/metoo").exactness is Exactness.ESTIMATE


@pytest.mark.parametrize(
    ("address", "error"),
    [
        ("youtube/video/hidden-likes/likes", NoCount),
        ("youtube/account/UCabcdef/followers", NoCount),
        ("youtube/video/not-there/views", NotFound),
        ("youtube/account/%40nobody/views", NotFound),
    ],
)
def test_hidden_and_missing_are_not_zero(ask, address, error):
    """What the owner hides, and what is not there, is no number."""
    with pytest.raises(error):
        ask(address)


def test_subscribers_are_rounded(value):
    """YouTube rounds them down to three digits."""
    assert value("youtube/account/%40YouTube/followers").exactness is Exactness.ROUNDED
