"""The feed of milestones: valid, with ids for ever, and only ever longer."""

import re
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pelican.plugins.live_stats.model.settings import Settings
from pelican.plugins.live_stats.model.values import Exactness, Observation, Span
from pelican.plugins.live_stats.pelican_plugin.template_api.hashtags import Hashtag
from pelican.plugins.live_stats.pelican_plugin.template_api.slot_registry import (
    Registry,
)
from pelican.plugins.live_stats.references.catalogue import from_series
from pelican.plugins.live_stats.rendering.exports.atom_feed import (
    FeedEntry,
    render_feed,
)
from pelican.plugins.live_stats.rendering.fragments import Fragments
from pelican.plugins.live_stats.rendering.series_view import Snapshot
from pelican.plugins.live_stats.rendering.specs import from_json
from pelican.plugins.live_stats.storage.history import History
from pelican.plugins.live_stats.storage.state import CollectionState

ATOM = "{http://www.w3.org/2005/Atom}"
# RFC 4151, for names of hosts.
TAG = r"tag:[a-z0-9.-]+,\d{4}(-\d\d(-\d\d)?)?:([\w.~!$&'()*+,;=:@/?-]|%[0-9A-F]{2})*"
MORNING = datetime(2026, 3, 1, 6, tzinfo=UTC)
PAGE = "https://example.org/blog/hashtags/metoo/"
SIX, DAILY = "mastodon/tag/metoo/posts@6d", "mastodon/tag/metoo/posts@1d"
TOTAL = "hackernews/tag/metoo/mentions"

SITE = {
    "label": "MeToo",
    "name": "metoo",
    "address": PAGE,
    "own": f"{PAGE}milestones.xml",
    "site": "Digital <Media> & Team",
    "author": "",
    "lang": "en",
}
SPEC = {
    **SITE,
    "fragment": "milestones_feed",
    "items": [SIX, TOTAL],
    "since": "2017-10-17T12:00:00+02:00",
}


def reading(series, hour, value, *, day=0, exactness=Exactness.EXACT):
    window = {SIX: 6, DAILY: 1}.get(series)
    end = date(2026, 2, 1) + timedelta(days=day)
    return Observation(
        series=series,
        value=value,
        exactness=exactness,
        span=Span(start=end - timedelta(days=window - 1), end=end) if window else None,
        observed_at=MORNING + timedelta(hours=hour),
        source="https://example.org/",
    )


def rendered(folder, observations, **changed):
    history = History.load(folder)
    history.append(observations)
    snapshot = Snapshot(history, CollectionState(), Settings())
    return Fragments(snapshot, []).render(from_json(SPEC | changed)).text


def entries(text):
    return re.findall(r"  <entry>.*?</entry>\n", text, re.S)


def check(text):
    """What RFC 4287 asks of a feed and of its entries; the entries."""
    root = ElementTree.fromstring(text)
    assert root.tag == f"{ATOM}feed" and root.find(f"{ATOM}author/{ATOM}name").text
    found = root.findall(f"{ATOM}entry")
    for one in (root, *found):
        for name in ("id", "title", "updated"):
            assert len(one.findall(f"{ATOM}{name}")) == 1
        assert re.fullmatch(TAG, one.find(f"{ATOM}id").text)
        datetime.strptime(one.find(f"{ATOM}updated").text, "%Y-%m-%dT%H:%M:%SZ")
        for link in one.findall(f"{ATOM}link"):
            assert link.get("href").startswith("https://")
    for one in found:
        assert one.find(f"{ATOM}content").text
    ids = [one.find(f"{ATOM}id").text for one in (root, *found)]
    assert len(ids) == len(set(ids))
    return found


PASSED = [reading(TOTAL, 0, 4_900_000), reading(TOTAL, 48, 5_000_123)]


def test_an_entry_says_what_was_passed_and_when_it_was_seen(tmp_path):
    """Its time is that of the first reading above, its id names series and number."""
    text = rendered(tmp_path, PASSED)

    (entry,) = check(text)
    assert [
        entry.find(f"{ATOM}{name}").text for name in ("title", "id", "updated")
    ] == [
        "#MeToo passed 5 million mentions on Hacker News",
        "tag:example.org,2026:/blog/hashtags/metoo/"
        "hackernews/tag/metoo/mentions/5000000",
        "2026-03-03T06:00:00Z",
    ]
    assert entry.find(f"{ATOM}content").text == (
        "#MeToo passed 5 million mentions on Hacker News "
        "between 1 March 2026 and 3 March 2026."
    )
    root = ElementTree.fromstring(text)
    assert root.find(f"{ATOM}updated").text == "2026-03-03T06:00:00Z"
    assert [link.get("rel") for link in root.findall(f"{ATOM}link")] == [
        "self",
        "alternate",
    ]


def test_a_feed_with_no_milestone_has_the_date_it_was_given(tmp_path):
    """A feed must have a time: that of the newest post, until there is an entry."""
    text = rendered(tmp_path, PASSED[:1])

    assert check(text) == []
    assert "<updated>2017-10-17T10:00:00Z</updated>" in text


