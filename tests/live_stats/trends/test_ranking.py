"""The highest day is named only where no other can have been higher."""

import re
from datetime import UTC, date, datetime, time, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pelican.plugins.live_stats.model.settings import Settings
from pelican.plugins.live_stats.model.values import Exactness, Observation, Span
from pelican.plugins.live_stats.rendering.fragments import Fragments
from pelican.plugins.live_stats.rendering.series_view import Snapshot
from pelican.plugins.live_stats.rendering.specs import PaceSpec
from pelican.plugins.live_stats.storage.history import History
from pelican.plugins.live_stats.storage.state import CollectionState

FIRST = date(2026, 3, 1)
SERIES = "bluesky/tag/metoo/posts@1d"


@st.composite
def days(draw):
    """A reading, how exact it is, and what is true of its day."""
    true = draw(st.integers(1, 60)) * 10
    exactness = draw(st.sampled_from(["exact", "exact", "at-least", "estimate"]))
    value = {
        "exact": true,
        "at-least": draw(st.integers(1, true)),
        "estimate": draw(st.integers(true - true // 12, true + true // 12)),
    }[exactness]
    return value, exactness, true


@given(st.lists(days(), min_size=2, max_size=5))
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_the_highest_day_is_the_highest(tmp_path_factory, read):
    """A lower bound may hide a higher day, and so may an estimate."""
    history = History(tmp_path_factory.mktemp("h"))
    history.append(
        Observation(
            series=SERIES,
            value=value,
            exactness=Exactness(exactness),
            span=Span.day(FIRST + timedelta(days=n)),
            observed_at=datetime.combine(FIRST + timedelta(days=n + 1), time(6), UTC),
            source="https://example.org/",
        )
        for n, (value, exactness, _) in enumerate(read)
    )
    snapshot = Snapshot(history, CollectionState(), Settings())
    spec = PaceSpec(label="MeToo", items=(SERIES,), lang="en")
    html = Fragments(snapshot, []).render(spec).html

    named = re.search(r'highest day known.*?datetime="([\d-]+)"', html)
    highest = max(true for _, _, true in read)
    sure = all(exactness == "exact" for _, exactness, _ in read)
    assert named or not sure
    if named:
        n = (date.fromisoformat(named[1]) - FIRST).days
        assert read[n][2] == highest
