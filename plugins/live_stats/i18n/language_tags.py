"""Checks language tags (BCP 47): "de", "pt-BR", "zh-Hant"."""

from functools import cache
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.localedata import locale_identifiers

from ..model.suggestions import nearest


class LanguageError(Exception):
    """A text that is no language tag: what is wrong, and how to mend it."""

    def __init__(self, what: str, mend: str) -> None:
        self.what, self.mend = what, mend
        super().__init__(f"{what}; {mend}")


def canonical(tag: Any) -> str:
    """The tag with its usual capitals.

    Raises LanguageError if this is no tag of a known language, plainly written.
    """
    text = tag if isinstance(tag, str) else ""
    if wanted := _canonical(text):
        # Capitals are no matter: Pelican makes them small.
        if wanted.casefold() == text.casefold():
            return wanted
        raise LanguageError("a language is written with hyphens", f'write "{wanted}"')
    near = _tag_named(text)
    mend = f'did you mean "{near}"?' if near else 'write one such as "en" or "pt-BR"'
    raise LanguageError("there is no such language", mend)


def _canonical(text: str) -> str:
    """The tag as it is written; empty if it names no language."""
    try:
        return str(Locale.parse(text.replace("_", "-"), sep="-")).replace("_", "-")
    except (UnknownLocaleError, ValueError, TypeError):
        return ""


@cache
def _names() -> dict[str, str]:
    """By the name of a language, in English and in its own, its tag."""
    english = Locale("en").languages
    found: dict[str, str] = {}
    for tag in locale_identifiers():
        if "_" not in tag:
            own = Locale.parse(tag).get_language_name() or ""
            found |= {own.casefold(): tag, english.get(tag, "").casefold(): tag}
    found.pop("", None)
    return found


def _tag_named(text: str) -> str:
    """The tag of the language with this name, or nearly; empty if there is none."""
    names = _names()
    folded = text.strip().casefold()
    return names.get(folded) or names.get(nearest(folded, names), "")
