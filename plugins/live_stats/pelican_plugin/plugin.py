"""The door to Pelican: skeletons go to `.build/site/`, numbers come in at the end.

The skeletons are written by `incremental`, which this plugin brings along: it says what
is new, and asks us before it puts anything in place.

Pelican keeps weak references to receivers, so these are module-level functions; what
one run of Pelican needs lies in `_build`.
"""

import logging
import os
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from jinja2.filters import FILTERS
from markdown import Markdown
from pelican.readers import MarkdownReader
from pelican.utils import pelican_open

from pelican import signals
from pelican.plugins import incremental
from pelican.plugins.incremental import (
    BuildReport,
    BuildTree,
    NotSerializable,
    pure,
    textless,
)
from pelican.plugins.incremental import signals as incremental_signals

from ..i18n import phrases
from ..model.errors import Mistake, Mistakes
from ..providers.environment import environment
from ..publishing.index import SITE, STATE
from ..publishing.run import Outcome
from ..publishing.skeletons import of_text, plain
from .build import BuildContext
from .checks.error_report import TemplateErrorRecorder
from .content.figure_links import Source
from .content.markdown_extension import (
    Figures,
    check_characters,
    check_converted,
    check_raw,
)
from .generators import LiveStatsGenerator
from .template_api.slot_registry import as_number

_build: BuildContext | None = None


def register() -> None:
    own = (
        (signals.initialized, initialized),
        (signals.readers_init, readers_init),
        (signals.generator_init, generator_init),
        (signals.get_generators, get_generators),
    )
    for signal, receiver in own:
        signal.connect(textless(receiver))  # figures are kept beside a post's text
    incremental.register()
    incremental_signals.trust_check.connect(doubted)
    incremental_signals.content_ready.connect(read)
    incremental_signals.page_notes.connect(noted)
    incremental_signals.page_rendered.connect(made)
    incremental_signals.before_commit.connect(ready)
    incremental_signals.after_commit.connect(committed)


def outcome() -> Outcome | None:
    """What the last run of Pelican in this process ended with."""
    return _build.outcome if _build else None


def again(paths: list[str]) -> Outcome | None:
    """Build the last site of this process again, if only texts changed, in `paths`.

    None if a whole build is needed.
    """
    if _build is None:
        return None
    _build.renew(datetime.now(UTC))
    return _build.outcome if incremental.rebuild(paths) else None


def summary() -> str:
    """What the last run of Pelican read, and what of it is not published, in lines."""
    lines = (_build.read, _build.left_out) if _build else ()
    return "\n".join(filter(None, lines))


def written_twice(name: str) -> Mistake:
    """The mistake behind a file that two pages of the last run wanted."""
    assert _build is not None
    return _build.written_twice(name)


def initialized(pelican: Any) -> None:
    """Point Pelican at the skeleton tree, before anything is made from its paths."""
    global _build
    settings = pelican.settings
    output = Path(settings["OUTPUT_PATH"]).absolute()
    content = Path(settings["PATH"]).absolute()
    if content.is_relative_to(output):
        raise _wrong(
            "OUTPUT_PATH holds the content, and a site must not be written there",
            'write OUTPUT_PATH = "output"',
        )
    if incremental.is_building():
        raise _wrong(
            "a plugin builds another site within this one, and figures are of one",
            'take it out of PLUGINS; a post with "Lang: de" and the slug of another is '
            "its translation without a plugin",
        )
    if _build is not None:
        _build.index.close()
    _build = BuildContext.start(settings, output, content, datetime.now(UTC))
    tree = _build.folder / SITE
    settings["OUTPUT_PATH"] = pelican.output_path = str(tree)
    settings["INCREMENTAL_PATH"] = str(_build.folder / STATE)
    settings["INCREMENTAL_APART"] = ["LIVE_STATS_OFFLINE"]
    settings.setdefault("INCREMENTAL_TEXTS", False)  # see `Build.check`
    settings["INCREMENTAL_IGNORE"] = [
        *settings.get("INCREMENTAL_IGNORE", ()),
        *map(str, (_build.folder, content / "data", output)),
    ]
    # The skeletons are nobody's but ours: what no build made has no place there.
    _build.owned, settings["DELETE_OUTPUT_DIRECTORY"] = (
        bool(settings["DELETE_OUTPUT_DIRECTORY"]),
        True,
    )
    _build.keep, settings["OUTPUT_RETENTION"] = set(settings["OUTPUT_RETENTION"]), []
    incremental.take_over(pelican)
    settings["CACHE_CONTENT"] = settings["LOAD_CONTENT_CACHE"] = False
    lang = settings["DEFAULT_LANG"]
    settings["JINJA_FILTERS"] = {
        "day": pure(lambda value, to=lang: phrases.format_day(_date(value), to)),
        "number": pure(lambda value, to=lang: phrases.format_number(value, to)),
        "int": pure(lambda value, *more: as_number(value, FILTERS["int"], *more)),
        "float": pure(lambda value, *more: as_number(value, FILTERS["float"], *more)),
        **settings["JINJA_FILTERS"],
    }
    logger = logging.getLogger("pelican")
    for handler in [h for h in logger.handlers if isinstance(h, TemplateErrorRecorder)]:
        logger.removeHandler(handler)
    logger.addHandler(TemplateErrorRecorder(_build.content, _build.mistakes))


