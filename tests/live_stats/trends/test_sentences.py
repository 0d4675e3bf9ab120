"""Pace and milestones on a page: dated, as sure as the readings, or not there."""

from datetime import UTC, date, datetime, time, timedelta

import html5lib
import pytest

from pelican.plugins.live_stats.model.settings import Settings
from pelican.plugins.live_stats.model.values import Exactness, Observation, Span
from pelican.plugins.live_stats.pelican_plugin.template_api.hashtags import Hashtag
from pelican.plugins.live_stats.pelican_plugin.template_api.slot_registry import (
    Registry,
)
from pelican.plugins.live_stats.references.catalogue import from_series
from pelican.plugins.live_stats.rendering.fragments import Fragments
from pelican.plugins.live_stats.rendering.series_view import Snapshot
from pelican.plugins.live_stats.rendering.specs import (
    MilestonesSpec,
    PaceSpec,
    from_json,
)
from pelican.plugins.live_stats.storage.history import History
from pelican.plugins.live_stats.storage.state import CollectionState, SeriesRecord

FIRST = date(2026, 3, 1)
SIX, DAILY = "mastodon/tag/metoo/posts@6d", "mastodon/tag/metoo/posts@1d"
TOTAL = "hackernews/tag/metoo/mentions"
SKY = "bluesky/tag/metoo/posts@1d"


def day(n):
    return FIRST + timedelta(days=n)


def counts(series, values, *, window=None, exactness="exact"):
    """A reading a day; `values` may be a dictionary with days left out."""
    if not isinstance(values, dict):
        values = dict(enumerate(values))
    return [
        Observation(
            series=series,
            value=value,
            exactness=Exactness(exactness),
            span=Span(start=day(n - window + 1), end=day(n)) if window else None,
            observed_at=datetime.combine(day(n + bool(window)), time(6), UTC),
            source="https://example.org/",
        )
        for n, value in values.items()
    ]


@pytest.fixture
def words(tmp_path):
    """`words(kind, observations)`: the fragment of a hashtag over a history."""

    def render(kind, read, lang="en", items=None, checked=None):
        history = History(tmp_path)
        history.append(read)
        state = CollectionState()
        for series, at in (checked or {}).items():
            state.series[series] = SeriesRecord(checked_at=at)
        items = items or list(dict.fromkeys(one.series for one in read))
        spec = {"fragment": kind, "items": items, "label": "MeToo", "lang": lang}
        fragments = Fragments(Snapshot(history, state, Settings()), [])
        return fragments.render(from_json(spec))

    return render


WEEKS = {
    "en": "How fast it moved posts, mastodon.social 300 a day in the 7 days to "
    "14 March 2026, 200% more than in the 7 days before; highest day known: 300 "
    "on 8 March 2026",
    "de": "Wie schnell es ging Beiträge, mastodon.social 300 am Tag in den "
    "7 Tagen bis 14. März 2026, 200\xa0% mehr als in den 7 Tagen davor; höchster "
    "bekannter Tag: 300 am 8. März 2026",
    "fr": "À quel rythme messages, mastodon.social 300 par jour dans les 7 jours "
    "jusqu’au 14 mars 2026, 200\xa0% de plus que dans les 7 jours précédents\xa0; jour "
    "le plus haut connu\xa0: 300 le 8 mars 2026",
}


@pytest.mark.parametrize("lang", WEEKS)
def test_a_week_in_every_language(words, lang):
    """Average, change from the week before, and the highest day, each with its date."""
    read = counts(DAILY, [100] * 7 + [300] * 7, window=1)

    assert words("pace", read, lang).text == WEEKS[lang]


SINCE = {
    "en": "highest day known since 4 May 2026: 70 on 5 May 2026",
    "de": "höchster bekannter Tag seit dem 4. Mai 2026: 70 am 5. Mai 2026",
    "fr": "jour le plus haut connu depuis le 4 mai 2026\xa0: 70 le 5 mai 2026",
}


@pytest.mark.parametrize("lang", SINCE)
def test_the_highest_day_since_a_break_says_so(words, lang):
    """X stopped counting reposts: days before that were higher, and do not compare."""
    read = counts("x/tag/metoo/posts@1d", {62: 900, 63: 800, 64: 60, 65: 70}, window=1)

    assert words("pace", read, lang).text.endswith(SINCE[lang])


