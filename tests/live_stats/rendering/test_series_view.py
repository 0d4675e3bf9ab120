"""What pages see: sums of what may be added, points of one measure, honest asides."""

import re
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pelican.plugins.live_stats.model.settings import Settings
from pelican.plugins.live_stats.model.values import Exactness, Observation, Span
from pelican.plugins.live_stats.references import sums
from pelican.plugins.live_stats.references.catalogue import from_series, parse
from pelican.plugins.live_stats.rendering.fragments import Fragments
from pelican.plugins.live_stats.rendering.series_view import Snapshot
from pelican.plugins.live_stats.rendering.specs import (
    KINDS,
    ChangeSpec,
    ClaimSpec,
    FigureSpec,
    HeadlineSpec,
    LeadSpec,
    MilestonesSpec,
    ObservationsSpec,
    PaceSpec,
    PanelSpec,
)
from pelican.plugins.live_stats.rendering.trends import milestone_sentences
from pelican.plugins.live_stats.storage.history import History
from pelican.plugins.live_stats.storage.state import CollectionState, SeriesRecord

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
LIKES = "x/post/1/likes"


def read(
    series, value, *, days=None, end=date(2026, 11, 23), at=NOON, exactness="exact"
):
    span = Span(start=end - timedelta(days=days - 1), end=end) if days else None
    return Observation(
        series=series,
        value=value,
        exactness=Exactness(exactness),
        span=span,
        observed_at=at,
        source="https://example.org/",
    )


@pytest.fixture
def fragments(tmp_path):
    """`fragments(observations, **state)`: rendering over a history."""

    def make(*observations, collected_at=NOON, shown=(), **checked):
        history = History(tmp_path)
        history.append(observations)
        state = CollectionState(collected_at=collected_at)
        for series, at in checked.pop("checked", {}).items():
            state.series[series] = SeriesRecord(checked_at=at)
        return Fragments(Snapshot(history, state, Settings()), [], list(shown))

    return make


def figure(text="over 21,000", series=LIKES, mode="beside", lang="en", value=21_000):
    claim = ClaimSpec(text=text, value=value, bound="over", day="2017-10-17")
    return FigureSpec(
        series=series,
        lang=lang,
        mode=mode,
        claim=claim if text else None,
        page="a.html",
        row="#figure-1",
        what="",
    )


SIX = "mastodon/tag/metoo/posts@6d"


@pytest.mark.parametrize(
    ("spec", "words"),
    [
        (figure(), "over 21,000 (24,318 on 24 November 2026)"),
        (figure(mode="replace"), "over 24,000"),
        (figure(mode="frozen"), "over 21,000 (17 October 2017)"),
        (figure(text=""), "24,318"),
        (figure("über 21.000", lang="de"), "über 21.000 (24.318 am 24. November 2026)"),
        (figure("über 21.000", lang="de", mode="replace"), "über 24.000"),
        (
            figure("plus de 21 000", lang="fr"),
            "plus de 21 000 (24\u202f318 le 24 novembre 2026)",
        ),
        (
            figure(series=SIX),
            "over 21,000 (1,840 on mastodon.social in the 6 days to 23 November 2026)",
        ),
        (
            figure(series=SIX, mode="replace"),
            "over 1,800 (on mastodon.social in the 6 days to 23 November 2026)",
        ),
        (
            figure("over 10 million", series="all/tag/metoo/posts@6d"),
            "over 10 million (8,840 on mastodon.social and X "
            "in the 6 days to 23 November 2026)",
        ),
        (
            figure(series="facebook/tag/metoo/accounts"),
            "over 21,000 (17 October 2017)",
        ),
        (figure(series="x/post/2/likes"), "over 21,000 (17 October 2017)"),
        (figure(text="", series="x/post/2/likes"), "no reading yet"),
        (
            figure(series="bluesky/tag/metoo/posts@6d"),
            "over 21,000 (at least 700 on Bluesky in the 6 days to 23 November 2026)",
        ),
        (
            figure(series="bluesky/tag/metoo/posts@6d", mode="replace"),
            "at least 700 (on Bluesky in the 6 days to 23 November 2026)",
        ),
        (
            figure(series="mastodon@a.example/post/1/likes"),
            "over 21,000 (9 on a.example on 24 November 2026)",
        ),
    ],
)
def test_how_a_figure_reads(fragments, spec, words):
    """Claim and reading in the sentence, each reading saying what it is."""
    rendered = fragments(
        read(LIKES, 24_318),
        read(SIX, 1_840, days=6),
        read("x/tag/metoo/posts@6d", 7_000, days=6),
        read("bluesky/tag/metoo/posts@6d", 700, days=6, exactness="at-least",
             end=date(2026, 11, 23)),
        read("mastodon@a.example/post/1/likes", 9),
    ).render(spec)  # fmt: skip

    if spec.series.startswith("all/"):
        words = words.replace("8,840 on mastodon.social and X", "at least 9,540 on "
                              "mastodon.social, Bluesky, and X")  # fmt: skip
    assert rendered.text == words


