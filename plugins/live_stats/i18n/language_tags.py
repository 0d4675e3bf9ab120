"""Language tags (BCP 47) in the form of HTML, checked against Unicode's own list."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.core import get_global

from ..model.suggestions import nearest

_CODE = re.compile(
    r"(?P<language>[a-z]{2,3})(?:-(?P<script>[a-z]{4}))?"
    r"(?:-(?P<region>[a-z]{2}|\d{3}))?"
    r"(?P<more>(?:-(?:[a-z0-9]{5,8}|\d[a-z0-9]{3}))*(?:-[a-wyz0-9](?:-[a-z0-9]{2,8})+)*"
    r"(?:-x(?:-[a-z0-9]{1,8})+)?)\Z",
    re.IGNORECASE,
)

_OWN_NAMES = (
    *("de", "fr", "es", "it", "pt", "nl", "pl", "ru", "uk", "cs", "sk", "sl", "hr"),
    *("sr", "bg", "ro", "hu", "fi", "sv", "da", "nb", "is", "el", "tr", "he", "ar"),
    *("fa", "hi", "bn", "ta", "th", "vi", "id", "ms", "ja", "ko", "zh", "ca", "eu"),
)
"""The languages whose own names are known as well: "deutsch"."""


class LanguageError(Exception):
    """A text that is no language tag: what is wrong, and how to mend it."""

    def __init__(self, what: str, mend: str) -> None:
        self.what, self.mend = what, mend
        super().__init__(f"{what}; {mend}")


def checked(tag: Any) -> str:
    """The tag with its usual capitals.

    Raises LanguageError if this is no tag of a known language, plainly written.
    """
    text = tag if isinstance(tag, str) else ""
    if wanted := canonical(text):
        if "_" not in text:
            return wanted
        raise LanguageError("a language is written with hyphens", f'write "{wanted}"')
    near = suggested(text) if text.strip() else ""
    mend = f'did you mean "{near}"?' if near else 'write one such as "en" or "pt-BR"'
    raise LanguageError("there is no such language", mend)


def canonical(code: str) -> str:
    """A code as HTML wants it: pt-BR for "pt_BR"; empty if it is none that is known."""
    match = _CODE.match(code.strip().replace("_", "-"))
    if not match:
        return ""
    language = match["language"].lower()
    script, region = (match["script"] or "").title(), (match["region"] or "").upper()
    known = _english()
    if language not in known.languages:
        return ""
    if (script and script not in known.scripts) or (
        region and region not in known.territories
    ):
        return ""
    aliased = get_global("territory_aliases").get(region, [region])
    if region and list(aliased) != [region]:
        return ""  # UK: it means GB
    parts = [language, *filter(None, (script, region))]
    return "-".join(parts) + match["more"].lower()


def suggested(text: str) -> str:
    """The code that was probably meant by a text that is none; empty if none."""
    text = text.strip().strip("\"'").replace("_", "-")
    if canonical(text):
        return canonical(text)
    language, _, rest = text.lower().partition("-")
    if language in (names := _codes_by_name()):
        return names[language]
    if text.lower() in names:
        return names[text.lower()]
    aliases: Mapping[str, str] = get_global("language_aliases")
    if language in aliases:
        again = f"{aliases[language]}-{rest}" if rest else aliases[language]
        return canonical(again)
    if language in _english().languages and len(rest) in (2, 3):
        regions = get_global("territory_aliases").get(rest.upper(), ())
        return canonical(f"{language}-{regions[0]}") if regions else language
    subtags: Mapping[str, str] = get_global("likely_subtags")
    if likely := subtags.get(f"und_{language.upper()}"):
        return likely.split("_")[0]  # a country, taken for its language: jp
    near = nearest(text, names)
    return names[near] if near else ""


@cache
def _english() -> Locale:
    return Locale("en")


@cache
def _codes_by_name() -> dict[str, str]:
    """Codes by the names of languages, in lower case: in English, and their own."""
    found = {name.lower(): code for code, name in _english().languages.items()}
    for code in _OWN_NAMES:
        try:
            found[str(Locale(code).get_language_name()).lower()] = code
        except UnknownLocaleError:
            continue  # this Babel has no data for it
    return {name: code.replace("_", "-") for name, code in found.items()}
