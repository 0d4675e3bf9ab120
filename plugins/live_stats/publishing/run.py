"""What publish and refresh do, step by step, and the steps that they share.

`make publish`:

1. `cli/publish.py` compares the sources with those of the last build. If nothing has
   changed, it goes on with step 5.
2. Pelican reads the content and renders the pages (`pelican_plugin/`); `incremental`
   keeps every page that cannot have changed. Where a number belongs, a page has a slot.
3. The pages are checked. A mistake ends the run here, and `output/` is as it was.
4. The pages with their slots, which are called skeletons, are put into `.build/site`.
   The index (`index.py`) has the slots of each and what they show.
5. `CollectAndFill` fetches the numbers that are due from the platforms (`collection/`)
   and adds them to the history. Offline it fetches none.
6. It fills the slots of every page that is new or shows a changed number, and writes
   these pages to `output/` (`fill.py`).
7. The search index is made again if a text has changed (`search.py`).
8. If a number has changed that a template makes a decision on, or the history goes into
   other files below `data/`, Pelican runs once more.
9. What was done is printed (`cli/report.py`).

`make refresh` takes the steps 5, 6, 8 and 9, and runs without Pelican unless a dated
post is due or the last build is of no use. It names sources that have changed since
(`source_changes.py`), but does not use them.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from pelican.plugins.incremental.system.digests import digest_of
from pelican.plugins.incremental.system.directory_scan import DirectoryScan
from pelican.plugins.incremental.system.swap import SwapFiles

from ..collection.health import Overdue, find_overdue
from ..model.errors import Mistake, Mistakes
from ..model.settings import Settings
from ..references.catalogue import from_series
from ..rendering import slots
from ..rendering.exports.history_parts import Division
from ..rendering.series_view import Snapshot, read_series
from ..storage import atomic_write
from ..storage.history import History
from ..storage.output_manifest import Manifest
from ..storage.own_folder import remove
from ..storage.paths import SHOWN_FILE, SITE_FOLDER, history_index
from ..storage.state import CollectionState, files_of
from . import fill
from .index import SiteIndex
from .output_scan import OutputScan
from .site_manifest import SiteManifest

if TYPE_CHECKING:
    from ..collection.planner import PlatformReport

DISTRIBUTIONS = ("pelican-live-stats", "live-stats-blog")
"""The names under which this plugin may be installed: alone, or with the whole blog."""

DATA = "content/data"


@dataclass(slots=True, kw_only=True)
class Outcome:
    """What one run did: for each platform, to `output/`, and what is left to do.

    `decided` names the series whose values changed after a template decided on them:
    their pages must be rendered again. `divided` says that the history goes into other
    files below `data/` than the build has. `damaged` says what is wrong with the state
    if it could not be read. `search` is a line about the search index, or empty.
    """

    platforms: "dict[str, PlatformReport]" = field(default_factory=dict)
    filled: fill.Filled = field(default_factory=fill.Filled)
    decided: tuple[str, ...] = ()
    divided: bool = False
    offline: bool = False
    damaged: Mistake | None = None
    readings: int = 0
    overdue: list[Overdue] = field(default_factory=list)
    search: str = ""

    @property
    def why_again(self) -> str:
        """Why the site must be built once more; empty if it need not."""
        if self.decided:
            series = ", ".join(self.decided)
            return f"numbers that templates decide on changed: {series}"
        return "the history goes into other files below data/" if self.divided else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectAndFill:
    """Steps 5 and 6 over a built site; `build` has the index and the skeletons.

    `everything` fetches numbers that are still fresh, too. `untouched`: the output is
    as this process left it. `owned`: by the settings, all files there are of the site.
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
    scan: OutputScan | None = None

    def finish(self, keep: set[str] | None = None) -> Outcome:
        """Collect and fill. `keep` is that of `Fill.run`: None removes nothing."""
        about = self.about
        data = Path(about.data)
        history, state = self.history, self.state
        outcome = Outcome(offline=self.offline, damaged=state.damaged)
        if not self.offline:
            self._collect(outcome, history, state)
        snapshot = Snapshot(history, state, about.settings)
        outcome.readings = sum(map(snapshot.has_reading, about.series))
        outcome.decided = tuple(
            series
            for series, value in sorted(about.decisions.items())
            if value_of(snapshot, series) != value
        )
        themes = [Path(theme) for theme in about.themes]
        signs = {series: snapshot.fingerprint(series) for series in about.series}
        public = sorted({*about.series} - {*about.withheld})
        signs[slots.HISTORY] = history_signature(history, public)
        signs[slots.EVERYTHING] = collection_signature(data, signs, public)
        signs[slots.DRAWN] = drawn_with() if about.settings.share_images else ""
        signs[slots.NONE] = ""
        code = code_signature()
        signs[""] = rendering_signature(code, themes, about.settings)
        division = self._divide(public, code)
        if division is not None:
            outcome.divided = division.names != about.parts
            signs |= {slots.PART.format(p.name): p.sign for p in division.parts}
        before = self.index.signs
        moved = {series for series, sign in signs.items() if before.get(series) != sign}
        if "" in moved:
            moved = set(signs)

        @cache
        def fragments() -> fill.Renders:
            # Not above: most runs find that no number has moved.
            from ..rendering.fragments import Fragments

            return Fragments(snapshot, themes, public, self.index.spec, division)

        if moved:
            fragments()  # which loads them while the output is still being compared

        filled = fill.Fill(
            site=self.build / SITE_FOLDER,
            output=Path(about.output),
            index=self.index,
            fragments=fragments,
            spares=SwapFiles.of_state(self.build),
            manifest=Manifest(self.build, Path(about.output)),
            owned=self.owned,
            output_stats=self._output_stats(),
            scan=self.scan,
        )
        outcome.filled = filled.run(moved, keep)
        self.index.put_signs(signs)
        self.index.save()
        self._say_what_is_shown(outcome.filled)
        return outcome

    def _divide(self, public: list[str], code: str) -> Division | None:
        """The files that the history goes into; None if it is not given away."""
        if self.about.settings.data:
            return divide(self.index, self.history, public, code)
        self.index.put_division(None)
        return None

    def _say_what_is_shown(self, filled: fill.Filled) -> None:
        """Leave a text that is another one when readers see something else.

        Who deploys the site compares it with that of the last time. The status page
        does not count: it says when something was fetched, which is every time.
        """
        path = self.build / SHOWN_FILE
        if filled.written or filled.removed or not path.is_file():
            digests = self.index.files.digests()
            shown = [one for one in digests if not one[0].startswith("status/")]
            text = digest_of(repr(shown).encode()).hex() + "\n"
            if path.is_dir():
                remove(path)
            atomic_write.write_if_changed(path, text.encode())

    def _output_stats(self) -> Mapping[str, str] | None:
        """The stats of the files in the output, if they are known."""
        if self.untouched:
            known = self.index.files.names()
            return {name: row.output for name, row in known.items()}
        return self.ahead.below(self.about.output) if self.ahead else None

    def _collect(
        self, outcome: Outcome, history: History, state: CollectionState
    ) -> None:
        # Not above: sockets and their libraries take a while to load, and an offline
        # run needs none of them.
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
            if state.collected_at or state.damaged:
                state.save(Path(about.data))
        outcome.overdue = find_overdue(
            map(from_series, about.series), history, state, about.settings, self.now
        )


