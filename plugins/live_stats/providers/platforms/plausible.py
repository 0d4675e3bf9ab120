"""Plausible: visitors and views of a site by days, and at this moment."""

from collections.abc import Iterator
from datetime import timedelta

from ...model.values import Reading, Span
from ..base import NAME, Kind, Metric, Provider, Query, Session, totals
from ..parsing import count, counts, field


class Plausible(Provider):
    name = "plausible"
    label = "Plausible"
    docs = "https://plausible.io/docs/stats-api"
    server = "plausible.io"
    server_variable = "PLAUSIBLE_HOST"
    credentials = {"PLAUSIBLE_API_KEY": ()}
    fresh_for = timedelta(minutes=30)
    words = {"pageviews": "views"}
    # fmt: off
    kinds = (
        Kind(name="site", example="example.org", host="{server}",
             own=True,
             page="https://{server}/{subject}", needs=("PLAUSIBLE_API_KEY",),
             subject=NAME, hint="its domain, as Plausible knows it",
             metrics=totals({"visitors": "visitors", "views": "pageviews",
                             "visits": "visits"}, days=range(1, 366), default_days=30,
                            scope="of this site", where="this site")
             + (Metric(name="online", minutes=5, where="this site",
                       scope="visitors of this site"),)),
    )
    # fmt: on

    def fetch(self, query: Query, session: Session) -> Iterator[Reading]:
        base = f"https://{query.server}/api"
        key = query.credentials["PLAUSIBLE_API_KEY"]
        headers = {"Authorization": f"Bearer {key}"}
        if query.window.days is None:
            url = f"{base}/v1/stats/realtime/visitors"
            params = {"site_id": query.subject}
            now = count(session.fetch_json(url, params=params, headers=headers))
            (metric,) = query.metrics
            yield Reading(metric=metric.name, value=now, exactness=metric.exactness)
            return
        span = Span.before(query.today, query.window.days)
        names = [metric.path for metric in query.metrics]
        body = {
            "site_id": query.subject,
            "metrics": names,
            # Days alone would be those of the site's own time zone.
            "date_range": [
                f"{span.start}T00:00:00+00:00",
                f"{span.end}T23:59:59+00:00",
            ],
        }
        reply = session.fetch_json(f"{base}/v2/query", body=body, headers=headers)
        given = field(reply, "results", 0, "metrics")  # in the order asked for
        named = {name: field(given, at) for at, name in enumerate(names)}
        yield from counts(named, query, span)
