"""Dailymotion: what is read of its replies."""

import pytest

from pelican.plugins.live_stats.model.values import Exactness


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("dailymotion/tag/metoo", 7654301),
        ("https://www.dailymotion.com/video/x26ezrb/views", 7654302),
        ("https://dai.ly/x26ezrb/likes", 7654303),
    ],
)
def test_the_right_number_is_read(value, address, expected):
    """Each metric from its own field, each window from its own days."""
    assert value(address).value == expected


def test_a_thousand_may_be_a_limit(value):
    """Exactly 1,000 is called a lower bound, anything else an estimate."""
    assert value("dailymotion/tag/huge").exactness is Exactness.AT_LEAST
    assert value("dailymotion/tag/metoo").exactness is Exactness.ESTIMATE


def test_only_the_fields_wanted_are_asked_for(value, platforms):
    """Without their names Dailymotion sends no counts."""
    value("dailymotion/video/x26ezrb/views")

    assert "fields=views_total" in platforms.asked[-1][1]
