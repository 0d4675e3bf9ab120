"""Umami: what is read of its replies."""

import pytest

from pelican.plugins.live_stats.model.errors import NoCount


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("umami/site/86d4095c-a2a8-4fc8-9521-103e858e2b41/views", 7654301),
        ("umami/site/86d4095c-a2a8-4fc8-9521-103e858e2b41/visitors", 7654302),
        ("umami/site/86d4095c-a2a8-4fc8-9521-103e858e2b41/visits", 7654303),
        ("umami/site/86d4095c-a2a8-4fc8-9521-103e858e2b41/views@7d", 7654304),
        ("umami/site/86d4095c-a2a8-4fc8-9521-103e858e2b41/online", 7654307),
        ("umami/site/old/online", 7654308),
    ],
)
def test_the_right_number_is_read(value, address, expected):
    """Each metric from its own field, each window from its own days."""
    assert value(address).value == expected


def test_null_is_not_zero(ask):
    """Nobody said that nobody is there."""
    with pytest.raises(NoCount):
        ask("umami/site/silent/online")
