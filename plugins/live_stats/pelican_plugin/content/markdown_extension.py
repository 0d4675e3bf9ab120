"""Markdown: links with the address `stat:` become slots, the rest of them mistakes.

Markdown keeps no line numbers, so a scan of the raw file finds the places.
"""

import html
import re
from html.parser import HTMLParser
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE

from ...model.characters import FORBIDDEN, character_references, named
from ...rendering import slots
from .figure_links import FigureLink, Source

SCHEME = "stat:"
_ESCAPED = re.compile("\u0002(\\d+)\u0003")
_DEFINITION = re.compile(
    r"^ {0,3}\[(?P<label>[^\]]+)\]:\s*<?(?P<address>stat:\S+?)>?(?:\s|$)"
)
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
_HIDDEN = re.compile(
    r"<!--(?:[^\n]|\n)*?(?:-->|\Z)|"
    r"(?<![\\`])(`+)(?!`)(?:[^\n]|\n(?!\s*\n))+?(?<!`)\1(?!`)"
)
_LITERAL = re.compile(r"(?<![\w/])stat:[a-z]", re.I)
_NO_LINK = re.compile(r"\]\s?\[")
_USE = re.compile(r"\[[^\[\]]+\]\s?\[(?P<label>[^\[\]]*)\]")


class Figures(Extension):
    """The extension for one file: fills `source.found` while Markdown converts."""

    def __init__(self, source: Source) -> None:
        super().__init__()
        self.source = source

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        # After `toc` (5) has made ids from the claim's own words, and after
        # `unescape` (0) has given back escaped characters.
        md.treeprocessors.register(_Links(md, self), "live_stats", -5)


class _Links(Treeprocessor):
    def __init__(self, md: Markdown, figures: Figures) -> None:
        super().__init__(md)
        self.figures = figures

    def run(self, root: Element) -> None:
        for parent in list(root.iter()):
            for child in list(parent):
                if child.tag == "a" and child.get("href", "").startswith(SCHEME):
                    _put(parent, child, self._slot(child))

    def _slot(self, link: Element) -> str:
        source = self.figures.source
        address, text = self._plain(link.get("href", "")), self._plain(_text(link))
        turn = sum(one.address == address for one in source.found)
        number = slots.number_for(source.path, address, str(len(source.found)))
        source.found.append(
            FigureLink(
                text=" ".join(text.split(" ")).strip(),
                address=address,
                title=self._plain(link.get("title", "")),
                number=number,
                line=source.line_of(text, address, turn),
            )
        )
        return slots.token(number)

    def _plain(self, text: str) -> str:
        """Text with Markdown's own placeholders (entities, escapes) resolved."""
        stash = self.md.htmlStash.rawHtmlBlocks
        text = HTML_PLACEHOLDER_RE.sub(lambda m: str(stash[int(m[1])]), text)
        return html.unescape(_ESCAPED.sub(lambda m: chr(int(m[1])), text))


def _text(element: Element) -> str:
    return "".join(element.itertext())


def _put(parent: Element, link: Element, token: str) -> None:
    """Put `token` where `link` stands, keeping the text behind it."""
    place = list(parent).index(link)
    words = token + (link.tail or "")
    parent.remove(link)
    if place:
        before = parent[place - 1]
        before.tail = (before.tail or "") + words
    else:
        parent.text = (parent.text or "") + words


# --- what did not become a figure ---------------------------------------------------


def check_raw(source: Source) -> None:
    """Mistakes that the raw text shows: characters that cannot stand there."""
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


def check_characters(source: Source, text: str) -> None:
    """Mistakes that a text in HTML shows: the same characters, come by other ways."""
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
    """Mistakes that show when a file is converted: a `stat:` that is no figure."""
    if SCHEME not in content and not _NO_LINK.search(content):
        if not any(map(_DEFINITION.match, source.lines)):
            return  # by far the most posts: nothing in them looks like one
    code = code_lines(source.raw)
    used = {found.address for found in source.found}
    labels = set()
    for number, line in enumerate(source.lines, 1):
        definition = None if number in code else _DEFINITION.match(line)
        if definition:
            labels.add(definition["label"].casefold())
            if html.unescape(definition["address"]) not in used:
                source.wrong(
                    number,
                    f"nothing uses [{definition['label']}], so this figure is lost",
                    f"write [the figure][{definition['label']}], or delete the line",
                )
    texts = _Texts()
    texts.feed(content)
    texts.close()
    for tag, attribute, value in texts.attributes:
        source.wrong(
            _line(source.raw, value),
            f'"{value}" in <{tag} {attribute}="…"> is no live figure',
            "write a Markdown link: [over 21,000](stat:…)",
        )
    for text in texts.texts:
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


def _line(raw: str, text: str) -> int:
    place = raw.find(text)
    return raw.count("\n", 0, place) + 1 if place >= 0 else 0


def without_code(raw: str) -> str:
    """A source with nothing in place of what is code or a comment, line by line."""
    code = code_lines(raw)
    lines = enumerate(raw.split("\n"), 1)
    text = "\n".join("" if number in code else line for number, line in lines)
    return _HIDDEN.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)


def code_lines(raw: str) -> set[int]:
    """The lines inside fenced code."""
    inside, fence = set(), ""
    for number, line in enumerate(raw.split("\n"), 1):
        match = _FENCE.match(line)
        if fence:
            inside.add(number)
            if match and match[1].startswith(fence):
                fence = ""
        elif match:
            fence = match[1]
            inside.add(number)
    return inside


class _Texts(HTMLParser):
    """The texts of a page outside code, and the attributes that hold a `stat:`."""

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