@pytest.mark.parametrize(
    ("address", "made"),
    [
        ("", "localhost,2026:/hashtags/metoo/"),
        ("https://Example.org:8443/hashtags/a/", "example.org,2026:/hashtags/a/"),
        ("https://exämple.org/hashtags/a/", "xn--exmple-cua.org,2026:/hashtags/a/"),
        ("https://example.org/a/caf%C3%A9/", "example.org,2026:/a/caf%C3%A9/"),
        ("https://example.org/a/café/", "example.org,2026:/a/caf%C3%A9/"),
        ("http://[::1]/hashtags/a/", "localhost,2026:/hashtags/a/"),
        ("http://a..b/hashtags/a/", "localhost,2026:/hashtags/a/"),
    ],
)
def test_ids_are_valid_whatever_the_address(tmp_path, address, made):
    """No port, no capitals, no bare letters outside ASCII; and an id without a site."""
    text = rendered(tmp_path, PASSED, address=address, own="")

    assert f"<id>tag:{made}</id>" in text
    assert re.fullmatch(TAG, f"tag:{made}")
    assert ("<link" in text) == bool(address)


@pytest.mark.parametrize("lang", ["en", "de", "fr", "xx"])
def test_the_feed_speaks_the_language_of_the_hashtag(tmp_path, lang):
    """Its words and its `xml:lang`."""
    text = rendered(tmp_path, PASSED, lang=lang)

    check(text)
    verb = {"de": "überschritt", "fr": "a dépassé"}.get(lang, "passed")
    assert f'xml:lang="{lang}"' in text and f"#MeToo {verb} 5" in text


def test_names_of_all_kinds_are_escaped():
    """A site, an author and a label are text, not markup; no control signs remain."""
    one = FeedEntry(
        series=TOTAL, threshold=100, title="<&>\x00", text="]]>", seen_at=MORNING
    )

    text = render_feed(
        **SITE | {"label": '"<', "author": "A\x08 & B"},
        title="milestones",
        since=MORNING,
        entries=[one],
    )

    (entry,) = check(text)
    assert entry.find(f"{ATOM}title").text == "<&>"


readings = st.lists(
    st.builds(
        reading,
        st.sampled_from([TOTAL, DAILY, SIX]),
        st.integers(0, 60),
        st.sampled_from([90, 100, 100, 101, 200]) | st.integers(50, 3_000),
        day=st.integers(0, 5),
        exactness=st.sampled_from(Exactness),
    ),
    max_size=20,
)


@given(readings, st.integers(0, 60))
def test_what_is_read_later_keeps_every_entry_byte_for_byte(
    tmp_path_factory, read, hour
):
    """Days of long ago, falls, the same value again: old entries stay, below new ones.

    Also where single days come to be known after windows, and the other way round.
    """
    folder = tmp_path_factory.mktemp("history")
    until = MORNING + timedelta(hours=hour)
    read = sorted(read, key=lambda one: one.observed_at)
    early = [one for one in read if one.observed_at <= until]
    later = [one for one in read if one.observed_at > until]

    before = rendered(folder, early)
    History.load(folder).append(later)
    snapshot = Snapshot(History.load(folder), CollectionState(), Settings())
    after = Fragments(snapshot, []).render(from_json(dict(SPEC))).text

    old, new = entries(before), entries(after)
    assert new[len(new) - len(old) :] == old
    check(after)


def test_a_value_read_again_on_its_day_moves_no_entry(tmp_path):
    """100, then 101, then 100 again, if less sure: it was first seen at the first."""
    least = Exactness.AT_LEAST
    early = [reading(TOTAL, 0, 90), reading(TOTAL, 24, 100, exactness=least)]
    before = rendered(tmp_path, early)

    after = rendered(
        tmp_path, [*early, reading(TOTAL, 26, 101), reading(TOTAL, 28, 100)]
    )

    assert entries(after) == entries(before) != []
    assert "<updated>2026-03-02T06:00:00Z</updated>" in after


def test_the_slot_has_all_that_the_feed_needs(tmp_path):
    """A refresh fills it from plain values, the date of the newest post among them."""
    registry = Registry(
        lang="en", latest=lambda series: None, site="Team", address="https://a.example"
    )
    posts = [datetime(2017, 10, 17, tzinfo=UTC), datetime(2018, 1, 2, tzinfo=UTC)]
    hashtag = Hashtag(
        name="metoo", label="MeToo", url="hashtags/metoo/", lang="en",
        save_as="hashtags/metoo/index.html", registry=registry,
        references={TOTAL: from_series(TOTAL)},
        articles=[SimpleNamespace(date=at) for at in posts],
    )  # fmt: skip

    file = hashtag.feed

    assert not registry.specs  # naming a file asks for nothing
    assert file.slot
    (spec,) = registry.specs.values()
    text = Fragments(
        Snapshot(History(tmp_path), CollectionState(), Settings()), []
    ).render(spec)
    assert check(text.text) == []
    assert "<updated>2018-01-02T00:00:00Z</updated>" in text.text
    assert "<name>Team</name>" in text.text
    assert f'href="https://a.example/{file.url}"' in text.text


def test_windows_are_told_until_single_days_are_read(tmp_path):
    """Days say more; what was told of windows before stays told."""
    early = [reading(SIX, 0, 900), reading(SIX, 24, 1_100, day=1)]
    later = [reading(DAILY, 48, 300, day=2), reading(SIX, 48, 2_500, day=2)]

    before, after = rendered(tmp_path, early), rendered(tmp_path, later)

    assert entries(after) == entries(before)
    assert "#MeToo passed 1,000 posts in 6 days on mastodon.social<" in before
