"""Hacker News: stories that hold a word, and single items."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import quote

from ...model.values import Exactness, Reading, Span
from ..base import LOOSE, Kind, Metric, Params, Provider, Query, Session, totals
from ..daily_series import midnight
from ..parsing import count, counts, field, find, rows

API = "https://hn.algolia.com/api/v1"
WORD: dict[str, Any] = {
    "exactness": Exactness.ESTIMATE,
    "caveat": "A search of the full text for the word: Hacker News has no hashtags.",
}


class HackerNews(Provider):
    name = "hackernews"
    label = "Hacker News"
    docs = "https://hn.algolia.com/api"
    fresh_for = timedelta(hours=1)
    words = {"upvotes": "points", "score": "points", "stories": "posts"}
    uncounted = {
        r"news\.ycombinator\.com/(?:user|threads|submitted|from).*": "Hacker News is "
        "asked for single posts, and for a word",
    }
    # fmt: off
    kinds = (
        Kind(name="tag", example="metoo", subject=LOOSE, host="hn.algolia.com",
             page="https://hn.algolia.com/?query=%22{subject}%22&sort=byDate&type=story",
             metrics=(
            Metric(name="posts", days=range(1, 366), default_days=30,
                   scope="stories on Hacker News with the word", **WORD),
            Metric(name="mentions", **WORD,
                   scope="stories on Hacker News with the word, since 2006"),
        )),
        # "My YC app: Dropbox", the item in the documentation of the API.
        Kind(name="post", example="8863", host="hn.algolia.com",
             page="https://news.ycombinator.com/item?id={subject}",
             subject=r"\d+", hint="the number behind item?id=",
             addresses=(r"news\.ycombinator\.com/item\?(?:.*&)?id=(?P<subject>\d+)(?:&.*)?",),
             metrics=totals({"points": "points"}, scope="on Hacker News")
             + totals({"replies": "children"}, scope="on Hacker News",
                      caveat="Direct replies only, not the replies to them.")),
    )
    # fmt: on

    def fetch(self, query: Query, session: Session) -> Iterator[Reading]:
        if query.kind == "post":
            item = session.fetch_json(f"{API}/items/{quote(query.subject, safe='')}")
            known = {"points": field(item, "points")}
            known |= {"children": len(rows(item, "children"))}
            hidden = "Hacker News gives no points of this item"  # a comment's are null
            yield from counts(known, query, hidden=hidden)
            return
        params: Params = {
            "query": f'"{query.subject}"', "tags": "story", "hitsPerPage": 0,
            "typoTolerance": "false",
        }  # fmt: skip
        span = None
        if query.window.days:
            span = Span.before(query.today, query.window.days)
            start, end = midnight(span.start), midnight(query.today)
            params["numericFilters"] = f"created_at_i>={start},created_at_i<{end}"
        reply = session.fetch_json(f"{API}/search_by_date", params=params)
        value = count(field(reply, "nbHits"))
        exhaustive = True in (
            find(reply, "exhaustive", "nbHits"),
            find(reply, "exhaustiveNbHits"),  # its name until 2022
        )
        for metric in query.metrics:
            yield Reading(
                metric=metric.name,
                value=value,
                exactness=Exactness.EXACT if exhaustive else metric.exactness,
                span=span,
            )
