"""Checks the source of a post: forbidden characters, and links that became no figure.

Each check adds what is wrong to `source.mistakes`, with its line. Markdown keeps no
line numbers, so the raw text is searched for what the converted text shows.
"""

import html
import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

from ...model.characters import FORBIDDEN, character_references, named
from ...references.catalogue import meant_by_link
from ...references.repairs import LITERAL
from ...rendering import slots
from .code_blocks import code_lines, without_code
from .front_matter.decoding import decoded, utf16_without_mark
from .markdown_extension import SCHEME
from .sources import Source

_DEFINITION = re.compile(
    r"^ {0,3}\[(?P<label>[^\]]+)\]:\s*<?(?P<address>stat:\S+?)>?(?:\s|$)"
)
_SCHEMES = ("stat:", "stats:", "stat;", "stat :", "stat\uff1a", "stat%3a", "stat/")
"""What a text has in it, in small letters, if an address was written there."""
_LABEL = r"\[[^\]\n]*\]\(\s*<?"


def check_raw(source: Source) -> None:
    """Find bytes and characters in the raw text that may not be there."""
    if source.text is None and not check_encoding(source):
        return
    for number, line in enumerate(source.lines, 1):
        match = slots.RESERVED.search(line)
        if match:
            source.wrong(
                number,
                f"the private-use character U+{ord(match[0]):04X} is reserved",
                "delete it",
            )
        for match in FORBIDDEN.finditer(line):
            source.wrong(
                number,
                f"the character {named(match[0])} in column {match.start() + 1} is "
                "invisible, and feeds cannot hold it",
                "delete it",
            )


def check_encoding(source: Source) -> bool:
    """Read the file of a source; whether it is UTF-8, as everything here must be."""
    found = decoded(Path(source.file).read_bytes())
    source.text = found.text
    if found.problem:
        source.wrong(found.line, found.problem, found.mend)
    elif utf16_without_mark(found.text):
        source.text = found.text.replace("\0", "")
        what = "every other byte of this file is NUL, as in UTF-16"
        source.wrong(1, what, "save it as UTF-8 in your editor")
        return False
    return not found.problem


def check_characters(source: Source, text: str) -> None:
    """Find the same characters in `text`, the HTML that was made of the source.

    They come from character references, or from a file that the source includes.
    """
    found = character_references(text) if "&#" in text else {}
    if found:
        for number, line in enumerate(without_code(source.raw).split("\n"), 1):
            for reference in found:
                if reference in line:
                    source.wrong(
                        number,
                        f"{reference} is the character {named(found[reference])}, "
                        "which feeds cannot hold",
                        "delete it",
                    )
    match = FORBIDDEN.search(text)
    if match and match[0] not in source.raw:
        source.wrong(
            0,
            f"what this text includes has the character {named(match[0])}, which is "
            "invisible, and feeds cannot hold it",
            "delete it there",
        )


def check_converted(source: Source, content: str) -> None:
    """Find each `stat:` that became no figure when `content` was made of the source."""
    small = content.lower()
    may_have = any(scheme in small for scheme in _SCHEMES)
    if not may_have:
        if not any(map(_DEFINITION.match, source.lines)):
            return  # by far the most posts: nothing in them looks like one
    _check_definitions(source)
    parser = _TextParser()
    parser.feed(content)
    parser.close()
    places = _Places(source.raw)
    for tag, attribute, value in parser.attributes:
        image = tag == "img" and places.has_image(value)
        source.wrong(
            places.of_attribute(value),
            f'"{value}" in <{tag} {attribute}="…"> is no live figure',
            "take away the ! before it, so that it is a Markdown link"
            if image
            else f"write a Markdown link: [the figure]({_meant(value)})",
        )
    for text in parser.texts:
        for match in LITERAL.finditer(text):
            source.wrong(
                places.of_text(match[0]),
                f'"{match[0]}" did not become a figure',
                f"write [text]({_meant(match[0])}), all in one piece, "
                "or put it into `code`",
            )


def texts_of(content: str) -> str:
    """The words of `content`, HTML, outside its code."""
    parser = _TextParser()
    parser.feed(content)
    parser.close()
    return "".join(parser.texts)


def check_other_format(source: Source, content: str) -> None:
    """Find each `stat:` in HTML that was made of no Markdown: nothing fills it."""
    small = content.lower()
    if not any(scheme in small for scheme in _SCHEMES):
        return
    parser = _TextParser()
    parser.feed(content)
    parser.close()
    found = [value for _, _, value in parser.attributes]
    found += [match[0] for text in parser.texts for match in LITERAL.finditer(text)]
    places = _Places(source.raw, code=False)
    for address in found:
        source.wrong(
            places.anywhere(address),
            f'"{address}" is no live figure: those stand in Markdown files (.md) alone',
            "write this text in Markdown, or the number as plain text",
        )


def _check_definitions(source: Source) -> None:
    code = code_lines(source.raw)
    used = {found.address for found in source.found}
    for number, line in enumerate(source.lines, 1):
        definition = None if number in code else _DEFINITION.match(line)
        if definition and html.unescape(definition["address"]) not in used:
            source.wrong(
                number,
                f"nothing uses [{definition['label']}], so this figure is lost",
                f"write [the figure][{definition['label']}], or delete the line",
            )


def _meant(address: str) -> str:
    return meant_by_link(address, "") or "stat:…"


class _Places:
    """The lines of addresses that became no figure; each is given once."""

    def __init__(self, raw: str, *, code: bool = True) -> None:
        self._text = without_code(raw) if code else raw
        self._given: Counter[str] = Counter()

    def has_image(self, address: str) -> bool:
        return bool(re.search(rf"!{_LABEL}{re.escape(address)}", self._text))

    def of_attribute(self, address: str) -> int:
        """The line of an image, or of HTML with this address; 0 if there is none."""
        name = re.escape(address)
        return self._next(address, rf"!{_LABEL}{name}|=\s*[\"']?\s*{name}", name)

    def of_text(self, address: str) -> int:
        """The line of an address that stands in the text; 0 if there is none."""
        name = re.escape(address)
        return self._next(address, rf"(?<!\]\(){name}", name)

    def anywhere(self, address: str) -> int:
        """The line of an address in a file that is no Markdown; 0 if there is none."""
        escaped = html.escape(address)
        return self._next(address, re.escape(address), re.escape(escaped))

    def _next(self, address: str, *patterns: str) -> int:
        for pattern in patterns:
            found = [match.start() for match in re.finditer(pattern, self._text)]
            if found:
                turn = min(self._given[address], len(found) - 1)
                self._given[address] += 1
                return self._text.count("\n", 0, found[turn]) + 1
        return 0


def _line(raw: str, text: str) -> int:
    """The first line that has `text`, 0 if none has it."""
    position = raw.find(text)
    return raw.count("\n", 0, position) + 1 if position >= 0 else 0


def _is_ours(address: str) -> bool:
    return address.startswith(SCHEME) or bool(
        "stat" in address[:20].lower() and meant_by_link(address, "")
    )


class _TextParser(HTMLParser):
    """Collects the texts of a page outside code, and attributes that have a `stat:`."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self._code = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._code += tag in ("code", "pre", "tt")
        if tag.startswith(SCHEME):  # <stat:…>, which a browser takes for an element
            self.texts.append(self.get_starttag_text() or tag)
        for name, value in attrs:
            if value and name in ("href", "src") and _is_ours(value):
                self.attributes.append((tag, name, value))

    def handle_endtag(self, tag: str) -> None:
        self._code -= tag in ("code", "pre", "tt")

    def handle_data(self, data: str) -> None:
        if not self._code:
            self.texts.append(data)
