"""GoatCounter: visitors of a site or of one page, as its public counter says."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from urllib.parse import quote

from ...model.errors import ChangedShape
from ...model.values import Reading, Span
from ..base import Kind, Metric, Provider, Query, Session
from ..parsing import count, field

# A number as the site's owner wants it shown: with any of these between thousands.
FORMATTED = re.compile("[0-9]{1,3}([ .,'’\u2009\u202f\u00a0]?[0-9]{3})*")


class GoatCounter(Provider):
    name = "goatcounter"
    label = "GoatCounter"
    docs = "https://www.goatcounter.com/help/visitor-counter"
    server = "goatcounter.com"
    server_variable = "GOATCOUNTER_HOST"
    fresh_for = timedelta(hours=4)
    # fmt: off
    kinds = (
        Kind(name="site", example="all", host="{server}", page="https://{server}/",
             own=True,
             needs_server=True, subject="all", hint="all", metrics=(
            Metric(name="visitors", days=range(1, 366), where="this site",
                   scope="visitors of this site",
                   caveat="Refreshed every few hours; machines are left out."),
        )),
        Kind(name="page", example="/posts/a/", host="{server}",
             own=True,
             page="https://{server}/", needs_server=True, subject=r"/\S*",
             hint="its path, percent-encoded (%2Fposts%2Fa%2F)", metrics=(
            Metric(name="visitors", days=range(1, 366), where="this site",
                   scope="visitors of this page",
                   caveat="Refreshed every few hours; machines are left out."),
        )),
    )
    # fmt: on

    def fetch(self, query: Query, session: Session) -> Iterator[Reading]:
        path = "TOTAL" if query.kind == "site" else quote(query.subject, safe="")
        url = f"https://{query.server}/counter/{path}.json"
        (metric,) = query.metrics
        value, span = 0, None
        if query.window.days:
            # The end of a range is the first hour of its day, counted whole: up to
            # today is one hour too many, which is asked for alone and taken off.
            span, today = (
                Span.before(query.today, query.window.days),
                query.today,
            )
            value = _visitors(url, session, start=span.start, end=today)
            more = _visitors(url, session, start=today, end=today) if value else 0
            if more > value:
                raise ChangedShape("the answer counts more in an hour than in all days")
            value -= more
        else:
            value = _visitors(url, session)
        yield Reading(
            metric=metric.name, value=value, exactness=metric.exactness, span=span
        )


def _visitors(url: str, session: Session, **days: date) -> int:
    params = {name: day.isoformat() for name, day in days.items()}
    # 404 is how it says that nobody was there yet, with a count of "0".
    text = field(session.fetch_json(url, params=params, accept=(404,)), "count")
    if not isinstance(text, str) or not FORMATTED.fullmatch(text):
        raise ChangedShape("the answer has no count that we can read")
    return count(re.sub("[^0-9]", "", text))
