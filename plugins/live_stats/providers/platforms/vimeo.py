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
    # fmt: off
    kinds = (
        Kind(name="tag", example="metoo", host="api.vimeo.com", needs=NEEDS,
             subject=LOOSE, page="https://vimeo.com/tag:{subject}", metrics=(
            Metric(name="videos", path=OF.format("videos"),
                   scope="public videos with the tag"),
        )),
        Kind(name="video", example="76979871", host="api.vimeo.com", needs=NEEDS,
             page="https://vimeo.com/{subject}",
             subject=r"\d+", hint="the number in its address",
             addresses=(r"(?:www\.)?vimeo\.com/(?P<subject>\d+)",),
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
