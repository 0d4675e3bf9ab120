"""Checks a settings file before Pelican reads it: names, kinds of values, languages."""

from pelican.plugins.incremental import execute_settings

from ...model.errors import Mistakes
from ...model.settings import Settings
from ...references.catalogue import known_platforms
from .names import misspelt
from .places import Places
from .values import wrong_values


def check_settings(settings_file: str) -> Places:
    """Where the settings stand. Raises `Mistakes`, with all that are wrong.

    What the file raises is raised as it is; see `error_report.settings_mistake`.
    """
    settings = execute_settings(settings_file)
    places = Places.of(settings_file)
    mistakes = [*misspelt(settings, places), *wrong_values(settings, places)]
    try:
        Settings.parse(settings, known_platforms(), settings_file)
    except Mistakes as error:
        mistakes += map(places.placed, error.mistakes)
    if mistakes:
        raise Mistakes(mistakes)
    return places
