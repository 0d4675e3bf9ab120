"""Platforms that publish no number we may fetch: why not, and where to look.

References to them build: the page shows the claim, and why there is no reading.
"""

from datetime import date, timedelta

from ..base import LOOSE, Kind, Provider, Unavailable, totals


def _kind(
    name: str,
    metric: str,
    page: str,
    example: str,
    *addresses: str,
    subject: str = ".+",
) -> Kind:
    """A kind of subject with one metric, which nobody publishes."""
    return Kind(
        name=name,
        metrics=totals(
            {metric: ""}, scope="there", caveat="No number of it is published."
        ),
        host=page.split("/")[2],
        page=page,
        example=example,
        subject=subject,
        addresses=addresses,
    )


class TikTok(Provider):
    name = "tiktok"
    label = "TikTok"
    docs = "https://developers.tiktok.com/products/research-api/"
    fresh_for = timedelta(days=1)
    kinds = (
        _kind(
            "tag",
            "videos",
            "https://www.tiktok.com/tag/{subject}",
            "metoo",
            r"tiktok\.com/tag/(?P<subject>[^/?]+)",
            subject=r"[^/\s]+",
        ),
        _kind(
            "video",
            "views",
            "https://www.tiktok.com/",
            "7000000000000000001",
            r"tiktok\.com/@[\w.]+/(?:video|photo)/(?P<subject>\d+)",
            subject=r"\d+",
        ),
    )
    unavailable = dict.fromkeys(
        ("tag", "video"),
        Unavailable(
            as_of=date(2026, 11, 24),
            instead="https://www.tiktok.com/",
            reason="TikTok's research interface is for approved researchers, and "
            "it has no total",
        ),
    )


class LinkedIn(Provider):
    name = "linkedin"
    label = "LinkedIn"
    docs = "https://learn.microsoft.com/linkedin/marketing/"
    fresh_for = timedelta(days=1)
    kinds = (
        _kind(
            "tag",
            "posts",
            "https://www.linkedin.com/feed/hashtag/{subject}/",
            "metoo",
            r"linkedin\.com/feed/hashtag/(?P<subject>[^/?]+)",
            subject=r"[^/\s]+",
        ),
    )
    unavailable = {
        "tag": Unavailable(
            as_of=date(2026, 11, 24),
            instead="https://www.linkedin.com/feed/",
            reason="LinkedIn's interfaces give an organisation its own posts, and "
            "no count of a hashtag",
        )
    }


class Pinterest(Provider):
    name = "pinterest"
    label = "Pinterest"
    docs = "https://developers.pinterest.com/docs/api/v5/"
    fresh_for = timedelta(days=1)
    kinds = (
        _kind(
            "tag",
            "pins",
            "https://www.pinterest.com/search/pins/?q={subject}",
            "metoo",
            r"pinterest\.[a-z.]+/search/pins/?\?(?:.*&)?q=(?P<subject>[^&]+)"
            r"(?:&.*)?",
            subject=LOOSE,
        ),
    )
    unavailable = {
        "tag": Unavailable(
            as_of=date(2025, 12, 11),
            instead="https://trends.pinterest.com/",
            reason="Pinterest's interface counts no hashtags: it gives the change "
            "of growing searches, and the figures of one's own pins",
        )
    }


class GoogleTrends(Provider):
    name = "googletrends"
    label = "Google Trends"
    docs = "https://developers.google.com/search/apis/trends"
    fresh_for = timedelta(days=1)
    kinds = (
        _kind(
            "tag",
            "searches",
            "https://trends.google.com/trends/explore?q={subject}",
            "metoo",
            r"trends\.google\.com/trends/explore\?(?:.*&)?q=(?P<subject>[^&]+)"
            r"(?:&.*)?",
            subject=LOOSE,
        ),
    )
    unavailable = {
        "tag": Unavailable(
            as_of=date(2025, 7, 24),
            instead="https://trends.google.com/trends/",
            reason="its interface is open to invited testers only, and says how "
            "interest compares, not how many people searched",
        )
    }
