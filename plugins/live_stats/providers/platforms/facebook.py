"""Facebook: pages, their posts, and links. No number of a hashtag is published."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from urllib.parse import quote

from ...model.errors import NoCount
from ...model.values import Exactness, Reading
from ..base import Kind, Metric, Provider, Query, Session, Unavailable, totals
from ..parsing import counts, field, find

WEB = r"facebook\.com"
HOST, WEEK = "graph.facebook.com", 7 * 24 * 60
NEEDS = ("FACEBOOK_ACCESS_TOKEN",)
FIELDS = {
    "page": "name,fan_count,followers_count,talking_about_count",
    "post": "shares,reactions.summary(total_count).limit(0),"
    "comments.summary(total_count).limit(0)",
}


class Facebook(Provider):
    name = "facebook"
    label = "Facebook"
    docs = "https://developers.facebook.com/docs/graph-api/reference/page/"
    credentials = {"FACEBOOK_ACCESS_TOKEN": ()}
    options = {"GRAPH_API_VERSION": "v26.0"}
    fresh_for = timedelta(hours=6)
    words = {"fans": "likes"}  # of a page: never its followers
    uncounted = {
        rf"{WEB}/groups/.+": "Facebook gives no number of a group",
        rf"{WEB}/(?:events|marketplace|gaming|stories)/.+": "Facebook gives no number "
        "of it",
        rf"{WEB}/(?:[\w.]+/(?:posts|videos|photos|reels)/.+|(?:watch|reel|photo|share|"
        r"story\.php|permalink\.php|video\.php|photo\.php)(?:[/?].*)?)": "Facebook "
        "knows a post by its page's number, _, and its own, which the address has not",
        rf"{WEB}/people/.+": "Facebook gives numbers of pages, not of people",
    }
    # fmt: off
    kinds = (
        Kind(name="tag", example="metoo", host=HOST,
             page="https://www.facebook.com/hashtag/{subject}",
             addresses=(rf"{WEB}/hashtag/(?P<subject>[^/?]+)",),
             metrics=totals({"accounts": "", "posts": ""}, scope="on Facebook",
                            caveat="Facebook publishes no count of a hashtag.")),
        Kind(name="page", example="facebook", host=HOST, needs=NEEDS,
             page="https://www.facebook.com/{subject}", subject=r"[\w.-]*\w",
             hint="its name or number",
             addresses=(rf"{WEB}/profile\.php\?(?:.*&)?id=(?P<subject>\d+)(?:&.*)?",
                        rf"{WEB}/pages/[^/]+/(?P<subject>\d+)",
                        rf"{WEB}/(?!(?:hashtag|groups|watch|events|marketplace|reel|"
                        r"photo|share|gaming|stories|people|pages|login|help|\w+\.php)"
                        r"(?:[/?]|$))(?P<subject>[\w.-]+)"
                        r"(?:/(?:about|photos|videos|reels))?"),
             metrics=totals({"followers": "followers_count",
                             "likes": "fan_count"}, scope="of the page on Facebook")
             + (Metric(name="talking", path="talking_about_count", minutes=WEEK,
                       exactness=Exactness.ESTIMATE,
                       scope="people who talk about the page, as Facebook counts them"),
                )),
        # Of Facebook's own page; its documentation of embedding shows it.
        Kind(name="post", example="20531316728_10154009990506729", host=HOST,
             page="https://www.facebook.com/{subject}", needs=NEEDS, subject=r"\d+_\d+",
             hint="the page's number, _, and the post's",
             metrics=totals({"reactions": "reactions.summary.total_count",
                             "comments": "comments.summary.total_count",
                             "shares": "shares.count"}, scope="on Facebook")),
        Kind(name="link", example="https://example.org/", host=HOST, needs=NEEDS,
             page="https://www.facebook.com/", subject=r"https?://\S+",
             hint="the address of a page on the web, percent-encoded",
             metrics=totals({"shares": "share_count", "reactions": "reaction_count",
                             "comments": "comment_count"}, scope="on Facebook",
                            caveat="What Facebook counts for this very address.")),
    )
    # fmt: on
    unavailable = {
        "tag": Unavailable(
            as_of=date(2024, 8, 14),
            since=date(2024, 8, 14),
            reason="CrowdTangle, which counted public posts, was closed; what followed "
            "it is for approved researchers only",
            instead="https://www.facebook.com/hashtag/",
        )
    }

    def fetch(self, query: Query, session: Session) -> Iterator[Reading]:
        base = f"https://{HOST}/{query.options['GRAPH_API_VERSION']}"
        params = {"access_token": query.credentials["FACEBOOK_ACCESS_TOKEN"]}
        if query.kind == "link":
            params |= {"id": query.subject, "fields": "engagement"}
            reply = session.fetch_json(f"{base}/", params=params)
            yield from counts(field(reply, "engagement"), query)
            return
        params["fields"] = FIELDS[query.kind]
        url = f"{base}/{quote(query.subject)}"
        reply = session.fetch_json(url, params=params)
        shared = find(reply, "shares") is not None
        if query.kind == "page" or shared or find(reply, "reactions") is None:
            yield from counts(reply, query)
            return
        # A post that nobody shared, or not for us to know, has no shares at all.
        rest = tuple(metric for metric in query.metrics if metric.name != "shares")
        yield from counts(reply, replace(query, metrics=rest))
        if rest != query.metrics:
            raise NoCount("Facebook gives no shares of this post: none, or none to us")
