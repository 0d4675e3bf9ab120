"""Findings: headlines that chance does not make, in words that are true."""

import random
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from math import exp

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pelican.plugins.live_stats.model.settings import Settings
from pelican.plugins.live_stats.model.values import Exactness, Observation, Span
from pelican.plugins.live_stats.rendering.series_view import Snapshot
from pelican.plugins.live_stats.rendering.trends.finding_sentences import (
    finding_sentence,
)
from pelican.plugins.live_stats.rendering.trends.findings import (
    Move,
    TotalGrowth,
    finding,
)
from pelican.plugins.live_stats.storage.history import History
from pelican.plugins.live_stats.storage.state import CollectionState

FIRST = date(2026, 1, 5)  # a Monday
WEEKDAYS = (1.4, 1.3, 1.3, 1.2, 1.0, 0.5, 0.4)


def day(n):
    return FIRST + timedelta(days=n)


def daily(counts):
    return [(day(n), count) for n, count in enumerate(counts)]


def chance(source, mean):
    """A count of things that come one by one, `mean` of them on average."""
    limit, count, product = exp(-mean), 0, source.random()
    while product > limit:
        count += 1
        product *= source.random()
    return count


def chances(seed, means):
    source = random.Random(seed)
    return daily([chance(source, mean) for mean in means])


@pytest.mark.parametrize("size", [28, 60, 150])
@pytest.mark.parametrize("mean", [3, 12, 60])
def test_chance_makes_no_headline(size, mean):
    """Around one level, weekends or not: of at most one line in a hundred."""
    told = 0
    for seed in range(100):
        means = [mean * (WEEKDAYS[n % 7] if seed % 2 else 1) for n in range(size)]
        told += finding(chances(seed, means), days=1) is not None

    assert told <= 1


