"""Finds tags in HTML, and reads and writes their attributes.

Not by a parser: what is not changed must stay as it is, to the last character, and a
parser of the standard library cannot write back what it has read.
"""

import html
import re
from collections.abc import Callable, Mapping

_VALUE = r"""(?:"[^"]*+"|'[^']*+'|[^\s"'=<>`]++)"""
ATTRIBUTES = rf"""(?:\s++[^\s"'<>/=]++(?:\s*+=\s*+{_VALUE})?+)*+"""
"""A pattern for all attributes of a tag, with the space before each."""

SKIPPED = (
    r"<!--.*?(?:-->|\Z)|<(?P<skipped>script|style|textarea)\b.*?</(?P=skipped)\s*>"
)
"""A pattern for what holds no tags."""

_ATTRIBUTE = re.compile(rf"""([^\s"'<>/=]++)(?:\s*+=\s*+({_VALUE}))?+""")


def pattern(text: str) -> re.Pattern[str]:
    """A pattern for what is to be changed, which also matches what is to be skipped."""
    return re.compile(f"{SKIPPED}|{text}", re.DOTALL | re.IGNORECASE)


def replaced(
    found: re.Pattern[str], text: str, change: Callable[[re.Match[str]], str]
) -> str:
    """`text` with `change` of each match in place of it; `found` is a `pattern`."""

    def one(match: re.Match[str]) -> str:
        kept = match[0].startswith("<!--") or match["skipped"]
        return match[0] if kept else change(match)

    return found.sub(one, text)


def attributes(text: str) -> dict[str, str | None]:
    """The attributes in the inside of a tag, by their names in small letters.

    None is the value of one that has none. Of two with the same name the first counts.
    """
    found: dict[str, str | None] = {}
    for match in _ATTRIBUTE.finditer(text):
        value = match[2]
        if value is not None:
            value = html.unescape(value[1:-1] if value[0] in "\"'" else value)
        found.setdefault(match[1].lower(), value)
    return found


def tag(name: str, values: Mapping[str, str | None]) -> str:
    """A start tag with these attributes."""
    parts = [name]
    for key, value in values.items():
        parts.append(key if value is None else f'{key}="{escaped(value)}"')
    return f"<{' '.join(parts)}>"


def escaped(value: str) -> str:
    """A text for an attribute between double quotation marks."""
    return value.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
