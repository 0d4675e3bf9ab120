"""What reader views and text browsers make of figures: a sentence, each number once.

They know no popovers: they leave out buttons with all that is in them, and show what is
hidden. So the text of a fragment is read here as they would read it.
"""

import re
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest

from pelican.plugins.live_stats.i18n.claim_parser import parse_claim
from pelican.plugins.live_stats.model.settings import Settings
from pelican.plugins.live_stats.model.values import Exactness, Observation
from pelican.plugins.live_stats.rendering.fragments import Fragments
from pelican.plugins.live_stats.rendering.series_view import Snapshot
from pelican.plugins.live_stats.rendering.specs import (
    CardOfFigure,
    CardsSpec,
    ClaimSpec,
    FigureSpec,
)
from pelican.plugins.live_stats.storage.history import History
from pelican.plugins.live_stats.storage.state import CollectionState

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
LIKES = "x/post/1/likes"
CLAIMS = {
    "en": ("over 21,000", "24,318"),
    "de": ("über 21.000", "24.318"),
    "fr": ("plus de 21\u202f000", "24\u202f318"),
    "es": ("más de 21.000", "24.318"),
}


class _Words(HTMLParser):
    """The words of some markup; with `view`, as a reader view keeps them."""

    def __init__(self, *, view):
        super().__init__()
        self.dropped = ("button", "input", "aside", "svg") if view else ("svg",)
        self.words, self._inside = [], 0

    def handle_starttag(self, tag, attrs):
        self._inside += tag in self.dropped

    def handle_endtag(self, tag):
        self._inside -= tag in self.dropped

    def handle_data(self, data):
        if not self._inside:
            self.words.append(data)


def words(markup, *, view):
    parser = _Words(view=view)
    parser.feed(markup)
    parser.close()
    return re.sub(r"[ \n]+", " ", "".join(parser.words)).strip()


@pytest.fixture
def fragments(tmp_path):
    history = History(tmp_path)
    read = Observation(
        series=LIKES,
        value=24_318,
        exactness=Exactness.EXACT,
        span=None,
        observed_at=NOON,
        source="https://example.org/",
    )
    history.append([read])
    state = CollectionState(collected_at=NOON)
    snapshot = Snapshot(history, state, Settings.parse({}, [], "conf.py"))
    return Fragments(snapshot, [])


def claim_in(lang):
    text = CLAIMS[lang][0]
    parsed = parse_claim(text, lang)
    return ClaimSpec(
        text=text, value=parsed.value, bound=parsed.bound.value, day="2017-10-17"
    )


def figure(lang, mode="beside", series=LIKES, claim=True):
    return FigureSpec(
        series=series,
        lang=lang,
        mode=mode,
        claim=claim_in(lang) if claim else None,
        page="a.html",
        row="#figure-1",
        what="likes <of> a post",
    )


@pytest.mark.parametrize("lang", CLAIMS)
@pytest.mark.parametrize("mode", ["beside", "replace", "frozen", "bare", "unread"])
def test_a_figure_reads_as_its_sentence(fragments, lang, mode):
    """With its button and without, on its page and in a feed: the very same words."""
    series = "x/post/2/likes" if mode == "unread" else LIKES
    kind = mode if mode in ("replace", "frozen") else "beside"
    spec = figure(lang, kind, series, claim=mode != "bare")
    here = fragments.render(spec, on_page=True)
    feed = fragments.render(spec)

    assert "<button" in here.html and "<button" not in feed.html
    sentence = words(feed.html, view=False)
    assert words(here.html, view=True) == sentence
    assert words(here.html, view=False) == sentence
    assert here.text == feed.text == sentence
    number = CLAIMS[lang][1]
    shown = {"beside": 1, "bare": 1}.get(mode, 0)
    assert sentence.count(number) == shown, sentence
    assert re.search(r'<data [^>]*value="(24318|21000)"', here.html)


@pytest.mark.parametrize("lang", CLAIMS)
def test_the_button_says_what_it_is_about(fragments, lang):
    """It has no words of its own, so its name has the number and what is counted."""
    html = fragments.render(figure(lang), on_page=True).html
    name = f"{CLAIMS[lang][1]} (likes &lt;of&gt; a post)"

    assert re.search(r"<button[^>]*></button>", html)
    assert html.count(f'aria-label="{name}"') == 2  # the link for old browsers too


def test_the_cards_stand_behind_the_text(fragments):
    """One for each figure, outside the sentence; in feeds and lists there is none."""
    cards = tuple(
        CardOfFigure(series, f"#figure-{n}", "likes", claim)
        for n, (series, claim) in enumerate(
            [(LIKES, claim_in("en")), (LIKES, None), ("x/post/2/likes", None)], 1
        )
    )
    spec = CardsSpec(lang="en", page="a.html", cards=cards)
    here = fragments.render(spec, on_page=True)

    # A number that was never read, without a claim, has nothing to open.
    assert re.findall(r'popover id="([^"]*)"', here.html) == [
        "figure-1-card",
        "figure-2-card",
    ]
    assert "24,318" in words(here.html, view=False)
    assert words(here.html, view=True) == here.text == ""
    elsewhere = fragments.render(spec)
    assert elsewhere.html == elsewhere.text == ""
    assert CardsSpec.from_json(
        {k: v for k, v in spec.to_json().items() if k != "fragment"}
    ) == (spec)
