"""Connects the steps of a build to the signals of Pelican and of `incremental`.

Pelican writes skeletons to `.build/site/`: pages with empty slots. `incremental`, which
this plugin starts, tells which of them are new, and waits for their checks before it
puts them in place. Then the numbers are collected and filled in.
"""

import logging
import os
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path
from typing import Any

from jinja2.filters import FILTERS
from pelican.generators import Generator
from pelican.readers import MarkdownReader

from pelican import signals
from pelican.plugins import incremental
from pelican.plugins.incremental import BuildReport, BuildTree, pure, textless
from pelican.plugins.incremental import signals as incremental_signals

from ..i18n import phrases
from ..model.errors import Mistake, Mistakes
from ..providers.environment import environment
from ..publishing.run import Outcome
from ..publishing.skeletons import of_text, plain
from ..references.coverage import in_words
from ..storage.paths import INCREMENTAL_FOLDER, SITE_FOLDER, history_index
from . import lazy_figures
from .addresses import encoding
from .addresses.redirects import RedirectGenerator
from .build import BuildContext
from .checks.error_report import LoggedErrorRecorder
from .content import previews, summaries
from .content.front_matter.slugs import tell_words_apart
from .generators import LiveStatsGenerator
from .reader import LiveMarkdownReader
from .template_api.slot_registry import as_number


def register() -> None:
    """Connect the plugin of this process to Pelican's signals.

    Pelican calls this for every site that it builds; the second call changes nothing.
    """
    lazy_figures.install()
    encoding.install()
    summaries.install()
    installed().connect()


@cache
def installed() -> "LiveStatsPlugin":
    """The plugin of this process, which is made when it is first needed.

    There is one, because signals are of the whole process; and it is kept here, because
    Pelican keeps only weak references to receivers.
    """
    return LiveStatsPlugin()


class LiveStatsPlugin:
    """The receivers of all signals, and the build that they work on.

    `build` is the current build, or the last one of this process; None if there was
    none. When a run of Pelican has ended, it has the outcome. `on_read` is called when
    all content is read and its mistakes are known, which stop the build after it. With
    `only_checks` nothing is collected, and no page is filled.
    """

    def __init__(self) -> None:
        self.build: BuildContext | None = None
        self.on_read: Callable[[BuildContext], None] | None = None
        self.only_checks = False
        self._pelican: Any = None

    def connect(self) -> None:
        """Receive the signals of every build from now on."""
        signals.initialized.connect(self.start_build)
        signals.readers_init.connect(self.use_live_reader)
        signals.generator_init.connect(self.prepare_generator)
        signals.get_generators.connect(self.own_generator)
        incremental.register()
        incremental_signals.trust_check.connect(self.reason_to_check_all)
        incremental_signals.content_ready.connect(self.resolve_content)
        incremental_signals.page_notes.connect(self.repeat_requests)
        incremental_signals.page_rendered.connect(self.parse_skeleton)
        incremental_signals.page_failed.connect(self.take_error)
        incremental_signals.before_commit.connect(self.check_output)
        incremental_signals.after_commit.connect(self.collect_and_fill)

    @property
    def outcome(self) -> Outcome | None:
        """What the last run of Pelican ended with; None if it did not end well."""
        return self.build.result.outcome if self.build else None

    def rebuild(self, paths: list[str]) -> Outcome | None:
        """Build the last site of this process again, if only texts in `paths` changed.

        None if a whole build is needed. `paths` are absolute.
        """
        if self.build is None:
            return None
        self.build.renew(datetime.now(UTC))
        if not incremental.rebuild(paths):
            return None
        self._tell_read(self.build)  # no signal told that these few were read
        return self.outcome

    def close(self) -> None:
        """Forget the last build, so that its outcome is not taken for another's."""
        if self.build is not None:
            self.build.close()
        self.build = self._pelican = None

    @property
    def _current(self) -> BuildContext:
        assert self.build is not None, "Pelican sends `initialized` before all else"
        return self.build

    @textless
    def start_build(self, pelican: Any) -> None:
        """Point Pelican at the folder of skeletons, before it makes anything of paths.

        Raises `Mistakes` if a setting is wrong.
        """
        settings = pelican.settings
        output = Path(settings["OUTPUT_PATH"]).absolute()
        content = Path(settings["PATH"]).absolute()
        if content.is_relative_to(output):
            raise _setting_mistake(
                "OUTPUT_PATH holds the content, and a site must not be written there",
                'write OUTPUT_PATH = "output"',
            )
        if incremental.is_building():
            raise _setting_mistake(
                "a plugin builds another site within this one, and figures are of one",
                'take it out of PLUGINS; a post with "Lang: de" and the slug of '
                "another is its translation without a plugin",
            )
        self.close()
        build = BuildContext.start(settings, output, content, datetime.now(UTC))
        if not self.only_checks and build.keeps_addresses:
            _make_data_folder(build)
        # Kept, for taking ten thousand posts apart costs a tenth of a second.
        self.build, self._pelican = build, pelican
        settings[previews.MARK] = build.config.preview_mark
        _write_skeletons(pelican, build)
        tell_words_apart(settings)
        incremental.take_over(pelican)
        settings["CACHE_CONTENT"] = settings["LOAD_CONTENT_CACHE"] = False
        _add_filters(settings)
        _record_errors(build)

    @textless
    def use_live_reader(self, readers: Any) -> None:
        """Have Markdown files read by our reader."""
        reader = partial(LiveMarkdownReader, sources=self._current.sources)
        for extension in MarkdownReader.file_extensions:
            readers.reader_classes[extension] = reader

    @textless
    def prepare_generator(self, generator: Any) -> None:
        """Give templates `stats`, and the generator only files that are content."""
        generator.context["stats"] = self._current.stats
        find = self._current.files.of(generator)
        # In the same order every time, for `incremental` compares.
        generator.get_files = lambda *paths, **options: incremental.SortedPaths(
            find(*paths, **options)
        )

    @textless
    def own_generator(self, pelican: Any) -> tuple[type[Generator], ...]:
        """The generators of hashtag pages, data and health, and of old addresses."""
        return LiveStatsGenerator, RedirectGenerator

    def reason_to_check_all(self, inputs: Any) -> str:
        """Why more pages may differ than the edited texts; empty if none does."""
        return self._current.reason_to_check_all()

    def resolve_content(
        self,
        tree: BuildTree,
        generators: list[Any],
        edited: list[Any] | None,
        sources: Mapping[str, Collection[str]],
    ) -> None:
        """Resolve all figures, once all content is read and before any page is."""
        build = self._current
        build.resolve(generators, edited, sources, partial=tree.partial)
        tree.checking = bool(build.mistakes)
        self._tell_read(build)

    def _tell_read(self, build: BuildContext) -> None:
        if self.on_read is not None:
            self.on_read(build)

    def repeat_requests(self, name: str, notes: list[Any]) -> None:
        """Request the slots of a page that is not rendered in this process."""
        self._current.stats.register_noted(notes)

    def parse_skeleton(self, name: str, text: str) -> Any:
        """The slots and links of a new page, as plain values.

        This may run in another process: the one that has rendered the page.
        """
        return plain(of_text(name, text, self._current.config.site["SITEURL"]))

    def take_error(self, name: str, error: Exception) -> bool:
        """Whether the error of a page is told together with all mistakes."""
        return self._current.tell_of_page(error)

    def check_output(self, tree: BuildTree) -> None:
        """Check all new skeletons; one mistake, and none is put in place."""
        self._current.check(tree)

    def collect_and_fill(self, tree: BuildTree, report: BuildReport) -> None:
        """Collect the numbers and fill them in, once all skeletons are in place."""
        if self.only_checks:
            self._current.end_check(tree)
        else:
            self._current.finish(tree, environment())


