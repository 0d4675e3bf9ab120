"""Instagram: its interfaces give posts of a hashtag, and no number of them."""

from datetime import date, timedelta

from .base import Kind, Provider, Unavailable, totals


class Instagram(Provider):
    name = "instagram"
    label = "Instagram"
    docs = "https://developers.facebook.com/docs/instagram-platform/"
    fresh_for = timedelta(days=1)
    # fmt: off
    kinds = (
        Kind(name="tag", example="metoo", host="graph.facebook.com",
             page="https://www.instagram.com/explore/tags/{subject}/",
             metrics=totals(("posts",), scope="on Instagram",
                            caveat="The number on Instagram's own page has no official "
                                   "source.")),
    )
    # fmt: on
    unavailable = {
        "tag": Unavailable(
            as_of=date(2025, 3, 3),
            reason="Instagram's interface for hashtags gives single posts of the last "
            "day, and no count",
        )
    }
