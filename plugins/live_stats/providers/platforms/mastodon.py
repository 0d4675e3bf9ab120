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
from ..spelling import account, mastodon_hashtag

SEEN = "A server counts only the posts that reach it; others see more, or fewer."
KNOWN = {"scope": "as known to {server}", "where": "{server}",
         "caveat": "Exact on its home server; others know only a part."}  # fmt: skip
SERVER = "(?P<server>[^/]+)"
ULID = "(?P<subject>[0-9A-HJKMNP-TV-Z]{26})"  # GoToSocial's, which are its ids as well


class Mastodon(Provider):
    name = "mastodon"
    label = "Mastodon"
    docs = "https://docs.joinmastodon.org/methods/tags/"
    server = "mastodon.social"
    server_variable = "MASTODON_INSTANCE"
    credentials = {"MASTODON_ACCESS_TOKEN": ()}
    fresh_for = timedelta(hours=1)
    words = {"boosts": "reposts", "reblogs": "reposts", "favourites": "likes",
             "favorites": "likes", "favs": "likes", "toots": "posts",
             "statuses": "posts", "uses": "posts", "comments": "replies"}  # fmt: skip
    uncounted = {
        rf"{SERVER}/objects/[\w-]+": "on a server of Pleroma the address with "
        "/notice/ is the one that can be asked for",
        rf"{SERVER}/display/[\w-]+": "on a server of Friendica this is a post, and "
        "the number to ask for is not in its address",
    }
    # fmt: off
    kinds = (
        Kind(name="tag", example="metoo", host="{server}",
             page="https://{server}/tags/{subject}",
             spelled=mastodon_hashtag,
             addresses=(rf"{SERVER}/(?:web/|deck/)?tags/(?P<subject>[^/?]+)",
                        rf"{SERVER}/(?:web/)?timelines/tag/(?P<subject>[^/?]+)"),
             metrics=(
            Metric(name="posts", path="uses", days=range(1, 7), default_days=6,
                   daily=True,
                   scope="public posts seen by {server}", where="{server}",
                   caveat=SEEN, additive=True),
            Metric(name="accounts", path="accounts", exactness=Exactness.ESTIMATE,
                   days=range(1, 2), default_days=1, daily=True,
                   scope="accounts seen by {server}",
                   where="{server}", caveat=f"{SEEN} Estimated a day at a time: the "
                   "same person on two days would count twice."),
        )),
        # The oldest post there: "Hello world", by the founder of Mastodon.
        Kind(name="post", example="1", host="{server}",
             page="https://{server}/web/statuses/{subject}",
             subject=r"\w+", hint="the number at the end of the post's address",
             addresses=(rf"{SERVER}/@[^/]+/(?P<subject>\d+)(?:/embed)?",
                        rf"{SERVER}/(?:ap/)?(?:users|web|deck)/.+/(?P<subject>\d+)",
                        rf"{SERVER}/@[^/]+/statuses/{ULID}",
                        rf"{SERVER}/notice/(?P<subject>\w+)"),
             metrics=totals({"reposts": "reblogs_count", "likes": "favourites_count",
                             "replies": "replies_count", "quotes": "quotes_count"},
                            **KNOWN)),
        Kind(name="account", example="Mastodon", host="{server}",
             page="https://{server}/@{subject}", subject=NAME, same=account,
             addresses=(rf"{SERVER}/(?:web/|deck/)?@(?P<subject>[\w.-]+(?:@[\w.-]+)?)"
                        r"(?:/(?:with_replies|media|featured))?",
                        rf"{SERVER}/(?:users|profile)/(?P<subject>[\w.-]+)"),
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
