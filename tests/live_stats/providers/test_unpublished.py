"""Platforms without an official count: they build, and say why."""

import pytest

from pelican.plugins.live_stats.references.catalogue import facts, parse


@pytest.mark.parametrize(
    "address",
    [
        "tiktok/tag/metoo",
        "https://www.tiktok.com/@anna/video/7000000000000000001/views",
        "linkedin/tag/metoo",
        "pinterest/tag/metoo",
        "https://www.pinterest.com/search/pins/?q=metoo",
        "googletrends/tag/metoo",
        "https://trends.google.com/trends/explore?q=metoo",
    ],
)
def test_a_reference_says_why_there_is_no_number(address):
    """It reads, is never asked, and leads somewhere else."""
    closed = facts(parse(address)[0]).unavailable

    assert closed and closed.reason and closed.instead.startswith("https://")