@given(st.integers(0, 10**6), st.integers(60, 300), st.booleans())
def test_a_clear_halving_is_told(seed, size, weekends):
    """Where the level falls to half in the middle, and by how much: near a half."""
    means = [
        (40 if n < size // 2 else 20) * (WEEKDAYS[n % 7] if weekends else 1)
        for n in range(size)
    ]
    found = finding(chances(seed, [max(mean, 1) for mean in means]), days=1)

    assert found is not None
    assert Fraction(3, 10) < found.now / found.then < Fraction(7, 10)


@given(st.integers(0, 10**6), st.integers(0, 59))
def test_one_loud_day_is_no_finding(seed, loud):
    """Whichever it is, and however loud."""
    points = chances(seed, [40] * 60)
    points[loud] = (points[loud][0], 100_000)
    found = finding(points, days=1)

    assert found == finding(
        [*points[:loud], (day(loud), 100), *points[loud + 1 :]], days=1
    )


@given(
    st.dictionaries(st.integers(0, 500), st.integers(0, 1000), max_size=80),
    st.sets(st.integers(0, 500), max_size=2),
    st.sampled_from([None, 1, 6]),
)
def test_a_finding_is_of_days_on_this_side_of_every_break(rows, breaks, days):
    """The ends that it names are days of the line, or lie between such."""
    points = [(day(n), value) for n, value in sorted(rows.items())]
    cuts = [day(n) for n in breaks]
    found = finding(points, days=days, breaks=cuts)

    if isinstance(found, Move):
        start = found.then_end - timedelta(days=found.days - 1)
        assert found.now_end == points[-1][0]
        whole = (found.now_end - found.then_end).days % 7 == 0
        assert whole or found.turn == found.then_end + timedelta(days=1)
        assert not any(start < cut <= found.now_end for cut in cuts)
    if isinstance(found, TotalGrowth):
        assert {(found.since, found.then), (found.until, found.now)} <= set(points)
        assert not any(found.since < cut <= found.until for cut in cuts)
    if days == 6:
        assert found is None


@pytest.mark.parametrize(
    "points",
    [
        [],
        daily([100] * 13 + [50] * 14),  # too short
        daily([100] * 60),
        daily([100] * 30 + [80] * 30),  # less than a quarter
        daily([4] * 30 + [2] * 30),  # of too few
        [point for n, point in enumerate(daily([100] * 30 + [50] * 30)) if n % 2],
    ],
)
def test_nothing_is_told_where_nothing_is_sure(points):
    """Too few days, too small a step, too small a number, too many gaps."""
    assert finding(points, days=1) is None


def test_lower_bounds_have_no_finding():
    """Twice the bound need not be twice the number."""
    points = daily([100] * 30 + [50] * 30)

    assert finding(points, days=1) is not None
    assert finding(points, days=1, exactness=Exactness.AT_LEAST) is None


def test_years_are_compared_by_season():
    """At most 52 weeks apart."""
    found = finding(daily(range(1000, 200, -1)), days=1)

    assert found.now_end - found.then_end == timedelta(days=364)


@pytest.mark.parametrize(
    ("counts", "turn"),
    [
        ([100] * 35 + [50] * 25, 35),
        ([105, 120, 90, 110] * 9 + [60, 40, 50, 45] * 6, 36),
        ([100] * 35 + [40, 100, 40] + [45] * 22, 35),  # one stray day
        ([100] * 100 + [50] * 300, 100),
        (range(160, 100, -1), None),  # slowly
        ([100] * 20 + [80] * 20 + [50] * 20, None),  # in two steps
        ([100, 40] * 10 + [100] * 10 + [40] * 30 + [100, 40] * 5, None),
    ],
)
def test_the_day_of_a_clear_turn_is_named(counts, turn):
    """The level before it and the one since; of others only the weeks compared."""
    points = daily(counts)
    found = finding(points, days=1)

    if turn is None:
        assert found is None or found.turn is None
    else:
        assert found.turn == day(turn)
        assert found.then_end == day(turn - 1)
        assert found.then >= 100 and found.now <= 50


@pytest.fixture
def said(tmp_path):
    """`said(counts, lang)`: the finding over a history, and what it is made of."""

    def said(counts, lang="en", *, total=False, exactness="exact"):
        series = "hackernews/tag/a/mentions" if total else "mastodon/tag/a/posts@1d"
        history = History(tmp_path)
        history.append(
            Observation(
                series=series,
                value=value,
                exactness=Exactness(exactness),
                span=None if total else Span.day(when),
                observed_at=datetime.combine(when, time(12), UTC),
                source="https://example.org/",
            )
            for when, value in counts
        )
        snapshot = Snapshot(history, CollectionState(), Settings())
        return finding_sentence(snapshot.view(series, lang))

    return said


@pytest.mark.parametrize(
    ("then", "now", "more", "words"),
    [
        (100, 50, {}, "fell by half since 24 February 2026"),
        (100, 49, {}, "fell by about half since 24 February 2026"),
        (100, 46, {}, "fell by 54% since 24 February 2026"),
        (300, 200, {}, "fell by about 33% since 24 February 2026"),
        (100, 50, {"exactness": "estimate"},
         "fell by about half since 24 February 2026"),
        (100, 0, {}, "fell to none on most days since 24 February 2026"),
        (0, 100, {}, "rose from none on most days since 24 February 2026"),
        (100, 140, {}, "rose by 40% since 24 February 2026"),
        (100, 200, {}, "doubled since 24 February 2026"),
        (100, 195, {}, "about doubled since 24 February 2026"),
        (100, 250, {}, "more than doubled since 24 February 2026"),
        (100, 300, {}, "rose to 3 times as many since 24 February 2026"),
        (100, 599, {}, "rose to more than 5 times as many since 24 February 2026"),
        (100, 599, {"exactness": "rounded"},
         "rose to about 6 times as many since 24 February 2026"),
        (100, 50, {"lang": "de"}, "um die Hälfte gefallen seit dem 24. Februar 2026"),
        (300, 200, {"lang": "fr"},
         "en baisse (environ 33\xa0%) depuis le 24 février 2026"),
        (100, 50, {"lang": "es"}, "cayó a la mitad desde el 24 de febrero de 2026"),
    ],
)  # fmt: skip
def test_a_move_in_words(said, then, now, more, words):
    """As much as the medians bear: half is a half, the rest is a percentage."""
    assert said(daily([then] * 50 + [now] * 50), **more).words == words


def test_a_slow_move_names_the_weeks_compared(said):
    """Near ends are dated by day, others by their month."""
    slow = [*range(120, 64, -1)]

    assert said(daily(slow)).words == (
        "fell by about 26% against the 28 days to 1 February 2026"
    )
    assert said(daily([*range(200, 115, -1)])).words == (
        "fell by about 30% since January 2026"
    )


def test_what_a_move_is_made_of_stands_beside_it(said):
    """Both medians, with their days."""
    found = said(daily([100] * 14 + [50] * 14))

    assert found.words == "fell by half since 19 January 2026"
    assert found.basis == "Median day: 100 in the 14 days before, 50 since then."

    found = said(daily([*range(60, 32, -1)]))

    assert found.words == "fell by about 26% against the 14 days to 18 January 2026"
    assert found.basis == (
        "Median day: 53.5 in the 14 days to 18 January 2026, 39.5 in the 14 days to "
        "1 February 2026."
    )


@pytest.mark.parametrize(
    ("counts", "more", "words"),
    [
        ({0: 1000, 40: 1120}, {}, "rose by 120 (12%) since 5 January 2026"),
        ({0: 1000, 40: 1125}, {}, "rose by 125 (about 13%) since 5 January 2026"),
        ({0: 1000, 40: 900}, {}, "fell by 100 (10%) since 5 January 2026"),
        ({0: 1000, 40: 1009}, {}, ""),
        ({0: 1000, 20: 1500}, {}, ""),
        ({0: 1000, 40: 1040}, {"exactness": "rounded"}, ""),
        ({0: 1000, 40: 1100}, {"exactness": "rounded"},
         "rose by about 100 (about 10%) since 5 January 2026"),
        ({0: 1000, 40: 1120}, {"lang": "de"},
         "um 120 gestiegen (12\xa0%) seit dem 5. Januar 2026"),
        ({0: 1000, 40: 1120}, {"lang": "fr"},
         "en hausse, 120 de plus (12\xa0%) depuis le 5 janvier 2026"),
        ({0: 1000, 40: 1120}, {"lang": "es"},
         "subió en 120 (12\xa0%) desde el 5 de enero de 2026"),
    ],
)  # fmt: skip
def test_a_total_in_words(said, counts, more, words):
    """Its growth over four weeks or more, if it is a hundredth or more."""
    points = [(day(n), value) for n, value in counts.items()]

    assert said(points, total=True, **more) == (words, "")