def _wrong(what: str, mend: str) -> Mistakes:
    return Mistakes([Mistake(path="pelicanconf.py", what=what, mend=mend)])


def _date(value: Any) -> Any:
    return value.date() if isinstance(value, datetime) else value


class LiveMarkdownReader(MarkdownReader):
    """Pelican's reader, with live figures, and one parser for all posts.

    Making a parser takes a tenth of the time of reading a post. Markdown's own
    extensions may be used again after a reset; of others nobody knows, so with those
    each post has a parser of its own.
    """

    def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
        assert _build is not None
        path = Path(source_path)
        source = Source(path=_build.shown(path), file=str(path))
        _build.sources[os.path.abspath(source_path)] = source
        check_raw(source)
        self._source_path = source_path
        self._md = self._parser(source)
        with pelican_open(source_path) as text:
            content = self._md.convert(text)
        metadata = self._parse_metadata(getattr(self._md, "Meta", {}))
        check_converted(source, content + str(metadata.get("summary", "")))
        values = [content, *(str(value) for value in metadata.values())]
        check_characters(source, "\n".join(values))
        return content, metadata

    def _parser(self, source: Source) -> Markdown:
        """A parser that leaves the figures it finds in `source`."""
        known = getattr(self, "_known", None)
        if known is not None:
            parser, figures, front_matter = known
            parser.reset()
            # Pelican takes it out to read the metadata's own Markdown.
            parser.preprocessors.register(front_matter, "meta", 27)
            figures.source = source
            return parser
        usual, figures = self.settings["MARKDOWN"], Figures(source)
        names = usual["extensions"]
        parser = Markdown(**{**usual, "extensions": [*names, figures]})
        if all(str(name).startswith("markdown.extensions.") for name in names):
            self._known = (parser, figures, parser.preprocessors["meta"])
        return parser

    def keep(self, source_path: str) -> Any:
        """What reading left in `sources`, as plain values; raises if it was wrong."""
        assert _build is not None
        source = _build.sources[os.path.abspath(source_path)]
        if source.mistakes:
            raise NotSerializable("mistakes are made known every time")
        return [
            [one.text, one.address, one.title, one.number, one.line]
            for one in source.found
        ]

    def shown(self, kept: Any) -> Any:
        """What pages can show of what was kept: not where in the file it stands."""
        return [found[:-1] for found in kept]

    def restore(self, source_path: str, kept: Any) -> None:
        assert _build is not None
        path = os.path.abspath(source_path)
        below = path.removeprefix(_build.base).replace(os.sep, "/")
        _build.sources[path] = Source(path=below, file=path, kept=kept)


def readers_init(readers: Any) -> None:
    for extension in MarkdownReader.file_extensions:
        readers.reader_classes[extension] = LiveMarkdownReader


def generator_init(generator: Any) -> None:
    assert _build is not None
    generator.context["stats"] = _build.stats
    find = _build.files.of(generator)
    # Always in the same order, whoever asks.
    generator.get_files = lambda *asked, **more: incremental.SortedPaths(
        find(*asked, **more)
    )
    themes = generator.settings["THEME_TEMPLATES_OVERRIDES"]
    _build.themes = [*themes, os.path.join(generator.theme, "templates")]


def get_generators(pelican: Any) -> type[LiveStatsGenerator]:
    return LiveStatsGenerator


def read(
    tree: BuildTree,
    generators: list[Any],
    edited: list[Any] | None,
    sources: Mapping[str, Collection[str]],
) -> None:
    """Everything is read: judge all figures at once, then let the templates run."""
    assert _build is not None
    _build.judge(generators, edited, sources, partial=tree.partial)
    _build.stop_on_mistakes()


def doubted(inputs: Any) -> str:
    """What else than the text of posts pages may follow since the last build."""
    return _build.doubt() if _build is not None else ""


def noted(name: str, notes: list[Any]) -> None:
    """A page that is not rendered here asks for the slots it asked for before."""
    if _build is not None:
        _build.stats.ask_again(notes)


def made(name: str, text: str) -> Any:
    """Look through a new skeleton where it is made, which may be on another core."""
    if _build is None:
        return None
    return plain(of_text(name, text, _build.site["SITEURL"]))


def ready(tree: BuildTree) -> None:
    """Every skeleton is made: check what is new before it is put in place."""
    if _build is not None:
        _build.check(tree)


def committed(tree: BuildTree, report: BuildReport) -> None:
    """Every skeleton is in place: collect, fill."""
    if _build is not None:
        _build.finish(tree, environment(), _build.keep)
