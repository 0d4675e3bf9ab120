"""Makes cards of posts and videos whose address stands alone in a paragraph.

The link is part of the text, so it is one in every feed; its words and the counts below
it are slots. A page's script puts a video's player behind them, where no refresh
replaces it.
"""

import html
import re
from collections.abc import Mapping
from typing import Protocol
from xml.etree.ElementTree import Element, SubElement

from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor
from markdown.util import AtomicString

from ...references.embeds import Embed, recognize
from ...rendering import slots
from ...rendering.specs import EmbedNameSpec, EmbedSpec
from .sources import EmbedLink, Source

_ALONE = re.compile(r" {0,3}(?:<(https?://[^\s<>]+)>|(https?://[^\s<>]+))\s*", re.I)
_HAS_HOST = re.compile(r"https?://[^\s/?#]+\.[^\s/?#.]", re.I)


class ReadsSource(Protocol):
    """What knows the source that is being converted, and whether it is its text."""

    source: Source
    in_text: bool


class EmbedProcessor(BlockProcessor):
    """Takes a paragraph of the text itself, not of a list or quotation.

    An address that is no post or video becomes a link, as in angle brackets.
    """

    def __init__(self, parser: BlockParser, reading: ReadsSource) -> None:
        super().__init__(parser)
        self.reading = reading

    def test(self, parent: Element, block: str) -> bool:
        if "://" not in block or not self.reading.in_text:
            return False
        if parent.tag != self.parser.md.doc_tag or parent.attrib:
            return False
        match = _ALONE.fullmatch(block)
        return match is not None and bool(_HAS_HOST.match(match[1] or match[2]))

    def run(self, parent: Element, blocks: list[str]) -> None:
        match = _ALONE.fullmatch(blocks.pop(0))
        assert match is not None
        url = html.unescape(match[1] or match[2])
        embed = recognize(url)
        if embed is None:
            link = SubElement(SubElement(parent, "p"), "a", {"href": url})
            link.text = AtomicString(url)
            return
        source = self.reading.source
        number = slots.number_for(source.path, "embed", url, str(len(source.embeds)))
        line = source.line_of_text(match[1] or match[2])
        source.embeds.append(EmbedLink(url=url, number=number, line=line))
        wrapper = SubElement(parent, "div", {"class": "embed"})
        if embed.player:
            wrapper.set("data-player", embed.player)
        what = SubElement(wrapper, "p", {"class": "embed__what"})
        link = SubElement(what, "a", {"href": url})
        link.text = AtomicString(slots.token(name_number(number)))
        what.tail = slots.token(number)


def embeds_of(source: Source) -> list[tuple[EmbedLink, Embed]]:
    """The cards of a source, with what each is of."""
    found = ((link, recognize(link.url)) for link in source.embeds)
    return [(link, embed) for link, embed in found if embed is not None]


def name_number(number: int) -> int:
    """The number of the slot for a link's words, by that of the slot below it."""
    return slots.number_for("embed name", str(number))


def name_spec(embed: Embed, lang: str) -> EmbedNameSpec:
    """What the link of a card says."""
    return EmbedNameSpec(
        lang=lang,
        platform=embed.label,
        kind=embed.kind,
        account=embed.account,
        name=embed.name,
    )


def embed_spec(
    embed: Embed, lang: str, page: str, environment: Mapping[str, str]
) -> EmbedSpec:
    """What the slot below the link is filled with.

    All numbers that were ever read are shown; only those are asked for whose
    credentials are set.
    """
    return EmbedSpec(
        lang=lang,
        page=page,
        player=embed.label if embed.player else "",
        items=tuple(one.series for one in embed.references),
        asked=embed.answerable(environment),
    )
