"""Umami: visitors and views of a site by days, and at this moment."""

from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import quote

from ...model.errors import NoCount
from ...model.values import Reading, Span
from ..base import Kind, Metric, Provider, Query, Session, totals
from ..daily_series import midnight
from ..parsing import counts, either

CLOUD = "api.umami.is"


class Umami(Provider):
    name = "umami"
    label = "Umami"
    docs = "https://umami.is/docs/api/website-stats"
    server = CLOUD
    server_variable = "UMAMI_HOST"
    credentials = {"UMAMI_API_KEY": ()}
    fresh_for = timedelta(minutes=30)
    words = {"pageviews": "views"}
    # fmt: off
    kinds = (
        Kind(name="site", example="86d4095c-a2a8-4fc8-9521-103e858e2b41",
             own=True,
             host="{server}", page="https://{server}/", needs=("UMAMI_API_KEY",),
             subject=r"[\w-]+", hint="the id of the website at Umami",
             # Older versions wrap each number: {"value": 5}.
             metrics=totals({"visitors": "visitors.value visitors uniques.value",
                             "views": "pageviews.value pageviews",
                             "visits": "visits.value visits"}, days=range(1, 366),
                            default_days=30, scope="of this site", where="this site")
             + (Metric(name="online", path="visitors x", minutes=5, where="this site",
                       scope="visitors of this site"),)),
    )
    # fmt: on

    def fetch(self, query: Query, session: Session) -> Iterator[Reading]:
        key, host = query.credentials["UMAMI_API_KEY"], query.server
        base, headers = f"https://{host}/api", {"Authorization": f"Bearer {key}"}
        if host == CLOUD:
            base, headers = f"https://{host}/v1", {"x-umami-api-key": key}
        site = f"{base}/websites/{quote(query.subject, safe='')}"
        if query.window.days is None:
            reply = session.fetch_json(f"{site}/active", headers=headers)
            if reply is None or either(reply, "visitors x") is None:
                raise NoCount(f"{host} does not say who is there")
            yield from counts(reply, query)
            return
        span = Span.before(query.today, query.window.days)
        params = {"startAt": midnight(span.start) * 1000}
        params["endAt"] = midnight(query.today) * 1000 - 1
        reply = session.fetch_json(f"{site}/stats", params=params, headers=headers)
        yield from counts(reply, query, span)
