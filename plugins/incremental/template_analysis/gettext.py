"""What decides the words that Jinja's extension for translations gives: a catalogue.

Themes in several languages say `{{ _("Next") }}` or `{% trans %}` on every page. What
these give follows from what they are given, and from the catalogue that was installed.
"""

from gettext import GNUTranslations, NullTranslations
from typing import Any

from jinja2 import ext

from ..system.digests import hashed

ALIAS, OF_ALIAS = "_", "gettext"
"""The name that stands for another one, which is looked up where it is called."""

_KINDS = (NullTranslations, GNUTranslations)


def catalogue_of(function: Any) -> bytes | None:
    """The digest of what decides a function beside its arguments.

    None for one that is not of Jinja's extension, or whose catalogue is of a kind that
    we do not know.
    """
    if function is ext._gettext_alias:
        return b"alias"
    if getattr(function, "__module__", "") == ext.__name__:
        cells = getattr(function, "__closure__", None) or ()
        if function.__name__ in ext.GETTEXT_FUNCTIONS and len(cells) == 1:
            function = cells[0].cell_contents
    owner, parts = getattr(function, "__self__", None), []
    if owner is None:
        return None
    while owner is not None:
        if type(owner) not in _KINDS:
            return None
        said = getattr(owner, "_catalog", {}).items()
        parts += [
            repr(sorted(owner.info().items())),
            repr(sorted(said, key=repr)),
        ]
        owner = owner._fallback
    return hashed(function.__name__.encode(), *(part.encode() for part in parts))
