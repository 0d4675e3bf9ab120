"""dev.to: what is read of its replies."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest

from pelican.plugins.live_stats.model.errors import ChangedShape
from pelican.plugins.live_stats.model.values import Exactness


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("devto/tag/metoo", 3),
        ("devto/article/150589/reactions", 7654301),
        ("devto/article/150589/comments", 7654302),
        ("https://dev.to/anna/a-post-1a2b/reactions", 7654303),
    ],
)
def test_the_right_number_is_read(value, address, expected):
    """Each metric from its own field, each window from its own days."""
    assert value(address).value == expected


def test_listed_articles_are_a_lower_bound(value):
    """There is no total: what is listed is there, and there may be more."""
    assert value("devto/tag/metoo").exactness is Exactness.AT_LEAST


def test_pages_are_read_until_a_short_one(value, platforms):
    """Full pages are followed, ten of them at most; an article counts once."""

    def page(handler):
        number = int(parse_qs(urlsplit(handler.path).query)["page"][0])
        articles = [{"id": number * 1000 + n} for n in range(1000)]
        handler.send(200, json.dumps(articles).encode())

    platforms.trouble["dev.to"] = page

    assert value("devto/tag/metoo").value == 10_000


def test_only_articles_count(ask, platforms):
    """A list of something else is another shape."""
    platforms.edit["dev.to"] = lambda reply: [1, "x"]

    with pytest.raises(ChangedShape):
        ask("devto/tag/metoo")
