"""Invisible characters that XML forbids: one of them breaks a feed."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 forbids, as a character or as a reference."""

_REFERENCE = re.compile(r"&#(?:x(?P<hex>[0-9a-f]+)|(?P<digits>[0-9]+));?", re.I)
_NAMES = {0: "null", 8: "backspace", 11: "vertical tab", 12: "form feed", 27: "escape"}
_NO_TEXTS = re.compile("INCREMENTAL|REGEX|SUBSTITUTIONS")


def named(sign: str) -> str:
    """The code point and name of a character: U+000B (vertical tab)."""
    name = _NAMES.get(ord(sign))
    return f"U+{ord(sign):04X}" + (f" ({name})" if name else "")


def character_references(text: str) -> dict[str, str]:
    """The HTML references to such characters in a text, with the character of each."""
    found = {}
    for match in _REFERENCE.finditer(text):
        number = int(match["hex"], 16) if match["hex"] else int(match["digits"])
        if number <= 0xFFFF and FORBIDDEN.match(chr(number)):
            found[match[0]] = chr(number)
    return found


def find_in_settings(site: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The names of settings with such a character, and the character.

    Settings that hold patterns are left out: they may have one.
    """
    for key, value in site.items():
        if key.isupper() and not _NO_TEXTS.search(key):
            for text in _texts(value):
                if match := FORBIDDEN.search(text):
                    yield key, match[0]
                    break


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for pair in value.items():
            yield from _texts(list(pair))
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one)
