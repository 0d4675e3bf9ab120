"""Turns Markdown links with the address `stat:` into slots for live figures."""

import html
import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE

from ...references.catalogue import meant_by_link
from ...rendering import slots
from .embeds import EmbedProcessor
from .sources import FigureLink, Source

SCHEME = "stat:"
_OTHER_LINKS = ("https://", "http://", "#", "{", "../", "mailto:")
"""How most links begin that nobody meant as figures."""
_ESCAPED = re.compile("\u0002(\\d+)\u0003")


class FigureExtension(Extension):
    """The extension for one file: fills `source.found` while Markdown converts."""

    def __init__(self, source: Source) -> None:
        super().__init__()
        self.source = source
        self.in_text = False

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        # After `toc` (5) has made ids from the claim's own words, and after
        # `unescape` (0) has given back escaped characters.
        md.parser.blockprocessors.register(
            EmbedProcessor(md.parser, self), "embeds", 12
        )  # before paragraphs (10), behind all that only look like one
        md.treeprocessors.register(_LinkProcessor(md, self), "live_stats", -5)


class _LinkProcessor(Treeprocessor):
    def __init__(self, md: Markdown, extension: FigureExtension) -> None:
        super().__init__(md)
        self.extension = extension

    def run(self, root: Element) -> None:
        for parent in list(root.iter()):
            for child in list(parent):
                if child.tag == "a":
                    if child.get("href", "").startswith(SCHEME):
                        _replace(parent, child, self._slot(child))
                    else:
                        self._check_link(child)

    def _slot(self, link: Element) -> str:
        source = self.extension.source
        address = self._plain(link.get("href", ""))
        text = self._plain("".join(link.itertext()))
        turn = sum(one.address == address for one in source.found)
        number = slots.number_for(source.path, address, str(len(source.found)))
        source.found.append(
            FigureLink(
                text=" ".join(text.split(" ")).strip(),
                address=address,
                title=self._plain(link.get("title", "")),
                number=number,
                in_text=self.extension.in_text,
                line=source.line_of(text, address, turn),
            )
        )
        return slots.token(number)

    def _check_link(self, link: Element) -> None:
        """Find a link that was to be a figure: its scheme is misspelt, or missing."""
        address = self._plain(link.get("href", ""))
        if address.startswith(_OTHER_LINKS) and "//stat" not in address[:12]:
            return
        text = " ".join(self._plain("".join(link.itertext())).split())
        if meant := meant_by_link(address, text):
            del link.attrib["href"]  # one mistake of it is enough
            source = self.extension.source
            source.wrong(
                source.line_of(text, address, 0),
                f'the link to "{address}" is no live figure: its address does not '
                f"begin with {SCHEME}",
                f"write [{text}]({meant})",
            )

    def _plain(self, text: str) -> str:
        """Text with Markdown's own placeholders (entities, escapes) resolved."""
        stash = self.md.htmlStash.rawHtmlBlocks
        text = HTML_PLACEHOLDER_RE.sub(lambda m: str(stash[int(m[1])]), text)
        return html.unescape(_ESCAPED.sub(lambda m: chr(int(m[1])), text))


def _replace(parent: Element, link: Element, token: str) -> None:
    """Put `token` in the place of `link`, and keep the text that follows it."""
    index = list(parent).index(link)
    text = token + (link.tail or "")
    parent.remove(link)
    if index:
        previous = parent[index - 1]
        previous.tail = (previous.tail or "") + text
    else:
        parent.text = (parent.text or "") + text
