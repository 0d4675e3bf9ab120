"""YouTube: what is read of its replies."""

import pytest

from pelican.plugins.live_stats.model.errors import ChangedShape, NoCount, NotFound
from pelican.plugins.live_stats.model.values import Exactness
from pelican.plugins.live_stats.providers.platforms.youtube import YouTube

HOST = "www.googleapis.com"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("youtube/tag/metoo", 765430),
        ("youtube/tag/metoo@7d", 7654),
        ("youtube/video/jNQXAC9IVRw/views", 7654301),
        ("https://youtu.be/jNQXAC9IVRw/likes", 7654302),
        ("https://www.youtube.com/watch?v=jNQXAC9IVRw&t=10s/comments", 7654303),
        ("https://m.youtube.com/watch/comments?v=jNQXAC9IVRw", 7654303),
        ("https://www.youtube.com/shorts/jNQXAC9IVRw/views", 7654301),
        ("youtube/account/%40YouTube/followers", 7654305),
        ("https://www.youtube.com/@YouTube/views", 7654306),
        ("youtube/account/%40YouTube/videos", 7654307),
        ("https://www.youtube.com/channel/UCabcdef/videos", 7654309),
    ],
)
def test_the_right_number_is_read(value, address, expected):
    """Each metric from its own field, each window from its own days."""
    assert value(address).value == expected


def test_a_million_is_a_lower_bound(value):
    """YouTube never says more than a million."""
    assert value("youtube/tag/huge").exactness is Exactness.AT_LEAST
    assert value("youtube/tag/metoo").exactness is Exactness.ESTIMATE


@pytest.mark.parametrize(
    ("address", "error"),
    [
        ("youtube/video/hidden-likes/likes", NoCount),
        ("youtube/account/UCabcdef/followers", NoCount),
        ("youtube/video/not-there/views", NotFound),
        ("youtube/account/%40nobody/views", NotFound),
    ],
)
def test_hidden_and_missing_are_not_zero(ask, address, error):
    """What the owner hides, and what is not there, is no number."""
    with pytest.raises(error):
        ask(address)


def test_subscribers_are_rounded(value):
    """YouTube rounds them down to three digits."""
    assert value("youtube/account/%40YouTube/followers").exactness is Exactness.ROUNDED


@pytest.mark.parametrize("metric", ["views", "videos"])
def test_hidden_subscribers_cost_no_other_number(value, platforms, metric):
    """Whether YouTube sends a zero for what is hidden, or nothing at all."""
    statistics = {"hiddenSubscriberCount": True, "viewCount": "5", "videoCount": "5"}
    platforms.edit[HOST] = lambda reply: {"items": [{"statistics": statistics}]}

    assert value(f"youtube/account/UCabcdef/{metric}").value == 5


def test_hidden_subscribers_may_be_left_out(ask, platforms):
    """Then too they are hidden, and no changed shape."""
    statistics = {"hiddenSubscriberCount": True, "viewCount": "5"}
    platforms.edit[HOST] = lambda reply: {"items": [{"statistics": statistics}]}

    with pytest.raises(NoCount):
        ask("youtube/account/UCabcdef/followers")


@pytest.mark.parametrize(
    "address",
    [
        "youtube/video/jNQXAC9IVRw/views",
        "youtube/account/%40YouTube/followers",
        "youtube/account/UCabcdef/videos",
    ],
)
def test_a_renamed_field_is_not_called_hidden(ask, platforms, address):
    """Nobody hides these: what is not there has changed its name."""
    hides = "UCabcdef" in address
    statistics = {"hiddenSubscriberCount": hides, "renamed": "5"}
    platforms.edit[HOST] = lambda reply: {"items": [{"statistics": statistics}]}

    with pytest.raises(ChangedShape):
        ask(address)


def test_the_budgets_are_those_of_a_free_key():
    """A hundred searches a day, apart from other requests."""
    budgets = {one.unit: (one.most, one.days, one.kinds) for one in YouTube.budgets}

    assert budgets == {"searches": (100, 1, ("tag",)), "requests": (5_000, 1, ())}
