"""`publish` and `refresh`: build the site, or only fill it with newer numbers."""

import argparse
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pelican.plugins.incremental import Unsure, digest_settings, why_build_again
from pelican.plugins.incremental.system.directory_scan import DirectoryScan
from pelican.plugins.incremental.system.swap import SwapFiles

from ..model.errors import Mistake, Mistakes
from ..providers.environment import environment, servers
from ..publishing.fill import Incomplete
from ..publishing.index import FOLDER, SITE, STATE, SiteIndex, trouble_with
from ..publishing.run import CollectAndFill, Outcome, load_history_and_state
from ..publishing.site_manifest import SiteManifest
from ..references.catalogue import is_known
from ..storage.atomic_write import INDEX
from .report import report

_last: list[Any] = []
"""Taking ten thousand posts apart costs a tenth of a second, and the process ends."""


def publish_command(options: argparse.Namespace) -> int:
    started = time.monotonic()
    check_settings_file(options.settings)
    folder = Path(FOLDER).absolute()
    index, outcome = None if options.fresh else SiteIndex.load(folder), None
    ahead = None
    if index is not None and not _news(index, folder, options.settings):
        print("no post, page, template or setting has changed")
        if index.about is not None and index.about.left_out:
            print(index.about.left_out)
        try:
            outcome = _refill(index, folder, options, everything=False, searches=True)
        except Incomplete:
            print("but a page that is needed is not as it was left: building")
    elif index is not None:
        if index.about is not None:
            ahead = DirectoryScan([str(folder / SITE), index.about.output])
        index.close()
    if outcome is None:
        outcome = _build(options.settings, options.offline, options.fresh, ahead)
    return _end(outcome, options, started)


def refresh_command(options: argparse.Namespace) -> int:
    started, now = time.monotonic(), datetime.now(UTC)
    folder = Path(FOLDER).absolute()
    index = SiteIndex.load(folder)
    reason = _why_publish(index, folder, now)
    if index is None or reason:
        print(f"{reason}: publishing")
        options.fresh = False
        return publish_command(options)
    try:
        outcome = _refill(index, folder, options, options.all)
    except Incomplete:
        print("the last build is not complete: publishing")
        options.fresh = False
        return publish_command(options)
    return _end(outcome, options, started)


def _end(outcome: Outcome, options: argparse.Namespace, started: float) -> int:
    """Render again what decides on a number that moved; say what was done."""
    if outcome.decided:
        print(f"numbers that templates decide on moved: {', '.join(outcome.decided)}")
        print("building once more, so that those pages follow")
        first = outcome
        outcome = _build(options.settings, offline=True, fresh=False)
        outcome.platforms, outcome.offline = first.platforms, options.offline
        outcome.overdue, outcome.damaged = first.overdue, first.damaged
        outcome.search = outcome.search or first.search
        outcome.filled.written += first.filled.written
        outcome.filled.replaced += first.filled.replaced
        outcome.filled.others += first.filled.others
    index = SiteIndex.load(Path(FOLDER).absolute())
    places = index.about.places if index and index.about else {}
    return report(outcome, places, time.monotonic() - started)


def _refill(
    index: SiteIndex,
    folder: Path,
    options: argparse.Namespace,
    everything: bool,
    searches: bool = False,
) -> Outcome:
    about = index.about
    assert about is not None
    now = datetime.now(UTC)
    history, state = load_history_and_state(Path(about.data), now)
    run = CollectAndFill(
        about=about,
        index=index,
        history=history,
        state=state,
        build=folder,
        environment=environment(),
        now=now,
        offline=options.offline,
        everything=everything,
        standing=options.standing,
    )
    try:
        outcome = run.finish()
        if searches and about.searched is not None:
            # Not above: a refresh need not load what makes the index.
            from ..publishing.search import said_again

            output, texts = Path(about.output), about.searched
            outcome.search = said_again(index, folder, output, texts)
        return outcome
    finally:
        index.close()


def _news(index: SiteIndex, folder: Path, settings_file: str) -> str:
    """Why Pelican must run; empty if the last build still stands."""
    about = index.about
    if about is None or not Path(about.output).is_dir():
        return "output/ is gone"
    if about.servers != servers(environment()):
        return "other servers are asked"
    site = str(folder / SITE)
    return why_build_again(folder / STATE, settings_file, site, served=False)


def check_settings_file(settings_file: str) -> None:
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


def _build(
    settings_file: str, offline: bool, fresh: bool, ahead: DirectoryScan | None = None
) -> Outcome:
    override = {"INCREMENTAL_FRESH": fresh, "INCREMENTAL_AHEAD": ahead}
    if offline:
        override["LIVE_STATS_OFFLINE"] = True
    return build(settings_file, override)


def build(
    settings_file: str, override: dict[str, Any], *, quiet: bool = False
) -> Outcome:
    """One run of Pelican, with what it logs turned into lines of ours."""
    import logging

    from pelican.log import console
    from pelican.settings import read_settings

    from pelican import Pelican
    from pelican.plugins.incremental import WrittenTwice

    from ..pelican_plugin import plugin
    from ..pelican_plugin.checks.error_report import LogFilter

    logging.basicConfig(level=logging.WARNING, format="%(message)s", force=True)
    worth = LogFilter()
    for handler in logging.getLogger().handlers:
        handler.addFilter(worth)
    own = {"INCREMENTAL_RAW": digest_settings(settings_file)}
    own["INCREMENTAL_TEXTS"] = True
    settings = read_settings(settings_file, override=own | override)
    console.quiet = True  # its summary has ten numbers; ours says what was done
    pelican = Pelican(settings)
    if not quiet:
        _last[:] = [pelican]
    try:
        pelican.run()
    except Unsure:
        again = override | {"INCREMENTAL_TEXTS": False, "INCREMENTAL_AHEAD": None}
        return build(settings_file, again, quiet=quiet)
    except WrittenTwice as error:
        raise Mistakes([plugin.written_twice(error.name)]) from error
    worth.say_held()
    outcome = plugin.outcome()
    if outcome is None:
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
        print(plugin.summary())
    return outcome


def _why_publish(index: SiteIndex | None, folder: Path, now: datetime) -> str:
    """Why a refresh is not enough; empty if it is."""
    if index is None:
        built = (folder / INDEX).exists() and trouble_with(folder)
        return "the last build is of no use" if built else "no site was built here yet"
    about: SiteManifest | None = index.about
    site = folder / SITE
    if about is None or not site.is_dir():
        return "the last build is not complete"
    if not Path(about.output).is_dir():
        return "output/ is gone"
    if SwapFiles.of_state(folder / STATE).doubtful:
        return "the computer has been started anew"
    if about.servers != servers(environment()):
        return "other servers are to be asked"
    if not all(map(is_known, about.series)):
        return "an address is read otherwise than when it was built"
    if about.scheduled and about.scheduled <= now:
        return f"a post dated {about.scheduled:%Y-%m-%d %H:%M} is due"
    return ""
