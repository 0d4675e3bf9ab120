"""Connects to Pelican: gives templates the values and filters that settings make.

The receivers are functions of the module, since Pelican keeps only weak references.
"""

from collections.abc import Callable, Sequence
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from pelican import signals
from pelican.plugins.incremental import pure, textless

from . import i18n, related_posts
from .security.csp import as_meta
from .security.server_files import ServerFiles
from .settings import ThemeSettings


def register() -> None:
    """Connect to Pelican's signals; the second call in a process changes nothing."""
    related_posts.install()
    signals.initialized.connect(textless(initialized))
    signals.get_generators.connect(textless(get_generators))
    signals.all_generators_finalized.connect(textless(related_posts.relate_posts))


def initialized(pelican: Any) -> None:
    """Read the settings; give templates `analytics`, `newsletter` and `policy`.

    Raises SettingErrors, before anything is written.
    """
    settings = pelican.settings
    theme = ThemeSettings.read(settings)
    settings["JINJA_GLOBALS"] = {
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


def get_generators(pelican: Any) -> type[ServerFiles]:
    """The generator of the files that servers read."""
    return ServerFiles
