"""PeerTube: videos with a hashtag on one server or in the search index over many."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from urllib.parse import quote

from ...model.errors import NotOffered
from ...model.values import Reading, Span
from ..base import LOOSE, Kind, Metric, Params, Provider, Query, Session, totals
from ..daily_series import check_window
from ..parsing import counts, find, iso_time, rows


class PeerTube(Provider):
    name = "peertube"
    label = "PeerTube"
    docs = "https://docs.joinpeertube.org/api-rest-reference.html"
    server = "sepiasearch.org"  # the index over many servers
    server_variable = "PEERTUBE_INSTANCE"
    fresh_for = timedelta(hours=3)
    words = {"plays": "views", "replies": "comments"}
    uncounted = {
        r"(?P<server>[^/]+)/(?:c|a|video-channels|accounts)/[\w.@-]+"
        r"(?:/(?:videos|video-channels|video-playlists|about))?": "on a server "
        "of PeerTube this is a channel, of which no number is asked for here",
        r"(?P<server>[^/]+)/(?:w/p|videos/watch/playlist)/[\w-]+": "on a server "
        "of PeerTube this is a playlist, of which no number is asked for here",
    }
    # fmt: off
    kinds = (
        Kind(name="tag", example="metoo", subject=LOOSE, host="{server}",
             page="https://{server}/search?tagsOneOf={subject}", metrics=(
            Metric(name="videos", path="total", where="{server}", days=range(1, 366),
                   scope="public videos with the tag, as found by {server}",
                   caveat="An index knows only the servers that it reads."),
        )),
        # "What is PeerTube?", by its makers.
        Kind(name="video", example="9c9de5e8-0a1e-484a-b099-e80766180a6d",
             example_server="framatube.org",
             host="{server}", page="https://{server}/w/{subject}", needs_server=True,
             subject=r"[\w-]+", hint="what stands behind /w/",
             addresses=(r"(?P<server>[^/]+)/w/(?!p/|c/)(?P<subject>[\w-]+)(?:;.*)?",
                        r"(?P<server>[^/]+)/videos/(?:watch|embed)/(?!playlist/)"
                        r"(?P<subject>[\w-]+)(?:;.*)?"),
             metrics=totals({"views": "views", "likes": "likes",
                             "comments": "comments"}, where="{server}",
                            scope="as known to {server}")),
    )
    # fmt: on

    def fetch(self, query: Query, session: Session) -> Iterator[Reading]:
        base, subject = f"https://{query.server}/api/v1", query.subject
        if query.kind == "video":
            reply = session.fetch_json(f"{base}/videos/{quote(subject, safe='')}")
            # Servers older than 7.0 count no comments; the others come first.
            counted = find(reply, "comments") is not None or "views" not in (
                reply or ()
            )
            known = [m for m in query.metrics if counted or m.name != "comments"]
            yield from counts(reply, replace(query, metrics=tuple(known)))
            if len(known) < len(query.metrics):
                raise NotOffered(f"{query.server} does not count comments")
            return
        # With words to search for as well, it counts only what holds both.
        params: Params = {"tagsOneOf": subject, "start": 0, "count": 1}
        span = None
        if query.window.days:
            span = Span.before(query.today, query.window.days)
            params["startDate"] = f"{span.start}T00:00:00.000Z"
            params["endDate"] = f"{span.end}T23:59:59.999Z"
        reply = session.fetch_json(f"{base}/search/videos", params=params)
        videos = rows(reply, "data") if span else []
        times = [find(video, "publishedAt") for video in videos]
        check_window([iso_time(one) for one in times if one is not None], span)
        yield from counts(reply, query, span)
