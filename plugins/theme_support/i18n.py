"""The interface in the reader's language, from gettext catalogues beside the theme.

`<theme>/locale/<language>/LC_MESSAGES/theme.po` has the phrases; English is what the
templates say. The catalogues are read as they are, so nothing has to be compiled.
"""

import hashlib
from collections.abc import Mapping
from gettext import c2py
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError, read_po

from pelican.plugins.incremental import pure

from .errors import SettingError, SettingErrors

DOMAIN = "LC_MESSAGES/theme.po"


class Phrases:
    """All catalogues of a theme. `digest` is another if any phrase is."""

    def __init__(self, folder: Path) -> None:
        self.catalogues: dict[str, Catalog] = {}
        digest = hashlib.sha256()
        for path in sorted(folder.glob(f"*/{DOMAIN}")):
            data = path.read_bytes()
            digest.update(data)
            try:
                with path.open("rb") as file:
                    self.catalogues[path.parts[-3]] = read_po(file, abort_invalid=True)
            except (PoFileError, ValueError) as error:
                raise SettingErrors(
                    [
                        SettingError(
                            f"this is no catalogue: {error}", "mend it", str(path)
                        )
                    ]
                ) from error
        self.digest = digest.hexdigest()

    @pure
    def tr(self, text: str, lang: str, **values: object) -> str:
        """`text` in `lang`, with its {names} filled in; untranslated, itself."""
        message = self._message(text, lang)
        said = message.string if message and message.string else text
        return said.format(**values) if values else said

    @pure
    def count(self, number: int, one: str, many: str, lang: str) -> str:
        """One of two phrases by number, with {n} filled in: "3 posts"."""
        message = self._message(one, lang)
        forms = message.string if message and message.pluralizable else ()
        if forms and all(forms):
            catalogue = self.catalogues[_known(lang, self.catalogues)]
            said = forms[c2py(catalogue.plural_expr)(number)]
        else:
            said = one if number == 1 else many
        return said.format(n=number)

    def _message(self, text: str, lang: str):
        known = _known(lang, self.catalogues)
        return self.catalogues[known].get(text) if known else None


def _known(lang: str, catalogues: Mapping[str, Catalog]) -> str:
    """The catalogue for a language: its own, or its family's (de for de-AT)."""
    for name in (lang.replace("-", "_"), lang.replace("-", "_").split("_")[0]):
        if name in catalogues:
            return name
    return ""


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
