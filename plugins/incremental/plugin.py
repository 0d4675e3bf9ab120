"""The door to Pelican. Receivers are module-level: Pelican holds them weakly."""

import os
from collections.abc import Iterable
from copy import copy
from typing import Any

from jinja2 import TemplateNotFound
from pelican.generators import (
    ArticlesGenerator,
    PagesGenerator,
    PelicanTemplateNotFound,
    StaticGenerator,
)

from pelican import signals as pelican_signals

from .build.resident import MoreThanTextsChanged, ResidentRebuild, can_stay_resident
from .build.session import BuildSession
from .compat.pelican_speedups import speed_up_article_generator
from .content_cache import post_cache
from .content_cache.parallel_read import prefetch

_session: BuildSession | None = None
_held: BuildSession | None = None


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
        global _session, _held
        outer = _session
        _held, _session = None, BuildSession(pelican, say, outer)
        pelican.incremental = _session  # it goes when Pelican goes, which may be never
        try:
            _session.run(usual)
            if pelican.settings.get("INCREMENTAL_HOLD") and can_stay_resident(_session):
                _held = _session
        finally:
            _session = outer

    pelican.run = run


def building() -> bool:
    """Whether a site is being built: then another one is built by a plugin of it."""
    return _session is not None


def again(paths: Iterable[str]) -> bool:
    """Build the last site of this process again, which was made with INCREMENTAL_HOLD.

    `paths`, absolute, are all that has changed. False, and nothing is done, if a whole
    build is needed: where anything but the text of posts is different.
    """
    global _session, _held
    last, _held = _held, None
    if last is None or not all(path in last.reading.entries for path in paths):
        return False
    last.pelican.incremental = _session = ResidentRebuild(last, paths)
    try:
        _session.run(_session.replay)
    except MoreThanTextsChanged:
        return False
    else:
        _held = _session
        return True
    finally:
        _session = None


def readers_init(readers: Any) -> None:
    if _session is not None:
        _session.reading.attach(readers)


def generator_init(generator: Any) -> None:
    if _session is None:
        return
    session = _session
    session.shared = generator.context
    generator.get_template = lazy_templates(generator)
    find, found = generator.get_files, {}

    def get_files(paths: Any, exclude: Any = None, extensions: Any = None) -> Files:
        # It is asked three times for the same while a generator gathers its posts.
        key = repr((paths, exclude, extensions))
        if key not in found:
            found[key] = Files(find(paths, exclude, extensions))
        return found[key]

    generator.get_files = get_files
    if isinstance(generator, StaticGenerator):
        _keep_statics(generator, session)
    if hasattr(generator, "generate_context"):
        usual = generator.generate_context

        def generate_context() -> None:
            if isinstance(generator, ArticlesGenerator | PagesGenerator):
                prefetch(generator, session.reading)
                post_cache.attach(generator, session.reading)
            usual()
            found.clear()

        generator.generate_context = generate_context


def article_generator_finalized(generator: Any) -> None:
    if _session is not None and type(generator) is ArticlesGenerator:
        speed_up_article_generator(generator)


class Files(set[str]):
    """The files that Pelican found, always in the same order."""

    _sorted: list[str] | None = None

    def __iter__(self) -> Any:
        if self._sorted is None or len(self._sorted) != len(self):
            self._sorted = sorted(set.__iter__(self))
        return iter(self._sorted)

    def __ror__(self, other: Any) -> "Files":
        return Files(set(other).union(set.__iter__(self)))


def all_generators_finalized(generators: Any) -> None:
    """From here on Pelican only writes."""
    if _session is not None:
        _session.writing(list(generators))


def _keep_statics(generator: Any, session: BuildSession) -> None:
    copy, output = generator._link_or_copy_staticfile, generator.generate_output

    def copy_one(static: Any) -> None:
        source = os.path.join(generator.path, static.source_path)
        if not session.static(os.path.abspath(source), static.save_as):
            copy(static)

    def generate_output(writer: Any) -> None:
        # This generator is always the last one: now nothing more will be queued.
        output(writer)
        if session.writer is not None:
            session.writer.queue.finish()

    generator._link_or_copy_staticfile = copy_one
    generator.generate_output = generate_output


class LazyTemplate:
    """A template that is loaded when it is rendered, for most are not."""

    def __init__(self, environment: Any, name: str) -> None:
        self.environment, self.name = environment, name

    def __getattr__(self, name: str) -> Any:
        return getattr(self.environment.get_template(self.name), name)


def lazy_templates(generator: Any) -> Any:
    known: dict[str, LazyTemplate] = {}

    def get_template(name: str) -> LazyTemplate:
        if name not in known:
            for ending in generator.settings["TEMPLATE_EXTENSIONS"]:
                try:
                    generator.env.loader.get_source(generator.env, name + ending)
                except TemplateNotFound:
                    continue
                known[name] = LazyTemplate(generator.env, name + ending)
                break
            else:
                places = generator._templates_path
                raise PelicanTemplateNotFound(f"no template {name} in {places}")
        return known[name]

    return get_template
