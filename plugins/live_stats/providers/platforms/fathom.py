"""Fathom: visits and views of a site, of all time and by days, and at this moment."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from ...model.errors import NoCount
from ...model.values import Reading, Span
from ..base import Kind, Metric, Provider, Query, Session, totals
from ..parsing import counts, find, rows

API = "https://api.usefathom.com/v1"


class Fathom(Provider):
    name = "fathom"
    label = "Fathom"
    docs = "https://usefathom.com/api"
    credentials = {"FATHOM_API_KEY": ()}
    fresh_for = timedelta(minutes=30)
    words = {"pageviews": "views"}
    pause = 6.0  # ten sums a minute
    # fmt: off
    kinds = (
        Kind(name="site", example="ABCDEFGH", host="api.usefathom.com",
             own=True,
             page="https://app.usefathom.com/share/{subject}", subject=r"\w+",
             needs=("FATHOM_API_KEY",), hint="the id of the site at Fathom",
             metrics=totals({"visits": "0.visits", "views": "0.pageviews"},
                            days=range(1, 366), scope="of this site", where="this site")
             + (Metric(name="online", path="total", minutes=5, where="this site",
                       scope="visitors of this site"),)),
    )
    # fmt: on

    def fetch(self, query: Query, session: Session) -> Iterator[Reading]:
        key = query.credentials["FATHOM_API_KEY"]
        headers = {"Authorization": f"Bearer {key}"}
        online = [metric for metric in query.metrics if metric.name == "online"]
        if online:
            url, params = f"{API}/current_visitors", {"site_id": query.subject}
            reply = session.fetch_json(url, params=params, headers=headers)
            yield from counts(reply, replace(query, metrics=tuple(online)))
        summed = tuple(one for one in query.metrics if one.name != "online")
        if not summed:
            return
        params = {"entity": "pageview", "entity_id": query.subject}
        params["aggregates"] = "visits,pageviews"
        span = None
        if query.window.days:
            span = Span.before(query.today, query.window.days)
            params["date_from"] = f"{span.start} 00:00:00"
            params["date_to"] = f"{span.end} 23:59:59"
            params["timezone"] = "UTC"
        reply = session.fetch_json(
            f"{API}/aggregations", params=params, headers=headers
        )
        sums = [find(reply, 0, metric.path.partition(".")[2]) for metric in summed]
        if not rows(reply) or all(one is None for one in sums):
            raise NoCount("Fathom counted nothing here yet, or knows no such site")
        yield from counts(reply, replace(query, metrics=summed), span)
