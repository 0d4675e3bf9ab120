"""All platforms: the registry `PROVIDERS`, and the names to write a provider with."""

from .base import (
    LOOSE,
    NAME,
    Archive,
    Break,
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
from .platforms.all_platforms import Everywhere
from .platforms.bluesky import Bluesky
from .platforms.buttondown import Buttondown
from .platforms.clicky import Clicky
from .platforms.dailymotion import Dailymotion
from .platforms.devto import DevTo
from .platforms.facebook import Facebook
from .platforms.fathom import Fathom
from .platforms.flickr import Flickr
from .platforms.gdelt import Gdelt
from .platforms.github import GitHub
from .platforms.goatcounter import GoatCounter
from .platforms.hackernews import HackerNews
from .platforms.instagram import Instagram
from .platforms.lemmy import Lemmy
from .platforms.mailchimp import Mailchimp
from .platforms.mastodon import Mastodon
from .platforms.matomo import Matomo
from .platforms.misskey import Misskey
from .platforms.peertube import PeerTube
from .platforms.pixelfed import Pixelfed
from .platforms.plausible import Plausible
from .platforms.reddit import Reddit
from .platforms.simpleanalytics import SimpleAnalytics
from .platforms.stackexchange import StackExchange
from .platforms.telegram import Telegram
from .platforms.threads import Threads
from .platforms.tumblr import Tumblr
from .platforms.umami import Umami
from .platforms.unavailable import GoogleTrends, LinkedIn, Pinterest, TikTok
from .platforms.vimeo import Vimeo
from .platforms.wikipedia import Wikipedia
from .platforms.x import X
from .platforms.youtube import YouTube

__all__ = [
    "BY_NAME",
    "LOOSE",
    "NAME",
    "PROVIDERS",
    "Archive",
    "Break",
    "Budget",
    "Kind",
    "Metric",
    "Params",
    "Provider",
    "Query",
    "Session",
    "Unavailable",
    "totals",
]

PROVIDERS: tuple[Provider, ...] = (
    # where people post
    Mastodon(),
    Bluesky(),
    X(),
    Threads(),
    Instagram(),
    Facebook(),
    YouTube(),
    Reddit(),
    Lemmy(),
    Misskey(),
    Pixelfed(),
    PeerTube(),
    Tumblr(),
    Flickr(),
    Vimeo(),
    Dailymotion(),
    Telegram(),
    # where people read, ask questions and build
    Wikipedia(),
    Gdelt(),
    HackerNews(),
    StackExchange(),
    GitHub(),
    DevTo(),
    # which publish no number
    TikTok(),
    LinkedIn(),
    Pinterest(),
    GoogleTrends(),
    # who comes to the site itself
    Clicky(),
    Plausible(),
    GoatCounter(),
    Umami(),
    Matomo(),
    Fathom(),
    SimpleAnalytics(),
    Buttondown(),
    Mailchimp(),
    Everywhere(),
)
"""All providers, in the order of "How we count". To add one, add a line."""

BY_NAME: dict[str, Provider] = {provider.name: provider for provider in PROVIDERS}
"""The same by name."""
