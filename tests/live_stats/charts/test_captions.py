"""What charts say: findings, windows, breaks; and what the fragments weigh."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pelican.plugins.live_stats.model.settings import Settings
from pelican.plugins.live_stats.model.values import Exactness, Observation, Span
from pelican.plugins.live_stats.rendering.charts.axis_labels import AxisLabels
from pelican.plugins.live_stats.rendering.charts.captions import caption
from pelican.plugins.live_stats.rendering.charts.line_chart import line_chart
from pelican.plugins.live_stats.rendering.charts.small_multiple import small_multiple
from pelican.plugins.live_stats.rendering.fragments import Fragments
from pelican.plugins.live_stats.rendering.series_view import Snapshot
from pelican.plugins.live_stats.rendering.specs import from_json
from pelican.plugins.live_stats.storage.history import History
from pelican.plugins.live_stats.storage.state import CollectionState
from support.charting import EN, chart, daily, points


@pytest.mark.parametrize(
    ("values", "facts", "words"),
    [
        ([5], {}, "5 on 1 January 2026"),
        ([5, 9], {}, "9 on 2 January 2026, 4 more than on 1 January 2026"),
        ([9, 5], {}, "5 on 2 January 2026, 4 fewer than on 1 January 2026"),
        ([5, 9, 5], {}, "5 on 3 January 2026, as on 1 January 2026"),
        ([5, 9, 6], {"days": 1, "total": False},
         "highest of 3 days on 2 January 2026, with 9; 6 on 3 January 2026"),
        ([5, 9, 6], {"days": 7, "total": False},
         "highest of 3 readings on 2 January 2026, with 9; 6 on 3 January 2026"),
        ([5, 6, 9], {"days": 1, "total": False},
         "9 on 3 January 2026, the highest of 3 days"),
        ([9, 5, 9], {"days": 1, "total": False},
         "9 on 3 January 2026, the highest of 3 days"),
        ([5, 5], {"days": 1, "total": False},
         "5 in each of 2 days, the last on 2 January 2026"),
        ([5, 9, 6], {"days": 1, "exactnesses": [Exactness.AT_LEAST] * 3},
         "from at least 5 (1 January 2026) to at least 6 (3 January 2026)"),
        ([5, 6], {"days": 1, "exactnesses": [Exactness.ESTIMATE, Exactness.EXACT]},
         "from about 5 (1 January 2026) to 6 (2 January 2026)"),
        ([99, 5, 9, 6], {"days": 1, "total": False, "breaks": [date(2026, 1, 2)]},
         "since 2 January 2026, highest of 3 days on 3 January 2026, with 9; "
         "6 on 4 January 2026"),
        ([99, 5], {"breaks": [date(2026, 1, 2)]}, "5 on 2 January 2026"),
    ],
)  # fmt: skip
def test_a_caption_is_true_of_the_line(values, facts, words):
    """The highest day, or the way of a total; nothing across a break or of bounds."""
    assert caption(daily(*values), EN, **facts) == words


@given(points, st.sampled_from(["en", "de", "fr"]), st.booleans())
def test_every_line_has_a_caption_in_every_language(rows, lang, total):
    """It ends in, or begins with, the last value and its day."""
    words = AxisLabels(lang=lang)

    said = caption(rows, words, total=total, days=None if total else 1)

    assert words.number(rows[-1][1]) in said


X = "x/tag/metoo/posts@1d"


@pytest.fixture
def rendered(tmp_path):
    """`rendered(kind, {series: points}, lang)`: the fragment over such a history."""

    def make(kind, known, lang="en", claims=(), data=False):
        history = History(tmp_path)
        for series, rows in known.items():
            history.append(
                Observation(
                    series=series, value=value, exactness=Exactness.EXACT,
                    span=Span.day(day) if "@" in series else None,
                    observed_at=datetime(day.year, day.month, day.day, 12, tzinfo=UTC),
                    source="https://example.org/",
                )
                for day, value in rows
            )  # fmt: skip
        state = CollectionState(collected_at=datetime(2026, 11, 25, tzinfo=UTC))
        fragments = Fragments(Snapshot(history, state, Settings(data=data)), [])
        spec = {"fragment": kind, "items": list(known), "lang": lang, "label": "MeToo"}
        if kind == "chart":
            spec |= {"claims": claims, "posts": [], "keyless": [], "missing": []}
        return fragments.render(from_json(spec)).html

    return make


@pytest.mark.parametrize("kind", ["chart", "multiples"])
def test_earlier_rows_are_in_the_data_if_there_is_any(rendered, kind):
    """A site that publishes no data does not send its readers there."""
    known = {X: daily(*range(1, 60))}

    assert "in the data download" in rendered(kind, known, data=True)
    hidden = rendered(kind, known)
    assert "data download" not in hidden and "ones are not shown." in hidden
    assert "nicht gezeigt." in rendered(kind, known, lang="de")
    assert "ne sont pas affichés." in rendered(kind, known, lang="fr")


YEARS = daily(*[(n * 7919) % 10_007 + 1 for n in range(3330)], start=date(2017, 10, 10))


@pytest.mark.parametrize("lang", ["en", "de", "fr"])
def test_a_chart_of_nine_years_weighs_little(rendered, lang):
    """Title, drawing and table: less than 12 kB; the table says what it leaves out."""
    html = rendered("chart", {X: YEARS}, lang)

    assert len(html.encode()) < 12_000
    assert AxisLabels(lang=lang).number(3330 - html.count('<th scope="row">')) in html


def test_a_chart_says_what_each_point_covers(rendered):
    """The window stands at the chart, in each language; the break's reason too."""
    said = {"en": ("per day", "the total of the 7 days to that date"),
            "de": ("pro Tag", "die Summe der 7 Tage bis zu diesem Datum"),
            "fr": ("par jour", "le total des 7 jours jusqu’à cette date")}  # fmt: skip
    for lang, (title, covers) in said.items():
        a_day = rendered("chart", {X: YEARS}, lang)
        assert title in a_day and covers[:8] not in a_day  # its title says it
        assert covers in rendered("chart", {"x/tag/metoo/posts@7d": YEARS}, lang)
    html = rendered("chart", {X: YEARS})
    assert "Counted differently since 4 May 2026." in html
    assert "<span>Reposts are no longer counted.</span>" in html


