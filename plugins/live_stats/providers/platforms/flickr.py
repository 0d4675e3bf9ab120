"""Flickr: photos with a tag."""

from collections.abc import Iterator
from datetime import timedelta

from ...model.errors import ChangedShape, NoCount, Refused, Unreachable
from ...model.values import Exactness, Reading, Span
from ..base import LOOSE, Kind, Metric, Params, Provider, Query, Session
from ..daily_series import check_window, midnight
from ..parsing import counts, epoch_time, field, find, rows

API = "https://www.flickr.com/services/rest/"
# They come with status 200.
TROUBLES = {
    "10": (Unreachable, "www.flickr.com has trouble of its own"),
    "18": (NoCount, "www.flickr.com does not search for this word"),
    "100": (Refused, "www.flickr.com refused our credentials"),
    "105": (Unreachable, "www.flickr.com has trouble of its own"),
    "106": (Unreachable, "www.flickr.com has trouble of its own"),
}
OTHER = (ChangedShape, "www.flickr.com did not understand the question")


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
            "tags": query.subject, "per_page": 1, "extras": "date_upload",
        }  # fmt: skip
        span = None
        if query.window.days:
            span = Span.before(query.today, query.window.days)
            params["min_upload_date"] = midnight(span.start)
            params["max_upload_date"] = midnight(query.today) - 1
        reply = session.fetch_json(API, params=params)
        if field(reply, "stat") != "ok":
            code = str(find(reply, "code"))
            kind, words = TROUBLES.get(code, OTHER)
            raise kind(words)
        photos = rows(reply, "photos", "photo") if span else []
        times = [find(photo, "dateupload") for photo in photos]
        check_window([epoch_time(one) for one in times if one is not None], span)
        yield from counts(reply, query, span)
