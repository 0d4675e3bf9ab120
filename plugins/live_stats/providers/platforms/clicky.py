"""Clicky: visitors of a site, yesterday and at this moment."""

from collections.abc import Iterator
from datetime import timedelta

from ...model.errors import ChangedShape, RateLimited, Refused
from ...model.values import Reading, Span
from ..base import Kind, Metric, Provider, Query, Session
from ..parsing import count, field, find, limit_in_words, rows, text

API = "https://api.clicky.com/api/stats/4"
ZONE = "The day is one of the site's own time zone."


class Clicky(Provider):
    name = "clicky"
    label = "Clicky"
    docs = "https://clicky.com/help/api"
    credentials = {"CLICKY_SITEKEY": ()}
    fresh_for = timedelta(minutes=30)
    words = {"actions": "views"}
    # fmt: off
    kinds = (
        Kind(name="site", example="100000000", host="api.clicky.com",
             own=True,
             page="https://clicky.com/{subject}", needs=("CLICKY_SITEKEY",),
             subject=r"\d+", hint="the number of the site at Clicky", metrics=(
            Metric(name="visitors", path="visitors", days=range(1, 2), default_days=1,
                   scope="visitors of this site", caveat=ZONE),
            Metric(name="views", path="actions", days=range(1, 2), default_days=1,
                   scope="actions on this site",
                   caveat=f"Downloads and clicks away are actions too. {ZONE}"),
            Metric(name="online", path="visitors-online", minutes=5,
                   scope="visitors on this site"),
        )),
    )
    # fmt: on

    def fetch(self, query: Query, session: Session) -> Iterator[Reading]:
        span = None
        params = {
            "site_id": query.subject, "output": "json",
            "sitekey": query.credentials["CLICKY_SITEKEY"],
            "type": ",".join(metric.path for metric in query.metrics),
        }  # fmt: skip
        if query.window.days:
            span = Span.before(query.today, query.window.days)
            params["date"] = span.start.isoformat()
        reply = session.fetch_json(API, params=params)
        errors = [find(one, "error") for one in rows(reply)]
        if any(limit_in_words(str(error)) for error in errors):
            raise RateLimited("api.clicky.com says we ask too often")
        if any(error is not None for error in errors):
            raise Refused("api.clicky.com does not let us read this")
        types = {text(field(one, "type")): one for one in rows(reply)}
        for metric in query.metrics:
            given = field(types, metric.path, "dates", 0)
            if span and find(given, "date") not in (None, span.start.isoformat()):
                raise ChangedShape("the answer has another day than was asked for")
            value = field(given, "items", 0, "value")
            yield Reading(
                metric=metric.name,
                value=count(value),
                exactness=metric.exactness,
                span=span,
            )
