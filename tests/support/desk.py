"""Collections over a history and a state of their own, with the stand-in answering."""

from datetime import UTC, datetime

from pelican.plugins.live_stats.collection.collector import Collector
from pelican.plugins.live_stats.model.settings import Settings
from pelican.plugins.live_stats.references.catalogue import parse
from pelican.plugins.live_stats.storage.history import History
from pelican.plugins.live_stats.storage.state import CollectionState

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
TOKEN = {"X_BEARER_TOKEN": "s3cret"}


class Desk:
    """A history and a state on disk, and collections over them."""

    def __init__(self, folder):
        self.folder = folder
        self.history = History(folder)
        self.state = CollectionState()

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

    def values(self, series):
        return [one.value for one in self.history.of(series)]
