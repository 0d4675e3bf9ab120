"""Connects to Pelican: gives templates the values and filters that settings make.

The receivers are functions of the module, since Pelican keeps only weak references.
"""

from collections.abc import Callable, Sequence
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from pelican.generators import Generator

from pelican import signals
from pelican.plugins.incremental import pure, textless

from . import i18n
from .content import feeds, picture_addresses, picture_sizes, related_posts
from .content.picture_files import PictureFiles
from .content.reading import Finishing
from .security.csp import as_meta
from .security.server_files import ServerFiles
from .settings import ThemeSettings


def register() -> None:
    """Connect to Pelican's signals; the second call in a process changes nothing."""
    related_posts.install()
    picture_addresses.install()
    signals.initialized.connect(textless(initialized))
    signals.generator_init.connect(textless(finish_texts))
    signals.get_generators.connect(textless(get_generators))
    signals.all_generators_finalized.connect(textless(related_posts.relate_posts))


def initialized(pelican: Any) -> None:
    """Read the settings; give templates `accent`, `analytics` and the like.

    Raises SettingErrors, before anything is written.
    """
    settings = pelican.settings
    theme = ThemeSettings.read(settings)
    settings["JINJA_GLOBALS"] = {
        "accent": theme.accent,
        "analytics": theme.analytics,
        "newsletter": theme.newsletter,
        "policy": pure(policy_of(theme)),
        **settings["JINJA_GLOBALS"],
    }
    phrases = i18n.Phrases(Path(settings["THEME"]) / "locale")
    # Among the settings, so that another phrase builds every page again.
    settings["THEME_PHRASES"] = phrases.digest
    settings["JINJA_FILTERS"] = {
        "tr": phrases.tr,
        "count": phrases.count,
        "direction": i18n.direction,
        "language": i18n.language,
        "feed_html": pure(lambda text: feeds.for_feeds(str(text))),
        "rfc822": pure(lambda date: format_datetime(date)),
        **settings["JINJA_FILTERS"],
    }


def policy_of(theme: ThemeSettings) -> Callable[..., str]:
    """What templates call for the text of a page's `<meta>`, by a site's settings."""

    def policy(
        hashes: Sequence[str] = (), embed: bool = False, frames: Sequence[str] = ()
    ) -> str:
        theme.check_hashes(hashes)
        return as_meta(theme.embed_policy() if embed else theme.page_policy(frames))

    return policy


def finish_texts(generator: Any) -> None:
    """Have what a generator reads completed and checked, while it is read."""
    settings = generator.settings
    Finishing(
        policy=ThemeSettings.read(settings).page_policy(),
        phrases=i18n.Phrases(Path(settings["THEME"]) / "locale"),
        content=str(Path(settings["PATH"]).absolute()),
        lang=settings["DEFAULT_LANG"],
        site=settings.get("SITE_ADDRESS") or settings["SITEURL"],
    ).attach(generator)


def get_generators(pelican: Any) -> tuple[type[Generator], ...]:
    """The generators of the files that servers read, and of scaled pictures."""
    if not picture_sizes.can_read():
        return (ServerFiles,)
    return ServerFiles, PictureFiles
