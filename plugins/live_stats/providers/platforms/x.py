"""X: hashtags by day, posts, accounts. Paid per request, so asked once a day."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from urllib.parse import quote

from ...model.errors import NotFound
from ...model.values import Reading
from ..base import Budget, Kind, Metric, Provider, Question, Web, totals
from ..parsing import counts, field
from .x_counts import API, by_days

NEEDS, CENT = ("X_BEARER_TOKEN",), Decimal("0.01")
HOST = r"(?:www\.|mobile\.)?(?:x|twitter)\.com"
AWAY = r"(?!i/|home|search|hashtag/|explore)"


class X(Provider):
    name = "x"
    label = "X"
    docs = "https://docs.x.com/x-api/posts/counts/introduction"
    credentials = {"X_BEARER_TOKEN": ("TWITTER_BEARER_TOKEN", "BEARER_TOKEN")}
    fresh_for = timedelta(days=1)
    requests = 10
    budgets = (Budget(unit="requests", most=Decimal(30)),
               Budget(unit="dollars", most=Decimal("0.25")))  # fmt: skip
    # X is renaming its fields; which names are sent is not settled: both are read.
    # fmt: off
    kinds = (
        Kind(name="tag", example="metoo", host="api.x.com", needs=NEEDS, dollars=CENT,
             page="https://x.com/hashtag/{subject}",
             addresses=(rf"{HOST}/hashtag/(?P<subject>[^/?]+)",), metrics=(
            Metric(name="posts", scope="posts on X", days=range(1, 366),
                   default_days=6, additive=True, breaks=(
                       (date(2026, 5, 4), "Reposts are no longer counted."),),
                   caveat="Reposts are not counted since 4 May 2026: earlier numbers "
                          "do not compare. Posts that X would hide may be included."),
        )),
        Kind(name="post", example="919659438700670976", host="api.x.com", needs=NEEDS,
             page="https://x.com/i/status/{subject}", dollars=CENT / 2,
             subject=r"\d{1,19}", hint="the digits at the end of the post's address",
             addresses=(rf"{HOST}/(?:\w+|i/web)/status/(?P<subject>\d+)(?:/\w+/\d)?",),
             metrics=totals({"reposts": "retweet_count repost_count"}, scope="on X",
                            caveat="Reposts do not include quotes.")
             + totals({"likes": "like_count", "replies": "reply_count",
                       "quotes": "quote_count", "bookmarks": "bookmark_count",
                       "views": "impression_count"}, scope="on X")),
        Kind(name="account", example="X", host="api.x.com", needs=NEEDS, dollars=CENT,
             page="https://x.com/{subject}", subject=r"@?\w{1,15}", hint="its name",
             addresses=(rf"{HOST}/{AWAY}(?P<subject>\w{{1,15}})",),
             metrics=totals({"followers": "followers_count",
                             "following": "following_count",
                             "posts": "tweet_count post_count"}, scope="on X")),
    )
    # fmt: on

    def read(self, question: Question, web: Web) -> Iterator[Reading]:
        bearer = f"Bearer {question.credentials['X_BEARER_TOKEN']}"
        headers = {"Authorization": bearer}
        subject = quote(question.subject.lstrip("@"), safe="")
        if question.kind == "tag":
            yield from by_days(question, web, headers)
            return
        url, params = f"{API}/tweets/{subject}", {"tweet.fields": "public_metrics"}
        renamed = (url, {"post.fields": "public_metrics"})
        if question.kind == "account":
            url, renamed = f"{API}/users/by/username/{subject}", None
            params = {"user.fields": "public_metrics"}
        reply = web.json(url, params=params, headers=headers, otherwise=renamed)
        if isinstance(reply, dict) and "data" not in reply and reply.get("errors"):
            raise NotFound(f"X has no {question.kind} {question.subject}")
        yield from counts(field(reply, "data", "public_metrics"), question)
