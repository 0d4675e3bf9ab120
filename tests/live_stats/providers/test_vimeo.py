"""Vimeo: what is read of its replies."""

import pytest

from pelican.plugins.live_stats.model.errors import ChangedShape, NoCount


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("vimeo/tag/metoo", 7654301),
        ("vimeo/video/76979871/views", 7654302),
        ("https://vimeo.com/76979871/likes", 7654303),
        ("vimeo/video/76979871/comments", 7654304),
        ("vimeo/video/2/likes", 7654305),
    ],
)
def test_the_right_number_is_read(value, address, expected):
    """Each metric from its own field, each window from its own days."""
    assert value(address).value == expected


def test_hidden_plays_are_not_zero(ask):
    """An owner may hide them: null is no number."""
    with pytest.raises(NoCount):
        ask("vimeo/video/2/views")


@pytest.mark.parametrize("metric", ["views", "likes", "comments"])
def test_a_renamed_field_is_not_called_hidden(ask, platforms, metric):
    """Only plays that are there and null are hidden by the owner."""
    plays = "renamed" if metric == "views" else "plays"
    reply = {"stats": {plays: 5}, "metadata": {"connections": {}}}
    platforms.edit["api.vimeo.com"] = lambda _: reply

    with pytest.raises(ChangedShape):
        ask(f"vimeo/video/76979871/{metric}")
