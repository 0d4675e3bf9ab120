"""Mastodon, and servers that speak its language: tags, posts, accounts."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

from ..errors import NoCount
from ..model import Exactness, Reading, Span
from .base import Kind, Metric, Provider, Question, Web, totals
from .days import by_day
from .shape import count, counts, field, rows

SEEN = "A server counts only the posts that reach it; others see more, or fewer."
HOME = "Exact on the server where it is at home; other servers know only a part."
USES = {
    "posts": ("uses", Exactness.EXACT),
    "accounts": ("accounts", Exactness.ESTIMATE),
}
POST = {"reposts": "reblogs_count", "likes": "favourites_count"}
POST |= {"replies": "replies_count", "quotes": "quotes_count"}
ACCOUNT = {"followers": "followers_count", "following": "following_count"}
ACCOUNT |= {"posts": "statuses_count"}
KNOWN = {"scope": "as known to {server}", "caveat": HOME, "where": "{server}"}


class Mastodon(Provider):
    name = "mastodon"
    label = "Mastodon"
    docs = "https://docs.joinmastodon.org/methods/tags/"
    server = "mastodon.social"
    server_variable = "MASTODON_INSTANCE"
    credentials = {"MASTODON_ACCESS_TOKEN": (), "MASTODON_INSTANCE": ()}
    fresh_for = timedelta(hours=1)
    # fmt: off
    kinds = (
        Kind(name="tag", example="metoo", host="{server}",
             page="https://{server}/tags/{subject}", metrics=(
            Metric(name="posts", exactness=Exactness.EXACT, where="{server}",
                   scope="public posts seen by {server}", caveat=SEEN,
                   days=range(1, 7), default_days=6, additive=True),
            Metric(name="accounts", exactness=Exactness.ESTIMATE, where="{server}",
                   scope="accounts seen by {server}", days=range(1, 2), default_days=1,
                   caveat=f"{SEEN} The server estimates it, a day at a time: the same "
                          "person on two days would count twice."),
        )),
        Kind(name="post", example="113900000000000001", host="{server}",
             page="https://{server}/web/statuses/{subject}",
             metrics=totals(POST, **KNOWN)),
        Kind(name="account", example="Mastodon", host="{server}",
             page="https://{server}/@{subject}", metrics=totals(ACCOUNT, **KNOWN)),
    )
    # fmt: on

    def read(self, question: Question, web: Web) -> Iterator[Reading]:
        base, known = f"https://{question.server}/api/v1", question.credentials
        token = known.get("MASTODON_ACCESS_TOKEN")
        if question.server != known.get("MASTODON_INSTANCE", self.server):
            token = None  # a token is for the server that gave it
        headers = {"Authorization": f"Bearer {token}"} if token else None
        subject = quote(question.subject, safe="")
        if question.kind == "tag":
            reply = web.json(f"{base}/tags/{subject}", headers=headers)
            yield from _days(question, rows(reply, "history"))
        elif question.kind == "post":
            reply = web.json(f"{base}/statuses/{subject}", headers=headers)
            yield from counts(reply, POST, question)
        else:
            params = {"acct": question.subject.lstrip("@")}
            reply = web.json(f"{base}/accounts/lookup", params=params, headers=headers)
            yield from counts(reply, ACCOUNT, question)


def _days(question: Question, history: list[Any]) -> Iterator[Reading]:
    if not history:  # some servers answer so beside real posts: unknown, not zero
        raise NoCount(f"{question.server} publishes no history of hashtags")
    span = Span.before(question.today, question.window.days or 1)
    times = [datetime.fromtimestamp(count(field(day, "day")), UTC) for day in history]
    for metric in question.metrics:
        name, exactness = USES[metric]
        values = [count(field(day, name)) for day in history]
        days = {at.date(): value for at, value in zip(times, values, strict=True)}
        yield from by_day(metric, days, span, exactness)
