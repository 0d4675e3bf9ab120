"""Tumblr: posts with a tag on the last days, page by page, and single posts."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from urllib.parse import quote

from ...model.errors import NotFound
from ...model.values import Exactness, Reading, Span
from ..base import LOOSE, Budget, Kind, Metric, Provider, Query, Session, totals
from ..daily_series import midnight
from ..parsing import count, counts, either, rows

API = "https://api.tumblr.com/v2"
NEEDS, PAGES, PAGE = ("TUMBLR_API_KEY",), 10, 20


class Tumblr(Provider):
    name = "tumblr"
    label = "Tumblr"
    reply_size = 4_000_000  # 20 posts, each with all of its text
    docs = "https://www.tumblr.com/docs/en/api/v2"
    credentials = {"TUMBLR_API_KEY": ()}
    fresh_for = timedelta(hours=6)
    words = {"reactions": "notes"}
    uncounted = {
        r"(?!www\.)[\w-]+\.tumblr\.com/tagged/.+": "a tag within one blog of Tumblr "
        "has no number that is asked for here",
        r"(?:[\w-]+\.)?tumblr\.com(?:/(?!tagged/)[\w-]+)?": "no number of a blog on "
        "Tumblr is asked for here",
    }
    budgets = (Budget(unit="requests", most=Decimal(1_000)),)
    # fmt: off
    kinds = (
        Kind(name="tag", example="metoo", host="api.tumblr.com", needs=NEEDS,
             subject=LOOSE, page="https://www.tumblr.com/tagged/{subject}",
             addresses=(r"tumblr\.com/tagged/(?P<subject>[^/?]+)",), metrics=(
            Metric(name="posts", exactness=Exactness.AT_LEAST, days=range(1, 4),
                   default_days=1, scope="posts that Tumblr lists under the tag",
                   caveat="Tumblr gives no total: we count what it lists, "
                          f"{PAGES * PAGE} posts at most."),
        )),
        # Of Tumblr's own blog, in 2020; the tests of embera ask for it.
        Kind(name="post", example="staff/619193383820410880", host="api.tumblr.com",
             page="https://www.tumblr.com/{a}/{b}", needs=NEEDS,
             subject=r"[\w.-]+/\d+", hint="its blog, %2F, and its number",
             addresses=(r"tumblr\.com/(?:blog/view/)?(?P<a>[\w-]+)/(?P<b>\d+)(?:/[^/?]*)?",
                        r"(?P<a>[\w-]+)\.tumblr\.com/post/(?P<b>\d+)(?:/[^/?]*)?"),
             metrics=totals({"notes": "response.posts.0.note_count"}, scope="on Tumblr",
                            caveat="Notes are likes, reblogs and replies together.")),
    )
    # fmt: on

    def fetch(self, query: Query, session: Session) -> Iterator[Reading]:
        params: dict[str, str | int] = {"api_key": query.credentials[NEEDS[0]]}
        if query.kind == "post":
            blog, _, post = query.subject.rpartition("/")
            url = f"{API}/blog/{quote(blog, safe='')}/posts"
            reply = session.fetch_json(url, params=params | {"id": post})
            if not rows(reply, "response", "posts"):
                raise NotFound(f"Tumblr has no post {query.subject}")
            yield from counts(reply, query)
            return
        span = Span.before(query.today, query.window.days or 1)
        start, before = midnight(span.start), midnight(query.today)
        found = set()  # of ids: pages may overlap, and a post counts once
        params |= {"tag": query.subject, "limit": PAGE, "filter": "text"}
        for _ in range(PAGES):
            reply = session.fetch_json(
                f"{API}/tagged", params=params | {"before": before}
            )
            posts = rows(reply, "response")
            times = [count(either(p, "featured_timestamp timestamp")) for p in posts]
            found |= {
                str(either(post, "id post_url"))
                for post, time in zip(posts, times, strict=True)
                if start <= time < midnight(query.today)
            }
            if not times or not start <= min(times) < before:
                break  # no more, older than asked for, or the same page again
            before = min(times)
        yield Reading(
            metric="posts", value=len(found), exactness=Exactness.AT_LEAST, span=span
        )
