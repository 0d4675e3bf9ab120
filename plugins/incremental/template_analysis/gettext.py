"""Digests of the catalogues behind the functions of Jinja's i18n extension.

Themes in several languages write `{{ _("Next") }}` or `{% trans %}` on every page. What
these give depends on their arguments, and on the catalogue that was installed.
"""

from gettext import GNUTranslations, NullTranslations
from types import CellType
from typing import Any

from jinja2 import ext

from ..system.digests import hashed

ALIAS, ALIASED = "_", "gettext"
"""The function `_` looks the other one up in the context where it is called."""

_KNOWN_CLASSES = (NullTranslations, GNUTranslations)


def catalogue_digest(function: Any) -> bytes | None:
    """Return the digest of the catalogue that a function translates with.

    None for a function that is not of Jinja's extension, or whose catalogue is of an
    unknown class.
    """
    if function is ext._gettext_alias:
        return b"alias"
    if getattr(function, "__module__", "") == ext.__name__:
        cells: tuple[CellType, ...] = getattr(function, "__closure__", None) or ()
        if function.__name__ in ext.GETTEXT_FUNCTIONS and len(cells) == 1:
            function = cells[0].cell_contents
    owner = getattr(function, "__self__", None)
    parts: list[str] = []
    if owner is None:
        return None
    while owner is not None:
        if type(owner) not in _KNOWN_CLASSES:
            return None
        messages = getattr(owner, "_catalog", {}).items()
        parts += [
            repr(sorted(owner.info().items())),
            repr(sorted(messages, key=repr)),
        ]
        owner = owner._fallback
    return hashed(function.__name__.encode(), *(part.encode() for part in parts))
