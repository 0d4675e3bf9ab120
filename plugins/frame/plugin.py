"""The door to Pelican: settings become values that templates see.

Pelican keeps weak references to receivers, so these are module-level functions.
"""

from collections.abc import Callable, Sequence
from typing import Any

from pelican import signals

from incremental import pure

from .files import ServerFiles
from .policy import as_meta
from .settings import Frame


def register() -> None:
    signals.initialized.connect(initialized)
    signals.get_generators.connect(get_generators)


def initialized(pelican: Any) -> None:
    """Read the settings; give templates `analytics`, `newsletter` and `policy`.

    Raises FrameErrors, before anything is written.
    """
    settings = pelican.settings
    frame = Frame.read(settings)
    settings["JINJA_GLOBALS"] = {
        "analytics": frame.analytics,
        "newsletter": frame.newsletter,
        "policy": pure(policy_of(frame)),
        **settings["JINJA_GLOBALS"],
    }


def policy_of(frame: Frame) -> Callable[..., str]:
    """What templates call: the text of a page's `<meta>`, for one site's settings."""

    def policy(hashes: Sequence[str] = (), embed: bool = False) -> str:
        frame.check(hashes)
        return as_meta(frame.embeds() if embed else frame.pages())

    return policy


def get_generators(pelican: Any) -> type[ServerFiles]:
    return ServerFiles
