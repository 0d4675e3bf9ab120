"""Every door says the same of a number: page, status page and JSON, stats, check, exit.

Random histories and states: lines merged from another machine, a lost state, a clock
set back, held readings, failures, platforms that publish no such number.
"""

import json
import re
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pelican.plugins.live_stats.cli import stats
from pelican.plugins.live_stats.collection.health import find_overdue, health_of
from pelican.plugins.live_stats.model.settings import Settings
from pelican.plugins.live_stats.model.values import Exactness, Observation
from pelican.plugins.live_stats.pelican_plugin.checks.advice.readings import (
    Readings,
    Use,
)
from pelican.plugins.live_stats.references.catalogue import from_series
from pelican.plugins.live_stats.rendering import specs
from pelican.plugins.live_stats.rendering.fragments import Fragments
from pelican.plugins.live_stats.rendering.series_view import Snapshot
from pelican.plugins.live_stats.storage.history import History
from pelican.plugins.live_stats.storage.state import (
    CollectionState,
    PlatformRecord,
    SeriesRecord,
)

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
OPEN = ("x/post/1/likes", "x/post/1/reposts", "x/post/1/replies", "x/post/1/views")
CLOSED = "facebook/tag/metoo/accounts"
WARN_AFTER = timedelta(hours=36)

times = st.integers(-120, 120).map(lambda hours: NOON + timedelta(hours=hours))
maybe = st.none() | times


@st.composite
def records(draw):
    """The record of a series; a failure has its times, as the collector sets them."""
    record = SeriesRecord(checked_at=draw(maybe))
    if draw(st.booleans()):
        record.failed_at = draw(times)
        record.failing_since = record.failed_at - timedelta(
            hours=draw(st.sampled_from([0, 50]))
        )
        record.failure = draw(st.sampled_from(["no answer", "reported an error"]))
        record.unknown = draw(st.booleans())
        record.retry_at = draw(maybe)
        if draw(st.booleans()):
            record.held, record.held_at = 99_999, record.failed_at
    return record


@st.composite
def worlds(draw):
    """A history and a state that need not fit together."""
    readings = draw(st.dictionaries(st.sampled_from(OPEN), times, max_size=4))
    known = draw(st.dictionaries(st.sampled_from(OPEN), records(), max_size=4))
    state = CollectionState(collected_at=draw(maybe))
    if draw(st.integers(0, 4)):
        state.series = known
        if draw(st.booleans()):
            old = PlatformRecord(failure="over long ago", failed_at=draw(times))
            state.platforms["x"] = old
    return readings, state


def world(folder, readings, state):
    history = History(folder)
    history.append(
        Observation(
            series=series,
            value=1000,
            exactness=Exactness.EXACT,
            span=None,
            observed_at=at,
            source="https://example.org/",
        )
        for series, at in readings.items()
    )
    return history, state


@pytest.fixture(scope="module")
def settings_of_site():
    return Settings(warn_after={"*": WARN_AFTER.total_seconds() / 3600})


def page(fragments, series):
    """The state and the day that the page of a reader gives."""
    html = fragments.render(specs.ReadingSpec(lang="en", series=series)).html
    state = re.search(r'data-state="([a-z]+)"', html)[1]
    day = re.search(r'datetime="([\d-]+)"', html)
    return state, date.fromisoformat(day[1]) if day else None


PAGE = {"fresh": "fresh", "held": "held", "stale": "stale", "unread": "none"}


