"""The receivers of Pelican's signals, and what one process remembers of its builds."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from pelican.generators import ArticlesGenerator, PagesGenerator, StaticGenerator

from pelican import signals

from .build.resident import MoreThanTextsChanged, ResidentRebuild, can_stay_resident
from .build.session import BuildSession
from .compat import lazy_content
from .compat.generators import (
    before_reading,
    keep_static_files,
    load_templates_late,
    remember_files,
)
from .compat.pelican_run import own_markdown_settings
from .compat.pelican_speedups import speed_up_article_generator
from .content_cache import post_cache
from .content_cache.parallel_read import prefetch
from .report import BuildReport
from .state.audit import before_builds


def register() -> None:
    """Connect the receivers; to do so twice is the same as once."""
    before_builds.begin()  # what plugins read to get ready is an input too
    lazy_content.install()
    the_plugin().connect()


@cache
def the_plugin() -> "IncrementalPlugin":
    """The one plugin object of this process.

    Pelican holds receivers weakly, and one process may build many times, or a site
    within another: so the object lives as long as the process.
    """
    return IncrementalPlugin()


class IncrementalPlugin:
    """Builds sites, one at a time or one within another.

    `session` is the build that runs, the innermost if there are several; `held` the
    last one, if it was made with INCREMENTAL_HOLD and can be repeated; `report` says
    what the last one did.
    """

    def __init__(self) -> None:
        self.session: BuildSession | None = None
        self.held: BuildSession | None = None
        self.report: BuildReport | None = None

    def connect(self) -> None:
        signals.initialized.connect(self.initialized)
        signals.readers_init.connect(self.readers_init)
        signals.generator_init.connect(self.generator_init)
        signals.article_generator_finalized.connect(self.article_generator_finalized)
        signals.all_generators_finalized.connect(self.all_generators_finalized)

    # --- builds ---------------------------------------------------------------------

    def take_over(self, pelican: Any) -> None:
        """Run this `Pelican` incrementally; to do so twice is the same as once."""
        if getattr(pelican, "incremental", False):
            return
        pelican.incremental, usual = True, pelican.run
        own_markdown_settings(pelican)

        def run() -> None:
            outer, self.held = self.session, None
            self.session = session = BuildSession.start(pelican, outer, print)
            pelican.incremental = session  # it goes when Pelican goes, maybe never
            try:
                session.run(usual)
                self._keep(session)
            finally:
                self.session = outer

        pelican.run = run

    def rebuild(self, paths: Iterable[str]) -> bool:
        """Build the last site of this process again; false if that is not possible.

        `paths`, absolute, are all that has changed.
        """
        last, self.held = self.held, None
        paths = list(paths)
        if last is None or not all(path in last.reading.entries for path in paths):
            return False
        self.session = session = ResidentRebuild(last, paths)
        last.site.pelican.incremental = session
        try:
            session.rebuild()
        except MoreThanTextsChanged:
            return False
        else:
            self._keep(session)
            return True
        finally:
            self.session = None

    def _keep(self, session: BuildSession) -> None:
        """Keep what a build did, and the build itself if it can be repeated."""
        self.report = session.report
        hold = session.site.settings.get("INCREMENTAL_HOLD")
        if hold and can_stay_resident(session):
            self.held = session

    # --- receivers ------------------------------------------------------------------

    def initialized(self, pelican: Any) -> None:
        """Take over the run; all plugins have changed the settings by then."""
        if any(plugin.__name__ == __package__ for plugin in pelican.plugins):
            self.take_over(pelican)  # and not another site of this process

    def readers_init(self, readers: Any) -> None:
        if self.session is not None:
            self.session.reading.attach(readers)

    def generator_init(self, generator: Any) -> None:
        session = self.session
        if session is None:
            return
        session.shared = generator.context
        load_templates_late(generator)
        forget_files = remember_files(generator)
        if isinstance(generator, StaticGenerator):
            keep_static_files(generator, session.keep_static, session.finish_queue)

        def prepare() -> None:
            if isinstance(generator, ArticlesGenerator | PagesGenerator):
                prefetch(generator, session.reading)
                post_cache.attach(generator, session.reading, session.source_paths)

        before_reading(generator, prepare, forget_files)

    def article_generator_finalized(self, generator: Any) -> None:
        if self.session is not None and type(generator) is ArticlesGenerator:
            speed_up_article_generator(generator)

    def all_generators_finalized(self, generators: Any) -> None:
        """From here on Pelican only writes."""
        if self.session is not None:
            self.session.content_read(list(generators))
