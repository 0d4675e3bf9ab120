"""Every platform we can ask. A tuple is a registry: to add one, add a line."""

from .base import Provider
from .bluesky import Bluesky
from .buttondown import Buttondown
from .clicky import Clicky
from .dailymotion import Dailymotion
from .devto import DevTo
from .everywhere import Everywhere
from .facebook import Facebook
from .fathom import Fathom
from .flickr import Flickr
from .gdelt import Gdelt
from .github import GitHub
from .goatcounter import GoatCounter
from .hackernews import HackerNews
from .instagram import Instagram
from .lemmy import Lemmy
from .mailchimp import Mailchimp
from .mastodon import Mastodon
from .matomo import Matomo
from .misskey import Misskey
from .peertube import PeerTube
from .pixelfed import Pixelfed
from .plausible import Plausible
from .reddit import Reddit
from .simpleanalytics import SimpleAnalytics
from .stackexchange import StackExchange
from .telegram import Telegram
from .threads import Threads
from .tumblr import Tumblr
from .umami import Umami
from .unpublished import UNPUBLISHED
from .vimeo import Vimeo
from .wikipedia import Wikipedia
from .x import X
from .youtube import YouTube

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
    # where people read, ask and build
    Wikipedia(),
    Gdelt(),
    HackerNews(),
    StackExchange(),
    GitHub(),
    DevTo(),
    *UNPUBLISHED,
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

BY_NAME: dict[str, Provider] = {provider.name: provider for provider in PROVIDERS}
