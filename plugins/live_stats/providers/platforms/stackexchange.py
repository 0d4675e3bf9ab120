"""Stack Exchange: questions that carry a tag."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from ...model.errors import (
    ChangedShape,
    NotFound,
    RateLimited,
    Refused,
    Unreachable,
)
from ...model.values import Reading
from ..base import LOOSE, Budget, Kind, Metric, Provider, Query, Session
from ..parsing import count, counts, find, rows, seconds_in_words

SITE = (
    r"(?:(?:[a-z]{2}\.)?stackoverflow|superuser|serverfault|askubuntu|stackapps|"
    r"[\w.-]+\.stackexchange)"
)
"""A pattern of the hosts of its sites, without .com."""


class StackExchange(Provider):
    name = "stackexchange"
    label = "Stack Exchange"
    docs = "https://api.stackexchange.com/docs/tags-by-name"
    server = "stackoverflow"
    server_ending = ".com"
    credentials = {"STACKEXCHANGE_KEY": ()}
    fresh_for = timedelta(hours=6)
    uncounted = {
        rf"{SITE}\.com/(?:questions|q|a|users|u)/\d+(?:/.*)?": "no number of a "
        "single question, answer or person is asked for here",
    }
    budgets = (Budget(unit="requests", most=Decimal(300)),)
    attribution = "Questions: Stack Exchange, CC BY-SA, https://stackexchange.com/"
    # fmt: off
    kinds = (
        Kind(name="tag", example="python", subject=LOOSE, host="api.stackexchange.com",
             page="https://{server}.com/questions/tagged/{subject}",
             addresses=(rf"(?P<server>{SITE})\.com/(?:questions/tagged|tags)/"
                        r"(?P<subject>[^/?]+)(?:/info)?",), metrics=(
            Metric(name="questions", path="items.0.count", where="{server}",
                   scope="questions on {server} that carry the tag",
                   caveat="Tags of questions, chosen from a list: not a hashtag."),
        )),
    )
    # fmt: on

    def fetch(self, query: Query, session: Session) -> Iterator[Reading]:
        params = {"site": query.server}
        if key := query.credentials.get("STACKEXCHANGE_KEY"):
            params["key"] = key
        subject = quote(query.subject, safe="")
        url = f"https://api.stackexchange.com/2.3/tags/{subject}/info"
        reply = session.fetch_json(url, params=params)
        _check(reply)
        if (seconds := find(reply, "backoff")) is not None:
            session.pause(count(seconds))
        if not rows(reply, "items"):
            raise NotFound(f"{query.server} has no tag {query.subject}")
        yield from counts(reply, query)


def _check(reply: Any) -> None:
    """Raise the failure that a reply with status 200 may be."""
    number = find(reply, "error_id")
    if number is None and find(reply, "error_name") is None:
        return
    host = "api.stackexchange.com"
    if find(reply, "error_name") == "throttle_violation" or number == 502:
        seconds = seconds_in_words(str(find(reply, "error_message")))
        raise RateLimited(f"{host} says we ask too often", seconds)
    if number in (401, 402, 403, 405, 406):
        raise Refused(f"{host} refused our credentials")
    if number in (500, 503):
        raise Unreachable(f"{host} has trouble of its own")
    raise ChangedShape(f"{host} did not understand the question")
