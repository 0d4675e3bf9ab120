"""Badges: a number that travels without its page takes its caveats along."""

import json
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from pelican.plugins.live_stats.model.settings import Settings
from pelican.plugins.live_stats.model.values import Exactness, Observation, Span
from pelican.plugins.live_stats.rendering.exports import badge
from pelican.plugins.live_stats.rendering.series_view import Snapshot
from pelican.plugins.live_stats.storage.history import History
from pelican.plugins.live_stats.storage.state import CollectionState

SERIES = "mastodon/tag/metoo/posts@6d"


@pytest.fixture
def view(tmp_path):
    """1,840 posts on mastodon.social, read in time."""
    history = History(tmp_path)
    at = datetime(2026, 11, 24, 12, tzinfo=UTC)
    span = Span(start=date(2026, 11, 18), end=date(2026, 11, 23))
    history.append(
        [
            Observation(
                series=SERIES,
                value=1840,
                exactness=Exactness.EXACT,
                span=span,
                observed_at=at,
                source="https://mastodon.social/tags/metoo",
            )
        ]
    )
    return Snapshot(history, CollectionState(collected_at=at), Settings()).view(
        SERIES, "en"
    )


def test_a_badge_says_number_place_and_days(view):
    """What is counted, by whom, over which days: all of it is on the badge."""
    said = "1,840 posts on mastodon.social in the 6 days to 23 November 2026"

    assert badge.texts_of(view, "MeToo") == ("#MeToo", said)


def test_an_old_number_is_said_to_be_old(view):
    """In words and in another colour, like on a page."""
    old = replace(view, state="stale", as_of="last reading 3 October 2026")

    said = badge.texts_of(old, "MeToo")[1]
    assert said.endswith("6 days to 23 November 2026, last reading 3 October 2026")
    assert badge.OLD in badge.badge_svg(old, "MeToo")
    assert badge.OLD not in badge.badge_svg(view, "MeToo")


def test_without_a_number_there_is_none(view):
    """A badge of nothing says so, and shows no zero."""
    none = replace(view, value=None, number="", as_of="no reading yet", state="none")

    assert badge.texts_of(none, "MeToo")[1] == "mastodon.social: no reading yet"


@pytest.mark.parametrize("label", ["MeToo", "日本語", "a<b>&\"c'", "W" * 80])
def test_the_image_is_whole_and_wide_enough(view, label):
    """It is valid XML with its words in it, each text inside its own field."""
    root = ET.fromstring(badge.badge_svg(view, label))
    space = "{http://www.w3.org/2000/svg}"
    fields = [float(rect.get("width")) for rect in root.iter(f"{space}rect")]
    texts = list(root.iter(f"{space}text"))

    assert texts[0].text == f"#{label}"
    assert sum(fields) == float(root.get("width"))
    for field, text in zip(fields, texts, strict=True):
        assert float(text.get("textLength")) + 2 * badge.EDGE == field


def test_shields_reads_the_same(view):
    """The endpoint has the fields that shields.io asks for, with the same words."""
    entry = json.loads(badge.shields(view, "MeToo"))

    assert entry["schemaVersion"] == 1
    assert (entry["label"], entry["message"]) == badge.texts_of(view, "MeToo")
