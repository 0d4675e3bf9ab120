"""Dailymotion: videos with a tag, and single videos."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from urllib.parse import quote

from ...model.values import Exactness, Reading
from ..base import LOOSE, Kind, Metric, Params, Provider, Query, Session, totals
from ..parsing import counts

API = "https://api.dailymotion.com"
CAP = 1000  # a total of just so many may be all that the platform says


class Dailymotion(Provider):
    name = "dailymotion"
    label = "Dailymotion"
    docs = "https://developers.dailymotion.com/api/platform-api/reference/"
    fresh_for = timedelta(hours=3)
    words = {"plays": "views"}
    # fmt: off
    kinds = (
        Kind(name="tag", example="metoo", subject=LOOSE, host="api.dailymotion.com",
             page="https://www.dailymotion.com/search/{subject}/videos", metrics=(
            Metric(name="videos", path="total", exactness=Exactness.ESTIMATE,
                   scope="public videos with the tag",
                   caveat=f"A total of {CAP:,} may be a limit of the platform: then it "
                          "is called a lower bound."),
        )),
        # The video in Dailymotion's own examples.
        Kind(name="video", example="x26ezrb", host="api.dailymotion.com",
             page="https://www.dailymotion.com/video/{subject}",
             subject=r"\w+", hint="what stands behind /video/",
             addresses=(r"dailymotion\.com/(?:embed/)?video/(?P<subject>[a-zA-Z0-9]+)(?:_.*)?",
                        r"dai\.ly/(?P<subject>\w+)"),
             metrics=totals({"views": "views_total", "likes": "likes_total"},
                            scope="on Dailymotion")),
    )
    # fmt: on

    def fetch(self, query: Query, session: Session) -> Iterator[Reading]:
        if query.kind == "video":
            fields = ",".join(metric.path for metric in query.metrics)
            url = f"{API}/video/{quote(query.subject, safe='')}"
            yield from counts(session.fetch_json(url, params={"fields": fields}), query)
            return
        params: Params = {"tags": query.subject, "fields": "id", "limit": 1}
        for found in counts(session.fetch_json(f"{API}/videos", params=params), query):
            capped = found.value == CAP
            yield replace(found, exactness=Exactness.AT_LEAST) if capped else found