def test_machine_values_stand_beside_the_words(fragments):
    """Claim and reading carry their numbers for machines."""
    html = fragments(read(LIKES, 24_318)).render(figure(), on_page=True).html

    assert '<data class="figure__claim" value="21000">over 21,000</data>' in html
    assert '<data class="figure__reading" value="24318">24,318</data>' in html
    assert 'href="#figure-1"' in html


@pytest.mark.parametrize("spec", [figure(), figure(mode="frozen")])
def test_a_date_is_no_number_for_machines(fragments, spec):
    """Where no reading is shown, the claim's value is not said to be one."""
    known = () if spec.mode != "frozen" else (read(LIKES, 24_318),)
    html = fragments(*known).render(spec, on_page=True).html

    assert '<data class="figure__reading"' not in html
    assert '<span class="figure__reading">' in html


def test_elsewhere_a_figure_links_to_no_row(fragments):
    """In a list or a feed there is no table to point at."""
    assert "href" not in fragments(read(LIKES, 1)).render(figure()).html


def test_an_old_reading_says_so(fragments):
    """What the last collection could not confirm is a last reading, with its day."""
    old = read(LIKES, 24_318, at=NOON - timedelta(days=30))

    rendered = fragments(old, collected_at=NOON).render(figure())

    assert rendered.text == "over 21,000 (24,318, last reading 25 October 2026)"
    assert 'data-state="stale"' in rendered.html


def test_a_confirmed_reading_is_as_of_its_confirmation(fragments):
    """Read once, confirmed since: the day of the confirmation counts."""
    old = read(LIKES, 24_318, at=NOON - timedelta(days=30))

    rendered = fragments(old, checked={LIKES: NOON}).render(figure())

    assert rendered.text.endswith("(24,318 on 24 November 2026)")


def test_a_sum_never_mixes_days(tmp_path):
    """Only platforms with a reading of the very same days are in it."""
    history = History(tmp_path)
    history.append(
        [
            read(SIX, 100, days=6),
            read("x/tag/metoo/posts@6d", 900, days=6, end=date(2026, 11, 22)),
        ]
    )
    reference = from_series("all/tag/metoo/posts@6d")

    known, members = sums.sum_series(reference, history.of)

    assert [one.value for one in known] == [100]
    assert [member.platform for member in members] == ["mastodon"]


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 10**6)), max_size=12))
def test_a_sum_is_the_sum_of_its_members(tmp_path_factory, rows):
    """Every sum in the row has the same members, and their values make it up."""
    history = History(tmp_path_factory.mktemp("history"))
    for n, (day, value) in enumerate(rows):
        platform = "mastodon" if n % 2 else "x"
        end = date(2026, 11, 10) + timedelta(days=day)
        history.append([read(f"{platform}/tag/a/posts@6d", value, days=6, end=end)])

    known, members = sums.sum_series(from_series("all/tag/a/posts@6d"), history.of)

    for one in known:
        parts = [
            [o.value for o in history.of(m.series) if o.span == one.span][-1]
            for m in members
        ]
        assert one.value == sum(parts)


