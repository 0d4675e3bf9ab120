"""Reads Markdown files for Pelican: finds their live figures, and checks their text."""

import os
from typing import Any, NamedTuple

from markdown import Markdown
from markdown.preprocessors import Preprocessor
from pelican.readers import MarkdownReader

from pelican.plugins.incremental import NotSerializable

from ..rendering import slots
from .content.figures import cards_number, head_number
from .content.front_matter import blocks, values
from .content.front_matter.values import FrontMatter
from .content.link_addresses import check_addresses
from .content.markdown_extension import FigureExtension
from .content.markdown_links import check_links
from .content.source_checks import (
    check_characters,
    check_converted,
    check_raw,
    texts_of,
)
from .content.sources import Source, SourceFiles
from .content.summaries import cleaned

_REUSABLE = ("markdown.extensions.", "pymdownx.tasklist", "pymdownx.tilde")


class _Parser(NamedTuple):
    """A parser that can be used again, and the parts of it that each file changes."""

    markdown: Markdown
    figures: FigureExtension
    front_matter: Preprocessor


class LiveMarkdownReader(MarkdownReader):
    """Pelican's Markdown reader, with live figures, and one parser for all files.

    What is found in a file goes to `sources`. `keep`, `shown` and `restore` are what
    `incremental` calls to remember that from build to build.

    Making a parser takes a tenth of the time of reading a post. Markdown's own
    extensions can be used again after a reset, and so can those of `_REUSABLE`, which
    keep nothing of a file. Others may keep something of the last one, so with one of
    those every file gets a parser of its own.
    """

    def __init__(self, settings: dict[str, Any], sources: SourceFiles) -> None:
        MarkdownReader.__init__(self, settings)
        self.sources = sources
        self._reusable: _Parser | None = None

    def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
        """The text of a file as HTML, and its metadata."""
        source = self.sources.add(source_path)
        check_raw(source)
        self._source_path = source_path
        front_matter = values.read(source, self.settings)
        self._md, figures = self._parser(source)
        figures.in_text = True
        content = self._md.convert(front_matter.markdown)
        figures.in_text = False  # a summary has no cards
        metadata = self._metadata(front_matter)
        if "summary" in metadata:
            metadata["summary"] = self._summary(source, str(metadata["summary"]))
        check_converted(source, content + str(metadata.get("summary", "")))
        check_addresses(source)
        check_links(source, lambda: texts_of(content + str(metadata.get("summary"))))
        if source.has_head:
            content = f"{slots.token(head_number(source.path))}\n{content}"
        if source.count:
            content += f"\n{slots.token(cards_number(source.path))}"
        texts = [content, *(str(value) for value in metadata.values())]
        check_characters(source, "\n".join(texts))
        return content, metadata

    def _summary(self, source: Source, given: str) -> str:
        """The summary that an author wrote, of words alone."""
        summary, lost = cleaned(given)
        if "[^" in summary:
            lost = "footnote"
        if lost:
            source.wrong(
                blocks.metadata_line(source.raw, "summary"),
                f"Summary: has a <{lost}>, and lists and feeds show its words alone"
                if lost != "footnote"
                else "Summary: has a footnote, and its text stands in no list",
                "write it into the text of the post",
            )
        return summary

    def _metadata(self, front_matter: FrontMatter) -> dict[str, Any]:
        """The metadata of a post, as Pelican's own reader has them."""
        texts: dict[str, list[str]] = {}
        if front_matter.form == blocks.PELICAN:
            texts = dict(getattr(self._md, "Meta", {}))
        others: dict[str, Any] = {}
        for name, value in front_matter.values.items():
            texts.pop(name, None)
            if name in ("tags", "authors") and value is not None:
                others[name] = self.process_metadata(name, value)
            elif isinstance(value, str):
                texts[name] = [value]
            elif value is not None:
                others[name] = value
        metadata: dict[str, Any] = self._parse_metadata(texts)
        return metadata | others

    def _parser(self, source: Source) -> tuple[Markdown, FigureExtension]:
        """A parser that adds the figures it finds to `source`."""
        if self._reusable is not None:
            markdown, figures, front_matter = self._reusable
            markdown.reset()
            # Pelican takes it out to parse the Markdown of the metadata.
            markdown.preprocessors.register(front_matter, "meta", 27)
            figures.source = source
            return markdown, figures
        options, figures = self.settings["MARKDOWN"], FigureExtension(source)
        names = options["extensions"]
        markdown = Markdown(**{**options, "extensions": [*names, figures]})
        if all(str(name).startswith(_REUSABLE) for name in names):
            front_matter = markdown.preprocessors["meta"]
            self._reusable = _Parser(markdown, figures, front_matter)
        return markdown, figures

    def keep(self, source_path: str) -> list[list[Any]]:
        """The figures and embeds of a file that was just read, as plain values.

        Raises NotSerializable if the file has mistakes: it must be read again by each
        build, until they are corrected.
        """
        source = self.sources.by_path[os.path.abspath(source_path)]
        if source.mistakes:
            raise NotSerializable("every build reports the mistakes of a source")
        return [
            [one.text, one.address, one.title, one.number, one.in_text, one.line]
            for one in source.found
        ] + [[one.url, one.number, one.line] for one in source.embeds]

    def shown(self, kept: list[list[Any]]) -> list[list[Any]]:
        """The part of what was kept that pages can show: all but the line numbers."""
        return [found[:-1] for found in kept]

    def restore(self, source_path: str, kept: list[list[Any]]) -> None:
        """Take the figures of a file from an earlier build, in place of reading it."""
        self.sources.restore(source_path, kept)
