"""The last steps that publish and refresh share: collect, then fill."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import requests

from . import fill
from .catalogue import from_series
from .collect import Collector
from .fragments import Fragments
from .history import History
from .index import SITE, Index
from .overdue import Overdue, overdue
from .planning import PlatformReport
from .snapshot import Snapshot
from .state import State

VERSION = "0.1.0"
DATA = "content/data"
ALWAYS_KEPT = frozenset({".git", ".nojekyll", "CNAME"})


@dataclass(slots=True, kw_only=True)
class Outcome:
    """What one run did: by platform, to `output/`, and what is left to do.

    `decided` names the series whose values moved after a template decided on them:
    their pages must be rendered again.
    """

    platforms: dict[str, PlatformReport] = field(default_factory=dict)
    filled: fill.Filled = field(default_factory=fill.Filled)
    decided: tuple[str, ...] = ()
    offline: bool = False
    readings: int = 0
    overdue: list[Overdue] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run over a built site. `build` is the folder with the index and skeletons."""

    index: Index
    build: Path
    environment: Mapping[str, str]
    now: datetime
    offline: bool = False
    everything: bool = False
    progress: Callable[[int, int], None] = lambda done, total: None

    def finish(self, names: list[str] | None, keep: set[str] | None = None) -> Outcome:
        """Collect and fill. `names` are all skeletons; None fills only the slots."""
        index, site = self.index, self.build / SITE
        data = Path(index.data)
        history = History.load(data / "observations", shown_as=f"{DATA}/observations")
        state = State.load(data / "state.json")
        outcome = Outcome(offline=self.offline)
        if not self.offline:
            collector = Collector(
                history=history,
                state=state,
                settings=index.settings,
                environment=self.environment,
                agent=user_agent(index),
                now=self.now,
                progress=self.progress,
            )
            try:
                outcome.platforms = collector.run(
                    map(from_series, index.series), everything=self.everything
                )
            finally:
                if state.collected_at:
                    state.save(data / "state.json")
            references = map(from_series, index.series)
            outcome.overdue = overdue(
                references, history, state, index.settings, self.now
            )
        snapshot = Snapshot(history, state, index.settings)
        outcome.readings = sum(
            snapshot.latest(series) is not None for series in index.series
        )
        outcome.decided = tuple(
            series
            for series, value in sorted(index.decisions.items())
            if value_of(snapshot, series) != value
        )
        themes = [Path(theme) for theme in index.themes]
        fragments = Fragments(snapshot, themes, index.series)
        fragments.prepare(index.specs)
        if names is None:
            outcome.filled = fill.fill_slots(site, index, fragments)
        else:
            kept = ALWAYS_KEPT | (keep or set())
            outcome.filled = fill.fill_all(site, names, index, fragments, kept)
        return outcome


def value_of(snapshot: Snapshot, series: str) -> int | None:
    latest = snapshot.latest(series)
    return latest.value if latest else None


def user_agent(index: Index) -> str:
    """Who asks, and whom to write to, as the platforms want it."""
    contact = index.settings.contact
    if "@" in contact and not contact.startswith(("mailto:", "http")):
        contact = f"mailto:{contact}"
    about = "; ".join(part for part in (f"+{index.address}", contact) if part != "+")
    library = f"python-requests/{requests.__version__}"
    return f"live_stats/{VERSION} ({about}) {library}" if about else library
