"""A history and a state, and collections over them that wait for nothing."""

import pytest

from pelican.plugins.live_stats.collection import scheduler
from support.desk import Desk


@pytest.fixture
def desk(platforms, tmp_path, monkeypatch):
    waited = []
    monkeypatch.setattr(scheduler.time, "sleep", waited.append)
    desk = Desk(tmp_path)
    desk.waited = waited
    return desk
