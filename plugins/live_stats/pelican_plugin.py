"""The door to Pelican: skeletons go to `.build/site/`, numbers come in at the end.

Pelican keeps weak references to receivers, so these are module-level functions; what
one run of Pelican needs lies in `_build`.
"""

import logging
import os
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from jinja2.filters import FILTERS
from pelican import signals
from pelican.readers import MarkdownReader

from . import report, wording
from .build import Build
from .credentials import environment
from .errors import Mistake, Mistakes
from .index import NEXT
from .markdown_figures import Figures, Source, check_converted, check_raw
from .own_pages import OwnPages
from .publish import Outcome
from .registry import as_number
from .site_errors import Recorder

_build: Build | None = None


def register() -> None:
    signals.initialized.connect(initialized)
    signals.readers_init.connect(readers_init)
    signals.generator_init.connect(generator_init)
    signals.get_generators.connect(get_generators)
    signals.all_generators_finalized.connect(all_generators_finalized)
    signals.finalized.connect(finalized)


def outcome() -> Outcome | None:
    """What the last run of Pelican in this process ended with."""
    return _build.outcome if _build else None


def summary() -> str:
    """What the last run of Pelican read, in one line."""
    return _build.read if _build else ""


def initialized(pelican: Any) -> None:
    """Point Pelican at the skeleton tree, before anything is made from its paths."""
    global _build
    settings = pelican.settings
    output = Path(settings["OUTPUT_PATH"]).absolute()
    content = Path(settings["PATH"]).absolute()
    if content.is_relative_to(output):
        raise Mistakes(
            [
                Mistake(
                    path="pelicanconf.py",
                    what="OUTPUT_PATH holds the content, and publishing cleans it",
                    mend='write OUTPUT_PATH = "output"',
                )
            ]
        )
    _build = Build.start(settings, output, content, datetime.now(UTC))
    # Beside the tree of the last publish, which a refresh may need if this one fails.
    tree = _build.folder / NEXT
    shutil.rmtree(tree, ignore_errors=True)
    tree.mkdir(parents=True)
    settings["OUTPUT_PATH"] = pelican.output_path = str(tree)
    pelican.delete_outputdir = False
    settings["CACHE_CONTENT"] = settings["LOAD_CONTENT_CACHE"] = False
    lang = settings["DEFAULT_LANG"]
    settings["JINJA_FILTERS"] = {
        "day": lambda value, to=lang: wording.day(_date(value), to),
        "number": lambda value, to=lang: wording.number(value, to),
        "int": lambda value, *more: as_number(value, FILTERS["int"], *more),
        "float": lambda value, *more: as_number(value, FILTERS["float"], *more),
        **settings["JINJA_FILTERS"],
    }
    logger = logging.getLogger("pelican")
    for handler in [h for h in logger.handlers if isinstance(h, Recorder)]:
        logger.removeHandler(handler)
    logger.addHandler(Recorder(_build.content, _build.mistakes))


def _date(value: Any) -> Any:
    return value.date() if isinstance(value, datetime) else value


class LiveMarkdownReader(MarkdownReader):
    """Pelican's reader, with live figures."""

    def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
        assert _build is not None
        path = Path(source_path)
        source = Source(
            path=_build.shown(path), raw=path.read_text(encoding="utf-8-sig")
        )
        _build.sources[os.path.abspath(source_path)] = source
        check_raw(source)
        usual = self.settings["MARKDOWN"]
        extensions = [*usual["extensions"], Figures(source)]
        self.settings = {
            **self.settings,
            "MARKDOWN": {**usual, "extensions": extensions},
        }
        try:
            content, metadata = super().read(source_path)
        finally:
            self.settings = {**self.settings, "MARKDOWN": usual}
        check_converted(source, content + str(metadata.get("summary", "")))
        return content, metadata


def readers_init(readers: Any) -> None:
    for extension in MarkdownReader.file_extensions:
        readers.reader_classes[extension] = LiveMarkdownReader


def generator_init(generator: Any) -> None:
    assert _build is not None
    generator.context["stats"] = _build.stats
    themes = generator.settings["THEME_TEMPLATES_OVERRIDES"]
    _build.themes = [*themes, os.path.join(generator.theme, "templates")]


def get_generators(pelican: Any) -> type[OwnPages]:
    return OwnPages


def all_generators_finalized(generators: list[Any]) -> None:
    """Everything is read: judge all figures at once, then let the templates run."""
    assert _build is not None
    _build.judge(generators)
    _build.stop_on_mistakes()


def finalized(pelican: Any) -> None:
    """Every skeleton is written: check the tree, collect, fill."""
    assert _build is not None
    keep = set(pelican.settings["OUTPUT_RETENTION"])
    _build.progress = report.progress()
    _build.finish(environment(), keep)
