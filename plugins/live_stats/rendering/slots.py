"""Slots: opaque tokens that stand in a file until a fragment fills them.

A token is made of private-use characters only, so that Markdown, smart quotes, word
truncation, `upper` and the like leave it alone. Templates may still respell it: as
JSON (`tojson`) or in an address (`urlencode`); all three spellings are known here.
"""

import hashlib
import html
import json
import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import quote

OPEN, CLOSE = "\ue000", "\ue001"
DIGITS = {str(n): chr(0xE010 + n) for n in range(10)}
_SPELLED = str.maketrans(DIGITS)
_VALUES = {ord(char): digit for digit, char in DIGITS.items()}

RESERVED = re.compile("[\ue000-\ue019]")
"""Characters that an author may not use: the alphabet of the tokens."""

_TOKENS = re.compile(
    "\ue000(?P<raw>[\ue010-\ue019]+)\ue001"
    r"|\\ue000(?P<json>(?:\\ue01[0-9])+)\\ue001"
    r"|%EE%80%80(?P<url>(?:%EE%80%9[0-9])+)%EE%80%81",
    re.IGNORECASE,
)
_LEFT = re.compile(r"[\ue000-\ue019]|\\ue0(?:00|01|1[0-9])|%EE%80%[89][0-9]", re.I)


# --- what a slot depends on, where that is no single series -------------------------

EVERYTHING = "*"
"""All series of a site, and when each of them was last fetched."""

HISTORY = "history"
"""The observations themselves, of whichever series."""

PART = "history/{}"
"""Those of them that are in one of the files below `data/`, by its name."""

DRAWN = "drawn"
"""The packages and fonts that images are drawn with."""

NONE = "none"
"""No series at all: such a slot depends on our code alone."""


class SlotContent(Protocol):
    """What fills a slot.

    `html` is markup for a text, `text` the same in plain words; `data` are the bytes of
    a file that is all slot, such as an image.
    """

    @property
    def html(self) -> str: ...

    @property
    def text(self) -> str: ...

    @property
    def data(self) -> bytes | None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """What fills a slot of a text: see `SlotContent`."""

    html: str
    text: str
    data: bytes | None = None


