"""Matomo: visits and actions of a site by days, and of the last minutes."""

from collections.abc import Iterator
from datetime import timedelta

from ...model.errors import (
    NoCount,
    NotFound,
    NotOffered,
    RateLimited,
    Refused,
    WantsLogin,
)
from ...model.values import Reading, Span
from ..base import Kind, Metric, Provider, Query, Session, totals
from ..parsing import counts, find, limit_in_words


class Matomo(Provider):
    name = "matomo"
    label = "Matomo"
    docs = "https://developer.matomo.org/api-reference/reporting-api"
    server = "matomo.cloud"
    server_variable = "MATOMO_URL"
    credentials = {"MATOMO_TOKEN": ()}
    fresh_for = timedelta(minutes=30)
    words = {"pageviews": "views", "actions": "views"}
    # fmt: off
    kinds = (
        Kind(name="site", example="1", host="{server}", page="https://{server}/",
             own=True,
             needs_server=True, subject=r"\d+", hint="the number of the site in Matomo",
             metrics=totals({"visits": "nb_visits", "views": "nb_actions"},
                            days=range(1, 366), default_days=30, where="this site",
                            scope="of this site",
                            caveat="Views include downloads and clicks away. Days "
                                   "are those of the site's own time zone.")
             + (Metric(name="online", path="0.visitors", minutes=30, where="this site",
                       scope="visitors of this site"),)),
    )
    # fmt: on

    def fetch(self, query: Query, session: Session) -> Iterator[Reading]:
        form: dict[str, str | int] = {
            "module": "API", "format": "JSON", "idSite": query.subject,
        }  # fmt: skip
        if token := query.credentials.get("MATOMO_TOKEN"):
            form["token_auth"] = token  # in the body, so that no log has it
        span = None
        if query.window.days:
            span = Span.before(query.today, query.window.days)
            form |= {"method": "VisitsSummary.get", "period": "range"}
            form["date"] = f"{span.start},{span.end}"
        else:
            form |= {"method": "Live.getCounters", "lastMinutes": 30}
        reply = session.fetch_json(f"https://{query.server}/index.php", form=form)
        if find(reply, "result") == "error":
            if limit_in_words(str(find(reply, "message"))):
                raise RateLimited(f"{query.server} says we ask too often")
            if "is not activated" in str(find(reply, "message")):
                raise NotOffered(f"{query.server} has a part of Matomo turned off")
            if "unexpected website" in str(find(reply, "message")):
                raise NotFound(f"{query.server} has no site {query.subject}")
            refused = Refused if token else WantsLogin
            raise refused(f"{query.server} does not let us read this")
        if reply == []:  # so it says "no data" of some reports
            raise NoCount(f"{query.server} has no data of these days")
        yield from counts(reply, query, span)