@given(worlds())
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_every_door_says_the_same(tmp_path_factory, capsys, settings_of_site, drawn):
    """One verdict a number, whatever history and state say of it."""
    history, state = world(tmp_path_factory.mktemp("h"), *drawn)
    site = settings_of_site
    names = [*OPEN, CLOSED]
    fragments = Fragments(Snapshot(history, state, site), [], names)
    status = json.loads(fragments.render(specs.StatusJsonSpec(lang="en")).data)
    platforms = {one["name"]: one for one in status["platforms"]}
    x, closed = platforms["x"], platforms["facebook"]
    uses = [
        Use(path="a.md", line=n, reference=from_series(one), words=one)
        for n, one in enumerate(OPEN, 1)
    ]
    readings = Readings(history=history, state=state, settings=site)
    advice = {one.line: one.rule for one in readings.find(uses)}
    now = state.collected_at or NOON
    overdue = {
        one.series: one
        for one in find_overdue(map(from_series, names), history, state, site, now)
    }
    said = spoken(names, history, state, site, capsys)

    for n, one in enumerate(x["series"], 1):
        condition, series = one["condition"], one["series"]
        checked = one["checked_at"] and datetime.fromisoformat(one["checked_at"])
        expected = PAGE.get(condition, "stale" if checked else "none")
        assert page(fragments, series) == (expected, checked and checked.date())
        assert (one["value"] is None) == (expected == "none")
        old = advice.get(n) in ("stale-reading", "unknown-subject", "held-reading")
        assert old or condition in ("fresh", "unread") or not checked
        assert advice.get(n) != "stale-reading" or expected == "stale"
        assert (f"{series}: stale since" in said) == (condition == "stale")
        if condition in ("failing", "held"):
            assert f"{series}: {one['failure']}" in said
        since = overdue[series].since if series in overdue else None
        if checked:
            assert (since is not None) == (now - checked > WARN_AFTER)
            assert since in (None, checked)
        if since:
            assert overdue[series].reason == one["failure"]

    assert CLOSED not in overdue
    assert closed["condition"] == page(fragments, CLOSED)[0]
    agree_on_platform(x, said, fragments)


def agree_on_platform(x, said, fragments):
    """The platform is what its series are, in words and in figures."""
    conditions = [one["condition"] for one in x["series"]]
    current = conditions.count("fresh")
    assert (x["current"], x["fetched"]) == (current, len(OPEN))
    assert x["condition"] != "failing" or not current
    words = f"{current} of 4 numbers current"
    assert (x["condition"] == "partial") == (0 < current < 4)
    html = fragments.render(specs.StatusSpec(lang="en")).html
    row = re.search(rf'<tr data-state="{x["condition"]}">.*?</tr>', html, re.S)[0]
    if x["condition"] == "partial":
        assert words in row and words in said
    else:
        assert f"4 numbers, {x['condition']}" in said
    holding = {one["failure"] for one in x["series"]} - {""}
    assert x["failure"] in (holding or {""})
    ages = [one["age"] for one in x["series"] if one["age"] is not None]
    assert x["age"] == max(ages, default=None)


def spoken(names, history, state, site, capsys):
    """What the command `stats` prints."""
    about = SimpleNamespace(series=names, data="", settings=site)
    index = SimpleNamespace(close=lambda: None)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stats, "load_built_site", lambda: (index, about))
        patch.setattr(stats, "load_history_and_state", lambda *_: (history, state))
        patch.setattr(
            stats,
            "FigurePlaces",
            lambda _: SimpleNamespace(located=lambda _, text: text),
        )
        assert stats.stats_command(SimpleNamespace()) == 0
    return capsys.readouterr().out


def test_a_platform_of_which_some_answered_is_not_failing(tmp_path, settings_of_site):
    """Two of four confirmed: it says so, and names the failure that still holds."""
    late = NOON - timedelta(days=3)
    state = CollectionState(collected_at=NOON)
    for series, at in zip(OPEN, (NOON, NOON, late, late), strict=True):
        state.series[series] = SeriesRecord(checked_at=at)
        if at == late:
            record = state.series[series]
            record.failure, record.failed_at = "no answer", NOON
    history, state = world(tmp_path, dict.fromkeys(OPEN, late), state)

    (platform,) = health_of(OPEN, history, state, settings_of_site)

    assert platform.condition == "partial"
    assert (platform.current, platform.fetched) == (2, 4)
    assert (platform.failure, platform.age) == ("no answer", 72.0)