ALL = "all/tag/metoo/posts@6d"
WHO = {"mastodon.social": "mastodon", "Bluesky": "bluesky", "X": "x"}


@given(
    st.lists(
        st.tuples(
            st.sampled_from(sorted(WHO.values())),
            st.sampled_from([1, 6]),
            st.integers(0, 3),
            st.integers(0, 1000),
        ),
        max_size=24,
    )
)
def test_a_line_of_a_sum_has_the_members_of_its_number(tmp_path_factory, rows):
    """Whoever gives single days, and whichever: each point is of all in the label."""
    history = History(tmp_path_factory.mktemp("history"))
    for platform, days, day, value in rows:
        end = date(2026, 11, 20) + timedelta(days=day)
        series = f"{platform}/tag/metoo/posts@{days}d"
        history.append([read(series, value, days=days, end=end)])

    view = Snapshot(history, CollectionState(), Settings()).view(ALL, "en")
    members = [WHO[name] for name in re.split(", and | and |, ", view.where) if name]

    for day, value in view.points:
        known = [
            {o.span.end: o.value for o in history.of(series)}[day]
            for one in members
            for series in [f"{one}/tag/metoo/posts@{view.points_days}d"]
        ]
        assert value == sum(known)
    if view.points and not view.per_day:
        assert view.points[-1][1] == view.value


def test_single_days_of_a_sum_are_days_that_all_have(fragments):
    """A day that one platform has not is in no line with its name on it."""
    days = [
        read(f"{one}/tag/metoo/posts@1d", n, days=1, end=date(2026, 11, n))
        for one, known in (("mastodon", range(18, 24)), ("x", range(20, 23)))
        for n in known
    ]
    sums_ = [read(SIX, 123, days=6), read("x/tag/metoo/posts@6d", 7, days=6)]

    view = fragments(*sums_, *days).snapshot.view(ALL, "en")

    assert view.points == tuple((date(2026, 11, n), 2 * n) for n in (20, 21, 22))
    assert view.line_name == (
        "posts per day, mastodon.social and X: 44 on 22 November 2026"
    )


def test_no_change_is_stated_for_a_sum(fragments):
    """Its platforms come and go: two sums need not measure the same."""
    claim = figure().claim
    spec = ChangeSpec(series="all/tag/metoo/posts@6d", lang="en", claim=claim)

    html = fragments(read(SIX, 1_840, days=6)).render(spec).html

    assert "data-none" in html


def test_a_panel_with_nothing_read_speaks_to_readers(fragments):
    """The empty state says so, and nothing of keys, which are the operator's."""
    spec = PanelSpec(
        label="MeToo",
        lang="en",
        items=(SIX, "facebook/tag/metoo/accounts"),
        keyless=("Mastodon", "GDELT"),
        missing=({"label": "X", "variables": ["X_BEARER_TOKEN"]},),
    )

    text = fragments().render(spec).text

    assert "Nothing has been read yet." in text
    assert "key" not in text and "X_BEARER_TOKEN" not in text
    assert "No official count: Facebook." in text


def test_a_panel_names_who_has_not_answered_yet(fragments):
    """A server that has given another number is not among them."""
    items = (SIX, "mastodon/tag/metoo/accounts@1d", "hackernews/tag/metoo/posts@30d")
    spec = PanelSpec(label="MeToo", lang="en", items=items, keyless=(), missing=())

    text = fragments(read(SIX, 123, days=6)).render(spec).text

    assert "Not read yet: Hacker News." in text


