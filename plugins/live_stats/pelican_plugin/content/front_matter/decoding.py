"""Reads the bytes of a text file, and says what is wrong with their encoding."""

import codecs
from dataclasses import dataclass

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),  # before UTF-16, which it begins like
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_SAVE = "save it as UTF-8 in your editor"


@dataclass(frozen=True, slots=True)
class DecodedText:
    """The text of a file, with newlines as its only line ends.

    If it is not UTF-8, `problem` and `mend` say so, for `line`; the text is then what
    it probably should be, so that everything else can be checked.
    """

    text: str
    line: int = 0
    problem: str = ""
    mend: str = ""


def decoded(raw: bytes) -> DecodedText:
    """The text of a file."""
    try:
        return DecodedText(_with_newlines(raw.decode("utf-8-sig")))
    except UnicodeDecodeError as error:
        bad = error
    for mark, encoding, name in _MARKS:
        if raw.startswith(mark):
            text = _with_newlines(raw.decode(encoding, "replace"))
            return DecodedText(text, 1, f"this file is {name}, not UTF-8", _SAVE)
    line = len(_with_newlines(raw[: bad.start].decode("utf-8-sig")).split("\n"))
    byte = raw[bad.start]
    # Of the encodings of one byte, the most frequent; only to read on.
    sign = raw[bad.start : bad.start + 1].decode("cp1252", "replace")
    guess = f' ("{sign}" in Latin-1 or Windows-1252)' if sign.isprintable() else ""
    return DecodedText(
        _with_newlines(raw.decode("cp1252", "replace")),
        line,
        f"this file is not UTF-8: the byte 0x{byte:02X}{guess} is no part of it",
        _SAVE,
    )


def utf16_without_mark(text: str) -> bool:
    """Whether every other character is NUL: UTF-16 that nothing announces."""
    start = text[:400]
    return len(start) > 3 and start.count("\0") * 3 > len(start)


def _with_newlines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
