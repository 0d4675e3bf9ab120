"""Messages in the reader's language, from the gettext catalogues in `messages/`.

English is what the source says: it has no catalogue, and costs no reading of one.
"""

from functools import lru_cache
from gettext import NullTranslations

from pelican.plugins.incremental.system.catalogues import packaged_catalogue

SOURCE_LANGUAGE = "en"


class Translator:
    """The messages of one language; a message that has no translation is English."""

    def __init__(self, catalogue: NullTranslations, *, source: bool = False) -> None:
        self._catalogue, self._source = catalogue, source

    def translation(self, message: str) -> str | None:
        """`message` in this language, unfilled; None if the catalogue lacks it.

        An empty one is itself: in a catalogue it stands for the header.
        """
        if self._source or not message:
            return message
        text = self._catalogue.gettext(message)
        return None if text == message else text

    def gettext(self, message: str, **values: object) -> str:
        """`message` in this language, with its {names} filled in."""
        text = self._catalogue.gettext(message)
        return text.format(**values) if values else text

    def pgettext(self, context: str, message: str, **values: object) -> str:
        """The same for a message whose translation depends on where it stands."""
        text = self._catalogue.pgettext(context, message)
        return text.format(**values) if values else text

    def ngettext(self, one: str, many: str, n: int, **values: object) -> str:
        """The form for the number `n`, which also fills in {n}."""
        return self.plural(one, many, n).format(n=n, **values)

    def plural(self, one: str, many: str, n: int) -> str:
        """The form for the number `n`, with nothing filled in."""
        return self._catalogue.ngettext(one, many, n)


def N_(message: str) -> str:
    """`message` itself: marks what is extracted here and translated elsewhere."""
    return message


def Nn_(one: str, many: str) -> tuple[str, str]:
    """The same for the two forms of a noun."""
    return one, many


@lru_cache(64)
def translator_of(locale: str) -> Translator:
    """The messages for a language tag such as `de-AT`; English where we have none."""
    if locale.replace("_", "-").partition("-")[0].lower() == SOURCE_LANGUAGE:
        return Translator(NullTranslations(), source=True)
    return Translator(packaged_catalogue(__file__, locale))