@pytest.mark.parametrize(
    ("read", "said"),
    [
        (
            counts(DAILY, [100] * 7 + [150] * 7, window=1),
            "150 a day in the 7 days to 14 March 2026, 50% more than in the 7 days "
            "before",
        ),
        (
            # By less than a tenth.
            counts(DAILY, [100_000] * 7 + [109_000] * 7, window=1),
            "109,000 a day in the 7 days to 14 March 2026;",
        ),
        (
            # Of so few, chance makes as much.
            counts(DAILY, [7] * 7 + [5] * 6 + [4], window=1),
            "about 4.9 a day in the 7 days to 14 March 2026;",
        ),
        (
            # One loud day is not a louder week.
            counts(DAILY, [100] * 7 + [99] * 6 + [900], window=1),
            "about 213 a day in the 7 days to 14 March 2026;",
        ),
        (
            counts(DAILY, [70] * 7 + [50] * 6 + [43], window=1),
            "49 a day in the 7 days to 14 March 2026, 30% fewer than "
            "in the 7 days before",
        ),
        (
            counts(DAILY, [0] * 8 + [1] + [0] * 6, window=1),
            "about 0.1 a day in the 7 days to 15 March 2026;",
        ),
        (
            counts(SKY, [100] * 7 + [300] * 6 + [304], window=1, exactness="at-least"),
            "at least 300 a day in the 7 days to 14 March 2026",
        ),
        (
            counts(DAILY, [100] * 7 + [300] * 7, window=1, exactness="estimate"),
            "about 300 a day in the 7 days to 14 March 2026, about 200% more than "
            "in the 7 days before",
        ),
        (
            counts(TOTAL, {0: 3_000, 3: 3_060, 7: 3_355}),
            "mentions, Hacker News about 51 more a day from 1 March 2026 to "
            "8 March 2026",
        ),
        (counts(TOTAL, {0: 3_000, 8: 2_840}), "20 fewer a day from 1 March 2026 to"),
        (
            counts(TOTAL, {0: 50, 9: 100}),
            "doubled in 9 days, from 1 March 2026 to 10 March 2026",
        ),
        (
            counts(TOTAL, {0: 50, 1: 101}),
            "more than doubled in 1 day, from 1 March 2026 to 2 March 2026",
        ),
    ],
)
def test_what_is_said_of_pace(words, read, said):
    """As much as the readings bear: no more than they are sure of."""
    assert said in words("pace", read).text


@pytest.mark.parametrize(
    "read",
    [
        [],
        counts(TOTAL, [3_000]),
        counts(TOTAL, [3_000, 3_020]),
        counts(TOTAL, [2_000, 4_100], exactness="at-least"),
        counts(DAILY, {0: 4}, window=1),
        counts(SKY, [0] * 9, window=1, exactness="at-least"),
        counts("all/tag/metoo/posts@6d", []),
    ],
)
def test_where_nothing_can_be_said_nothing_stands(words, read):
    """An element that nobody sees, for the page and for a screen reader."""
    items = [TOTAL, DAILY, "facebook/tag/metoo/accounts", "all/tag/metoo/posts@6d"]
    for kind in ("pace", "milestones"):
        for lang in ("en", "de", "fr", "xx"):
            rendered = words(kind, read, lang, items)

            (element,) = html5lib.parseFragment(rendered.html)
            assert "hidden" in element.attrib and not rendered.text


def test_a_count_that_stands_still_slows_down(words):
    """A reading confirmed without a change is a known day, though no line says so."""
    read = counts(TOTAL, [3_000, 3_060])
    checked = {TOTAL: datetime(2026, 3, 31, 6, tzinfo=UTC)}

    said = words("pace", read, checked=checked).text

    assert "2 more a day from 1 March 2026 to 31 March 2026" in said


def test_a_doubling_ends_when_it_was_seen(words):
    """Not when the doubled count was confirmed the last time."""
    checked = {TOTAL: datetime(2026, 3, 31, 6, tzinfo=UTC)}

    said = words("pace", counts(TOTAL, [50, 100]), checked=checked).text

    assert "doubled in 1 day, from 1 March 2026 to 2 March 2026" in said


BIG = counts(TOTAL, {0: 4_900_000, 6: 5_000_001})


