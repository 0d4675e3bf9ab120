"""Runs Pelican, and turns what it logs and raises into short lines and mistakes."""

import logging
from typing import Any

from pelican.log import console
from pelican.settings import read_settings

from pelican import Pelican
from pelican.plugins.incremental import Unsure, WrittenTwice, digest_settings

from ..model.errors import Mistake, Mistakes
from ..publishing.run import Outcome
from .checks.error_report import LogFilter, template_mistake
from .plugin import installed


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
    settings = read_settings(
        settings_file,
        override={
            "INCREMENTAL_RAW": digest_settings(settings_file),
            "INCREMENTAL_TEXTS": True,
            **override,
        },
    )
    console.quiet = True  # Pelican's own summary has ten numbers
    try:
        Pelican(settings).run()
    except Unsure:
        again = override | {"INCREMENTAL_TEXTS": False, "INCREMENTAL_AHEAD": None}
        return build(settings_file, again, quiet=quiet)
    except WrittenTwice as error:
        assert plugin.build is not None
        twice = plugin.build.written_twice(error.name)
        raise Mistakes([*plugin.build.mistakes, twice]) from error
    except Mistakes:
        raise
    except Exception as error:
        if plugin.build is None or not plugin.build.tell_of_page(error):
            raise
        # It may follow from a mistake, or hide others: whoever mends all meets it.
        raise Mistakes([*plugin.build.mistakes, *_early_end(error)]) from error
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


def _early_end(error: Exception) -> list[Mistake]:
    """A line on an error that is no mistake, and ended a build with mistakes."""
    if template_mistake(error) is not None:
        return []
    what = f"the build ended early ({type(error).__name__}: {error})"
    mend = "mend the other mistakes, and there may be more"
    return [Mistake(path="pelican", what=what, mend=mend)]


def _filter_log() -> LogFilter:
    """Log warnings as plain lines, without those that mistakes report better."""
    logging.basicConfig(level=logging.WARNING, format="%(message)s", force=True)
    log_filter = LogFilter()
    for handler in logging.getLogger().handlers:
        handler.addFilter(log_filter)
    return log_filter
