"""Simple Analytics: visitors and views of a site, or of one page, by days."""

from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import quote

from ...model.errors import RateLimited, Refused
from ...model.values import Reading, Span
from ..base import NAME, Kind, Provider, Query, Session, totals
from ..parsing import counts, field, find, limit_in_words

PATHS = {"visitors": "visitors", "views": "pageviews"}
HERE = {"days": range(1, 366), "default_days": 30, "where": "this site"}


class SimpleAnalytics(Provider):
    name = "simpleanalytics"
    label = "Simple Analytics"
    docs = "https://docs.simpleanalytics.com/api/stats"
    credentials = {"SIMPLEANALYTICS_API_KEY": ()}
    fresh_for = timedelta(hours=1)
    words = {"pageviews": "views"}
    # fmt: off
    kinds = (
        Kind(name="site", example="example.org", host="simpleanalytics.com",
             own=True,
             page="https://simpleanalytics.com/{subject}",
             subject=NAME, hint="its domain",
             metrics=totals(PATHS, scope="of this site", **HERE)),
        Kind(name="page", example="example.org/posts/a", host="simpleanalytics.com",
             own=True,
             page="https://simpleanalytics.com/{subject}", subject=r"[^/\s]+/\S+",
             hint="the domain and its path (example.org%2Fposts%2Fa)",
             metrics=totals(PATHS, scope="of this page", **HERE)),
    )
    # fmt: on

    def fetch(self, query: Query, session: Session) -> Iterator[Reading]:
        span = Span.before(query.today, query.window.days or 1)
        params = {
            "version": "6", "fields": "pageviews,visitors", "info": "false",
            "start": f"{span.start}", "end": f"{span.end}", "timezone": "UTC",
        }  # fmt: skip
        key = query.credentials.get("SIMPLEANALYTICS_API_KEY")
        headers = {"Api-Key": key} if key else None
        path = quote(query.subject, safe="/")
        url = f"https://simpleanalytics.com/{path}.json"
        reply = session.fetch_json(url, params=params, headers=headers)
        if field(reply, "ok") is not True:
            if limit_in_words(str(find(reply, "error"))):
                raise RateLimited("simpleanalytics.com says we ask too often")
            raise Refused("this site's numbers are not public, or the key is not right")
        yield from counts(reply, query, span)
