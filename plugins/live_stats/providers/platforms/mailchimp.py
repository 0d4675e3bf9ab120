"""Mailchimp: the subscribers of a list."""

from base64 import b64encode
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import quote

from ...model.errors import Refused
from ...model.values import Reading
from ..base import Kind, Metric, Provider, Query, Session
from ..parsing import counts


class Mailchimp(Provider):
    name = "mailchimp"
    label = "Mailchimp"
    docs = "https://mailchimp.com/developer/marketing/api/lists/get-list-info/"
    credentials = {"MAILCHIMP_API_KEY": ()}
    fresh_for = timedelta(hours=6)
    words = {"members": "subscribers", "contacts": "subscribers"}
    # fmt: off
    kinds = (
        Kind(name="newsletter", example="a1b2c3d4e5", host="api.mailchimp.com",
             own=True,
             page="https://mailchimp.com/", needs=("MAILCHIMP_API_KEY",),
             subject=r"\w+", hint="the id of the list", metrics=(
            Metric(name="subscribers", path="stats.member_count",
                   scope="of the newsletter"),
        )),
    )
    # fmt: on

    def fetch(self, query: Query, session: Session) -> Iterator[Reading]:
        key = query.credentials["MAILCHIMP_API_KEY"]
        _, dash, place = key.rpartition("-")
        if not dash or not place.isalnum():
            raise Refused("MAILCHIMP_API_KEY lacks the end that names its place (-us6)")
        headers = {
            "Authorization": f"Basic {b64encode(f'any:{key}'.encode()).decode()}"
        }
        url = f"https://{place}.api.mailchimp.com/3.0/lists/{quote(query.subject)}"
        params = {"fields": "stats.member_count"}
        yield from counts(
            session.fetch_json(url, params=params, headers=headers), query
        )
