"""Numbers that nobody publishes, and the one that is added up from others."""

from datetime import date, timedelta

from ..model import Exactness
from .base import Kind, Metric, Provider, Unavailable, totals


class Facebook(Provider):
    name = "facebook"
    label = "Facebook"
    home = "https://www.facebook.com/"
    docs = "https://transparency.meta.com/researchtools/meta-content-library"
    fresh_for = timedelta(days=1)
    kinds = (
        Kind(
            name="tag",
            example="metoo",
            host="graph.facebook.com",
            page="https://www.facebook.com/hashtag/{subject}",
            metrics=totals(
                ("accounts", "posts"),
                scope="on Facebook",
                caveat="Facebook publishes no count of a hashtag.",
            ),
        ),
    )
    unavailable = {
        "tag": Unavailable(
            as_of=date(2024, 8, 14),
            since=date(2024, 8, 14),
            reason="CrowdTangle, which counted public posts, was closed; what followed "
            "it is for approved researchers only",
            instead="the page of the hashtag, without a number",
        )
    }


class Instagram(Provider):
    name = "instagram"
    label = "Instagram"
    home = "https://www.instagram.com/"
    docs = "https://developers.facebook.com/docs/instagram-platform/"
    fresh_for = timedelta(days=1)
    kinds = (
        Kind(
            name="tag",
            example="metoo",
            host="graph.facebook.com",
            page="https://www.instagram.com/explore/tags/{subject}/",
            metrics=totals(
                ("posts",),
                scope="on Instagram",
                caveat="The number on Instagram's own page has no official source.",
            ),
        ),
    )
    unavailable = {
        "tag": Unavailable(
            as_of=date(2025, 3, 3),
            reason="Instagram's interface for hashtags gives single posts of the last "
            "day, and no count",
            instead="the page of the hashtag, which shows a number of its own",
        )
    }


class Everywhere(Provider):
    name = "all"
    label = "All platforms"
    home = "https://www.w3.org/"
    docs = "https://docs.joinmastodon.org/methods/tags/"
    fresh_for = timedelta(days=1)
    kinds = (
        Kind(
            name="tag",
            example="metoo",
            host="",
            page="",
            metrics=(
                Metric(
                    name="posts",
                    exactness=Exactness.EXACT,
                    days=range(1, 8),
                    default_days=6,
                    scope="posts on the platforms that can be added up",
                    caveat="Only platforms that count the same days and never the same "
                    "post twice are added: never all of the web.",
                ),
            ),
        ),
    )
