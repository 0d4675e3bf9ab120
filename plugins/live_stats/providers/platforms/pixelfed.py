"""Pixelfed: posts with a hashtag known to one server, and single posts."""

from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import quote

from ...model.errors import NotOffered
from ...model.values import Reading
from ..base import Kind, Metric, Provider, Query, Session, totals
from ..parsing import counts, find

NEEDS = ("PIXELFED_ACCESS_TOKEN",)


class Pixelfed(Provider):
    name = "pixelfed"
    label = "Pixelfed"
    docs = "https://docs.pixelfed.org/technical-documentation/api/"
    server = "pixelfed.social"
    server_variable = "PIXELFED_INSTANCE"
    credentials = {"PIXELFED_ACCESS_TOKEN": ()}
    fresh_for = timedelta(hours=3)
    words = {"favourites": "likes", "favorites": "likes", "hearts": "likes",
             "boosts": "reposts", "shares": "reposts",
             "comments": "replies"}  # fmt: skip
    uncounted = {
        r"(?P<server>[^/]+)/i/web/profile/\d+": "on a server of Pixelfed this is an "
        "account, of which no number is asked for here",
    }
    # fmt: off
    kinds = (
        Kind(name="tag", example="metoo", host="{server}", needs=NEEDS,
             page="https://{server}/discover/tags/{subject}",
             addresses=(r"(?P<server>[^/]+)/discover/tags/(?P<subject>[^/?]+)",),
             metrics=(
            Metric(name="posts", path="count", where="{server}",
                   scope="posts known to {server}",
                   caveat="The server counts now and then, not at every question, and "
                          "only what reached it."),
        )),
        # By the founder of Pixelfed.
        Kind(name="post", example="948948726609726866", host="{server}", needs=NEEDS,
             page="https://{server}/i/web/post/{subject}",
             subject=r"\d+", hint="the number at the end of the post's address",
             addresses=(r"(?P<server>[^/]+)/p/[^/]+/(?P<subject>\d+)",
                        r"(?P<server>[^/]+)/i/web/post/(?P<subject>\d+)"),
             metrics=totals({"likes": "favourites_count", "reposts": "reblogs_count",
                             "replies": "reply_count replies_count"},
                            scope="as known to {server}", where="{server}")),
    )
    # fmt: on

    def fetch(self, query: Query, session: Session) -> Iterator[Reading]:
        base, subject = f"https://{query.server}/api/v1", quote(query.subject, "")
        bearer = f"Bearer {query.credentials['PIXELFED_ACCESS_TOKEN']}"
        headers = {"Authorization": bearer}
        if query.kind == "post":
            reply = session.fetch_json(f"{base}/statuses/{subject}", headers=headers)
        else:
            params = {"_pe": 1}
            reply = session.fetch_json(
                f"{base}/tags/{subject}", params=params, headers=headers
            )
            # Its history is always empty; only the count says anything.
            if find(reply, "history") is not None and find(reply, "count") is None:
                raise NotOffered(f"{query.server} publishes no count of hashtags")
        yield from counts(reply, query)