PACKAGE = Path(__file__).parents[1]
SOURCES = {".py", ".html", ".po"}


def drawn_with() -> str:
    """The versions of what draws images; every image depends on them."""
    from ..rendering.exports.drawable import versions  # not above: most sites draw none

    return versions()


def code_signature() -> str:
    """The fingerprint of this plugin's code."""
    sources = (one for one in PACKAGE.rglob("*") if one.suffix in SOURCES)
    whole = repr(_bytes_of(sources, PACKAGE))
    return blake2b(whole.encode(), digest_size=16).hexdigest()


def rendering_signature(code: str, themes: list[Path], settings: Settings) -> str:
    """The fingerprint of code, settings, and the theme's fragment templates."""
    templates = [_bytes_of(t.glob("live_stats/*.html"), t) for t in themes]
    whole = repr((code, templates, settings))
    return blake2b(whole.encode(), digest_size=16).hexdigest()


def divide(
    index: SiteIndex, history: History, series: Iterable[str], code: str
) -> Division:
    """The files that the history of `series` goes into, which the index keeps.

    The build has to know them, for each is a file of the site; but a run may collect
    what needs another one, as in a new year. So every run divides anew, and where the
    build has other files, the site is built once more.
    """
    read = read_series(series)
    division = Division.of(history, read, code=code, known=index.division)
    index.put_division(division.to_json())
    return division


