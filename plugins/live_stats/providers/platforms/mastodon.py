"""Mastodon, and servers that speak its language: tags, posts, accounts."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import quote

from ...model.errors import Gone, Hidden, NotOffered
from ...model.values import Exactness, Reading, Span
from ..base import NAME, Kind, Metric, Provider, Query, Session, totals
from ..daily_series import by_day
from ..parsing import count, counts, either, epoch_time, field, find, rows

SEEN = "A server counts only the posts that reach it; others see more, or fewer."
KNOWN = {"scope": "as known to {server}", "where": "{server}",
         "caveat": "Exact on its home server; others know only a part."}  # fmt: skip


class Mastodon(Provider):
    name = "mastodon"
    label = "Mastodon"
    docs = "https://docs.joinmastodon.org/methods/tags/"
    server = "mastodon.social"
    server_variable = "MASTODON_INSTANCE"
    credentials = {"MASTODON_ACCESS_TOKEN": ()}
    fresh_for = timedelta(hours=1)
    # fmt: off
    kinds = (
        Kind(name="tag", example="metoo", host="{server}",
             page="https://{server}/tags/{subject}",
             addresses=(r"(?P<server>[^/]+)/tags/(?P<subject>[^/?]+)",), metrics=(
            Metric(name="posts", path="uses", days=range(1, 7), default_days=6,
                   scope="public posts seen by {server}", where="{server}",
                   caveat=SEEN, additive=True),
            Metric(name="accounts", path="accounts", exactness=Exactness.ESTIMATE,
                   days=range(1, 2), default_days=1, scope="accounts seen by {server}",
                   where="{server}", caveat=f"{SEEN} Estimated a day at a time: the "
                   "same person on two days would count twice."),
        )),
        Kind(name="post", example="113900000000000001", host="{server}",
             page="https://{server}/web/statuses/{subject}",
             subject=r"\w+", hint="the number at the end of the post's address",
             addresses=(r"(?P<server>[^/]+)/@[^/]+/(?P<subject>\d+)",
                        r"(?P<server>[^/]+)/(?:users|web|deck)/.+/(?P<subject>\d+)"),
             metrics=totals({"reposts": "reblogs_count", "likes": "favourites_count",
                             "replies": "replies_count", "quotes": "quotes_count"},
                            **KNOWN)),
        Kind(name="account", example="Mastodon", host="{server}",
             page="https://{server}/@{subject}", subject=NAME,
             addresses=(r"(?P<server>[^/]+)/@(?P<subject>[\w.-]+(?:@[\w.-]+)?)",),
             metrics=totals({"followers": "followers_count", "posts": "statuses_count",
                             "following": "following_count"}, **KNOWN)),
    )
    # fmt: on

    def fetch(self, query: Query, session: Session) -> Iterator[Reading]:
        base, subject = f"https://{query.server}/api/v1", quote(query.subject, "")
        token = query.credentials.get("MASTODON_ACCESS_TOKEN")
        headers = {"Authorization": f"Bearer {token}"} if token else None
        if query.kind == "tag":
            reply = session.fetch_json(f"{base}/tags/{subject}", headers=headers)
            yield from _days(query, rows(reply, "history"))
            return
        url, params = f"{base}/statuses/{subject}", {}
        if query.kind == "account":
            acct = query.subject.lstrip("@")
            url, params = f"{base}/accounts/lookup", {"acct": acct}
        reply = session.fetch_json(url, params=params, headers=headers)
        if find(reply, "suspended") is True:
            raise Gone(f"{query.server} says that this account is suspended")
        yield from _counts(reply, query)


def _counts(reply: Any, query: Query) -> Iterator[Reading]:
    """The numbers of a post or an account, but those that nobody is told.

    Some servers write -1 where the owner hides a number, and older ones know no quotes.
    Such numbers come last, so that the readings of the others are kept.
    """

    def untold(metric: Metric) -> bool:
        quotes = metric.name == "quotes" and find(reply, "reblogs_count") is not None
        value = find(reply, metric.path)
        return value == -1 or (quotes and value is None)

    for metric in sorted(query.metrics, key=untold):
        if not untold(metric):
            yield from counts(reply, replace(query, metrics=(metric,)))
        elif metric.name == "quotes":
            raise NotOffered(f"{query.server} does not count quotes (quotes_count)")
        else:
            raise Hidden(f"the owner of this account hides a number ({metric.name})")


def _days(query: Query, history: list[Any]) -> Iterator[Reading]:
    if not history:  # some servers answer so beside real posts: unknown, not zero
        raise NotOffered(f"{query.server} publishes no history of hashtags")
    span = Span.before(query.today, query.window.days or 1)
    for metric in query.metrics:
        days = {}
        for one in history:
            day = epoch_time(field(one, "day")).date()
            days[day] = count(either(one, metric.path))
        yield from by_day(metric, days, span)
