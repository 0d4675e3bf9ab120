"""Flickr: photos with a tag."""

from collections.abc import Iterator
from datetime import timedelta

from ...model.errors import ChangedShape, Refused
from ...model.values import Exactness, Reading, Span
from ..base import LOOSE, Kind, Metric, Params, Provider, Query, Session
from ..daily_series import midnight
from ..parsing import counts, field

API = "https://www.flickr.com/services/rest/"


class Flickr(Provider):
    name = "flickr"
    label = "Flickr"
    docs = "https://www.flickr.com/services/api/flickr.photos.search.html"
    credentials = {"FLICKR_API_KEY": ()}
    fresh_for = timedelta(hours=6)
    pause = 1.0
    uncounted = {
        r"flickr\.com/(?:photos|people|groups)/(?!tags/).+": "Flickr is asked for "
        "photos with a tag only",
    }
    # fmt: off
    kinds = (
        Kind(name="tag", example="metoo", subject=LOOSE, host="www.flickr.com",
             page="https://www.flickr.com/photos/tags/{subject}",
             needs=("FLICKR_API_KEY",),
             addresses=(r"flickr\.com/photos/tags/(?P<subject>[^/?]+)",
                        r"flickr\.com/search/?\?(?:.*&)?tags=(?P<subject>[^&]+)"
                        r"(?:&.*)?"),
             metrics=(
            Metric(name="photos", path="photos.total", days=range(1, 366),
                   exactness=Exactness.ESTIMATE, scope="public photos with the tag",
                   caveat="Flickr's totals of large searches are approximate; days are "
                          "those of the upload."),
        )),
    )
    # fmt: on

    def fetch(self, query: Query, session: Session) -> Iterator[Reading]:
        params: Params = {
            "method": "flickr.photos.search", "format": "json", "nojsoncallback": 1,
            "api_key": query.credentials["FLICKR_API_KEY"],
            "tags": query.subject, "per_page": 1,
        }  # fmt: skip
        span = None
        if query.window.days:
            span = Span.before(query.today, query.window.days)
            params["min_upload_date"] = midnight(span.start)
            params["max_upload_date"] = midnight(query.today) - 1
        reply = session.fetch_json(API, params=params)
        if field(reply, "stat") != "ok":  # errors come with status 200
            if reply.get("code") == 100:
                raise Refused("www.flickr.com refused our credentials")
            raise ChangedShape("www.flickr.com did not understand the question")
        yield from counts(reply, query, span)