@pytest.mark.parametrize(
    ("read", "lang", "said"),
    [
        (BIG, "en", "passed 5 million mentions on Hacker News "
         "between 1 March 2026 and 7 March 2026"),
        (BIG, "de", "überschritt 5 Millionen Erwähnungen auf Hacker News "
         "zwischen dem 1. März 2026 und dem 7. März 2026"),
        (BIG, "fr", "a dépassé 5 millions de mentions sur Hacker News "
         "entre le 1er mars 2026 et le 7 mars 2026"),
        (counts(TOTAL, [90, 100]), "en", "reached 100 mentions on Hacker News "
         "between 1 March 2026 and 2 March 2026"),
        (counts(TOTAL, [900_000, 1_000_000]), "de", "erreichte 1 Million "
         "Erwähnungen auf Hacker News zwischen dem 1. März 2026 und dem 2. März 2026"),
        (counts(DAILY, [900, 1_204], window=1), "en", "passed 1,000 posts in one day "
         "on mastodon.social on 2 March 2026"),
        (counts(DAILY, {0: 900, 1: 900, 4: 1_204}, window=1), "en",
         "on mastodon.social between 2 March 2026 and 5 March 2026"),
        (counts(SIX, [900, 1_204], window=6), "en", "passed 1,000 posts on "
         "mastodon.social in the 6 days to 2 March 2026"),
        (counts(SKY, [900, 1_204], window=1, exactness="at-least"), "en",
         "had at least 1,000 posts in one day on Bluesky on 2 March 2026"),
        (counts(TOTAL, [900, 1_204], exactness="at-least"), "fr",
         "avait au moins 1 000 mentions sur Hacker News au plus tard le 2 mars 2026"),
        (counts(TOTAL, [900, 1_204], exactness="estimate"), "en",
         "passed about 1,000 mentions on Hacker News "
         "between 1 March 2026 and 2 March 2026"),
    ],
)  # fmt: skip
def test_how_a_milestone_reads(words, read, lang, said):
    """With the days it was seen between; only complete days say on which it was."""
    told = words("milestones", read, lang).text.replace("\u202f", " ")

    assert told.endswith(said)


def test_estimates_have_doubled_where_they_must_have(words):
    """Twice an estimate may be less than twice the truth."""
    twice = counts(TOTAL, {0: 50, 9: 100}, exactness="estimate")
    assert "doubled" not in words("pace", twice).text

    more = counts(TOTAL, {0: 50, 9: 130}, exactness="estimate")
    assert "doubled in about 9 days" in words("pace", more).text


def test_a_lower_bound_before_an_estimate_is_no_milestone(words):
    """It may have been passed long before, and nobody says that it is now."""
    read = [
        *counts(SKY, {0: 900}, window=1, exactness="at-least"),
        *counts(SKY, {1: 1_204}, window=1, exactness="estimate"),
    ]

    assert words("milestones", read).text == ""
    assert "a day in" not in words("pace", read).text


def test_milestones_are_told_newest_first_and_at_most_twelve(words):
    """Over all series together, each series once though two windows share its days."""
    many = counts(DAILY, [90 * 2**n for n in range(16)], window=1)
    other = counts(TOTAL, {20: 90, 21: 110})

    html = words("milestones", [*many, *other], items=[SIX, DAILY, TOTAL]).html

    page = html5lib.parseFragment(html, namespaceHTMLElements=False)
    told = ["".join(one.itertext()) for one in page.iter("li")]
    assert len(told) == 12 and len(set(told)) == 12
    assert "100 mentions" in told[0] and "2 million posts" in told[1]
    times = [one.get("datetime") for one in page.iter("time")]
    assert times[1:] == sorted(times[1:], reverse=True)


@pytest.mark.parametrize("kind", ["pace", "milestones"])
def test_a_fragment_is_valid_markup_and_says_nothing_of_today(words, kind):
    """A page cannot know how old it is: dates are printed, with their machine form."""
    read = [*BIG, *counts(DAILY, [100] * 7 + [300] * 7, window=1)]

    rendered = words(kind, read)

    html5lib.HTMLParser(strict=True).parseFragment(rendered.html)
    assert "<time datetime=" in rendered.html and "<data value=" in rendered.html
    assert not {"now", "today", "is", "are", "yesterday"} & set(rendered.text.split())


def test_a_hashtag_has_the_slots():
    """Each names the series of the hashtag, so a moved one fills them anew."""
    registry = Registry(lang="en", latest=lambda series: None)
    hashtag = Hashtag(
        name="metoo", label="MeToo", url="", save_as="", lang="en", registry=registry,
        references={SIX: from_series(SIX)},
    )  # fmt: skip

    assert hashtag.pace != hashtag.milestones
    fields = {"label": "MeToo", "items": (SIX,), "lang": "en"}
    assert list(registry.specs.values()) == [
        PaceSpec(**fields),
        MilestonesSpec(**fields),
    ]
    assert SIX in registry.series
