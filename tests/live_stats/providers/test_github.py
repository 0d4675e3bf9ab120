"""GitHub: topics and repositories."""

import pytest

from pelican.plugins.live_stats.model.errors import ChangedShape, NoCount
from pelican.plugins.live_stats.model.values import Exactness


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("github/tag/metoo", 7654321),
        ("github/repository/getpelican%2Fpelican/stars", 7654322),
        ("github/repository/getpelican%2Fpelican/forks", 7654323),
        ("https://github.com/getpelican/pelican/watchers", 7654324),
    ],
)
def test_the_right_number_is_read(value, address, expected):
    """Each metric from its own field: watchers are those who subscribed."""
    assert value(address).value == expected


def test_a_search_that_timed_out_is_a_lower_bound(value, platforms):
    """GitHub says itself when its count is incomplete."""
    platforms.edit["api.github.com"] = lambda reply: (
        reply | {"incomplete_results": True}
    )

    assert value("github/tag/metoo").exactness is Exactness.AT_LEAST


def test_a_search_that_found_nothing_in_time_says_nothing(ask, platforms):
    """ "At least 0" is no number: the search gave up."""
    platforms.edit["api.github.com"] = lambda reply: (
        reply | {"incomplete_results": True, "total_count": 0}
    )

    with pytest.raises(NoCount, match="gave up"):
        ask("github/tag/metoo")


def test_a_search_without_a_count_is_not_zero(ask, platforms):
    """A renamed field is seen."""
    platforms.edit["api.github.com"] = lambda reply: {"incomplete_results": False}

    with pytest.raises(ChangedShape, match="total_count"):
        ask("github/tag/metoo")
