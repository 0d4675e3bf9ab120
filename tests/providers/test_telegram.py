"""Telegram: what is read of its replies."""

import pytest

from live_stats.errors import NotFound


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("telegram/channel/telegram", 7654301),
        ("https://t.me/telegram/members", 7654301),
        ("telegram/channel/%40telegram/members", 7654301),
    ],
)
def test_the_right_number_is_read(value, address, expected):
    """Each metric from its own field, each window from its own days."""
    assert value(address).value == expected


def test_an_unknown_channel_is_not_found(ask):
    """Telegram says so with a description of its own."""
    with pytest.raises(NotFound):
        ask("telegram/channel/nobody")
