"""The day that the readings of a text share is said once; all others say their own."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest

from pelican.plugins.live_stats.model.settings import Settings
from pelican.plugins.live_stats.model.values import Exactness, Observation, Span
from pelican.plugins.live_stats.rendering.fragments import Fragments
from pelican.plugins.live_stats.rendering.series_view import Snapshot
from pelican.plugins.live_stats.rendering.slots import plain
from pelican.plugins.live_stats.rendering.specs import (
    ClaimSpec,
    FigureSpec,
    ReadingsDaySpec,
    from_json,
)
from pelican.plugins.live_stats.storage.history import History
from pelican.plugins.live_stats.storage.state import CollectionState

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
TODAY, EARLIER, LONG_AGO = (NOW - timedelta(days=n) for n in (0, 1, 40))
READ = {
    "x/post/1/likes": TODAY,
    "x/post/1/reposts": TODAY,
    "mastodon@a.example/account/me/followers": TODAY,
    "x/post/2/likes": EARLIER,
    "x/post/2/reposts": EARLIER,
    "x/post/3/likes": LONG_AGO,
    "x/post/3/reposts": LONG_AGO,
    "mastodon/tag/metoo/posts@6d": TODAY,
}
LIKES, REPOSTS, FOLLOWERS, LIKES_2, REPOSTS_2, OLD, OLD_2, WINDOW = READ
UNREAD = "x/post/9/likes"
DAY, DAY_BEFORE = "28 November 2026", "27 November 2026"
HERE = "a.html"


@pytest.fixture
def fragments(tmp_path):
    history = History(tmp_path)
    state = CollectionState(collected_at=NOW)
    for number, (series, at) in enumerate(READ.items(), 101):
        days = Span.before(NOW.date(), 6) if "@6d" in series else None
        history.append(
            [
                Observation(
                    series=series,
                    value=number,
                    exactness=Exactness.EXACT,
                    span=days,
                    observed_at=at,
                    source="https://example.org/",
                )
            ]
        )
    return Fragments(Snapshot(history, state, Settings.parse({}, [], "conf.py")), [])


class Text:
    """A text with a figure that may say its day for each of `series`."""

    def __init__(self, fragments, *series, lang="en"):
        self.fragments, self.dated, self.lang = fragments, series, lang

    def head(self):
        spec = ReadingsDaySpec(lang=self.lang, page=HERE, dated=self.dated)
        assert from_json(json.loads(json.dumps(spec.to_json()))) == spec
        assert self.fragments.render(spec).html == ""
        return self.fragments.render(spec, on_page=True).html

    def spec(self, series, mode="beside", claim=True):
        text = {"en": "over 9", "de": "über 9", "fr": "plus de 9", "es": "más de 9"}
        made = ClaimSpec(text=text[self.lang], value=9, bound="over", day="2017-10-17")
        spec = FigureSpec(
            series=series,
            lang=self.lang,
            mode=mode,
            claim=made if claim else None,
            page=HERE,
            row="#figure-1",
            what="what",
            dated=self.dated,
        )
        assert from_json(json.loads(json.dumps(spec.to_json()))) == spec
        return spec

    def says(self, series, mode="beside", claim=True):
        spec = self.spec(series, mode, claim)
        return plain(self.fragments.render(spec, on_page=True).html)


@pytest.mark.parametrize(
    ("series", "day"),
    [
        ((), ""),
        ((LIKES, LIKES_2), ""),
        ((LIKES, REPOSTS), DAY),
        ((LIKES, LIKES), DAY),
        ((LIKES, REPOSTS, LIKES_2), DAY),
        ((LIKES, LIKES_2, REPOSTS_2), DAY_BEFORE),
        ((LIKES_2, REPOSTS_2, LIKES, REPOSTS), DAY),  # as many: the later
        ((LIKES, WINDOW), ""),
        ((WINDOW, WINDOW), ""),
        ((OLD, OLD_2), ""),  # "last reading", which says more than a day
        ((OLD, OLD_2, LIKES, REPOSTS), DAY),
        ((LIKES, UNREAD), ""),
        ((UNREAD, UNREAD), ""),
    ],
)
def test_the_head_says_the_day_of_most(fragments, series, day):
    """It takes two; what is old, of a window or unread does not count."""
    head = Text(fragments, *series).head()

    assert plain(head) == (f"Readings of {day}." if day else "")
    assert ('datetime="2026-11-2' in head) is bool(day)


def test_sentences_of_that_day_say_none(fragments):
    """A place stays; another day, an old reading and a window say theirs."""
    text = Text(fragments, LIKES, REPOSTS, FOLLOWERS, LIKES_2, OLD, WINDOW, UNREAD)

    assert text.says(LIKES) == "over 9 (101)"
    assert text.says(FOLLOWERS) == "over 9 (103 on a.example)"
    assert text.says(LIKES_2) == f"over 9 (104 on {DAY_BEFORE})"
    assert text.says(OLD) == "over 9 (106, last reading 19 October 2026)"
    assert text.says(WINDOW).endswith(f"in the 6 days to {DAY_BEFORE})")
    assert text.says(UNREAD) == "over 9 (17 October 2017)"
    assert text.says(LIKES, mode="frozen") == "over 9 (17 October 2017)"


def test_numbers_without_a_day_say_one_where_the_head_has_another(fragments):
    """Else a reader would take the head's day for theirs."""
    text = Text(fragments, LIKES, REPOSTS)

    assert text.says(LIKES, claim=False) == "101"
    assert text.says(LIKES_2, claim=False) == f"104 (as of {DAY_BEFORE})"
    assert text.says(OLD, claim=False) == "106 (last reading 19 October 2026)"
    assert text.says(WINDOW, claim=False) == "108"
    assert text.says(LIKES, mode="replace") == "over 100"
    assert text.says(LIKES_2, mode="replace") == f"over 100 (as of {DAY_BEFORE})"
    without = Text(fragments, LIKES, LIKES_2)
    assert without.says(LIKES_2, claim=False) == "104"
    assert "27 November" not in without.says(LIKES_2, mode="replace")


def test_away_from_the_text_a_figure_says_its_day(fragments):
    """In lists and feeds; on the page too, as the words of an attribute or of JSON."""
    text = Text(fragments, LIKES, REPOSTS)
    spec = text.spec(LIKES)
    here, list_or_feed = fragments.render(spec, on_page=True), fragments.render(spec)

    assert plain(list_or_feed.html) == f"over 9 (101 on {DAY})"
    assert here.text == list_or_feed.text == f"over 9 (101 on {DAY})"
    assert f"(101 on {DAY})" not in plain(here.html)


def test_a_figure_is_made_again_when_another_of_its_text_moves(fragments):
    """For the day of that one decides whether this one says its own."""
    text = Text(fragments, LIKES, REPOSTS)

    assert set(text.spec(LIKES).depends_on) == {LIKES, REPOSTS}
    assert text.spec(LIKES).shown == (LIKES,)


@pytest.mark.parametrize(
    ("lang", "head"),
    [
        ("de", "Stand: 28. November 2026."),
        ("fr", "Relevés du 28 novembre 2026."),
        ("es", "Lecturas del 28 de noviembre de 2026."),
    ],
)
def test_it_is_said_in_the_language_of_the_text(fragments, lang, head):
    text = Text(fragments, LIKES, REPOSTS, lang=lang)

    assert re.sub(r"\s", " ", plain(text.head())) == head
    assert "2026" not in text.says(LIKES) and "101" in text.says(LIKES)
    assert "a.example" in Text(fragments, LIKES, FOLLOWERS, lang=lang).says(FOLLOWERS)
