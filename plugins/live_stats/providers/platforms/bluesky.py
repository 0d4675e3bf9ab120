"""Bluesky: posts and accounts without a key; hashtags by search, with a login."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Any

from ...model.errors import NotFound
from ...model.values import Exactness, Reading, Span
from ..base import LOOSE, NAME, Kind, Metric, Params, Provider, Query, Session, totals
from ..parsing import count, counts, field, find, iso_time, rows, text, token
from ..spelling import account

PUBLIC_API = "https://public.api.bsky.app/xrpc"
LOGIN_API = "https://bsky.social/xrpc"
PAGES, PAGE_SIZE = 10, 100
MAX_RESULTS = PAGES * PAGE_SIZE
INDEXING = timedelta(hours=1)  # that a post may take until the search knows it
PROFILE = r"bsky\.app/profile/(?P<{}>[^/?]+)"


class Bluesky(Provider):
    name = "bluesky"
    label = "Bluesky"
    reply_size = 4_000_000  # 100 posts, each with all of its text
    docs = "https://docs.bsky.app/docs/api/app-bsky-feed-search-posts"
    credentials = {"BLUESKY_HANDLE": ("BSKY_HANDLE",), "BLUESKY_APP_PASSWORD": ()}
    fresh_for = timedelta(hours=1)
    words = {"reskeets": "reposts", "skeets": "posts", "hearts": "likes",
             "comments": "replies", "saves": "bookmarks"}  # fmt: skip
    uncounted = {
        r"bsky\.app/profile/[^/]+/(?:feed|lists)/\w+": "a feed or list of Bluesky has "
        "no number that is asked for here",
        r"bsky\.app/starter-pack(?:-short)?/.+": "a starter pack of Bluesky has no "
        "number that is asked for here",
    }
    # fmt: off
    kinds = (
        Kind(name="tag", example="metoo", subject=LOOSE, host="bsky.social",
             page="https://bsky.app/hashtag/{subject}",
             addresses=(r"bsky\.app/hashtag/(?P<subject>[^/?]+)",
                        r"bsky\.app/search\?(?:.*&)?q=%23(?P<subject>[^&+]+)(?:&.*)?"),
             needs=("BLUESKY_HANDLE", "BLUESKY_APP_PASSWORD"), metrics=(
            Metric(name="posts", exactness=Exactness.AT_LEAST, days=range(1, 31),
                   default_days=6, additive=True,
                   scope="posts found by Bluesky's search",
                   caveat="Bluesky gives an estimated total, or none: then we "
                          f"count the posts that its search shows, {MAX_RESULTS:,} "
                          "at most. Posts hidden by moderation are left out."),
        )),
        # Of Bluesky's own account; the documentation of its API asks for it.
        Kind(name="post", example="bsky.app/3l6oveex3ii2l", host="public.api.bsky.app",
             page="https://bsky.app/profile/{a}/post/{b}",
             subject=r"@?[\w.:-]+/\w+|at://\S+", hint="its handle, %2F, and its key",
             addresses=(rf"{PROFILE.format('a')}/post/(?P<b>\w+)"
                        r"(?:/(?:liked-by|reposted-by|quotes))?",),
             metrics=totals({"likes": "likeCount", "reposts": "repostCount",
                             "replies": "replyCount", "quotes": "quoteCount",
                             "bookmarks": "bookmarkCount"}, scope="on Bluesky")),
        Kind(name="account", example="bsky.app", host="public.api.bsky.app",
             page="https://bsky.app/profile/{subject}", subject=NAME,
             same=account,
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
            if not rows(reply, "posts"):
                raise NotFound("Bluesky has no such post, or has it no more")
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
        who = text(field(session.fetch_json(url, params={"handle": who}), "did"))
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
        session.cache["token"] = token(field(reply, "accessJwt"))
    headers = {"Authorization": f"Bearer {session.cache['token']}"}
    params: Params = {"q": f"#{query.subject}", "sort": "latest", "limit": PAGE_SIZE}
    params |= {"since": f"{span.start}T00:00:00Z"}
    params |= {"until": f"{query.today}T00:00:00Z"}
    found: set[str] = set()  # pages overlap at times
    for _ in range(PAGES):
        url = f"{LOGIN_API}/app.bsky.feed.searchPosts"
        reply = session.fetch_json(url, params=params, headers=headers)
        posts = {text(field(post, "uri")): post for post in rows(reply, "posts")}
        places = {uri: _place(post, span) for uri, post in posts.items()}
        found |= {uri for uri, place in places.items() if place == 0}
        hits = find(reply, "hitsTotal")  # absent is not zero
        if hits is not None and not any(places.values()):  # it kept to the window
            hits = count(hits)
            if hits or not found:
                return Reading(
                    metric="posts", value=hits, exactness=Exactness.ESTIMATE, span=span
                )
        if -1 in places.values() or not find(reply, "cursor"):
            break  # older than asked for, or the last page
        params["cursor"] = text(find(reply, "cursor"))
    return Reading(
        metric="posts", value=len(found), exactness=Exactness.AT_LEAST, span=span
    )


def _place(post: Any, span: Span) -> int:
    """Whether a post was written before the span (-1), in it (0), or after it (1).

    Some servers ignore the window. As in the search, it is the earlier one of when the
    author says that it was written and when it was indexed. Alone, the latter is late.
    """
    start = datetime.combine(span.start, time(), UTC)
    end = datetime.combine(span.end, time(), UTC) + timedelta(days=1)
    created, indexed = find(post, "record", "createdAt"), find(post, "indexedAt")
    times = [iso_time(one) for one in (created, indexed) if one is not None]
    if times and min(times) < start:
        return -1
    late = INDEXING if created is None else timedelta(0)
    return 1 if times and min(times) >= end + late else 0
