"""Facebook: no number of a hashtag is published any more."""

from datetime import date, timedelta

from .base import Kind, Provider, Unavailable, totals


class Facebook(Provider):
    name = "facebook"
    label = "Facebook"
    docs = "https://transparency.meta.com/researchtools/meta-content-library"
    fresh_for = timedelta(days=1)
    # fmt: off
    kinds = (
        Kind(name="tag", example="metoo", host="graph.facebook.com",
             page="https://www.facebook.com/hashtag/{subject}",
             metrics=totals(("accounts", "posts"), scope="on Facebook",
                            caveat="Facebook publishes no count of a hashtag.")),
    )
    # fmt: on
    unavailable = {
        "tag": Unavailable(
            as_of=date(2024, 8, 14),
            since=date(2024, 8, 14),
            reason="CrowdTangle, which counted public posts, was closed; what followed "
            "it is for approved researchers only",
        )
    }