def collection_signature(
    data: Path, signs: Mapping[str, str], series: list[str]
) -> str:
    """The fingerprint of a collection: of state, journal, history and the series."""
    whole = repr((_bytes_of(files_of(data), data), signs[slots.HISTORY], series))
    return blake2b(whole.encode(), digest_size=16).hexdigest()


def history_signature(history: History, series: list[str]) -> str:
    """The fingerprint of the history of some series: of what is given away of it."""
    whole = repr((history.sign(read_series(series)), series))
    return blake2b(whole.encode(), digest_size=16).hexdigest()


def _bytes_of(paths: Iterable[Path], folder: Path) -> list[tuple[str, str]]:
    """The digests of files by their paths in a folder.

    Neither whole paths nor stats, for these differ in each checkout.
    """
    return sorted(
        (path.relative_to(folder).as_posix(), digest_of(path.read_bytes()).hex())
        for path in paths
        if path.is_file()
    )


def load_history_and_state(
    data: Path, now: datetime, build: Path
) -> tuple[History, CollectionState]:
    """Load all observations of a site, and the state of its collections.

    `build` is the folder of the build; an index of the history is kept there. Raises
    `Mistakes` for lines of history and journal that cannot be true, and for a state
    that the system does not let us read.
    """
    mistakes: list[Mistake] = []
    try:
        history = History.load(
            data / "observations", f"{DATA}/observations", now, history_index(build)
        )
    except Mistakes as error:
        mistakes += error.mistakes
    try:
        state = load_state(data, now)
    except Mistakes as error:
        mistakes += error.mistakes
    if mistakes:
        raise Mistakes(list(dict.fromkeys(mistakes)))  # some are found by both
    return history, state


def load_state(data: Path, now: datetime) -> CollectionState:
    """Load state and journal. Raises `Mistakes` as `load_history_and_state` does."""
    return CollectionState.load(data, DATA, now)


def latest_in(
    history: History, state: CollectionState, settings: Settings
) -> Callable[[str], int | None]:
    """Return a function that gives the latest value of a series."""
    snapshot = Snapshot(history, state, settings)
    return lambda series: value_of(snapshot, series)


def value_of(snapshot: Snapshot, series: str) -> int | None:
    latest = snapshot.latest(series)
    return latest.value if latest else None


def user_agent(about: SiteManifest) -> str:
    """The name, version and contact that requests carry, as the platforms want it."""
    import requests  # not above: an offline run needs none of it

    contact = about.settings.contact
    if "@" in contact and not contact.startswith(("mailto:", "http")):
        contact = f"mailto:{contact}"
    who = "; ".join(part for part in (f"+{about.address}", contact) if part != "+")
    library = f"python-requests/{requests.__version__}"
    return f"live_stats/{version()} ({who}) {library}" if who else library


def version() -> str:
    """The version of this plugin, which stands in pyproject.toml."""
    from importlib import metadata  # not above: it takes a while to load

    for name in DISTRIBUTIONS:
        try:
            return metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return "unknown"
