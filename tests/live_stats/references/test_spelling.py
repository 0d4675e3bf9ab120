"""One subject, many spellings: its series, and what its platform is asked for."""

import re
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pelican.plugins.live_stats.providers import PROVIDERS
from pelican.plugins.live_stats.providers.base import metric_called
from pelican.plugins.live_stats.providers.spelling import (
    article_title,
    mastodon_hashtag,
    typed,
)
from pelican.plugins.live_stats.references.catalogue import (
    AddressError,
    facts,
    known_series,
    parse,
)
from pelican.plugins.live_stats.references.server_names import readable_name

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize(
    ("server", "written", "title"),
    [
        ("en.wikipedia", "meToo movement", "MeToo_movement"),
        ("en.wikipedia", "_MeToo__movement ", "MeToo_movement"),
        ("en.wikipedia", "MeToo\u00a0movement\u200e", "MeToo_movement"),
        ("en.wikipedia", "éclair", "Éclair"),
        ("en.wikipedia", "e\u0301clair", "Éclair"),
        ("en.wikipedia", "eBay", "EBay"),
        ("de.wikipedia", "ßen", "ßen"),  # no capital of one letter
        ("ka.wikipedia", "თბილისი", "თბილისი"),  # no capitals in titles
        ("tr.wikipedia", "istanbul", "İstanbul"),
        ("en.wikipedia", "istanbul", "Istanbul"),
        ("jbo.wikipedia", "lojban", "lojban"),
        ("ru.wikipedia", "москва", "Москва"),
        ("en.wikipedia", "4chan", "4chan"),
    ],
)
def test_an_article_has_the_title_that_its_wikipedia_has(server, written, title):
    """Whatever is written: one series, one question, one page."""
    reference, _ = parse(f"wikipedia@{server}/article/{quote(written, safe='')}")

    assert reference.subject == title
    about = facts(reference)
    assert about.kind.asked(reference.subject, about.server) == title
    assert about.page == f"https://{server}.org/wiki/{quote(title)}"


@given(st.text(max_size=8), st.sampled_from(["en.wikipedia", "tr.wikipedia"]))
def test_a_title_is_its_own_title(text, server):
    """A series read back is the same series."""
    title = article_title(text, server)
    assert article_title(title, server) == title


@pytest.mark.parametrize(
    ("written", "mastodon", "x"),
    [
        ("Fußball", "fußball", "fußball"),
        ("Ολυμπιακός", "ολυμπιακός", "ολυμπιακός"),
        ("İstanbul", "i\u0307stanbul", "İstanbul"),
        ("ＭｅＴｏｏ", "metoo", "metoo"),
        ("ﾄｷｮｳ", "トキョウ", "トキョウ"),
        ("col·lecció", "col·lecció", "col·lecció"),
        ("スター・ウォーズ", "スター・ウォーズ", "スター・ウォーズ"),
        ("می\u200cخواهم", "می\u200cخواهم", "می\u200cخواهم"),
        ("क्\u200dष", "क्ष", "क्\u200dष"),
        ("हिन्दी", "हिन्दी", "हिन्दी"),
        ("قُرْآن", "قُرْآن", "قُرْآن"),
        ("cafe\u0301", "café", "café"),
    ],
)
def test_each_platform_is_asked_for_a_hashtag_as_it_spells_it(written, mastodon, x):
    """Of one series: Mastodon as its servers store it, X as people type it."""
    for platform, expected in (("mastodon", mastodon), ("x", x)):
        reference, _ = parse(f"{platform}/tag/{quote(written, safe='')}")
        asked = facts(reference).kind.asked(reference.subject, "")

        assert asked == expected
        assert parse(f"{platform}/tag/{quote(asked, safe='')}")[0].series.replace(
            "%E2%80%8D", ""
        ) == reference.series.replace("%E2%80%8D", "")


@given(st.text(max_size=12))
def test_what_is_asked_is_spelled_but_once(text):
    """Spelled again it is the same."""
    for spelled in (mastodon_hashtag, typed):
        asked = spelled(text, "")
        assert spelled(asked, "") == asked


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("mastodon/account/%40Gargron", "mastodon/account/Gargron"),
        ("mastodon/account/a%40mastodon.social", "mastodon/account/a"),
        ("x/account/%40jack", "x/account/jack"),
        ("telegram/channel/%40telegram", "telegram/channel/telegram"),
        ("lemmy@a.example/community/b%40a.example", "lemmy@a.example/community/b"),
        ("mastodon@bücher.example/tag/a", "mastodon@xn--bcher-kva.example/tag/a"),
        ("mastodon@BÜCHER.example:443/tag/a", "mastodon@bücher.example/tag/a"),
        ("wikipedia@de.wikipedia.org/article/a", "wikipedia@de.wikipedia/article/A"),
        ("stackexchange@superuser.com/tag/a", "stackexchange@superuser/tag/a"),
        ("x/post/1/retweets", "x/post/1/reposts"),
        ("x/post/1/favourites", "x/post/1/likes"),
        ("mastodon@a.test/post/1/favourites", "mastodon@a.test/post/1/likes"),
        ("mastodon@a.test/post/1/reblogs", "mastodon@a.test/post/1/reposts"),
        ("youtube/account/%40a/subscribers", "youtube/account/%40a/followers"),
        ("hackernews/post/1/upvotes", "hackernews/post/1/points"),
        ("reddit/post/abc/upvotes", "reddit/post/abc/points"),
        ("reddit/community/metoo/members", "reddit/community/metoo/subscribers"),
        ("telegram/channel/a/subscribers", "telegram/channel/a/members"),
        ("vimeo/video/1/plays", "vimeo/video/1/views"),
        ("github/repository/a%2Fb/stargazers", "github/repository/a%2Fb/stars"),
        ("facebook/page/a/fans", "facebook/page/a/likes"),
    ],
)
def test_two_spellings_are_one_series(one, other):
    """What is counted is the same, so it is asked, kept and drawn once."""
    assert parse(one)[0].series == parse(other)[0].series


