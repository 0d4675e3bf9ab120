"""Simple Analytics: what is read of its replies."""

import pytest

from pelican.plugins.live_stats.model.errors import Refused


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("simpleanalytics/site/example.org/views", 7654301),
        ("simpleanalytics/site/example.org/visitors", 7654302),
        ("simpleanalytics/page/example.org%2Fposts%2Fa/views", 7654303),
        ("simpleanalytics/page/example.org%2Fposts%2Fa/visitors", 7654304),
    ],
)
def test_the_right_number_is_read(value, address, expected):
    """Each metric from its own field, each window from its own days."""
    assert value(address).value == expected


def test_a_private_site_is_refused(ask):
    """ok: false is no number."""
    with pytest.raises(Refused):
        ask("simpleanalytics/site/private.example/views")
