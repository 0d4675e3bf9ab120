"""Tumblr: what is read of its replies."""

import json
from itertools import count

import pytest

from pelican.plugins.live_stats.model.values import Exactness
from pelican.plugins.live_stats.providers.daily_series import midnight
from pelican.plugins.live_stats.references.catalogue import parse
from pelican.plugins.live_stats.references.grammar import AddressError

HOST = "api.tumblr.com"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("tumblr/tag/metoo", 2),
        ("tumblr/tag/metoo@3d", 3),  # the post on both pages counts once
        ("tumblr/tag/unused", 0),
        ("tumblr/post/staff%2F619193383820410880/notes", 7654301),
        ("https://staff.tumblr.com/post/619193383820410880/hello/notes", 7654301),
        ("https://www.tumblr.com/staff/619193383820410880/hello/notes", 7654301),
    ],
)
def test_the_right_number_is_read(value, address, expected):
    """Each metric from its own field, each window from its own days."""
    assert value(address).value == expected


def test_listed_posts_are_a_lower_bound(value):
    """There is no total, and moderation hides some."""
    assert value("tumblr/tag/metoo").exactness is Exactness.AT_LEAST


def test_pages_end(value, platforms, today):
    """A tag that is used all the time is asked for ten times, and no more."""
    platforms.trouble[HOST] = _endless(midnight(today), 20)

    assert value("tumblr/tag/metoo").value == 200
    assert len(platforms.asked) == 10


def test_the_same_page_again_is_the_last(value, platforms, today):
    """A page that leads no further back is not asked for again and again."""
    noon = midnight(today) - 43_200
    page = json.dumps({"response": [{"id": 1, "timestamp": noon}]}).encode()
    platforms.trouble[HOST] = lambda handler: handler.send(200, page)

    assert value("tumblr/tag/metoo").value == 1
    assert len(platforms.asked) == 2


def test_windows_are_three_days_at_most():
    """Further back there would be too many pages."""
    with pytest.raises(AddressError):
        parse("tumblr/tag/metoo@4d")


def _endless(end, size):
    """Pages without end, each a second further back than the one before."""
    posts = count()

    def page(handler):
        time = end - 1 - next(posts)
        ids = (f"{time}-{n}" for n in range(size))
        reply = {"response": [{"id": one, "timestamp": time} for one in ids]}
        handler.send(200, json.dumps(reply).encode())

    return page
