"""Wikipedia: how often people opened an article. Attention, not use of a hashtag."""

from collections.abc import Iterator
from datetime import date, timedelta
from urllib.parse import quote

from ...model.errors import NoCount
from ...model.values import Reading, Span
from ..base import Kind, Metric, Provider, Query, Session
from ..daily_series import known_days
from ..parsing import count, field, rows, stamped_day, text
from ..spelling import article_title

API = "https://wikimedia.org/api/rest_v1/metrics/pageviews/per-article"
LATE = 4  # days that the newest numbers may take to appear


class Wikipedia(Provider):
    name = "wikipedia"
    label = "Wikipedia"
    reply_size = 4_000_000  # each day since 2015
    docs = "https://doc.wikimedia.org/generated-data-platform/aqs/analytics-api/"
    server = "en.wikipedia"
    server_ending = ".org"
    fresh_for = timedelta(hours=6)
    words = {"pageviews": "views", "visits": "views", "hits": "views"}
    attribution = "Page views: Wikimedia Foundation, CC0."
    # fmt: off
    kinds = (
        Kind(name="article", example="MeToo_movement", host="wikimedia.org",
             page="https://{server}.org/wiki/{subject}",
             subject=r"[^#<>\[\]{}|\x00-\x1f\x7f]+", same=article_title,
             addresses=(r"(?P<server>[\w-]+\.wikipedia)\.org/(?:wiki|zh(?:-\w+)?|"
                        r"sr-e[cl])/(?P<subject>[^?]+)",
                        r"(?P<server>[\w-]+\.wikipedia)\.org/w/index\.php\?(?:.*&)?"
                        r"title=(?P<subject>[^&]+)(?:&.*)?"),
             metrics=(
            Metric(name="views", days=range(1, 366), default_days=30, daily=True,
                   where="{server}.org", since=date(2015, 7, 1),
                   scope="views by people, as Wikimedia tells them from machines",
                   caveat="A view of the article, not a use of the hashtag. Views of "
                          "other titles that lead here are left out."),
        )),
    )
    # fmt: on

    def fetch(self, query: Query, session: Session) -> Iterator[Reading]:
        wanted = query.window.days or 1
        span = Span.before(query.today, wanted + LATE)
        first = min(query.since or span.start, span.start)
        title = quote(query.subject.replace(" ", "_"), safe="")
        path = f"{query.server}/all-access/user/{title}/daily"
        days: dict[date, int] = {}
        reply = session.fetch_json(f"{API}/{path}/{first:%Y%m%d}00/{span.end:%Y%m%d}00")
        for item in rows(reply, "items"):
            day = stamped_day(text(field(item, "timestamp"))[:8], "%Y%m%d")
            if first <= day <= span.end:  # never the day that is not over
                days[day] = count(field(item, "views"))
        if not days or max(days) < span.end - timedelta(days=LATE):
            raise NoCount("Wikimedia has published no views of the last days")
        last = Span.before(max(days) + timedelta(days=1), wanted)
        (metric,) = query.metrics
        yield from known_days(metric, days, last)
