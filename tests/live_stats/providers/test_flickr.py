"""Flickr: what is read of its replies."""

import pytest

from pelican.plugins.live_stats.model.errors import ChangedShape, Refused, Unreachable
from pelican.plugins.live_stats.model.values import Exactness
from pelican.plugins.live_stats.providers.daily_series import midnight


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("flickr/tag/metoo", 7654301),
        ("https://www.flickr.com/photos/tags/metoo/photos@2d", 7654302),
    ],
)
def test_the_right_number_is_read(value, address, expected):
    """Each metric from its own field, each window from its own days."""
    assert value(address).value == expected


@pytest.mark.parametrize(
    ("code", "error"), [(100, Refused), (105, Unreachable), (1, ChangedShape)]
)
def test_an_error_with_status_200_is_an_error(ask, platforms, code, error):
    """Flickr says what went wrong inside of a good answer."""
    platforms.edit["www.flickr.com"] = lambda reply: {"stat": "fail", "code": code}

    with pytest.raises(error):
        ask("flickr/tag/metoo")


def test_a_total_is_an_estimate(value):
    """Flickr's totals of large searches are approximate."""
    assert value("flickr/tag/metoo").exactness is Exactness.ESTIMATE


def test_the_window_ends_before_today(value, platforms, today):
    """The last second asked for is the last of yesterday."""
    value("flickr/tag/metoo@2d")

    assert f"max_upload_date={midnight(today) - 1}" in platforms.asked[-1][1]
