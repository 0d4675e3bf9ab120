"""Suggestions for unknown names, and numbers with their nouns."""

import pytest

from pelican.plugins.live_stats.model.messages import count_of
from pelican.plugins.live_stats.model.suggestions import nearest, suggestion

NAMES = ["mastodon", "bluesky", "LIVE_STATS_DATA"]


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("mastdon", "mastodon"),
        ("Mastodon", "mastodon"),
        ("live_stats_date", "LIVE_STATS_DATA"),
        ("quite another", ""),
        ("", ""),
    ],
)
def test_the_nearest_name_is_found_in_any_case(name, meant):
    """It is given as it is known; no name is given where none is alike."""
    assert nearest(name, NAMES) == meant


def test_a_suggestion_lists_what_is_known():
    """With the nearest name first, or alone where there is none."""
    listed = "known: mastodon, bluesky"

    assert suggestion("blusky", NAMES[:2]) == f'did you mean "bluesky"? ({listed})'
    assert suggestion("quite another", NAMES[:2]) == listed


def test_a_long_list_may_be_replaced():
    """Where something else than the list helps, it stands alone."""
    assert suggestion("x", NAMES, otherwise="see there") == "see there"
    assert suggestion("blusky", NAMES, otherwise="see there") == (
        'did you mean "bluesky"?'
    )


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0 pages"), (1, "1 page"), (2, "2 pages")]
)
def test_a_noun_follows_its_number(number, words):
    """One is singular, all others are plural."""
    assert count_of(number, "page") == words
