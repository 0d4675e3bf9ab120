"""Fathom: what is read of its replies."""

import pytest


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("fathom/site/ABCDEFGH/visits", 7654301),
        ("fathom/site/ABCDEFGH/views", 7654302),
        ("fathom/site/ABCDEFGH/visits@7d", 7654303),
        ("fathom/site/ABCDEFGH/online", 7654305),
    ],
)
def test_the_right_number_is_read(value, address, expected):
    """Each metric from its own field, each window from its own days."""
    assert value(address).value == expected