def test_small_multiples_are_of_lines_only(rendered):
    """A panel for each series with two points; the own scales are said once."""
    html = rendered(
        "multiples",
        {
            X: YEARS,
            "mastodon/tag/metoo/posts@1d": daily(1, 2),
            "gdelt/tag/metoo/articles@1d": daily(1),
        },
    )

    assert re.findall(r"<h3[^>]*>([^<]+)<", html) == [
        "Posts per day, X",
        "Posts per day, mastodon.social",
    ]
    assert html.count("Each on its own scale.") == 1
    assert html.count('<svg class="chart__drawing"') == 2
    assert max(map(len, html.split("<figure")[1:])) < 12_000


def test_two_windows_of_one_count_are_one_line(rendered):
    """The days of "@2d" and "@6d" are the same: drawn once, and no id twice."""
    counted = "mastodon/tag/metoo/posts"
    known = {f"{counted}@1d": daily(3, 4, 5), f"{counted}@6d": [], f"{counted}@2d": []}
    html = rendered("multiples", known)

    ids = re.findall(r' id="([^"]+)"', html)
    assert html.count('<svg class="chart__drawing"') == 1
    assert len(ids) == len(set(ids))


def test_no_multiples_of_nothing(rendered):
    """Without a line there is no sentence on scales."""
    assert "scale" not in rendered("multiples", {X: daily(1)})


@pytest.mark.parametrize(
    ("written", "end", "none"),
    [
        (date(2026, 5, 1), date(2026, 11, 23), True),  # before the break, and after
        (date(2026, 5, 9), date(2026, 11, 23), True),  # its seven days reach back
        (date(2026, 5, 11), date(2026, 11, 23), False),  # all after
        (date(2026, 4, 1), date(2026, 5, 3), False),  # all before
    ],
)
def test_no_change_is_stated_across_a_break(tmp_path, written, end, none):
    """X counts otherwise since 4 May 2026: what measures otherwise does not compare."""
    history = History(tmp_path)
    series, noon = "x/tag/metoo/posts@7d", datetime(2026, 11, 24, 12, tzinfo=UTC)
    span = Span(start=end - timedelta(days=6), end=end)
    history.append([
        Observation(series=series, value=900, exactness=Exactness.EXACT, span=span,
                    observed_at=noon, source="https://example.org/")
    ])  # fmt: skip
    fragments = Fragments(
        Snapshot(history, CollectionState(collected_at=noon), Settings()), []
    )
    claim = {"text": "800", "value": 800, "bound": "exactly"}
    spec = {"fragment": "change", "series": series, "lang": "en"}
    spec["claim"] = claim | {"day": written.isoformat()}

    html = fragments.render(from_json(spec)).html

    assert ("data-none" in html) is none
    assert ("up by 100" in html) is not none


def test_a_readout_says_how_sure_its_numbers_are():
    """Of lower bounds `at least` stands before each number, of exact ones nothing."""
    for draw in (line_chart, small_multiple):
        for kind, words in (("exact", ""), ("at-least", "at least ")):
            drawing = chart(daily(10, 20, 30), draw, days=1, exactness=kind)
            assert f'data-days="0;# Jan 2026: {words};10 20 30"' in drawing
