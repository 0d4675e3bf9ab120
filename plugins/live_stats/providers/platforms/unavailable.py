"""Platforms that publish no number we may ask for: why not, and where to look."""

from datetime import date, timedelta

from ..base import LOOSE, Kind, Provider, Unavailable, totals

NONE = "No number of it is published."


class Unpublished(Provider):
    """A platform by declaration. References to it build, keep their claim, say why."""

    fresh_for = timedelta(days=1)

    def __init__(
        self, name: str, label: str, docs: str, why: Unavailable, *kinds: Kind
    ) -> None:
        self.name, self.label, self.docs, self.kinds = name, label, docs, kinds
        self.unavailable = {kind.name: why for kind in kinds}


def _kind(
    name: str,
    metric: str,
    page: str,
    example: str,
    *addresses: str,
    subject: str = ".+",
) -> Kind:
    metrics = totals({metric: ""}, scope="there", caveat=NONE)
    return Kind(
        name=name,
        metrics=metrics,
        host=page.split("/")[2],
        page=page,
        example=example,
        subject=subject,
        addresses=addresses,
    )


TIKTOK = Unpublished(
    "tiktok", "TikTok", "https://developers.tiktok.com/products/research-api/",
    Unavailable(as_of=date(2026, 11, 24), instead="https://www.tiktok.com/",
                reason="TikTok's research interface is for approved researchers, and "
                "it has no total"),
    _kind("tag", "videos", "https://www.tiktok.com/tag/{subject}", "metoo",
          r"(?:www\.)?tiktok\.com/tag/(?P<subject>[^/?]+)", subject=r"[^/\s]+"),
    _kind("video", "views", "https://www.tiktok.com/", "7000000000000000001",
          r"(?:www\.)?tiktok\.com/@[\w.]+/video/(?P<subject>\d+)", subject=r"\d+"),
)  # fmt: skip
LINKEDIN = Unpublished(
    "linkedin", "LinkedIn", "https://learn.microsoft.com/linkedin/marketing/",
    Unavailable(as_of=date(2026, 11, 24), instead="https://www.linkedin.com/feed/",
                reason="LinkedIn's interfaces give an organisation its own posts, and "
                "no count of a hashtag"),
    _kind("tag", "posts", "https://www.linkedin.com/feed/hashtag/{subject}/", "metoo",
          r"(?:www\.)?linkedin\.com/feed/hashtag/(?P<subject>[^/?]+)",
          subject=r"[^/\s]+"),
)  # fmt: skip
PINTEREST = Unpublished(
    "pinterest", "Pinterest", "https://developers.pinterest.com/docs/api/v5/",
    Unavailable(as_of=date(2025, 12, 11), instead="https://trends.pinterest.com/",
                reason="Pinterest's interface counts no hashtags: it gives the change "
                "of growing searches, and the figures of one's own pins"),
    _kind("tag", "pins", "https://www.pinterest.com/search/pins/?q={subject}", "metoo",
          r"(?:www\.)?pinterest\.com/search/pins/\?(?:.*&)?q=(?P<subject>[^&]+)"
          r"(?:&.*)?", subject=LOOSE),
)  # fmt: skip
GOOGLE_TRENDS = Unpublished(
    "googletrends", "Google Trends", "https://developers.google.com/search/apis/trends",
    Unavailable(as_of=date(2025, 7, 24), instead="https://trends.google.com/trends/",
                reason="its interface is open to invited testers only, and says how "
                "interest compares, not how many people searched"),
    _kind("tag", "searches", "https://trends.google.com/trends/explore?q={subject}",
          "metoo", r"trends\.google\.com/trends/explore\?(?:.*&)?q=(?P<subject>[^&]+)"
          r"(?:&.*)?", subject=LOOSE),
)  # fmt: skip
UNPUBLISHED = (TIKTOK, LINKEDIN, PINTEREST, GOOGLE_TRENDS)
