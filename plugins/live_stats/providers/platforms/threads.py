"""Threads: posts found under a hashtag on the last days, and own posts."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from ...model.errors import NoCount
from ...model.values import Exactness, Reading, Span
from ..base import LOOSE, Budget, Kind, Metric, Provider, Query, Session, totals
from ..daily_series import midnight
from ..parsing import counts, either, field, find, iso_time, rows, text

API, PAGES, PAGE = "https://graph.threads.net/v1.0", 10, 100
WEB = r"threads\.(?:net|com)"
TOKEN, APPROVED = "THREADS_ACCESS_TOKEN", "THREADS_KEYWORD_SEARCH_APPROVED"
NAMES = ("views", "likes", "replies", "reposts", "quotes", "shares")


class Threads(Provider):
    name = "threads"
    label = "Threads"
    docs = "https://developers.facebook.com/docs/threads/keyword-search"
    credentials = {TOKEN: ()}
    # Without Meta's approval a search silently covers the user's own posts only: a
    # wrong number that looks right. So the operator has to say "yes".
    options = {APPROVED: ""}
    words = {"hearts": "likes", "comments": "replies"}
    uncounted = {
        rf"{WEB}/(?:@[\w.]+/post|t)/[\w-]+(?:/media)?": "Threads gives the numbers of "
        "one's own posts only, for an id that is not in the address",
        rf"{WEB}/@[\w.]+(?:/(?:replies|reposts|media))?": "Threads gives no number of "
        "somebody else's account",
    }
    fresh_for = timedelta(hours=6)
    budgets = (Budget(unit="requests", most=Decimal(2_000)),)
    # fmt: off
    kinds = (
        Kind(name="tag", example="metoo", subject=LOOSE, host="graph.threads.net",
             page="https://www.threads.net/search?q={subject}&serp_type=tags",
             addresses=(rf"{WEB}/search/?\?(?:.*&)?q=(?:%23)?(?P<subject>[^&]+)"
                        r"(?:&.*)?",),
             needs=(TOKEN, APPROVED), metrics=(
            Metric(name="posts", exactness=Exactness.AT_LEAST, days=range(1, 8),
                   default_days=1, scope="public posts that Threads finds",
                   caveat="Threads gives no total: we count what it lists, "
                          f"{PAGES * PAGE:,} posts at most. One topic tag a post."),
        )),
        Kind(name="post", example="18000000000000001", host="graph.threads.net",
             own=True,
             page="https://www.threads.net/", needs=(TOKEN,), subject=r"\d+",
             hint="the id that the interface of Threads gives one of your own posts",
             metrics=totals({name: name for name in NAMES}, scope="on Threads")),
    )
    # fmt: on

    def fetch(self, query: Query, session: Session) -> Iterator[Reading]:
        params: dict[str, str | int] = {"access_token": query.credentials[TOKEN]}
        if query.kind == "post":
            params["metric"] = ",".join(metric.name for metric in query.metrics)
            url = f"{API}/{quote(query.subject)}/insights"
            reply = session.fetch_json(url, params=params)
            if not rows(reply, "data"):  # of reposts, by the documentation
                raise NoCount("Threads counts nothing for this post: it is a repost")
            values = {text(field(one, "name")): one for one in rows(reply, "data")}
            totals_ = {name: _value(one) for name, one in values.items()}
            yield from counts(totals_, query)
            return
        span = Span.before(query.today, query.window.days or 1)
        found: set[str] = set()  # pages overlap at times
        params |= {"q": query.subject, "search_type": "RECENT", "search_mode": "TAG"}
        params |= {"since": midnight(span.start), "until": midnight(query.today)}
        params |= {"limit": PAGE, "fields": "id,timestamp"}
        for _ in range(PAGES):
            reply = session.fetch_json(f"{API}/keyword_search", params=params)
            posts = {text(field(one, "id")): one for one in rows(reply, "data")}
            times = {post: find(one, "timestamp") for post, one in posts.items()}
            days = {post: iso_time(time).date() for post, time in times.items() if time}
            found |= {post for post in posts if days.get(post, span.end) in span}
            after = find(reply, "paging", "cursors", "after")
            older = any(day < span.start for day in days.values())
            if not posts or not after or older:
                break
            params["after"] = text(after)
        if not found:  # sensitive words are answered with nothing
            raise NoCount("Threads lists nothing: none, or none that it shows")
        yield Reading(
            metric="posts", value=len(found), exactness=Exactness.AT_LEAST, span=span
        )


def _value(one: Any) -> object:
    """An insight's number, in either of its two shapes."""
    return either(one, "total_value.value values.0.value")
