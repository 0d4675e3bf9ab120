"""Vimeo: videos with a tag, and single videos."""

from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import quote

from ...model.values import Reading
from ..base import LOOSE, Kind, Metric, Provider, Query, Session, totals
from ..parsing import counts, field

API = "https://api.vimeo.com"
NEEDS = ("VIMEO_ACCESS_TOKEN",)
OF = "metadata.connections.{}.total"


class Vimeo(Provider):
    name = "vimeo"
    label = "Vimeo"
    docs = "https://developer.vimeo.com/api/reference/tags"
    credentials = {"VIMEO_ACCESS_TOKEN": ()}
    fresh_for = timedelta(hours=3)
    words = {"plays": "views", "hearts": "likes", "replies": "comments"}
    uncounted = {
        r"vimeo\.com/(?:showcase|album|channels|groups|ondemand|event)/[\w-]+": "Vimeo "
        "is asked for videos, and for tags",
        r"vimeo\.com/(?:user\d+|[a-z][\w-]+)": "no number of an account on Vimeo is "
        "asked for here",
    }
    # fmt: off
    kinds = (
        Kind(name="tag", example="metoo", host="api.vimeo.com", needs=NEEDS,
             subject=LOOSE, page="https://vimeo.com/tag:{subject}",
             addresses=(r"vimeo\.com/tag:(?P<subject>[^/?]+)",), metrics=(
            Metric(name="videos", path=OF.format("videos"),
                   scope="public videos with the tag"),
        )),
        # "The New Vimeo Player": the video in Vimeo's own examples.
        Kind(name="video", example="76979871", host="api.vimeo.com", needs=NEEDS,
             page="https://vimeo.com/{subject}",
             subject=r"\d+", hint="the number in its address",
             addresses=(r"vimeo\.com/(?P<subject>\d+)(?:/[0-9a-f]{8,})?",
                        r"vimeo\.com/(?:channels/[\w-]+|groups/[\w-]+/videos|manage/"
                        r"videos)/(?P<subject>\d+)",
                        r"player\.vimeo\.com/video/(?P<subject>\d+)"),
             metrics=totals({"views": "stats.plays", "likes": OF.format("likes"),
                             "comments": OF.format("comments")}, scope="on Vimeo")),
    )
    # fmt: on

    def fetch(self, query: Query, session: Session) -> Iterator[Reading]:
        token = query.credentials["VIMEO_ACCESS_TOKEN"]
        headers = {
            "Authorization": f"bearer {token}",
            "Accept": "application/vnd.vimeo.*+json;version=3.4",
        }
        place = "tags" if query.kind == "tag" else "videos"
        url = f"{API}/{place}/{quote(query.subject, safe='')}"
        reply = session.fetch_json(url, headers=headers)
        hidden = ""
        stats = field(reply, "stats") if query.kind == "video" else None
        if isinstance(stats, dict) and "plays" in stats:
            hidden = "the owner of this video hides a number"  # null, but there
        yield from counts(reply, query, hidden=hidden, hideable=("views",))
