"""The door to Pelican: settings become values and filters that templates see.

Pelican keeps weak references to receivers, so these are module-level functions.
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
    signals.initialized.connect(textless(initialized))
    signals.get_generators.connect(textless(get_generators))
    signals.all_generators_finalized.connect(textless(related_posts.connect))


def initialized(pelican: Any) -> None:
    """Read the settings; give templates `analytics`, `newsletter` and `policy`.

    Raises FrameErrors, before anything is written.
    """
    settings = pelican.settings
    frame = ThemeSettings.read(settings)
    settings["JINJA_GLOBALS"] = {
        "analytics": frame.analytics,
        "newsletter": frame.newsletter,
        "policy": pure(policy_of(frame)),
        **settings["JINJA_GLOBALS"],
    }
    phrases = i18n.Phrases(Path(settings["THEME"]) / "locale")
    # Among the settings, so that another phrase builds every page again.
    settings["FRAME_PHRASES"] = phrases.digest
    settings["JINJA_FILTERS"] = {
        "tr": phrases.tr,
        "count": phrases.count,
        "direction": i18n.direction,
        "language": i18n.language,
        "rfc822": pure(lambda date: format_datetime(date)),
        **settings["JINJA_FILTERS"],
    }


def policy_of(frame: ThemeSettings) -> Callable[..., str]:
    """What templates call: the text of a page's `<meta>`, for one site's settings."""

    def policy(hashes: Sequence[str] = (), embed: bool = False) -> str:
        frame.check(hashes)
        return as_meta(frame.embeds() if embed else frame.pages())

    return policy


def get_generators(pelican: Any) -> type[ServerFiles]:
    return ServerFiles
