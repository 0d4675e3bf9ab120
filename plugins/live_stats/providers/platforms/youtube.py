"""YouTube: videos found for a hashtag, single videos, channels."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from ...model.errors import NotFound
from ...model.values import Exactness, Reading, Span
from ..base import Budget, Kind, Metric, Params, Provider, Query, Session, totals
from ..daily_series import check_window
from ..parsing import counts, field, find, iso_time, rows

API = "https://www.googleapis.com/youtube/v3"
MAX_RESULTS = 1_000_000
NEEDS = ("YOUTUBE_API_KEY",)
HOST, ID = r"youtube\.com", r"(?P<subject>[\w-]{6,})"
TAB = r"(?:/(?:featured|videos|shorts|streams|playlists|community|posts|about|join))?"


class YouTube(Provider):
    name = "youtube"
    label = "YouTube"
    docs = "https://developers.google.com/youtube/v3/docs"
    credentials = {"YOUTUBE_API_KEY": ()}
    fresh_for = timedelta(hours=12)
    words = {"subscribers": "followers", "plays": "views", "replies": "comments",
             "hearts": "likes"}  # fmt: skip
    uncounted = {
        rf"{HOST}/(?:c|user)/[^/]+{TAB}": "YouTube finds a channel by its @handle or "
        "its id (UC…), not by the name in /c/ and /user/: the channel's page shows the "
        "handle",
        rf"{HOST}/(?:playlist|post|clip|feed|results|redirect)(?:[/?].*)?": "YouTube "
        "is asked for videos, channels and hashtags",
    }
    budgets = (Budget(unit="searches", most=Decimal(100), kinds=("tag",)),
               Budget(unit="requests", most=Decimal(5_000)))  # fmt: skip
    # fmt: off
    kinds = (
        Kind(name="tag", example="metoo", host="www.googleapis.com", needs=NEEDS,
             page="https://www.youtube.com/hashtag/{subject}",
             addresses=(rf"{HOST}/hashtag/(?P<subject>[^/?]+)",), metrics=(
            Metric(name="videos", path="pageInfo.totalResults", days=range(1, 366),
                   exactness=Exactness.ESTIMATE, scope="videos found by YouTube",
                   caveat="A search for the word, not for the hashtag alone; YouTube "
                          "estimates the number, and never says more than "
                          f"{MAX_RESULTS:,}."),
        )),
        # The oldest video there: "Me at the zoo", of 2005.
        Kind(name="video", example="jNQXAC9IVRw", host="www.googleapis.com",
             page="https://www.youtube.com/watch?v={subject}", needs=NEEDS,
             subject=r"[\w-]{6,}", hint="what stands behind v=",
             addresses=(rf"(?:music\.)?{HOST}/watch/?\?(?:.*&)?v={ID}(?:&.*)?",
                        rf"youtu\.be/{ID}",
                        rf"{HOST}/(?:shorts|live|embed|v)/{ID}",
                        rf"youtube-nocookie\.com/embed/{ID}"),
             metrics=totals({"views": "viewCount", "likes": "likeCount",
                             "comments": "commentCount"}, scope="on YouTube")),
        Kind(name="account", example="@YouTube", host="www.googleapis.com", needs=NEEDS,
             page="https://www.youtube.com/{subject}",
             subject=r"@(?u:[\w.-]*\w)|UC[\w-]+", hint="its @handle, or its id UC…",
             addresses=(rf"{HOST}/(?P<subject>@[^/?]+){TAB}",
                        rf"{HOST}/channel/(?P<subject>UC[\w-]+){TAB}"),
             metrics=(Metric(name="followers", path="subscriberCount",
                             exactness=Exactness.ROUNDED, scope="on YouTube",
                             caveat="YouTube rounds down to three digits."),)
             + totals({"views": "viewCount", "videos": "videoCount"},
                      scope="on YouTube")),
    )
    # fmt: on

    def fetch(self, query: Query, session: Session) -> Iterator[Reading]:
        params: Params = {"key": query.credentials["YOUTUBE_API_KEY"]}
        if query.kind == "tag":
            yield from _search_hashtag(query, session, params)
            return
        by = "forHandle" if query.subject.startswith("@") else "id"
        params |= {"part": "statistics", by: query.subject}
        what = "videos" if query.kind == "video" else "channels"
        reply = session.fetch_json(f"{API}/{what}", params=params)
        absent = find(reply, "items") is None
        absent = absent and field(reply, "pageInfo", "totalResults") == 0
        if absent or not rows(reply, "items"):
            raise NotFound(f"YouTube has no {query.kind} {query.subject}")
        statistics = field(reply, "items", 0, "statistics")
        hideable: tuple[str, ...] = ("likes", "comments")  # an account has neither
        if find(statistics, "hiddenSubscriberCount") is True:
            # A zero, or not there at all.
            statistics = {**statistics, "subscriberCount": None}
            hideable = ("followers",)
        yield from counts(
            statistics, query, hidden="its owner hides a number", hideable=hideable
        )


def _search_hashtag(
    query: Query, session: Session, params: Params
) -> Iterator[Reading]:
    """How many videos the search says it finds: an estimate, cut off at a million."""
    params = params | {"part": "snippet", "type": "video", "maxResults": 1}
    params |= {"q": f"#{query.subject}", "order": "date"}
    span = None
    if query.window.days:
        span = Span.before(query.today, query.window.days)
        params["publishedAfter"] = f"{span.start}T00:00:00Z"
        params["publishedBefore"] = f"{query.today}T00:00:00Z"
    reply = session.fetch_json(f"{API}/search", params=params)
    videos = rows(reply, "items") if span else []
    times = [find(video, "snippet", "publishedAt") for video in videos]
    check_window([iso_time(one) for one in times if one is not None], span)
    for found in counts(reply, query, span):
        full = found.value >= MAX_RESULTS
        yield replace(found, exactness=Exactness.AT_LEAST) if full else found
