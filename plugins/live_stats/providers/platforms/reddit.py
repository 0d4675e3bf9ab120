"""Reddit: communities, posts, and posts found for a word. Wants an approved key."""

from base64 import b64encode
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from ...model.errors import Moved, NotFound, Refused
from ...model.values import Exactness, Reading
from ..base import (
    LOOSE,
    Budget,
    Kind,
    Metric,
    Params,
    Provider,
    Query,
    Session,
    Unavailable,
    totals,
)
from ..parsing import counts, either, field, find, rows, text, token

API = "https://oauth.reddit.com"
PAGES, PAGE_SIZE = 10, 100
MAX_RESULTS = PAGES * PAGE_SIZE
LOGIN_URL = "https://www.reddit.com/api/v1/access_token"
NEEDS = ("REDDIT_CLIENT_ID", "REDDIT_CLIENT_SECRET", "REDDIT_USER_AGENT")
HOST = r"reddit\.com"
WEEK = 7 * 24 * 60  # minutes
POST_FIELDS = "data.children.0.data."
NO_ACTIVE = "Reddit does not say any more how many are active"


class Reddit(Provider):
    name = "reddit"
    label = "Reddit"
    redirects = True  # an unknown name: to its search
    reply_size = 4_000_000  # 100 posts, each with all of its text
    docs = "https://www.reddit.com/dev/api"
    credentials = {name: () for name in NEEDS}
    fresh_for = timedelta(hours=3)
    words = {"members": "subscribers", "readers": "subscribers", "upvotes": "points",
             "score": "points", "karma": "points", "replies": "comments"}  # fmt: skip
    uncounted = {
        rf"{HOST}/(?:user|u)/.+": "no number of a person on Reddit is asked for here",
        rf"{HOST}/(?:r/\w+/)?comments/\w+/[^/?]+/\w+": "no number of a single comment "
        "is asked for here",
        rf"{HOST}/(?:r|u|user)/\w+/s/\w+": "a short address does not say what it leads "
        "to: open it, and copy the long one",
    }
    budgets = (Budget(unit="requests", most=Decimal(1_000)),)
    # fmt: off
    kinds = (
        Kind(name="community", example="metoo", host="oauth.reddit.com", needs=NEEDS,
             page="https://www.reddit.com/r/{subject}", subject=r"\w+", hint="its name",
             addresses=(rf"{HOST}/r/(?P<subject>\w+)(?:/(?:about|hot|new|top|rising|wiki))?",),
             metrics=totals({"subscribers": "data.subscribers"}, scope="on Reddit")
             + totals({"active": "data.active_user_count data.accounts_active"},
                      scope="on Reddit", minutes=15,
                      exactness=Exactness.ESTIMATE)),
        # One of the oldest posts there, of 2005: "The Downing Street Memo".
        Kind(name="post", example="87", host="oauth.reddit.com", needs=NEEDS,
             page="https://www.reddit.com/comments/{subject}",
             subject=r"(?:t3_)?\w+", hint="what stands behind /comments/",
             addresses=(rf"{HOST}/(?:r/\w+/)?comments/(?P<subject>\w+)(?:/[^/?]*)?",
                        rf"{HOST}/gallery/(?P<subject>\w+)",
                        r"redd\.it/(?P<subject>\w+)"),
             metrics=totals({"points": POST_FIELDS + "score"}, scope="on Reddit",
                            exactness=Exactness.ESTIMATE,
                            caveat="Reddit blurs the score of a post on purpose.")
             + totals({"comments": POST_FIELDS + "num_comments"}, scope="on Reddit")),
        Kind(name="tag", example="metoo", host="oauth.reddit.com", needs=NEEDS,
             subject=LOOSE, page="https://www.reddit.com/search/?q={subject}", metrics=(
            Metric(name="posts", exactness=Exactness.AT_LEAST, minutes=WEEK,
                   scope="posts that Reddit's search finds for the word",
                   caveat="Reddit has no hashtags and gives no total: we count what is "
                          f"found, {MAX_RESULTS:,} at most."),
        )),
    )
    # fmt: on
    unavailable = {
        "community/active": Unavailable(
            as_of=date(2025, 9, 30),
            since=date(2025, 9, 30),
            reason="Reddit took the number of active people out of its interface in "
            "September 2025",
            instead="https://www.reddit.com/r/",
        )
    }

    def fetch(self, query: Query, session: Session) -> Iterator[Reading]:
        headers = _auth_headers(query, session)
        subject = query.subject
        if query.kind == "tag":
            yield _search_posts(subject, session, headers)
            return
        url, params = f"{API}/r/{subject}/about", {"raw_json": "1"}
        if query.kind == "post":
            subject = f"t3_{subject.removeprefix('t3_')}"
            url, params = f"{API}/api/info", params | {"id": subject}
        try:
            reply = session.fetch_json(url, params=params, headers=headers)
        except Moved as error:
            # Unknown names are sent on to a search for communities, there or here.
            if error.host != "www.reddit.com":
                raise
            raise NotFound(f"Reddit has no {query.kind} {query.subject}") from None
        if query.kind == "post" and not rows(reply, "data", "children"):
            raise NotFound(f"Reddit has no post {query.subject}")
        if query.kind == "community" and find(reply, "kind") == "Listing":
            raise NotFound(f"Reddit has no community {query.subject}")
        yield from counts(reply, query, hidden=NO_ACTIVE, hideable=("active",))


def _auth_headers(query: Query, session: Session) -> dict[str, str]:
    """The headers of a request; the login is made once in a collection."""
    client, secret, agent = (query.credentials[name] for name in NEEDS)
    headers = {"User-Agent": agent}
    if "token" not in session.cache:
        basic = b64encode(f"{client}:{secret}".encode()).decode()
        form = {"grant_type": "client_credentials"}
        signed = headers | {"Authorization": f"Basic {basic}"}
        reply = session.fetch_json(LOGIN_URL, form=form, headers=signed)
        if find(reply, "error") is not None:  # with status 200
            raise Refused("www.reddit.com refused our credentials")
        session.cache["token"] = token(field(reply, "access_token"))
    return headers | {"Authorization": f"bearer {session.cache['token']}"}


def _search_posts(word: str, session: Session, headers: dict[str, str]) -> Reading:
    """The posts of a week that the search finds for a word, page by page."""
    params: Params = {"q": word, "sort": "new", "t": "week"}
    params |= {"limit": PAGE_SIZE, "raw_json": 1}
    found: set[str] = set()  # pages overlap at times
    for _ in range(PAGES):
        reply = session.fetch_json(f"{API}/search", params=params, headers=headers)
        posts = [field(one, "data") for one in rows(reply, "data", "children")]
        found |= {text(either(post, "name id")) for post in posts}
        if not (after := find(reply, "data", "after")):
            break
        params["after"] = text(after)
    return Reading(metric="posts", value=len(found), exactness=Exactness.AT_LEAST)
