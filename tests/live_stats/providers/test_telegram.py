"""Telegram: what is read of its replies."""

import pytest

from pelican.plugins.live_stats.model.errors import ChangedShape, NotFound, Refused


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


@pytest.mark.parametrize(
    ("code", "error"),
    [
        (400, NotFound),
        (401, Refused),
        (403, Refused),
        (404, Refused),  # so Telegram answers a token of the wrong form
        (500, ChangedShape),
    ],
)
def test_the_reason_is_in_the_error_code(ask, platforms, code, error):
    """`ok` is false, and the code says whose fault it is."""
    reply = {"ok": False, "error_code": code}
    platforms.edit["api.telegram.org"] = lambda _: reply

    with pytest.raises(error):
        ask("telegram/channel/telegram")
