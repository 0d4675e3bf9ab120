"""GDELT: how many news articles, worldwide, held a word."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from ...model.errors import ChangedShape
from ...model.values import Reading, Span
from ..base import LOOSE, Kind, Metric, Provider, Query, Session
from ..daily_series import known_days
from ..parsing import count, field, find, rows, stamped_day

API = "https://api.gdeltproject.org/api/v2/doc/doc"
SHORTEST_QUOTED = 5  # letters
FINE = ("15m", "15min", "hour", "day")


class Gdelt(Provider):
    name = "gdelt"
    label = "GDELT"
    reply_size = 4_000_000  # each day since 2017
    docs = "https://blog.gdeltproject.org/gdelt-doc-2-0-api-debuts/"
    fresh_for = timedelta(hours=6)
    pause = 5.0
    attribution = "News articles: The GDELT Project, https://www.gdeltproject.org/"
    # fmt: off
    kinds = (
        Kind(name="tag", example="metoo", subject=LOOSE, host="api.gdeltproject.org",
             page=f"{API}?query={{subject}}&mode=timelinevolraw&format=html",
             metrics=(
            Metric(name="articles", days=range(1, 91), default_days=7, daily=True,
                   scope="news articles seen by GDELT", since=date(2017, 1, 1),
                   caveat="Articles that hold the word, as GDELT finds them in many "
                          "languages; reprints of one report count each."),
        )),
    )
    # fmt: on

    def fetch(self, query: Query, session: Session) -> Iterator[Reading]:
        span = Span.before(query.today, query.window.days or 1)
        first = min(query.since or span.start, span.start)
        params = {
            "query": _query(query.subject), "mode": "timelinevolraw",
            "format": "json", "startdatetime": f"{first:%Y%m%d}000000",
            "enddatetime": f"{span.end:%Y%m%d}235959",
        }  # fmt: skip
        reply = session.fetch_json(API, params=params, text_is_reason=True)
        (metric,) = query.metrics
        if reply == {} or rows(reply, "timeline") == []:  # no article at all
            yield from known_days(metric, {day: 0 for day in span}, span)
            return
        if (find(reply, "query_details", "date_resolution") or "day") not in FINE:
            raise ChangedShape("GDELT counted longer spans than days")
        days: Counter[date] = Counter()
        for point in rows(reply, "timeline", 0, "data"):
            day = stamped_day(field(point, "date"), "%Y%m%dT%H%M%SZ")
            days[day] += count(field(point, "value"))
        if not any(day in days for day in span):
            raise ChangedShape("GDELT counted other days than were asked for")
        yield from known_days(metric, days, span)


def _query(word: str) -> str:
    """The word in quotation marks; a short one without: GDELT refuses it in them."""
    plain = all(sign.isalnum() or not sign.isascii() for sign in word)
    return word if plain and len(word) < SHORTEST_QUOTED else f'"{word}"'
