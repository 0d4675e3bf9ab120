"""dev.to: articles with a tag, page by page, and single articles."""

from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import quote

from ...model.values import Exactness, Reading
from ..base import LOOSE, Kind, Metric, Params, Provider, Query, Session, totals
from ..parsing import count, counts, field, rows

API = "https://dev.to/api/articles"
PAGES, PAGE = 10, 1000
ACCEPT = {"Accept": "application/vnd.forem.api-v1+json"}


class DevTo(Provider):
    name = "devto"
    label = "dev.to"
    reply_size = 4_000_000  # 1,000 articles
    docs = "https://developers.forem.com/api/v1"
    fresh_for = timedelta(hours=6)
    pause = 1.0
    words = {"likes": "reactions", "hearts": "reactions", "replies": "comments",
             "posts": "articles"}  # fmt: skip
    uncounted = {
        r"dev\.to/(?!t/)\w+": "no number of an author on dev.to is asked for here",
    }
    # fmt: off
    kinds = (
        Kind(name="tag", example="metoo", subject=LOOSE, host="dev.to",
             page="https://dev.to/t/{subject}",
             addresses=(r"dev\.to/t/(?P<subject>\w+)(?:/latest|/top/\w+)?",), metrics=(
            Metric(name="articles", exactness=Exactness.AT_LEAST,
                   scope="published articles with the tag",
                   caveat="dev.to gives no total: we count the articles that it lists, "
                          f"{PAGES * PAGE:,} at most."),
        )),
        # The article in the documentation of the API of Forem.
        Kind(name="article", example="150589", host="dev.to",
             page="https://dev.to/{subject}",
             subject=r"\d+|\w+/[\w-]+", hint="its number, or author%2Fname",
             addresses=(r"dev\.to/(?!t/)(?P<a>\w+)/(?P<b>[\w-]+)",),
             metrics=totals({"reactions": "public_reactions_count",
                             "comments": "comments_count"}, scope="on dev.to")),
    )
    # fmt: on

    def fetch(self, query: Query, session: Session) -> Iterator[Reading]:
        if query.kind == "article":
            url = f"{API}/{quote(query.subject)}"
            yield from counts(session.fetch_json(url, headers=ACCEPT), query)
            return
        found: set[int] = set()  # articles move to the next page meanwhile
        for page in range(1, PAGES + 1):
            params: Params = {"tag": query.subject, "per_page": PAGE, "page": page}
            articles = rows(session.fetch_json(API, params=params, headers=ACCEPT))
            found |= {count(field(article, "id")) for article in articles}
            if len(articles) < PAGE:
                break
        yield Reading(metric="articles", value=len(found), exactness=Exactness.AT_LEAST)
