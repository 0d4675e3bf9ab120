"""Instagram: recent media of a hashtag, own posts, accounts of businesses."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from urllib.parse import quote

from ...model.errors import NotFound
from ...model.values import Exactness, Reading
from ..base import Budget, Kind, Metric, Provider, Query, Session, Unavailable, totals
from ..parsing import counts, field, find, rows, text
from ..spelling import account

HOST = "graph.facebook.com"
PAGES, PAGE_SIZE = 9, 50
MAX_RESULTS = PAGES * PAGE_SIZE
WEB = r"instagram\.com"
NEEDS = ("INSTAGRAM_ACCESS_TOKEN", "INSTAGRAM_USER_ID")


class Instagram(Provider):
    name = "instagram"
    label = "Instagram"
    docs = "https://developers.facebook.com/docs/instagram-platform/"
    credentials = {name: () for name in NEEDS}
    options = {"GRAPH_API_VERSION": "v26.0"}
    fresh_for = timedelta(hours=12)
    words = {"hearts": "likes"}
    uncounted = {
        rf"{WEB}/(?:[\w.]+/)?(?:p|reel|reels|tv)/[\w-]+": "Instagram gives the numbers "
        "of one's own posts only, for an id that is not in the address",
        rf"{WEB}/stories/.+": "Instagram gives no number of a story",
        rf"{WEB}/explore/locations/.+": "Instagram gives no number of a place",
    }
    budgets = (Budget(unit="hashtags", most=Decimal(30), days=7, kinds=("tag",),
                      distinct=True),)  # fmt: skip
    # fmt: off
    kinds = (
        Kind(name="tag", example="metoo", host=HOST, needs=NEEDS, emoji=True,
             page="https://www.instagram.com/explore/tags/{subject}/",
             addresses=(rf"{WEB}/explore/tags/(?P<subject>[^/?]+)",),
             metrics=(
            Metric(name="posts", scope="on Instagram",
                   caveat="The number on Instagram's own page has no official source."),
            Metric(name="recent", exactness=Exactness.AT_LEAST, minutes=1440,
                   scope="public posts of a day on Instagram",
                   caveat=f"Counted from a list of {MAX_RESULTS} posts at most; "
                          "stories and what Instagram holds back are not on it."),
        )),
        Kind(name="post", example="17900000000000001", host=HOST, needs=NEEDS,
             own=True,
             page="https://www.instagram.com/", subject=r"\d+",
             hint="the id that Instagram's interface gives one of your own posts",
             metrics=totals({"likes": "like_count", "comments": "comments_count"},
                            scope="on Instagram")),
        Kind(name="account", example="instagram", host=HOST, needs=NEEDS,
             page="https://www.instagram.com/{subject}/", subject=r"@?[\w.]*\w",
             hint="its name", same=account,
             addresses=(rf"{WEB}/(?!(?:explore|p|reels?|tv|stories|accounts|direct)"
                        r"(?:[/?]|$))(?P<subject>[\w.]+)(?:/(?:reels|tagged))?",),
             metrics=totals({"followers": "followers_count", "posts": "media_count"},
                            scope="on Instagram", caveat="Business accounts only.")),
    )
    # fmt: on
    unavailable = {
        "tag/posts": Unavailable(
            as_of=date(2025, 3, 3),
            reason="Instagram's interface for hashtags gives single posts of the last "
            "day, and no count",
            instead="https://www.instagram.com/explore/tags/",
        )
    }

    def fetch(self, query: Query, session: Session) -> Iterator[Reading]:
        token, user = (query.credentials[name] for name in NEEDS)
        base = f"https://{HOST}/{query.options['GRAPH_API_VERSION']}"
        params = {"access_token": token}
        if query.kind == "tag":
            yield _count_recent(
                query.subject, session, base, params | {"user_id": user}
            )
        elif query.kind == "post":
            params["fields"] = "like_count,comments_count,permalink"
            url = f"{base}/{quote(query.subject)}"
            reply = session.fetch_json(url, params=params)
            field(reply, "permalink")  # an answer about the post, whatever it hides
            yield from counts(reply, query, hidden="its owner hides a number")
        else:
            name = query.subject.lstrip("@")
            wanted = "{followers_count,media_count}"
            params["fields"] = f"business_discovery.username({name}){wanted}"
            reply = session.fetch_json(f"{base}/{quote(user)}", params=params)
            yield from counts(field(reply, "business_discovery"), query)


def _count_recent(
    word: str, session: Session, base: str, params: dict[str, str]
) -> Reading:
    """The posts of a hashtag in the last 24 hours, from a list, page by page."""
    found: set[str] = set()  # pages overlap at times
    url = f"{base}/{_hashtag_id(word, session, base, params)}/recent_media"
    page: dict[str, str] | None = params | {"fields": "id", "limit": str(PAGE_SIZE)}
    for _ in range(PAGES):
        reply = session.fetch_json(url, params=page)
        found |= {text(field(media, "id")) for media in rows(reply, "data")}
        # Cursors repeat, so the documentation wants the next address as it is given.
        url, page = find(reply, "paging", "next"), None
        if url is None or not text(url).startswith(f"https://{HOST}/"):
            break
    return Reading(metric="recent", value=len(found), exactness=Exactness.AT_LEAST)


def _hashtag_id(word: str, session: Session, base: str, params: dict[str, str]) -> str:
    """The platform's number for a hashtag: the same for ever."""
    key = f"hashtag {word}"
    if key not in session.cache:
        reply = session.fetch_json(
            f"{base}/ig_hashtag_search", params=params | {"q": word}
        )
        if not rows(reply, "data"):
            raise NotFound(f"Instagram knows no hashtag {word}")
        session.cache[key] = text(field(reply, "data", 0, "id"))
    return str(session.cache[key])
