"""The last steps that publish and refresh share: collect, then fill."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from pelican.plugins.incremental.system.directory_scan import DirectoryScan
from pelican.plugins.incremental.system.filesystem import stat_of
from pelican.plugins.incremental.system.swap import SwapFiles

from ..collection.overdue import Overdue, find_overdue
from ..model.errors import Mistake, Mistakes
from ..model.settings import Settings
from ..references.catalogue import from_series
from ..rendering.views import Snapshot
from ..storage.history import History
from ..storage.output_manifest import Manifest
from ..storage.state import CollectionState
from . import fill
from .index import SITE, SiteIndex
from .output_scan import OutputScan
from .site_manifest import SiteManifest

if TYPE_CHECKING:
    from ..collection.planner import PlatformReport
    from ..rendering.fragments import Fragments

VERSION = "0.1.0"
DATA, STATE_FILE = "content/data", "state.json"


@dataclass(slots=True, kw_only=True)
class Outcome:
    """What one run did: by platform, to `output/`, and what is left to do.

    `decided` names the series whose values moved after a template decided on them:
    their pages must be rendered again. `damaged` says what is wrong with the state, if
    none could be read.
    """

    platforms: "dict[str, PlatformReport]" = field(default_factory=dict)
    filled: fill.Filled = field(default_factory=fill.Filled)
    decided: tuple[str, ...] = ()
    offline: bool = False
    damaged: Mistake | None = None
    readings: int = 0
    overdue: list[Overdue] = field(default_factory=list)
    search: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectAndFill:
    """One run over a built site. `build` is the folder with the index and skeletons.

    `untouched`: nobody but us has been at the output since the last run. `owned`: all
    that lies there is ours, by the person's own setting.
    """

    about: SiteManifest
    index: SiteIndex
    history: History
    state: CollectionState
    build: Path
    environment: Mapping[str, str]
    now: datetime
    offline: bool = False
    everything: bool = False
    ahead: DirectoryScan | None = None
    untouched: bool = False
    owned: bool = False
    standing: OutputScan | None = None

    def finish(self, keep: set[str] | None = None) -> Outcome:
        """Collect and fill. `keep` is as for filling: None removes nothing."""
        about = self.about
        data = Path(about.data)
        history, state = self.history, self.state
        outcome = Outcome(offline=self.offline, damaged=state.damaged)
        if not self.offline:
            self._collect(outcome, history, state)
        snapshot = Snapshot(history, state, about.settings)
        outcome.readings = sum(
            snapshot.latest(series) is not None for series in about.series
        )
        outcome.decided = tuple(
            series
            for series, value in sorted(about.decisions.items())
            if value_of(snapshot, series) != value
        )
        themes = [Path(theme) for theme in about.themes]
        signs = {series: snapshot.sign(series) for series in about.series}
        signs[fill.HISTORY] = history_signature(history.folder)
        signs[fill.EVERYTHING] = collection_signature(
            data / STATE_FILE, signs, about.series
        )
        signs[fill.DRAWN] = drawn_with() if about.settings.share_images else ""
        signs[fill.NONE] = ""
        signs[""] = rendering_signature(themes, about.settings)
        before = self.index.signs
        moved = {series for series, sign in signs.items() if before.get(series) != sign}
        if "" in moved:
            moved = set(signs)

        @cache
        def fragments() -> "Fragments":
            # Not above: most runs find that no number has moved.
            from ..rendering.fragments import Fragments

            return Fragments(snapshot, themes, about.series, self.index.spec)

        if moved:
            fragments()  # which loads them while it is still looked what lies there

        filled = fill.Fill(
            site=self.build / SITE,
            output=Path(about.output),
            index=self.index,
            fragments=fragments,
            spares=SwapFiles.of_state(self.build),
            manifest=Manifest(self.build, Path(about.output)),
            owned=self.owned,
            seen=self._seen(),
            standing=self.standing,
        )
        outcome.filled = filled.run(moved, keep)
        self.index.put_signs(signs)
        self.index.save()
        return outcome

    def _seen(self) -> Mapping[str, str] | None:
        """How the files of the output lie there, if that is known."""
        if self.untouched:
            return {
                name: output for name, (_, output, *_) in self.index.names().items()
            }
        return self.ahead.below(self.about.output) if self.ahead else None

    def _collect(
        self, outcome: Outcome, history: History, state: CollectionState
    ) -> None:
        # Not above: sockets and their libraries take a while to load, and a run that
        # asks nobody need not wait for them.
        from ..collection.collector import Collector

        about = self.about
        collector = Collector(
            history=history,
            state=state,
            settings=about.settings,
            environment=self.environment,
            agent=user_agent(about),
            now=self.now.replace(microsecond=0),  # as the state keeps it
        )
        try:
            outcome.platforms = collector.run(
                map(from_series, about.series), everything=self.everything
            )
        finally:
            if state.collected_at:
                state.save(Path(about.data) / STATE_FILE)
        outcome.overdue = find_overdue(
            map(from_series, about.series), history, state, about.settings, self.now
        )


PACKAGE = Path(__file__).parents[1]


def drawn_with() -> str:
    """What every image depends on besides our code and what it shows."""
    from ..rendering.exports.drawable import versions  # not above: most sites draw none

    return versions()


def rendering_signature(themes: list[Path], settings: Settings) -> str:
    """What every fragment depends on besides its series: our code, the theme's own."""
    sources = [*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.html")]
    for theme in themes:
        sources += theme.glob("live_stats/*.html")
    stats = sorted((str(path), stat_of(str(path))) for path in sources)
    return blake2b(repr((stats, settings)).encode(), digest_size=16).hexdigest()


def collection_signature(
    state: Path, signs: Mapping[str, str], series: list[str]
) -> str:
    """What depends on when each of the series was asked, besides what came of it."""
    whole = repr((stat_of(str(state)), signs[fill.HISTORY], series))
    return blake2b(whole.encode(), digest_size=16).hexdigest()


def history_signature(folder: Path) -> str:
    """What the whole history depends on: its files, as they lie there."""
    stats = sorted((path.name, stat_of(str(path))) for path in folder.glob("*.jsonl"))
    return blake2b(repr(stats).encode(), digest_size=16).hexdigest()


def load_history_and_state(
    data: Path, now: datetime
) -> tuple[History, CollectionState]:
    """All observations of a site, and what was asked when.

    Raises `Mistakes` for lines that cannot be true, and for a state that a person has
    to decide about.
    """
    mistakes: list[Mistake] = []
    try:
        history = History.load(data / "observations", f"{DATA}/observations", now)
    except Mistakes as error:
        mistakes += error.mistakes
    try:
        state = load_state(data)
    except Mistakes as error:
        mistakes += error.mistakes
    if mistakes:
        raise Mistakes(mistakes)
    return history, state


def load_state(data: Path) -> CollectionState:
    """What was asked when. Raises `Mistakes` where a person has to decide."""
    return CollectionState.load(data / STATE_FILE, f"{DATA}/{STATE_FILE}")


def latest_in(
    history: History, state: CollectionState, settings: Settings
) -> Callable[[str], int | None]:
    """What gives the latest value of a series."""
    snapshot = Snapshot(history, state, settings)
    return lambda series: value_of(snapshot, series)


def value_of(snapshot: Snapshot, series: str) -> int | None:
    latest = snapshot.latest(series)
    return latest.value if latest else None


def user_agent(about: SiteManifest) -> str:
    """Who asks, and whom to write to, as the platforms want it."""
    import requests

    contact = about.settings.contact
    if "@" in contact and not contact.startswith(("mailto:", "http")):
        contact = f"mailto:{contact}"
    who = "; ".join(part for part in (f"+{about.address}", contact) if part != "+")
    library = f"python-requests/{requests.__version__}"
    return f"live_stats/{VERSION} ({who}) {library}" if who else library