def _setting_mistake(what: str, mend: str) -> Mistakes:
    return Mistakes([Mistake(path="pelicanconf.py", what=what, mend=mend)])


def _make_data_folder(build: BuildContext) -> None:
    """Make the folder of the history before anybody lists the content.

    If it came with the first numbers, the next build would find that something is new
    beside the posts, and look at all pages again.
    """
    with suppress(OSError):  # whoever writes there says what is wrong with it
        if build.config.content.is_dir():
            build.config.data.mkdir(exist_ok=True)


def _write_skeletons(pelican: Any, build: BuildContext) -> None:
    """Have Pelican write to the folder of skeletons in place of the output."""
    settings, config = pelican.settings, build.config
    skeletons = str(config.folder / SITE_FOLDER)
    settings["OUTPUT_PATH"] = pelican.output_path = skeletons
    settings["INCREMENTAL_PATH"] = str(config.folder / INCREMENTAL_FOLDER)
    settings["INCREMENTAL_APART"] = ["LIVE_STATS_OFFLINE"]
    settings.setdefault("INCREMENTAL_TEXTS", False)  # see `BuildContext.check`
    settings["INCREMENTAL_IGNORE"] = [
        *settings.get("INCREMENTAL_IGNORE", ()),
        *map(str, (config.folder, config.data, config.output)),
        # Nothing of a page comes from there.
        str(history_index(config.folder)),
        os.path.abspath(".env"),
    ]
    # Nobody else writes there: what no build made is removed. For the output,
    # `BuildConfig` has what the site's author wants.
    settings["DELETE_OUTPUT_DIRECTORY"] = True
    settings["OUTPUT_RETENTION"] = []


def _add_filters(settings: dict[str, Any]) -> None:
    """Add the filters of numbers and dates; those of the site itself take precedence.

    Their defaults tell `incremental` what they depend on.
    """
    lang = settings["DEFAULT_LANG"]
    settings["JINJA_FILTERS"] = {
        "day": pure(lambda value, to=lang: phrases.format_day(_date(value), to)),
        "file_address": pure(encoding.encoded),
        "ascii_address": pure(encoding.in_ascii),
        "number": pure(lambda value, to=lang: phrases.format_number(value, to)),
        "in_words": pure(lambda rows, to=lang: in_words(rows, to)),
        "int": pure(lambda value, *more: as_number(value, FILTERS["int"], *more)),
        "float": pure(lambda value, *more: as_number(value, FILTERS["float"], *more)),
        **settings["JINJA_FILTERS"],
    }


def _date(value: Any) -> Any:
    return value.date() if isinstance(value, datetime) else value


def _record_errors(build: BuildContext) -> None:
    """Have the errors that Pelican logs added to the mistakes of this build alone."""
    logger = logging.getLogger("pelican")
    for handler in [h for h in logger.handlers if isinstance(h, LoggedErrorRecorder)]:
        logger.removeHandler(handler)
    logger.addHandler(LoggedErrorRecorder(build.config.content, build.mistakes))
