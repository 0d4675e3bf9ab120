"""Mailchimp: what is read of its replies."""

import pytest


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("mailchimp/newsletter/a1b2c3d4e5", 7654301),
    ],
)
def test_the_right_number_is_read(value, address, expected):
    """Each metric from its own field, each window from its own days."""
    assert value(address).value == expected
