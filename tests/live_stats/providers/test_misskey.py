"""Misskey: what is read of its replies."""

import pytest

from pelican.plugins.live_stats.model.errors import ChangedShape


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("misskey/tag/metoo", 7654301),
        ("misskey/tag/unused", 0),
        ("misskey/post/9bhqfo835v/likes", 7654305),
        ("https://misskey.io/notes/9bhqfo835v/reposts", 7654303),
        ("misskey/post/9bhqfo835v/replies", 7654304),
        ("https://misskey.example/notes/9old/likes", 9),
    ],
)
def test_the_right_number_is_read(value, address, expected):
    """Each metric from its own field, each window from its own days."""
    assert value(address).value == expected


def test_another_error_is_not_zero(ask):
    """Only the documented word for "never seen" means nobody."""
    with pytest.raises(ChangedShape):
        ask("misskey/tag/strange")
