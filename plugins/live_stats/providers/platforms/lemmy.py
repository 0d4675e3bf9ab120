"""Lemmy: communities and posts. It has no hashtags."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from ...model.errors import Gone, NoCount
from ...model.values import Reading
from ..base import Kind, Metric, Provider, Query, Session, totals
from ..parsing import counts, either, find
from ..spelling import account

MONTH = 30 * 24 * 60
PLACES = {  # of the counts: Lemmy 0.19, then 1.0
    "community": "community_view.counts.{0} community_view.community.{0}",
    "post": "post_view.counts.{0} post_view.post.{0}",
}
HERE: dict[str, Any] = {"scope": "as known to {server}", "where": "{server}"}


def _paths(kind: str, names: dict[str, str]) -> dict[str, str]:
    return {metric: PLACES[kind].format(name) for metric, name in names.items()}


class Lemmy(Provider):
    name = "lemmy"
    label = "Lemmy"
    docs = "https://join-lemmy.org/docs/contributors/04-api.html"
    server = "lemmy.world"
    server_variable = "LEMMY_INSTANCE"
    fresh_for = timedelta(hours=1)
    words = {"members": "subscribers", "score": "points", "replies": "comments"}
    uncounted = {
        r"(?P<server>[^/]+)/u/[\w.@-]+": "on a server of Lemmy this is a person, of "
        "whom no number is asked for here",
        r"(?P<server>[^/]+)/(?:post/\d+/)?comment/\d+": "on a server of Lemmy "
        "this is a comment, of which no number is asked for here",
    }
    # fmt: off
    kinds = (
        Kind(name="community", example="technology", host="{server}",
             page="https://{server}/c/{subject}",
             subject=r"[\w.-]*\w(@[\w.-]*\w)?", hint="its name", same=account,
             addresses=(r"(?P<server>[^/]+)/c/(?P<subject>[\w.-]+(?:@[\w.-]+)?)",),
             metrics=totals(_paths("community", {"subscribers": "subscribers",
                                                 "posts": "posts",
                                                 "comments": "comments"}), **HERE)
             + (Metric(name="active", minutes=MONTH,
                       path=PLACES["community"].format("users_active_month"),
                       caveat="People who wrote or voted there.", **HERE),)),
        # An old public post of the largest server.
        Kind(name="post", example="16763534", host="{server}",
             page="https://{server}/post/{subject}",
             subject=r"\d+", hint="the number behind /post/",
             addresses=(r"(?P<server>[^/]+)/post/(?P<subject>\d+)(?:/\d+)?",),
             metrics=totals(_paths("post", {"points": "score", "upvotes": "upvotes",
                                            "comments": "comments"}), **HERE)),
    )
    # fmt: on

    def fetch(self, query: Query, session: Session) -> Iterator[Reading]:
        base = f"https://{query.server}/api"
        params = {"name": query.subject}
        if query.kind == "post":
            params = {"id": query.subject}
        newer = f"{base}/v4/{query.kind}"
        older = f"{base}/v3/{query.kind}"
        if session.cache.get(query.server) == "v3":
            reply = session.fetch_json(older, params=params)
        else:
            # 1.0 answers as v4, with the counts beside the name; older ones do not.
            reply = session.fetch_json(
                newer, params=params, fallback=(older, params), fallback_on=404
            )
            if find(reply, f"{query.kind}_view", "counts") is not None:
                session.cache[query.server] = "v3"
        about = find(reply, f"{query.kind}_view", query.kind)
        if find(about, "deleted") is True or find(about, "removed") is True:
            raise Gone(f"{query.server} says that this {query.kind} is gone")
        if "points" in (metric.name for metric in query.metrics):
            score = either(reply, PLACES["post"].format("score"))
            if type(score) is int and score < 0:
                raise NoCount("more people voted against this post than for it")
        yield from counts(reply, query)
