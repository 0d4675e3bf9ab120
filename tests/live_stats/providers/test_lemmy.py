"""Lemmy: what is read of its replies."""

import pytest


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("lemmy/community/technology/subscribers", 7654301),
        ("https://lemmy.world/c/technology/posts", 7654302),
        ("lemmy/community/technology/comments", 7654303),
        ("lemmy/community/technology/active", 7654304),
        ("https://lemmy.world/post/16763534/points", 7654305),
        ("lemmy/post/16763534/upvotes", 7654306),
        ("lemmy/post/16763534/comments", 7654308),
        ("lemmy@newer.example/community/technology/subscribers", 7654311),
        ("lemmy@newer.example/community/technology/active", 7654314),
    ],
)
def test_the_right_number_is_read(value, address, expected):
    """Each metric from its own field, each window from its own days."""
    assert value(address).value == expected


def test_the_older_interface_is_asked_where_the_newer_is_unknown(value, platforms):
    """404 on version 4 means an older server, not a missing community."""
    value("lemmy/community/technology/posts")

    paths = [path.partition("?")[0] for _, path in platforms.asked]
    assert paths == ["/api/v4/community", "/api/v3/community"]
