"""The door to Pelican. Receivers are module-level: Pelican holds them weakly."""

from collections.abc import Iterable
from copy import copy
from typing import Any

from pelican.generators import ArticlesGenerator, PagesGenerator, StaticGenerator

from pelican import signals as pelican_signals

from .build.resident import MoreThanTextsChanged, ResidentRebuild, can_stay_resident
from .build.session import BuildSession
from .compat.generators import (
    before_reading,
    keep_static_files,
    load_templates_late,
    remember_files,
)
from .compat.pelican_speedups import speed_up_article_generator
from .content_cache import post_cache
from .content_cache.parallel_read import prefetch
from .report import BuildReport

_session: BuildSession | None = None
_held: BuildSession | None = None
_report: BuildReport | None = None


def register() -> None:
    pelican_signals.initialized.connect(initialized)
    pelican_signals.readers_init.connect(readers_init)
    pelican_signals.generator_init.connect(generator_init)
    pelican_signals.article_generator_finalized.connect(article_generator_finalized)
    pelican_signals.all_generators_finalized.connect(all_generators_finalized)


def say(line: str) -> None:
    print(line)


def initialized(pelican: Any) -> None:
    """Take over the run; all plugins have had their say in the settings by then."""
    if any(plugin.__name__ == __package__ for plugin in pelican.plugins):
        take_over(pelican)  # and not another site of this process


def take_over(pelican: Any) -> None:
    """Run this site incrementally; asking twice is the same as once."""
    if getattr(pelican, "incremental", False):
        return
    pelican.incremental, usual = True, pelican.run
    # Pelican's reader adds to these, and a module that the settings import gives the
    # same ones to the next build of this process: they would seem to have changed.
    markdown = pelican.settings["MARKDOWN"]
    pelican.settings["MARKDOWN"] = {key: copy(one) for key, one in markdown.items()}

    def run() -> None:
        global _session, _held, _report
        outer = _session
        _held, _session = None, BuildSession(pelican, say, outer)
        pelican.incremental = _session  # it goes when Pelican goes, which may be never
        try:
            _session.run(usual)
            _report = _session.report
            if pelican.settings.get("INCREMENTAL_HOLD") and can_stay_resident(_session):
                _held = _session
        finally:
            _session = outer

    pelican.run = run


def is_building() -> bool:
    """Whether a site is being built: then another one is built by a plugin of it."""
    return _session is not None


def rebuild(paths: Iterable[str]) -> bool:
    """Build the last site of this process again, which was made with INCREMENTAL_HOLD.

    `paths`, absolute, are all that has changed. False, and nothing is done, if a whole
    build is needed: where anything but the text of posts is different.
    """
    global _session, _held, _report
    last, _held = _held, None
    if last is None or not all(path in last.reading.entries for path in paths):
        return False
    last.pelican.incremental = _session = ResidentRebuild(last, paths)
    try:
        _session.run(_session.replay)
        _report = _session.report
    except MoreThanTextsChanged:
        return False
    else:
        _held = _session
        return True
    finally:
        _session = None


def last_report() -> BuildReport | None:
    """What the last build of this process did; None if none has ended well."""
    return _report


def readers_init(readers: Any) -> None:
    if _session is not None:
        _session.reading.attach(readers)


def generator_init(generator: Any) -> None:
    if _session is None:
        return
    session = _session
    session.shared = generator.context
    load_templates_late(generator)
    forget_files = remember_files(generator)
    if isinstance(generator, StaticGenerator):
        keep_static_files(generator, session.static, session.finish_queue)

    def prepare() -> None:
        if isinstance(generator, ArticlesGenerator | PagesGenerator):
            prefetch(generator, session.reading)
            post_cache.attach(generator, session.reading)

    before_reading(generator, prepare, forget_files)


def article_generator_finalized(generator: Any) -> None:
    if _session is not None and type(generator) is ArticlesGenerator:
        speed_up_article_generator(generator)


def all_generators_finalized(generators: Any) -> None:
    """From here on Pelican only writes."""
    if _session is not None:
        _session.writing(list(generators))
