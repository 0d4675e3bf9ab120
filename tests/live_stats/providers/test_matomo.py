"""Matomo: what is read of its replies."""

import pytest

from pelican.plugins.live_stats.model.errors import Refused


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("matomo@example.org/site/1/visits", 7654301),
        ("matomo@example.org/site/1/views", 7654302),
        ("matomo@example.org/site/1/online", 7654305),
        ("matomo@example.org%2Fstats/site/1/online", 7654306),
    ],
)
def test_the_right_number_is_read(value, address, expected):
    """Each metric from its own field, each window from its own days."""
    assert value(address).value == expected


def test_an_error_with_status_200_is_an_error(ask):
    """Matomo says what went wrong inside of a good answer."""
    with pytest.raises(Refused):
        ask("matomo@example.org/site/2/online")
