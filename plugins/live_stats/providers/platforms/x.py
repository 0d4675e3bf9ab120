"""X: hashtags by day, posts, accounts. Paid per request, so asked once a day."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NoReturn
from urllib.parse import quote

from ...model.errors import ChangedShape, Gone, Hidden, NoCount, NotFound
from ...model.values import Reading, Span
from ..base import Break, Budget, Kind, Metric, Provider, Query, Session, totals
from ..daily_series import by_day
from ..facts import Archive
from ..parsing import count, counts, either, field, find, iso_time, rows, text
from ..spelling import account

API = "https://api.x.com/2"
# The recent counts begin 7 x 24 hours ago to the minute: of days from 00:00, six.
RECENT_DAYS = 6
PAGES = 15
NEEDS = ("X_BEARER_TOKEN",)
CENT = Decimal("0.01")
HOST = r"(?:x|twitter)\.com"
NOT_A_NAME = r"(?!(?:i|home|search|hashtag|explore|intent|share|settings)(?:[/?]|$))"


class X(Provider):
    name = "x"
    label = "X"
    docs = "https://docs.x.com/x-api/posts/counts/introduction"
    credentials = {"X_BEARER_TOKEN": ("TWITTER_BEARER_TOKEN", "BEARER_TOKEN")}
    fresh_for = timedelta(days=1)
    requests = 15  # a year from the archive takes 12
    words = {"retweets": "reposts", "favorites": "likes", "favourites": "likes",
             "hearts": "likes", "comments": "replies", "impressions": "views",
             "tweets": "posts"}  # fmt: skip
    uncounted = {
        rf"{HOST}/i/(?:lists|communities|spaces|events|broadcasts)/\w+": "a list, "
        "community or space of X has no number that is asked for here",
    }
    budgets = (Budget(unit="requests", most=Decimal(30)),
               Budget(unit="dollars", most=Decimal("0.25")))  # fmt: skip
    # X is renaming its fields; which names are sent is not settled: both are read.
    # fmt: off
    kinds = (
        Kind(name="tag", example="metoo", host="api.x.com", needs=NEEDS,
             dollars=CENT / 2,
             archive=Archive(after=RECENT_DAYS, dollars=CENT, days=31),
             page="https://x.com/hashtag/{subject}",
             addresses=(rf"{HOST}/hashtag/(?P<subject>[^/?]+)",
                        rf"{HOST}/search\?(?:.*&)?q=%23(?P<subject>[^&+]+)(?:&.*)?"),
             metrics=(
            Metric(name="posts", scope="posts on X", days=range(1, 366),
                   default_days=6, daily=True, additive=True, breaks=(
                       Break(date(2026, 5, 4), "Reposts are no longer counted."),),
                   caveat="Reposts are not counted since 4 May 2026: earlier numbers "
                          "do not compare. Posts that X would hide may be included."),
        )),
        # The oldest post that is left, of 2006: "just setting up my twttr".
        Kind(name="post", example="20", host="api.x.com", needs=NEEDS,
             page="https://x.com/i/status/{subject}", dollars=CENT / 2,
             subject=r"\d{1,19}", hint="the digits at the end of the post's address",
             addresses=(rf"{HOST}/(?:\w+|i/web)/status(?:es)?/(?P<subject>\d+)"
                        r"(?:/(?:photo|video)/\d|/analytics)?",),
             metrics=totals({"reposts": "retweet_count repost_count"}, scope="on X",
                            caveat="Reposts do not include quotes.")
             + totals({"likes": "like_count", "replies": "reply_count",
                       "quotes": "quote_count", "bookmarks": "bookmark_count",
                       "views": "impression_count"}, scope="on X")),
        Kind(name="account", example="X", host="api.x.com", needs=NEEDS, dollars=CENT,
             page="https://x.com/{subject}", subject=r"@?\w{1,15}", hint="its name",
             same=account,
             addresses=(rf"{HOST}/{NOT_A_NAME}(?P<subject>\w{{1,15}})"
                        r"(?:/(?:with_replies|media))?",),
             metrics=totals({"followers": "followers_count",
                             "following": "following_count",
                             "posts": "tweet_count post_count"}, scope="on X")),
    )
    # fmt: on

    def fetch(self, query: Query, session: Session) -> Iterator[Reading]:
        bearer = f"Bearer {query.credentials['X_BEARER_TOKEN']}"
        headers = {"Authorization": bearer}
        subject = quote(query.subject.lstrip("@"), safe="")
        if query.kind == "tag":
            yield from _count_by_day(query, session, headers)
            return
        if query.kind == "account":
            url = f"{API}/users/by/username/{subject}"
            params = {"user.fields": "public_metrics"}
            reply = session.fetch_json(url, params=params, headers=headers)
        else:
            url = f"{API}/tweets/{subject}"
            reply = session.fetch_json(
                url,
                params={"tweet.fields": "public_metrics"},
                headers=headers,
                fallback=(url, {"post.fields": "public_metrics"}),
            )
        if find(reply, "data") is None and find(reply, "errors"):
            _refuse(query, field(reply, "errors", 0))
        yield from _counts(field(reply, "data", "public_metrics"), query)


def _counts(given: Any, query: Query) -> Iterator[Reading]:
    """The numbers of a post or an account, but views that were never counted.

    Views are counted since the end of 2022. An older post has a zero, beside likes that
    nobody gave unseen.
    """
    others = ("like_count", "retweet_count", "repost_count", "reply_count")
    uncounted = find(given, "impression_count") == 0 and any(
        find(given, name) for name in others
    )
    known = [one for one in query.metrics if not (uncounted and one.name == "views")]
    yield from counts(given, replace(query, metrics=tuple(known)))
    if len(known) < len(query.metrics):
        raise NoCount("X has counted no views of this post: it is older than they are")


def _refuse(query: Query, error: Any) -> NoReturn:
    """Raise what X says, with status 200, in place of a post or an account."""
    kind, detail = str(find(error, "type")), str(find(error, "detail"))
    if "suspended" in detail:
        raise Gone(f"X has suspended the account of this {query.kind}")
    if kind.endswith("not-authorized-for-resource"):
        raise Hidden(f"the owner of this {query.kind} shows it to chosen people only")
    raise NotFound(f"X has no {query.kind} {query.subject}")


def _count_by_day(
    query: Query, session: Session, headers: dict[str, str]
) -> Iterator[Reading]:
    """The posts with a hashtag, by day, from the recent counts or the archive."""
    span = Span.before(query.today, query.window.days or 1)
    params = {
        "query": f"#{query.subject}", "granularity": "day",
        "start_time": f"{span.start}T00:00:00Z",
        "end_time": f"{query.today}T00:00:00Z",
    }  # fmt: skip
    archive = f"{API}/tweets/counts/all"
    url, fallback = archive, None
    if span.days <= RECENT_DAYS:  # the archive costs twice as much
        url, fallback = f"{API}/tweets/counts/recent", (archive, dict(params))
    days: Counter[date] = Counter()
    metas = []
    for _ in range(PAGES):
        reply = session.fetch_json(
            url, params=params, headers=headers, fallback=fallback
        )
        for entry in rows(reply, "data"):
            day = iso_time(field(entry, "start")).date()
            if day in span:
                days[day] += count(either(entry, "tweet_count post_count"))
        metas.append(field(reply, "meta"))
        if (more := find(metas[-1], "next_token")) is None:
            break
        params["next_token"] = text(more)
    else:
        raise ChangedShape("X gave more pages than the days asked for")
    (metric,) = query.metrics
    if all(day in days for day in span):
        yield from by_day(metric, days, span)
        return
    total = sum(
        count(either(meta, "total_tweet_count total_post_count")) for meta in metas
    )
    yield Reading(
        metric=metric.name, value=total, exactness=metric.exactness, span=span
    )
