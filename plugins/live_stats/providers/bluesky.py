"""Bluesky: posts and accounts without a key; hashtags by search, with a login."""

from collections.abc import Iterator
from datetime import timedelta

from ..model import Exactness, Reading, Span
from .base import Kind, Metric, Provider, Question, Web, totals
from .shape import count, counts, field, rows

PUBLIC = "https://public.api.bsky.app/xrpc"
LOGIN = "https://bsky.social/xrpc"
PAGES, PAGE = 10, 100
WORDS = {"likes": "like", "reposts": "repost", "replies": "reply", "quotes": "quote"}
POST = {metric: f"{word}Count" for metric, word in WORDS.items()}
POST |= {"bookmarks": "bookmarkCount"}
WORDS = {"followers": "followers", "following": "follows", "posts": "posts"}
ACCOUNT = {metric: f"{word}Count" for metric, word in WORDS.items()}


class Bluesky(Provider):
    name = "bluesky"
    label = "Bluesky"
    docs = "https://docs.bsky.app/docs/api/app-bsky-feed-search-posts"
    credentials = {"BLUESKY_HANDLE": ("BSKY_HANDLE",), "BLUESKY_APP_PASSWORD": ()}
    fresh_for = timedelta(hours=1)
    # fmt: off
    kinds = (
        Kind(name="tag", example="metoo", host="bsky.social",
             page="https://bsky.app/hashtag/{subject}",
             needs=("BLUESKY_HANDLE", "BLUESKY_APP_PASSWORD"), metrics=(
            Metric(name="posts", exactness=Exactness.AT_LEAST, days=range(1, 31),
                   default_days=6, additive=True,
                   scope="posts found by Bluesky's search",
                   caveat="Bluesky gives no total, or an estimated one. Without it we "
                          f"count the posts that its search shows, {PAGES * PAGE:,} at "
                          "most; moderation hides some."),
        )),
        Kind(name="post", example="bsky.app/3kabcdefghi2x", host="public.api.bsky.app",
             page="https://bsky.app/profile/{a}/post/{b}",
             metrics=totals(POST, scope="on Bluesky")),
        Kind(name="account", example="bsky.app", host="public.api.bsky.app",
             page="https://bsky.app/profile/{subject}",
             metrics=totals(ACCOUNT, scope="on Bluesky")),
    )
    # fmt: on

    def read(self, question: Question, web: Web) -> Iterator[Reading]:
        if question.kind == "tag":
            yield _search(question, web)
        elif question.kind == "post":
            uri = _uri(question.subject, web)
            reply = web.json(f"{PUBLIC}/app.bsky.feed.getPosts", params={"uris": [uri]})
            yield from counts(field(reply, "posts", 0), POST, question)
        else:
            actor = {"actor": question.subject.lstrip("@")}
            reply = web.json(f"{PUBLIC}/app.bsky.actor.getProfile", params=actor)
            yield from counts(reply, ACCOUNT, question)


def _uri(subject: str, web: Web) -> str:
    """The at:// address of a post given as handle/key, did/key or in full."""
    if subject.startswith("at://"):
        return subject
    who, _, key = subject.lstrip("@").rpartition("/")
    if not who.startswith("did:"):
        url = f"{PUBLIC}/com.atproto.identity.resolveHandle"
        who = field(web.json(url, params={"handle": who}), "did")
    return f"at://{who}/app.bsky.feed.post/{key}"


def _search(question: Question, web: Web) -> Reading:
    known, today = question.credentials, question.today
    span = Span.before(today, question.window.days or 1)
    login = {"identifier": known["BLUESKY_HANDLE"]}
    login["password"] = known["BLUESKY_APP_PASSWORD"]
    session = web.json(f"{LOGIN}/com.atproto.server.createSession", body=login)
    headers = {"Authorization": f"Bearer {field(session, 'accessJwt')}"}
    params = {"q": f"#{question.subject}", "sort": "latest", "limit": PAGE}
    params |= {"since": f"{span.start}T00:00:00Z", "until": f"{today}T00:00:00Z"}
    found = 0
    for _ in range(PAGES):
        url = f"{LOGIN}/app.bsky.feed.searchPosts"
        reply = web.json(url, params=params, headers=headers)
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
