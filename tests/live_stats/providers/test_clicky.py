"""Clicky: what is read of its replies."""

import pytest

from pelican.plugins.live_stats.model.errors import Refused


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("clicky/site/100000000/visitors", 7654301),
        ("clicky/site/100000000/views", 7654302),
        ("clicky/site/100000000/online", 7654303),
    ],
)
def test_the_right_number_is_read(value, address, expected):
    """Each metric from its own field, each window from its own days."""
    assert value(address).value == expected


def test_an_error_with_status_200_is_an_error(ask):
    """Clicky says what went wrong inside of a good answer."""
    with pytest.raises(Refused):
        ask("clicky/site/2/visitors")
