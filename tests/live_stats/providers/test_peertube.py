"""PeerTube: what is read of its replies."""

import pytest

from pelican.plugins.live_stats.references.catalogue import AddressError, parse


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("peertube/tag/metoo", 7654301),
        ("peertube/tag/metoo@7d", 7654302),
        ("peertube@example.org/tag/metoo", 7654303),
        ("https://framatube.org/w/9c9de5e8-0a1e-484a-b099-e80766180a6d/views", 7654304),
        (
            "https://framatube.org/videos/watch/9c9de5e8-0a1e-484a-b099-e80766180a6d/likes",
            7654305,
        ),
        (
            "peertube@framatube.org/video/9c9de5e8-0a1e-484a-b099-e80766180a6d/comments",
            7654307,
        ),
    ],
)
def test_the_right_number_is_read(value, address, expected):
    """Each metric from its own field, each window from its own days."""
    assert value(address).value == expected


def test_a_tag_is_all_that_is_searched_for(ask, platforms):
    """Words searched for as well would leave out videos that only have the tag."""
    ask("peertube/tag/metoo")

    assert "search=" not in platforms.asked[-1][1]


def test_a_video_lives_on_a_server():
    """The index over many servers has no video of its own."""
    with pytest.raises(AddressError, match="lives on a server"):
        parse("peertube/video/abc/views")
