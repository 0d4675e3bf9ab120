"""Checks the source of a post: forbidden characters, and links that became no figure.

Each check adds what is wrong to `source.mistakes`, with its line. Markdown keeps no
line numbers, so the raw text is searched for what the converted text shows.
"""

import html
import re
from html.parser import HTMLParser
from pathlib import Path

from ...model.characters import FORBIDDEN, character_references, named
from ...rendering import slots
from .code_blocks import code_lines, without_code
from .front_matter.decoding import decoded, utf16_without_mark
from .markdown_extension import SCHEME
from .sources import Source

_DEFINITION = re.compile(
    r"^ {0,3}\[(?P<label>[^\]]+)\]:\s*<?(?P<address>stat:\S+?)>?(?:\s|$)"
)
_LITERAL = re.compile(r"(?<![\w/])stat:[a-z]", re.I)
_NO_LINK = re.compile(r"\]\s?\[")
_USE = re.compile(r"\[[^\[\]]+\]\s?\[(?P<label>[^\[\]]*)\]")


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
    if SCHEME not in content and not _NO_LINK.search(content):
        if not any(map(_DEFINITION.match, source.lines)):
            return  # by far the most posts: nothing in them looks like one
    _check_definitions(source)
    parser = _TextParser()
    parser.feed(content)
    parser.close()
    for tag, attribute, value in parser.attributes:
        source.wrong(
            _line(source.raw, value),
            f'"{value}" in <{tag} {attribute}="…"> is no live figure',
            "write a Markdown link: [over 21,000](stat:…)",
        )
    for text in parser.texts:
        for match in _LITERAL.finditer(text):
            literal = text[match.start() :].split()[0]
            source.wrong(
                _line(source.raw, literal),
                f'"{literal}" did not become a figure',
                "write [text](stat:…) with no space in the address, "
                "or put it into `code`",
            )
        for use in _USE.finditer(text):
            label = use["label"] or use[0]
            source.wrong(
                _line(source.raw, use[0]),
                f"{use[0]} has no definition",
                f"add a line [{label}]: stat:… or mend the name",
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


def _line(raw: str, text: str) -> int:
    """The first line that has `text`, 0 if none has it."""
    position = raw.find(text)
    return raw.count("\n", 0, position) + 1 if position >= 0 else 0


class _TextParser(HTMLParser):
    """Collects the texts of a page outside code, and attributes that have a `stat:`."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self._code = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._code += tag in ("code", "pre")
        if tag.startswith(SCHEME):  # <stat:…>, which a browser takes for an element
            self.texts.append(self.get_starttag_text() or tag)
        for name, value in attrs:
            if value and value.startswith(SCHEME) and name in ("href", "src"):
                self.attributes.append((tag, name, value))

    def handle_endtag(self, tag: str) -> None:
        self._code -= tag in ("code", "pre")

    def handle_data(self, data: str) -> None:
        if not self._code:
            self.texts.append(data)
