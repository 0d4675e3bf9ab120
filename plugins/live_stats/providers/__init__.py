"""Every platform we can ask. A tuple is a registry: to add one, add a line."""

from .base import Provider
from .bluesky import Bluesky
from .everywhere import Everywhere
from .facebook import Facebook
from .gdelt import Gdelt
from .hackernews import HackerNews
from .instagram import Instagram
from .mastodon import Mastodon
from .wikipedia import Wikipedia
from .x import X

PROVIDERS: tuple[Provider, ...] = (
    Mastodon(),
    Bluesky(),
    X(),
    Wikipedia(),
    Gdelt(),
    HackerNews(),
    Facebook(),
    Instagram(),
    Everywhere(),
)

BY_NAME: dict[str, Provider] = {provider.name: provider for provider in PROVIDERS}
