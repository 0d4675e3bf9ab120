"""X: hashtags by day, posts, accounts. Paid per request, so asked once a day."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from urllib.parse import quote

from ..errors import ChangedShape, NotFound
from ..model import Exactness, Reading, Span
from .base import Kind, Metric, Provider, Question, Web, totals
from .days import by_day
from .shape import count, counts, either, field, rows

API = "https://api.x.com/2"
RECENT_DAYS, PAGES = 7, 15
# X is renaming its fields; which names are sent is not settled, so both are read.
POST = {"reposts": "retweet_count repost_count", "likes": "like_count"}
POST |= {"replies": "reply_count", "quotes": "quote_count"}
POST |= {"bookmarks": "bookmark_count", "views": "impression_count"}
ACCOUNT = {"followers": "followers_count", "following": "following_count"}
ACCOUNT |= {"posts": "tweet_count post_count"}
NEEDS, CENT = ("X_BEARER_TOKEN",), Decimal("0.01")


class X(Provider):
    name = "x"
    label = "X"
    docs = "https://docs.x.com/x-api/posts/counts/introduction"
    credentials = {"X_BEARER_TOKEN": ("TWITTER_BEARER_TOKEN", "BEARER_TOKEN")}
    fresh_for = timedelta(days=1)
    requests = 10
    # fmt: off
    kinds = (
        Kind(name="tag", example="metoo", host="api.x.com", needs=NEEDS, dollars=CENT,
             page="https://x.com/hashtag/{subject}", metrics=(
            Metric(name="posts", exactness=Exactness.EXACT, scope="posts on X",
                   days=range(1, 366), default_days=7, additive=True,
                   caveat="Reposts are not counted since 4 May 2026: earlier numbers "
                          "do not compare. Posts that X would hide may be included."),
        )),
        Kind(name="post", example="919659438700670976", host="api.x.com", needs=NEEDS,
             page="https://x.com/i/status/{subject}", dollars=CENT / 2,
             metrics=totals(POST, scope="on X",
                            caveat="Reposts do not include quotes.")),
        Kind(name="account", example="X", host="api.x.com", needs=NEEDS, dollars=CENT,
             page="https://x.com/{subject}", metrics=totals(ACCOUNT, scope="on X")),
    )
    # fmt: on

    def read(self, question: Question, web: Web) -> Iterator[Reading]:
        bearer = f"Bearer {question.credentials['X_BEARER_TOKEN']}"
        headers, subject = {"Authorization": bearer}, quote(question.subject, safe="")
        if question.kind == "tag":
            yield from _days(question, web, headers)
            return
        if question.kind == "post":
            url, names, field_name = f"{API}/tweets/{subject}", POST, "tweet.fields"
            renamed = (url, {"post.fields": "public_metrics"})
        else:
            url, names = f"{API}/users/by/username/{subject}", ACCOUNT
            field_name, renamed = "user.fields", None
        params = {field_name: "public_metrics"}
        reply = web.json(url, params=params, headers=headers, otherwise=renamed)
        if isinstance(reply, dict) and "data" not in reply and reply.get("errors"):
            raise NotFound(f"X has no {question.kind} {question.subject}")
        yield from counts(field(reply, "data", "public_metrics"), names, question)


def _days(question: Question, web: Web, headers: dict[str, str]) -> Iterator[Reading]:
    span = Span.before(question.today, question.window.days or 1)
    params = {
        "query": f"#{question.subject}", "granularity": "day",
        "start_time": f"{span.start}T00:00:00Z",
        "end_time": f"{question.today}T00:00:00Z",
    }  # fmt: skip
    archive = f"{API}/tweets/counts/all"
    url, otherwise = archive, None
    if span.days <= RECENT_DAYS:  # the archive costs twice as much
        url, otherwise = f"{API}/tweets/counts/recent", (archive, dict(params))
    days: Counter[date] = Counter()
    metas = []
    for _ in range(PAGES):
        reply = web.json(url, params=params, headers=headers, otherwise=otherwise)
        for entry in rows(reply, "data"):
            day = date.fromisoformat(str(field(entry, "start"))[:10])
            days[day] += count(either(entry, "tweet_count", "post_count"))
        metas.append(field(reply, "meta"))
        if "next_token" not in metas[-1]:
            break
        params["next_token"] = metas[-1]["next_token"]
    else:
        raise ChangedShape("X gave more pages than the days asked for")
    if all(day in days for day in span):  # then what lies outside is left out
        yield from by_day("posts", days, span, Exactness.EXACT)
        return
    names = ("total_tweet_count", "total_post_count")
    total = sum(count(either(meta, *names)) for meta in metas)
    yield Reading(metric="posts", value=total, exactness=Exactness.EXACT, span=span)