@pytest.mark.parametrize("provider", PROVIDERS, ids=lambda provider: provider.name)
def test_a_word_of_a_platform_means_one_of_its_numbers(provider):
    """A word that is a metric itself wins over it, and would never be reached."""
    kinds = provider.kinds
    for word, name in provider.words.items():
        meant = [kind for kind in kinds if metric_called(provider, kind, word)]
        assert any(metric_called(provider, k, word).name == name for k in meant), word


def test_the_words_that_are_documented_are_taken():
    """The table in the guide for authors is true."""
    guide = (ROOT / "docs/how-to/write-posts.md").read_text()
    table = re.search(r"\| platform \| its word \|.*?\n\n", guide, re.S)[0]
    by_label = {provider.label: provider for provider in PROVIDERS}
    rows = [line.strip("| ").split(" | ") for line in table.splitlines()[2:] if line]
    assert len(rows) > 8
    for labels, words, ours in rows:
        for label in labels.partition(", of")[0].split(", "):
            if label not in by_label:  # and its kin: Wikipedia, site counters
                continue
            pairs = zip(words.split(", "), ours.split(", "), strict=True)
            for word, name in pairs:
                assert by_label[label].words[word] == name, label


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("mastodon/tag/Fußball", "mastodon/tag/fussball"),
        ("mastodon/tag/Ολυμπιακός", "mastodon/tag/ολυμπιακοσ"),
        ("youtube/account/%40a", "youtube/account/a"),
        ("threads/post/1/shares", "threads/post/1/reposts"),
        ("lemmy/post/1/upvotes", "lemmy/post/1/points"),
        ("facebook/page/a/fans", "facebook/page/a/followers"),
    ],
)
def test_what_only_looks_alike_stays_apart(one, other):
    """Another hashtag, or another number of it; or no name at all."""

    def series(address):
        try:
            return parse(address)[0].series
        except AddressError:
            return None

    assert series(one) != series(other)


@pytest.mark.parametrize(
    ("series", "known"),
    [
        (
            "wikipedia/article/MeToo%20movement/views@30d",
            "wikipedia/article/MeToo_movement/views@30d",
        ),
        (
            "wikipedia@de.wikipedia/article/meToo/views@1d",
            "wikipedia@de.wikipedia/article/MeToo/views@1d",
        ),
        (
            "wikipedia@de.wikipedia.org/article/MeToo/views@1d",
            "wikipedia@de.wikipedia/article/MeToo/views@1d",
        ),
        ("mastodon/account/%40a/followers", "mastodon/account/a/followers"),
        ("mastodon/tag/fussball/posts@6d", "mastodon/tag/fussball/posts@6d"),
        ("mastodon/tag/metoo/posts", "mastodon/tag/metoo/posts"),
        ("nobody/tag/metoo/posts@6d", "nobody/tag/metoo/posts@6d"),
        ("no series", "no series"),
    ],
)
def test_a_history_goes_on_under_the_spelling_of_today(series, known):
    """Only the subject is spelled anew: a window or metric is never made up."""
    assert known_series(series) == known


def test_an_international_server_is_asked_by_its_machine_name():
    """Readers see the name that people know."""
    about = facts(parse("mastodon@bücher.example/tag/a")[0])

    assert about.host == "xn--bcher-kva.example"
    assert about.page == "https://xn--bcher-kva.example/tags/a"
    assert about.where == "bücher.example"
    assert about.scope == "public posts seen by bücher.example"
    assert readable_name("xn--zz--.example") == "xn--zz--.example"


@pytest.mark.parametrize(
    ("server", "said"),
    [
        ("mаstodon.social", "CYRILLIC SMALL LETTER A beside LATIN"),
        ("xn--mstodon-fog.social", "alphabets"),
        ("ｍastodon.social", "no name of a server"),
        ("a..example", "no name of a server"),
        ("a-.example", "no name of a server"),
        (f"{'a' * 64}.example", "no name of a server"),
        ("xn--a.example", "no name of a server"),
        ("bü\u200dcher.example", "no name of a server"),
        ("bücher.example:８０", "no name of a server"),
        ("☃.example", "no name of a server"),
    ],
)
def test_what_is_no_name_of_a_server_is_named(server, said):
    """Among them names that are made to look like others."""
    with pytest.raises(AddressError, match=said):
        parse(f"mastodon@{quote(server)}/tag/a")


@pytest.mark.parametrize(
    "server", ["日本語.example", "пример.example", "東京toky.example"]
)
def test_names_of_one_alphabet_are_names(server):
    """And Japanese beside Latin letters is usual."""
    assert facts(parse(f"mastodon@{server}/tag/a")[0]).where == server


@pytest.mark.parametrize("prefix", ["", "@", "acct:", "acct%3A"])
def test_an_account_is_one_however_it_is_named(prefix):
    """`acct:anna@example.org` is what other software calls it."""
    reference, *_ = parse(f"mastodon/account/{prefix}anna@mastodon.social/followers")

    assert reference.series == "mastodon/account/anna/followers"
