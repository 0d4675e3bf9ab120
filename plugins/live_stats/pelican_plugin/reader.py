"""Reads Markdown files for Pelican: finds their live figures, and checks their text."""

import os
from typing import Any, NamedTuple

from markdown import Markdown
from markdown.preprocessors import Preprocessor
from pelican.readers import MarkdownReader
from pelican.utils import pelican_open

from pelican.plugins.incremental import NotSerializable

from ..rendering import slots
from .content.figures import cards_number
from .content.markdown_extension import FigureExtension
from .content.source_checks import check_characters, check_converted, check_raw
from .content.sources import Source, SourceFiles


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
    extensions can be used again after a reset. Others may keep something of the last
    file, so with one of those every file gets a parser of its own.
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
        self._md, figures = self._parser(source)
        with pelican_open(source_path) as text:
            figures.in_text = True
            content = self._md.convert(text)
            figures.in_text = False  # a summary has no cards
        metadata = self._parse_metadata(getattr(self._md, "Meta", {}))
        check_converted(source, content + str(metadata.get("summary", "")))
        if source.count:
            content += f"\n{slots.token(cards_number(source.path))}"
        values = [content, *(str(value) for value in metadata.values())]
        check_characters(source, "\n".join(values))
        return content, metadata

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
        if all(str(name).startswith("markdown.extensions.") for name in names):
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
            [one.text, one.address, one.title, one.number, one.line]
            for one in source.found
        ] + [[one.url, one.number, one.line] for one in source.embeds]

    def shown(self, kept: list[list[Any]]) -> list[list[Any]]:
        """The part of what was kept that pages can show: all but the line numbers."""
        return [found[:-1] for found in kept]

    def restore(self, source_path: str, kept: list[list[Any]]) -> None:
        """Take the figures of a file from an earlier build, in place of reading it."""
        self.sources.restore(source_path, kept)
