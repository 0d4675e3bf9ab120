"""Bluesky: posts and accounts without a key; hashtags by search, with a login."""

from collections.abc import Iterator
from datetime import timedelta

from ...model.values import Exactness, Reading, Span
from ..base import LOOSE, NAME, Kind, Metric, Params, Provider, Query, Session, totals
from ..parsing import count, counts, field, rows

PUBLIC_API = "https://public.api.bsky.app/xrpc"
LOGIN_API = "https://bsky.social/xrpc"
PAGES, PAGE_SIZE = 10, 100
MAX_RESULTS = PAGES * PAGE_SIZE
PROFILE = r"bsky\.app/profile/(?P<{}>[^/?]+)"


class Bluesky(Provider):
    name = "bluesky"
    label = "Bluesky"
    docs = "https://docs.bsky.app/docs/api/app-bsky-feed-search-posts"
    credentials = {"BLUESKY_HANDLE": ("BSKY_HANDLE",), "BLUESKY_APP_PASSWORD": ()}
    fresh_for = timedelta(hours=1)
    # fmt: off
    kinds = (
        Kind(name="tag", example="metoo", subject=LOOSE, host="bsky.social",
             page="https://bsky.app/hashtag/{subject}",
             addresses=(r"bsky\.app/hashtag/(?P<subject>[^/?]+)",),
             needs=("BLUESKY_HANDLE", "BLUESKY_APP_PASSWORD"), metrics=(
            Metric(name="posts", exactness=Exactness.AT_LEAST, days=range(1, 31),
                   default_days=6, additive=True,
                   scope="posts found by Bluesky's search",
                   caveat="Bluesky gives an estimated total, or none: then we "
                          f"count the posts that its search shows, {MAX_RESULTS:,} "
                          "at most. Posts hidden by moderation are left out."),
        )),
        Kind(name="post", example="bsky.app/3kabcdefghi2x", host="public.api.bsky.app",
             page="https://bsky.app/profile/{a}/post/{b}",
             subject=r"@?[\w.:-]+/\w+|at://\S+", hint="its handle, %2F, and its key",
             addresses=(rf"{PROFILE.format('a')}/post/(?P<b>\w+)",),
             metrics=totals({"likes": "likeCount", "reposts": "repostCount",
                             "replies": "replyCount", "quotes": "quoteCount",
                             "bookmarks": "bookmarkCount"}, scope="on Bluesky")),
        Kind(name="account", example="bsky.app", host="public.api.bsky.app",
             page="https://bsky.app/profile/{subject}", subject=NAME,
             addresses=(PROFILE.format("subject"),),
             metrics=totals({"followers": "followersCount", "posts": "postsCount",
                             "following": "followsCount"}, scope="on Bluesky")),
    )
    # fmt: on

    def fetch(self, query: Query, session: Session) -> Iterator[Reading]:
        if query.kind == "tag":
            yield _search_hashtag(query, session)
        elif query.kind == "post":
            uri = _uri(query.subject, session)
            reply = session.fetch_json(
                f"{PUBLIC_API}/app.bsky.feed.getPosts", params={"uris": [uri]}
            )
            yield from counts(field(reply, "posts", 0), query)
        else:
            actor = {"actor": query.subject.lstrip("@")}
            reply = session.fetch_json(
                f"{PUBLIC_API}/app.bsky.actor.getProfile", params=actor
            )
            yield from counts(reply, query)


def _uri(subject: str, session: Session) -> str:
    """The at:// address of a post given as handle/key, did/key or in full."""
    if subject.startswith("at://"):
        return subject
    who, _, key = subject.lstrip("@").rpartition("/")
    if not who.startswith("did:"):
        url = f"{PUBLIC_API}/com.atproto.identity.resolveHandle"
        who = field(session.fetch_json(url, params={"handle": who}), "did")
    return f"at://{who}/app.bsky.feed.post/{key}"


def _search_hashtag(query: Query, session: Session) -> Reading:
    """The posts that the search finds: a lower bound, or its own estimate."""
    span = Span.before(query.today, query.window.days or 1)
    if "token" not in session.cache:  # logins are few a day: one serves a collection
        known = query.credentials
        login = {"identifier": known["BLUESKY_HANDLE"]}
        login["password"] = known["BLUESKY_APP_PASSWORD"]
        reply = session.fetch_json(
            f"{LOGIN_API}/com.atproto.server.createSession", body=login
        )
        session.cache["token"] = field(reply, "accessJwt")
    headers = {"Authorization": f"Bearer {session.cache['token']}"}
    params: Params = {"q": f"#{query.subject}", "sort": "latest", "limit": PAGE_SIZE}
    params |= {"since": f"{span.start}T00:00:00Z"}
    params |= {"until": f"{query.today}T00:00:00Z"}
    found = 0
    for _ in range(PAGES):
        url = f"{LOGIN_API}/app.bsky.feed.searchPosts"
        reply = session.fetch_json(url, params=params, headers=headers)
        found += len(rows(reply, "posts"))
        if "hitsTotal" in reply:  # absent is not zero
            hits = count(reply["hitsTotal"])
            if hits or not found:
                return Reading(
                    metric="posts", value=hits, exactness=Exactness.ESTIMATE, span=span
                )
        if not reply.get("cursor"):
            break
        params["cursor"] = reply["cursor"]
    return Reading(metric="posts", value=found, exactness=Exactness.AT_LEAST, span=span)
