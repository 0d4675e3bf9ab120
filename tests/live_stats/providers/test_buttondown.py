"""Buttondown: what is read of its replies."""

import pytest

from pelican.plugins.live_stats.model.values import Exactness


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("buttondown/newsletter/example", 7654301),
    ],
)
def test_the_right_number_is_read(value, address, expected):
    """Each metric from its own field, each window from its own days."""
    assert value(address).value == expected


def test_there_are_subscribers_of_other_types(value):
    """Those who pay or were given a subscription are not among the regular ones."""
    assert value("buttondown/newsletter/example").exactness is Exactness.AT_LEAST
