"""`publish` and `refresh`: build the site, or only fill it with newer numbers."""

import argparse
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pelican.plugins.incremental import why_build_again
from pelican.plugins.incremental.system.directory_scan import DirectoryScan
from pelican.plugins.incremental.system.swap import SwapFiles

from ..model.errors import Mistake, Mistakes
from ..model.preview_secret import preview_mark
from ..providers.environment import check_environment, environment, servers
from ..publishing.copied_build import adopt_copied_build
from ..publishing.figure_places import FigurePlaces
from ..publishing.fill import Incomplete
from ..publishing.index import SiteIndex, trouble_with
from ..publishing.run import CollectAndFill, Outcome, load_history_and_state
from ..publishing.site_manifest import SiteManifest
from ..publishing.source_changes import SourceScan, changed_sources, describe_changes
from ..references.catalogue import is_valid_series
from ..storage import addresses
from ..storage.paths import (
    BUILD_FOLDER,
    INCREMENTAL_FOLDER,
    INDEX_FILE,
    SITE_FOLDER,
)
from .report import report, what_is_wrong_with


def publish_command(options: argparse.Namespace) -> int:
    """Build what has changed, collect and fill; `publishing/run.py` has the steps."""
    started = time.monotonic()
    check_settings_file(options.settings)
    for suspicion in check_environment():
        print(suspicion, file=sys.stderr)
    folder = Path(BUILD_FOLDER).absolute()
    _adopt(folder, options)
    index, outcome = None if options.fresh else SiteIndex.load(folder), None
    ahead = None
    if index is not None and not _why_build(index, folder, options.settings):
        print("no post, page, template or setting has changed")
        if index.about is not None and index.about.left_out:
            print(index.about.left_out)
        try:
            outcome = _refill(index, folder, options, publishes=True)
        except Incomplete:
            print("but a page of the last build was changed or removed: building")
    elif index is not None:
        if index.about is not None:
            ahead = DirectoryScan([str(folder / SITE_FOLDER), index.about.output])
        index.close()
    if outcome is None:
        outcome = _build(options.settings, options.offline, options.fresh, ahead)
    return _end(outcome, options, started)


def refresh_command(options: argparse.Namespace) -> int:
    """Collect and fill the last build; publish where there is none of use."""
    started, now = time.monotonic(), datetime.now(UTC)
    folder = Path(BUILD_FOLDER).absolute()
    brought = _adopt(folder, options)
    index = SiteIndex.load(folder)
    reason = _why_publish(index, folder, now)
    if brought and not reason and changed_sources(folder / INCREMENTAL_FOLDER):
        # Maybe of another site; and what was checked out is whole, it is no half post.
        reason = "the last build was made from other sources"
    if index is None or reason:
        if index is not None:
            index.close()
        print(f"{reason}: publishing")
        options.fresh = False
        return publish_command(options)
    sources = SourceScan(folder / INCREMENTAL_FOLDER)
    try:
        outcome = _refill(index, folder, options)
    except Incomplete:
        print("the last build is not complete: publishing")
        options.fresh = False
        return publish_command(options)
    changed = sources.changed()
    if changed and outcome.why_again:
        print(f"{outcome.why_again}; make publish renders those pages again")
        outcome.decided, outcome.divided = (), False
    code = _end(outcome, options, started)
    if changed:
        # Never built from here: it may be half a post, saved a moment ago.
        print(describe_changes(changed))
    return code


def _adopt(folder: Path, options: argparse.Namespace) -> bool:
    """Use the last build if it was brought here from elsewhere, as by a cache.

    Returns whether it was.
    """
    if options.scan is None or not adopt_copied_build(folder):
        return False
    print("the last build was copied here; what has the same bytes is kept")
    options.scan = None  # it has compared with what was known before
    return True


