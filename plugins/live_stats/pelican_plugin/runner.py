"""Runs Pelican, and turns what it logs and raises into short lines and mistakes."""

import logging
import os
from collections.abc import Collection
from pathlib import Path
from typing import Any

from pelican.log import console
from pelican.settings import read_settings

from pelican import Pelican
from pelican.plugins.incremental import Unsure, WrittenTwice, digest_settings

from ..model.errors import Advice, Mistake, Mistakes
from ..publishing.run import Outcome, load_state
from ..storage.system_errors import mistake_of
from .build import BuildContext
from .checks.advice import Advisor
from .checks.advice.readings import Readings
from .checks.error_report import LogFilter, of_other_plugins, template_mistake
from .content.figures import FigureResolver
from .plugin import installed
from .site_settings.checks import check_settings


def build(
    settings_file: str, override: dict[str, Any], *, quiet: bool = False
) -> Outcome:
    """Build a site with one run of Pelican, and print what was read unless `quiet`.

    `override` are settings that replace those of the file. Raises `Mistakes` if there
    is anything that an author must correct.
    """
    plugin = installed()
    plugin.close()
    log_filter = _filter_log()
    places = check_settings(settings_file)
    settings = read_settings(
        settings_file,
        override={
            "INCREMENTAL_RAW": digest_settings(settings_file),
            "INCREMENTAL_TEXTS": True,
            **override,
        },
    )
    for folder in (settings["THEME"], *settings["THEME_TEMPLATES_OVERRIDES"]):
        _look_through(folder)
    console.quiet = True  # Pelican's own summary has ten numbers
    try:
        Pelican(settings).run()
    except Unsure:
        again = override | {"INCREMENTAL_TEXTS": False, "INCREMENTAL_AHEAD": None}
        return build(settings_file, again, quiet=quiet)
    except WrittenTwice as error:
        assert plugin.build is not None
        twice = plugin.build.written_twice(error.name)
        found = [*plugin.build.mistakes, twice]
        raise Mistakes(list(map(places.placed, found))) from error
    except Mistakes as error:
        raise Mistakes(list(map(places.placed, error.mistakes))) from error
    except Exception as error:
        if not (found := _mistakes_behind(error, plugin.build)):
            raise
        raise Mistakes(list(map(places.placed, found))) from error
    log_filter.print_held()
    if plugin.build is None or plugin.outcome is None:
        raise Mistakes(
            [
                Mistake(
                    path=settings_file,
                    what="PLUGINS does not name live_stats",
                    mend='write PLUGINS = ["incremental", "live_stats"]',
                )
            ]
        )
    if not quiet:
        print(plugin.build.summary())
    return plugin.outcome


def check(settings_file: str, output: Path, advice: list[Advice]) -> None:
    """Build a site as far as its checks, beside `output`, and put advice in `advice`.

    Raises `Mistakes` as `build` does, once the advice is there.
    """
    plugin = installed()
    plugin.only_checks = True

    def on_read(site: BuildContext) -> None:
        advice[:] = advice_on(site)  # in place of that of a build that was unsure

    plugin.on_read = on_read
    override = {"OUTPUT_PATH": str(output), "LIVE_STATS_OFFLINE": True}
    try:
        build(settings_file, override, quiet=True)
    finally:
        plugin.only_checks, plugin.on_read = False, None


def _look_through(folder: str) -> None:
    """Raise the OSError of a folder below `folder` that must not be read.

    Jinja and `Path.glob` take what they are not allowed to see for what is not there:
    a template, or all that a language has.
    """

    def trouble(error: OSError) -> None:
        if not isinstance(error, FileNotFoundError | NotADirectoryError):
            raise error

    for _ in os.walk(folder, onerror=trouble):
        pass


def advice_on(site: BuildContext, only: Collection[str] | None = None) -> list[Advice]:
    """The advice on the content that a build has read; with `only`, on these files."""
    config = site.config
    advisor = Advisor(
        contents=site.content.site.contents,
        sources=site.sources.by_path,
        display_path=site.display_path,
        readings=Readings(
            history=site.history,
            state=load_state(config.data, site.now),
            settings=config.settings,
        ),
        resolver=FigureResolver(servers=config.servers, today=site.now.date()),
        usual={
            name: tuple(one.references.values()) for name, one in site.hashtags.items()
        },
        site=str(config.site.get("SITE_ADDRESS", "")),
    )
    return advisor.find(only)


def _mistakes_behind(error: Exception, site: BuildContext | None) -> list[Mistake]:
    """The mistakes of a build that an error has ended; none if it is a bug of ours."""
    found = of_other_plugins(error)
    if site is None:
        return found
    if not found:
        if not site.tell_of_page(error):
            return []
        # It may follow from a mistake, or hide others: whoever mends all meets it.
        found = _early_end(error, site.mistakes)
    return [*site.mistakes, *found]


def _early_end(error: Exception, told: Collection[Mistake]) -> list[Mistake]:
    """A line on an error that ended a build with mistakes, unless it is one of them."""
    if trouble := mistake_of(error):
        return [] if trouble in told else [trouble]
    if template_mistake(error) is not None:
        return []
    what = f"the build ended early ({type(error).__name__}: {error})"
    mend = "mend the other mistakes; if it comes again then, it is a bug of ours"
    return [Mistake(path="pelican", what=what, mend=mend)]


def _filter_log() -> LogFilter:
    """Log warnings as plain lines, without those that mistakes report better."""
    logging.basicConfig(level=logging.WARNING, format="%(message)s", force=True)
    log_filter = LogFilter()
    for handler in logging.getLogger().handlers:
        handler.addFilter(log_filter)
    return log_filter
