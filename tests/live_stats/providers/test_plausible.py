"""Plausible: what is read of its replies."""

import pytest


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("plausible/site/example.org/visitors", 7654301),
        ("plausible/site/example.org/views", 7654302),
        ("plausible/site/example.org/visits", 7654303),
        ("plausible/site/example.org/online", 7654306),
    ],
)
def test_the_right_number_is_read(value, address, expected):
    """Each metric from its own field, each window from its own days."""
    assert value(address).value == expected