def _end(outcome: Outcome, options: argparse.Namespace, started: float) -> int:
    """Render pages that decide on a changed number again; report what was done."""
    if outcome.why_again:
        print(outcome.why_again)
        print("building once more, so that those pages follow")
        first = outcome
        outcome = _build(options.settings, offline=True, fresh=False)
        outcome.platforms, outcome.offline = first.platforms, options.offline
        outcome.overdue, outcome.damaged = first.overdue, first.damaged
        outcome.search = outcome.search or first.search
        outcome.filled.written += first.filled.written
        outcome.filled.replaced += first.filled.replaced
        outcome.filled.others += first.filled.others
    folder = Path(BUILD_FOLDER).absolute()
    code = report(outcome, FigurePlaces(folder), time.monotonic() - started)
    index = SiteIndex.load(folder)
    about = index.about if index else None
    if index is not None:
        index.close()
    if about is not None and (wrong := what_is_wrong_with(about.address)):
        print(f"{options.settings}: {wrong}", file=sys.stderr)
    return code


def _refill(
    index: SiteIndex,
    folder: Path,
    options: argparse.Namespace,
    *,
    publishes: bool = False,
) -> Outcome:
    """Collect and fill without Pelican, for a refresh or a publish of no change."""
    about = index.about
    assert about is not None
    now = datetime.now(UTC)
    history, state = load_history_and_state(Path(about.data), now, folder)
    run = CollectAndFill(
        about=about,
        index=index,
        history=history,
        state=state,
        build=folder,
        environment=environment(),
        now=now,
        offline=options.offline,
        everything=not publishes and options.all,
        scan=options.scan,
    )
    try:
        outcome = run.finish()
        if publishes and about.searched is not None:
            # Not above: a refresh does not load what makes the search index.
            from ..publishing.search.search_index import update_unchanged

            output, texts = Path(about.output), about.searched
            outcome.search = update_unchanged(index, folder, output, texts)
        return outcome
    finally:
        index.close()


def _why_build(index: SiteIndex, folder: Path, settings_file: str) -> str:
    """Why Pelican must run; empty if nothing has changed since the last build."""
    about = index.about
    if about is None or not Path(about.output).is_dir():
        return "output/ is gone"
    if why := _other_variables(about):
        return why
    if about.addresses != addresses.digest_of(Path(about.data)):
        return f"{addresses.FILE} has changed"
    site = str(folder / SITE_FOLDER)
    return why_build_again(
        folder / INCREMENTAL_FOLDER, settings_file, site, served=False
    )


def _other_variables(about: SiteManifest) -> str:
    """Which variables of the environment, that pages depend on, have changed."""
    variables = environment()
    if about.servers != servers(variables):
        return "the servers of platforms have changed"
    if about.previews and about.previews != preview_mark(variables):
        return "the secret of the previews has changed"
    return ""


def check_settings_file(settings_file: str) -> None:
    """Raise `Mistakes` if there is no such file."""
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
    from ..pelican_plugin.runner import build  # which loads Pelican

    override: dict[str, Any] = {"INCREMENTAL_FRESH": fresh, "INCREMENTAL_AHEAD": ahead}
    if offline:
        override["LIVE_STATS_OFFLINE"] = True
    return build(settings_file, override)


def _why_publish(index: SiteIndex | None, folder: Path, now: datetime) -> str:
    """Why a refresh is not enough; empty if it is."""
    if index is None:
        built = (folder / INDEX_FILE).exists() and trouble_with(folder)
        return "the last build is of no use" if built else "no site was built here yet"
    about: SiteManifest | None = index.about
    site = folder / SITE_FOLDER
    if about is None or not site.is_dir():
        return "the last build is not complete"
    if not Path(about.output).is_dir():
        return "output/ is gone"
    if SwapFiles.of_state(folder / INCREMENTAL_FOLDER).doubtful:
        return "the computer was restarted"
    if why := _other_variables(about):
        return why
    if not all(map(is_valid_series, about.series)):
        return "an address has another meaning than in the last build"
    if about.scheduled and about.scheduled <= now:
        return f"a post dated {about.scheduled:%Y-%m-%d %H:%M} is due"
    return ""
