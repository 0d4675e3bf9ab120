"""Threads: what is read of its replies."""

import pytest

from pelican.plugins.live_stats.model.errors import NoCount
from pelican.plugins.live_stats.references.catalogue import facts, parse


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("threads/tag/metoo", 3),
        ("threads/post/18000000000000001/views", 7654301),
        ("threads/post/18000000000000001/likes", 7654302),
        ("threads/post/18000000000000001/replies", 7654303),
        ("threads/post/18000000000000001/reposts", 7654304),
        ("threads/post/18000000000000001/quotes", 7654305),
        ("threads/post/18000000000000001/shares", 7654306),
    ],
)
def test_the_right_number_is_read(value, address, expected):
    """Each metric from its own field, each window from its own days."""
    assert value(address).value == expected


def test_nothing_is_not_zero(ask):
    """Sensitive words are answered with an empty list."""
    with pytest.raises(NoCount):
        ask("threads/tag/hushed")


def test_a_search_wants_the_operators_word():
    """Without approval it would silently count the own posts only."""
    needs = facts(parse("threads/tag/metoo")[0]).needs

    assert "THREADS_KEYWORD_SEARCH_APPROVED" in needs
