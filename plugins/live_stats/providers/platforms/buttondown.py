"""Buttondown: the subscribers of a newsletter."""

from collections.abc import Iterator
from datetime import timedelta

from ...model.values import Exactness, Reading
from ..base import NAME, Kind, Metric, Provider, Query, Session
from ..parsing import counts


class Buttondown(Provider):
    name = "buttondown"
    label = "Buttondown"
    docs = "https://docs.buttondown.com/api-subscribers-introduction"
    credentials = {"BUTTONDOWN_API_KEY": ()}
    fresh_for = timedelta(hours=6)
    words = {"readers": "subscribers", "members": "subscribers"}
    # fmt: off
    kinds = (
        Kind(name="newsletter", example="example", host="api.buttondown.com",
             own=True,
             page="https://buttondown.com/{subject}", needs=("BUTTONDOWN_API_KEY",),
             subject=NAME, hint="its name at Buttondown", addresses=(
                 r"buttondown\.(?:com|email)/(?P<subject>[\w-]+)",), metrics=(
            Metric(name="subscribers", path="count", scope="of the newsletter",
                   exactness=Exactness.AT_LEAST,
                   caveat="Confirmed subscribers; those with a paid or given "
                          "subscription are not counted."),
        )),
    )
    # fmt: on

    def fetch(self, query: Query, session: Session) -> Iterator[Reading]:
        key = query.credentials["BUTTONDOWN_API_KEY"]
        # The rest of the reply is about people; only the count is looked at.
        url = "https://api.buttondown.com/v1/subscribers"
        headers = {"Authorization": f"Token {key}"}
        reply = session.fetch_json(url, params={"type": "regular"}, headers=headers)
        yield from counts(reply, query)
