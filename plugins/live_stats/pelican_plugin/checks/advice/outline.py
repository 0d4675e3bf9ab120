"""The parts of a text in HTML that advice is about: headings, links, images, tables."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from ....rendering import slots

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_CODE = {"code", "pre", "kbd", "samp", "script", "style", "textarea", "svg", "template"}


@dataclass(slots=True)
class Heading:
    """A heading. `quoted`: it is in a quotation, so its level is somebody else's."""

    level: int
    quoted: bool
    text: str = ""


@dataclass(slots=True)
class Link:
    """A link. `text` has the alternative texts of its images, and its label."""

    href: str
    text: str = ""


@dataclass(slots=True)
class Image:
    """An image. `alt` is None if it has no such attribute, "" if that is empty."""

    src: str
    alt: str | None


@dataclass(slots=True)
class Table:
    """A table. `head` is the text of its head cells, `text` that of all, in lines."""

    head: str = ""
    text: str = ""
    layout: bool = False


@dataclass(slots=True)
class Outline:
    """What a text has, in its order.

    `paragraphs` are the texts of `<p>`, without code. `words` are all texts outside of
    code and links.
    """

    headings: list[Heading] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    paragraphs: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)


def outline_of(html: str) -> Outline:
    """The outline of a text in HTML; live figures in it are words."""
    parser = _Parser()
    parser.feed(html)
    parser.close()
    return parser.outline


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.outline = Outline()
        self._code = self._quoted = 0
        self._heading: Heading | None = None
        self._link: Link | None = None
        self._tables: list[Table] = []
        self._head = self._paragraph = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if values.get("id"):
            self.outline.ids.append(values["id"])
        if tag in _CODE:
            self._code += 1
        elif tag in _HEADINGS:
            self._heading = Heading(_HEADINGS[tag], self._quoted > 0)
            self.outline.headings.append(self._heading)
        elif tag == "a" and "href" in values:
            label = values.get("aria-label", "") + values.get("title", "")
            self._link = Link(values["href"], label)
            self.outline.links.append(self._link)
        elif tag == "img":
            self._image(values)
        else:
            self._block(tag, values)

    def _image(self, values: dict[str, str]) -> None:
        hidden = values.get("role") in ("presentation", "none")
        alt = values.get("alt", "hidden" if hidden else None)
        self.outline.images.append(Image(values.get("src", ""), alt))
        if self._link is not None:
            # One without a text is reported for itself.
            self._link.text += alt or "image"

    def _block(self, tag: str, values: dict[str, str]) -> None:
        if tag == "blockquote":
            self._quoted += 1
        elif tag == "p":
            self._paragraph = True
            self.outline.paragraphs.append("")
        elif tag == "table":
            # Docutils writes footnotes and lists of fields as tables.
            layout = values.get("role") in ("presentation", "none")
            layout = layout or "docutils " in values.get("class", "")
            table = Table(layout=layout)
            self._tables.append(table)
            self.outline.tables.append(table)
        elif tag in ("th", "td"):
            self._head = tag == "th"
            for table in self._tables:
                table.text += "\n"

    def handle_endtag(self, tag: str) -> None:
        if tag in _CODE:
            self._code = max(0, self._code - 1)
        elif tag in _HEADINGS:
            self._heading = None
        elif tag == "a":
            self._link = None
        elif tag == "blockquote":
            self._quoted = max(0, self._quoted - 1)
        elif tag == "p":
            self._paragraph = False
        elif tag == "table" and self._tables:
            self._tables.pop()
        elif tag in ("th", "td"):
            self._head = False

    def handle_data(self, data: str) -> None:
        text = slots.RESERVED.sub("0", data)  # a live figure is a number
        if self._heading is not None:
            self._heading.text += text
        if self._link is not None:
            self._link.text += text
        for table in self._tables:
            table.text += text
            table.head += text if self._head else ""
        if self._code:
            return
        if self._paragraph:
            self.outline.paragraphs[-1] += text
        if self._link is None:
            self.outline.words.append(text)
