"""The door to Pelican: filters and values for the templates of a theme."""

from email.utils import format_datetime
from pathlib import Path
from typing import Any

from pelican import signals

from incremental import pure

from . import languages, neighbours


def register() -> None:
    signals.initialized.connect(initialized)
    signals.all_generators_finalized.connect(neighbours.connect)


def initialized(pelican: Any) -> None:
    settings = pelican.settings
    phrases = languages.Phrases(Path(settings["THEME"]) / "locale")
    # Among the settings, so that another phrase builds every page again.
    settings["FRAME_PHRASES"] = phrases.digest
    settings["JINJA_FILTERS"] = {
        "tr": phrases.tr,
        "count": phrases.count,
        "direction": languages.direction,
        "language": languages.language,
        "minutes": neighbours.minutes,
        "rfc822": pure(lambda date: format_datetime(date)),
        **settings["JINJA_FILTERS"],
    }
