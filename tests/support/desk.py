"""Collections over a history and a state of their own, with the stand-in answering."""

from datetime import UTC, datetime

from pelican.plugins.live_stats.collection.collector import Collector
from pelican.plugins.live_stats.collection.plausibility import decide
from pelican.plugins.live_stats.model.settings import Settings
from pelican.plugins.live_stats.references.catalogue import parse
from pelican.plugins.live_stats.storage.history import History
from pelican.plugins.live_stats.storage.journal import Journal
from pelican.plugins.live_stats.storage.journal_lines import Kind
from pelican.plugins.live_stats.storage.state import CollectionState

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
TOKEN = {"X_BEARER_TOKEN": "s3cret"}


class Desk:
    """A history and a state on disk, and collections over them."""

    def __init__(self, folder):
        self.folder = folder
        self.history = History(folder / "observations")
        self.state = CollectionState(journal=Journal(folder / "journal"))

    def collect(self, *addresses, at=NOON, everything=False, env=TOKEN, **settings):
        collector = Collector(
            history=self.history,
            state=self.state,
            settings=Settings(deadline=settings.pop("deadline", 5.0), **settings),
            environment=env,
            agent="test",
            now=at,
        )
        references = [parse(address)[0] for address in addresses]
        return collector.run(references, everything=everything)

    def decide(self, kind, series, at):
        """What the author says of a held reading, as `live-stats accept` does."""
        decide(self.state, Kind(kind), series, at)

    def restart(self):
        """Go on with what lies on the disk."""
        self.state.save(self.folder)
        self.state = CollectionState.load(self.folder, "", NOON)
        self.history = History.load(self.folder / "observations")

    def values(self, series):
        return [one.value for one in self.history.of(series)]
