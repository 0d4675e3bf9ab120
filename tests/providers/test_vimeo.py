"""Vimeo: what is read of its replies."""

import pytest

from live_stats.errors import NoCount


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("vimeo/tag/metoo", 7654301),
        ("vimeo/video/76979871/views", 7654302),
        ("https://vimeo.com/76979871/likes", 7654303),
        ("vimeo/video/76979871/comments", 7654304),
        ("vimeo/video/2/likes", 7654305),
    ],
)
def test_the_right_number_is_read(value, address, expected):
    """Each metric from its own field, each window from its own days."""
    assert value(address).value == expected


def test_hidden_plays_are_not_zero(ask):
    """An owner may hide them: null is no number."""
    with pytest.raises(NoCount):
        ask("vimeo/video/2/views")