def test_lines_are_of_single_days_where_there_are_any(fragments):
    """Sums of six days overlap; the days themselves say more."""
    days = [
        read("mastodon/tag/metoo/posts@1d", n, days=1, end=date(2026, 11, n))
        for n in range(18, 24)
    ]

    view = fragments(read(SIX, 123, days=6), *days).snapshot.view(SIX, "en")

    assert view.points_days == 1
    assert [value for _, value in view.points] == list(range(18, 24))
    assert view.line == view.points and view.per_day == "per day"


@pytest.mark.parametrize("lang", ["en", "de", "fr", "xx"])
@pytest.mark.parametrize(
    "fragment",
    ["figure", "value", "reading", "as_of", "exactness", "window", "change",
     "sparkline", "lead", "source"],
)  # fmt: skip
@pytest.mark.parametrize("series", [LIKES, SIX, "facebook/tag/a/accounts"])
def test_every_fragment_is_one_element_in_every_state(
    fragments, fragment, series, lang
):
    """Whatever is known or not, a fragment is well-formed and has no loose text."""
    import html5lib

    texts = {"en": "over 21,000", "de": "über 21.000", "fr": "plus de 21 000"}
    for known in ((), (read(LIKES, 5), read(SIX, 5, days=6))):
        whole = vars(figure(texts.get(lang, "over 21,000"), series, lang=lang))
        kind = KINDS[fragment]
        spec = kind(**{field.name: whole[field.name] for field in fields(kind)})
        html = fragments(*known).render(spec).html
        parser = html5lib.HTMLParser(strict=True)
        nodes = parser.parseFragment(f"<p>{html}</p>")[0]
        assert len(nodes) <= 1 and not (nodes.text or "").strip()


def test_addresses_and_series_agree():
    """What the tests above call a series is one."""
    assert parse("mastodon/tag/metoo")[0].series == SIX


def test_no_point_mixes_two_methods(fragments):
    """A window with days on both sides of a break is a number, and no point of a line.

    The milestones and their feed know nothing of it either.
    """
    series, methods = "x/tag/metoo/posts@7d", {2: 600, 4: 800, 9: 1300, 10: 90, 11: 120}
    counts = [
        read(
            series,
            value,
            days=7,
            end=date(2026, 5, day),
            at=datetime(2026, 5, day + 1, 6, tzinfo=UTC),
        )
        for day, value in methods.items()
    ]
    made = fragments(*counts)

    points = made.snapshot.view(series, "en").points

    assert [day.day for day, _ in points] == [2, 10, 11]
    assert fragments(*counts[:3]).snapshot.view(series, "en").line == ()
    for kind in (MilestonesSpec, PaceSpec):
        text = made.render(kind(items=(series,), lang="en", label="MeToo")).text
        assert "1,000" not in text and "1,300" not in text
    told = milestone_sentences.entries(made.snapshot, [series], "MeToo", "en")
    assert not told


@pytest.mark.parametrize(
    "spec",
    [
        HeadlineSpec(lang="en", label="MeToo", items=(SIX,)),
        LeadSpec(lang="en", series=SIX, what="posts", claim=None),
    ],
)
def test_a_window_that_grew_old_says_both(fragments, spec):
    """Which days it has, so that it is no total, and that nobody confirmed it since."""
    made = fragments(read(SIX, 1_840, days=6), collected_at=NOON + timedelta(days=9))

    text = made.render(spec).text

    assert "the 6 days to 23 November 2026, last reading 24 November 2026" in text


def test_a_derived_file_is_not_kept(fragments):
    """It is of one file alone and may be large; a refresh stays light in memory."""
    made = fragments(read(SIX, 1_840, days=6), shown=[SIX])
    made.spec = lambda number: ObservationsSpec(lang="en", format="csv")

    first, again = (made.rendered(1, "data/observations.csv") for _ in range(2))

    assert first == again and first is not again
    assert b"1840" in first.data and "1840" in first.text
