"""The interface in the reader's language, from gettext catalogues beside the theme.

`<theme>/locale/<language>/LC_MESSAGES/theme.po` has the phrases; English is what the
templates say. The catalogues are read as they are, so nothing has to be compiled.
"""

import hashlib
from gettext import NullTranslations
from pathlib import Path

from babel import Locale, UnknownLocaleError

from pelican.plugins.incremental import pure
from pelican.plugins.incremental.system.catalogues import read_catalogue

from .errors import SettingError, SettingErrors

DOMAIN = "LC_MESSAGES/theme.po"
ENGLISH = NullTranslations()
N_ = str
"""Marks a phrase that Python says, for the catalogues of the theme."""


class Phrases:
    """All catalogues of a theme. `digest` is another if any phrase is.

    Raises SettingErrors for a file that is no catalogue.
    """

    def __init__(self, folder: Path) -> None:
        self._catalogues: dict[str, NullTranslations] = {}
        digest = hashlib.sha256()
        for path in sorted(folder.glob(f"*/{DOMAIN}")):
            digest.update(path.read_bytes())
            try:
                self._catalogues[path.parts[-3]] = read_catalogue(path)
            except ValueError as error:
                what = f"this is no catalogue: {error}"
                raise SettingErrors(
                    [SettingError(what, "mend it", str(path))]
                ) from error
        self.digest = digest.hexdigest()

    @pure
    def tr(self, text: str, lang: str, **values: object) -> str:
        """`text` in `lang`, with its {names} filled in; untranslated, itself."""
        if not text:  # which in a catalogue stands for its header
            return text
        translated = self._catalogue_of(lang).gettext(text)
        return translated.format(**values) if values else translated

    @pure
    def count(self, number: int, one: str, many: str, lang: str) -> str:
        """One of two phrases by number, with {n} filled in: "3 posts"."""
        return self._catalogue_of(lang).ngettext(one, many, number).format(n=number)

    def _catalogue_of(self, lang: str) -> NullTranslations:
        """The catalogue for a language: its own, or its family's (de for de-AT)."""
        for name in (lang.replace("-", "_"), lang.replace("-", "_").split("_")[0]):
            if name in self._catalogues:
                return self._catalogues[name]
        return ENGLISH


@pure
def direction(lang: str) -> str:
    """Which way a language is written: ltr or rtl."""
    try:
        order = Locale.parse(lang.replace("-", "_")).character_order
    except (ValueError, UnknownLocaleError):
        return "ltr"
    return "rtl" if order == "right-to-left" else "ltr"


@pure
def language(lang: str) -> str:
    """The name of a language in itself: English, Deutsch."""
    try:
        name = Locale.parse(lang.replace("-", "_")).get_display_name() or lang
    except (ValueError, UnknownLocaleError):
        return lang
    return name[0].upper() + name[1:]
