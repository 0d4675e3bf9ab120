"""`publish` and `refresh`: build the site, or only fill it with newer numbers."""

import argparse
import logging
import time
from datetime import UTC, datetime
from pathlib import Path

from .credentials import environment
from .errors import Mistake, Mistakes
from .index import FOLDER, SITE, Index
from .publish import Outcome, Run
from .report import progress, report
from .site_errors import worth_printing


def publish_command(options: argparse.Namespace) -> int:
    started = time.monotonic()
    outcome = _build(options.settings, offline=options.offline)
    if outcome.decided:
        print(f"numbers that templates decide on moved: {', '.join(outcome.decided)}")
        print("building once more, so that those pages follow")
        first = outcome
        outcome = _build(options.settings, offline=True)
        outcome.platforms, outcome.offline = first.platforms, options.offline
        outcome.overdue = first.overdue
        outcome.filled.written += first.filled.written
    index = Index.load(Path(FOLDER).absolute())
    places = index.places if index else {}
    return report(outcome, places, time.monotonic() - started)


def _build(settings_file: str, *, offline: bool) -> Outcome:
    """One run of Pelican, with what it logs turned into lines of ours."""
    from pelican import Pelican
    from pelican.log import console
    from pelican.settings import read_settings

    from . import pelican_plugin

    if not Path(settings_file).is_file():
        raise Mistakes(
            [
                Mistake(
                    path=settings_file,
                    what="there is no such settings file here",
                    mend="run this where pelicanconf.py lies, or name it: --settings",
                )
            ]
        )
    logging.basicConfig(level=logging.WARNING, format="%(message)s", force=True)
    for handler in logging.getLogger().handlers:
        handler.addFilter(worth_printing)
    override = {"LIVE_STATS_OFFLINE": True} if offline else {}
    settings = read_settings(settings_file, override=override)
    console.quiet = True  # its summary has ten numbers; ours says what was done
    Pelican(settings).run()
    outcome = pelican_plugin.outcome()
    if outcome is not None:
        print(pelican_plugin.summary())
    else:
        raise Mistakes(
            [
                Mistake(
                    path=settings_file,
                    what="PLUGINS does not name live_stats",
                    mend='write PLUGIN_PATHS = ["plugins"], PLUGINS = ["live_stats"]',
                )
            ]
        )
    return outcome


def refresh_command(options: argparse.Namespace) -> int:
    started, now = time.monotonic(), datetime.now(UTC)
    folder = Path(FOLDER).absolute()
    index = Index.load(folder)
    reason = _why_publish(index, folder, now)
    if index is None or reason:
        print(f"{reason}: publishing")
        return publish_command(options)
    run = Run(
        index=index,
        build=folder,
        environment=environment(),
        now=now,
        offline=options.offline,
        everything=options.all,
        progress=progress(),
    )
    outcome = run.finish(None)
    if outcome.decided:
        print(f"numbers that templates decide on moved: {', '.join(outcome.decided)}")
        first = outcome
        outcome = _build(options.settings, offline=True)
        outcome.platforms, outcome.offline = first.platforms, options.offline
        outcome.overdue = first.overdue
    return report(outcome, index.places, time.monotonic() - started)


def _why_publish(index: Index | None, folder: Path, now: datetime) -> str:
    """Why a refresh is not enough; empty if it is."""
    if index is None:
        return "no site was built here yet"
    if not all((folder / SITE / name).is_file() for name in index.files):
        return "the last build is not complete"
    if not Path(index.output).is_dir():
        return "output/ is gone"
    if index.scheduled and index.scheduled <= now:
        return f"a post dated {index.scheduled:%Y-%m-%d %H:%M} is due"
    return ""