Render = Callable[[int], SlotContent]
"""Gives what fills a slot, by its number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    start: int
    end: int
    number: int
    spelling: str  # raw, json, url


def number_for(*parts: str) -> int:
    """The number of a slot: the same in every build, from what the slot stands for."""
    digest = hashlib.sha256("\0".join(parts).encode()).digest()
    return int.from_bytes(digest[:6], "big")


def token(number: int) -> str:
    return OPEN + str(number).translate(_SPELLED) + CLOSE


def tokens(text: str) -> Iterator[Token]:
    """Every token in `text`, in order, in whichever spelling."""
    for match in _TOKENS.finditer(text):
        spelling = match.lastgroup or ""
        if spelling == "raw":
            digits = match[spelling].translate(_VALUES)
        elif spelling == "json":
            digits = "".join(part[-1] for part in match[spelling].split("\\")[1:])
        else:
            digits = match[spelling][8::9]
        yield Token(
            start=match.start(),
            end=match.end(),
            number=int(digits),
            spelling=spelling,
        )


def has_any(text: str) -> bool:
    """Whether anything of a slot is in `text`, whole or torn."""
    return _LEFT.search(text) is not None


def without_head(text: str) -> str:
    """The text without a slot that stands before all of its elements."""
    match = _TOKENS.match(text)
    return text[match.end() :] if match else text


def torn(text: str) -> bool:
    """Whether parts of a token are left that make no whole one."""
    return has_any(_TOKENS.sub("", text))


# --- filling: each token is replaced by what suits the place where it stands --------


Place = tuple[int, int, int, str]
"""A slot in a text: start and end in characters, number, and how it is encoded."""

WHOLE = "whole"


def fill(text: str, kind: str, render: Render) -> str:
    """`text` with every slot filled. `kind`: html, xml, json or text.

    A file that is all slot is filled with the words of its fragment as they are.
    """
    return splice(text, places(text, kind), render)


def places(text: str, kind: str) -> list[Place]:
    """Every slot of a text, in order, with the encoding that its place asks for."""
    whole = _TOKENS.fullmatch(text.strip())
    found = list(tokens(text))
    if whole and whole.lastgroup == "raw":
        return [(found[0].start, found[0].end, found[0].number, WHOLE)]
    find = {"html": _html_places, "xml": _xml_places}.get(kind)
    where = find(text, found) if find else [kind] * len(found)
    return [
        (
            slot.start,
            slot.end,
            slot.number,
            slot.spelling if slot.spelling != "raw" else place,
        )
        for slot, place in zip(found, where, strict=True)
    ]


def splice(text: str, placed: Iterable[Place], render: Render) -> str:
    """`text` with its slots, whose places are known, filled."""
    pieces: list[str] = []
    position = 0
    for start, end, number, encoding in placed:
        pieces += text[position:start], _ENCODE[encoding](render(number))
        position = end
    return "".join(pieces) + text[position:]


def plain(markup: str) -> str:
    """The words of a fragment: no tags, no drawings, one space between words."""
    words = _DRAWINGS.sub("", markup)
    # Not `split()`: the spaces inside numbers do not break, and stay as they are.
    return re.sub("[ \t\r\n\f]+", " ", html.unescape(_TAGS.sub("", words))).strip(" ")


_DRAWINGS = re.compile(r"<(svg|style|script)\b.*?</\1\s*>", re.S | re.I)
_TAGS = re.compile(r"<!--.*?-->|<[^>]*>", re.S)


def _json_string(rendered: SlotContent) -> str:
    """The inside of a JSON string, safe in a script element too."""
    inside = json.dumps(rendered.text)[1:-1]
    return re.sub("[<>&']", lambda m: f"\\u{ord(m[0]):04x}", inside)


_ENCODE: dict[str, Callable[[SlotContent], str]] = {
    "html": lambda rendered: rendered.html,
    "escaped html": lambda rendered: html.escape(rendered.html, quote=False),
    "escaped text": lambda rendered: html.escape(rendered.text),
    "twice escaped text": lambda rendered: html.escape(html.escape(rendered.text)),
    "text": lambda rendered: rendered.text,
    WHOLE: lambda rendered: rendered.text,
    "comment": lambda rendered: rendered.text.replace("--", "- -"),
    "json": _json_string,
    "url": lambda rendered: quote(rendered.text, safe=""),
}

_HTML = re.compile(
    r"""<!--(?P<comment>.*?)-->
    | <(?P<raw>script|style|textarea|title)\b(?P<inside>(?:[^"'>]|"[^"]*"|'[^']*')*)>
      .*?</(?P=raw)\s*>
    | </?[a-z](?:[^"'>]|"[^"]*"|'[^']*')*>""",
    re.X | re.S | re.I,
)
_RAW = {"script": "json", "style": "text"}


def _html_places(text: str, found: list[Token]) -> list[str]:
    """Where in an HTML text each token stands."""
    places, position = [], 0
    match = _HTML.search(text)
    for slot in found:
        while match and match.end() <= slot.start:
            position = match.end()
            match = _HTML.search(text, position)
        if match is None or slot.start < match.start():
            places.append("html")
        elif match["comment"] is not None:
            places.append("comment")
        elif match["raw"] and slot.start > match.end("inside"):
            places.append(_RAW.get(match["raw"].lower(), "escaped text"))
        else:
            places.append("escaped text")
    return places


_XML = re.compile(r"<!\[CDATA\[(?P<cdata>.*?)\]\]>|<!--.*?-->|<[^>]*>", re.S)
_HOLDS_HTML = re.compile(
    r"<(description|content:encoded|(content|summary|title)\b[^>]*type=.html.)[^>]*>$"
)
_IN_ESCAPED = {"html": "escaped html", "escaped text": "twice escaped text"}


def _xml_places(text: str, found: list[Token]) -> list[str]:
    """Where in a feed, sitemap or SVG each token stands."""
    places = ["escaped text"] * len(found)
    starts = [slot.start for slot in found]
    start, opening = 0, ""
    for match in [*_XML.finditer(text), None]:
        end = match.start() if match else len(text)
        spans = [(start, end, False)]
        if match and match["cdata"] is not None:
            spans.append((*match.span("cdata"), True))
        for begin, stop, literal in spans:
            inside = range(bisect_left(starts, begin), bisect_left(starts, stop))
            if inside and _HOLDS_HTML.search(opening):
                piece = text[begin:stop]
                source = piece if literal else html.unescape(piece)
                kinds = _html_places(source, list(tokens(source)))
                for n, kind in zip(inside, kinds, strict=True):
                    places[n] = kind if literal else _IN_ESCAPED.get(kind, kind)
        if match:
            start = match.end()
            opening = opening if match["cdata"] is not None else match[0]
    return places
