"""Addresses: what authors write, resolved; what is wrong with them, said."""

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pelican.plugins.live_stats.model.values import hashtag_name
from pelican.plugins.live_stats.providers import BY_NAME
from pelican.plugins.live_stats.providers.base import kind_of
from pelican.plugins.live_stats.references.catalogue import (
    AddressError,
    facts,
    from_series,
    meant_by_link,
    parse,
    repaired,
)


@pytest.mark.parametrize(
    ("address", "series"),
    [
        ("stat:mastodon/tag/metoo", "mastodon/tag/metoo/posts@6d"),
        ("mastodon/tag/metoo", "mastodon/tag/metoo/posts@6d"),
        ("stat:mastodon/tag/%23MeToo/posts@2d", "mastodon/tag/metoo/posts@2d"),
        ("stat:mastodon@mastodon.social/tag/a", "mastodon/tag/a/posts@6d"),
        (
            "stat:mastodon@fosstodon.org/post/113/likes",
            "mastodon@fosstodon.org/post/113/likes",
        ),
        ("stat:mastodon/account/a%40b.test", "mastodon/account/a%40b.test/followers"),
        ("stat:x/tag/metoo/posts@7d", "x/tag/metoo/posts@7d"),
        ("stat:x/post/919659438700670976", "x/post/919659438700670976/reposts"),
        ("stat:x/post/1/likes@all", "x/post/1/likes"),
        ("stat:bluesky/post/a.test%2F3k", "bluesky/post/a.test%2F3k/likes"),
        (
            "stat:wikipedia@de.wikipedia/article/Caf%C3%A9",
            "wikipedia@de.wikipedia/article/Caf%C3%A9/views@30d",
        ),
        ("stat:all/tag/metoo@2d", "all/tag/metoo/posts@2d"),
        ("stat:mastodon/tag/Stra%C3%9Fe", "mastodon/tag/stra%C3%9Fe/posts@6d"),
        ("stat:mastodon/tag/l%C2%B7l_2", "mastodon/tag/l%C2%B7l_2/posts@6d"),
        (
            "stat:mastodon/tag/%E0%A4%B9%E0%A4%BF%E0%A4%A8%E0%A5%8D",
            "mastodon/tag/%E0%A4%B9%E0%A4%BF%E0%A4%A8%E0%A5%8D/posts@6d",
        ),
        ("stat:bluesky/tag/me-too", "bluesky/tag/me-too/posts@6d"),
        (
            "stat:stackexchange/tag/c%2B%2B",
            "stackexchange/tag/c%2B%2B/questions",
        ),
        ("stat:wikipedia/article/Who%3F", "wikipedia/article/Who%3F/views@30d"),
    ],
)
def test_an_address_names_one_series(address, series):
    """Defaults are filled in, and one thing has one spelling."""
    reference, _ = parse(address)

    assert reference.series == series
    assert from_series(series) == reference


NO_SERVER = ("is no name of a server", "write mastodon@example.org")


@pytest.mark.parametrize(
    ("address", "what", "mend"),
    [
        (
            "stat:mastdon/tag/a",
            'unknown platform "mastdon"',
            'did you mean "mastodon"?',
        ),
        ("stat:x/tagg/a", 'unknown kind of subject on X "tagg"', 'did you mean "tag"?'),
        ("stat:x/post/1/like", 'unknown metric "like"', 'did you mean "likes"?'),
        (
            "stat:x/tag/a#mode=replce",
            'unknown mode "replce"',
            'did you mean "replace"?',
        ),
        ("stat:x/tag/a#mod=replace", 'unknown option "mod"', 'did you mean "mode"?'),
        ("stat:x/tag/a#mode", "has no value", "write mode=…"),
        ("stat:x/tag/a#mode=frozen&mode=frozen", "twice", "keep one"),
        ("stat:x/tag/a#as-of=2017-02-30", 'no day "2017-02-30"', "YYYY-MM-DD"),
        ("stat:x/tag/a#as-of=20170201", "no day", "YYYY-MM-DD"),
        ("stat:x/tag/a#source=here", "no web address", "https://"),
        ("stat:mastodon/tag/a@7d", "6 complete days at most", "write @6d"),
        ("stat:mastodon/tag/a@all", "6 complete days at most", "write @6d"),
        ("stat:mastodon/tag/a/accounts@2d", "one complete day", "write @1d"),
        ("stat:x/post/1/likes@7d", "of all time", "leave @7d out"),
        ("stat:mastodon/tag/a@week", 'no window "week"', "@7d"),
        ("stat:mastodon/tag/a@0d", 'no window "0d"', "@7d"),
        ("stat:x@example.org/tag/a", "without servers", "leave @example.org out"),
        ("stat:mastodon@-/tag/a", "no name of a server", "mastodon@example.org"),
        (r"stat:mastodon@evil.example\@mastodon.social/tag/a", *NO_SERVER),
        ("stat:mastodon@someone%40mastodon.social/tag/a", *NO_SERVER),
        (
            "stat:mastodon@mastodon.social%0A/tag/a",
            'social%0A" is no name',
            "mastodon@",
        ),
        ("stat:mastodon@ma%C5%BFtodon.social/tag/a", *NO_SERVER),
        ("stat:mastodon@example.org:%D9%A4/tag/a", *NO_SERVER),
        ("stat:mastodon@example.org%3Fa/tag/a", *NO_SERVER),
        (r"stat:https://evil.example\@mastodon.social/tags/a/posts", *NO_SERVER),
        ("stat:https://someone@mastodon.social/tags/a/posts", *NO_SERVER),
        ("stat:x", "nothing to count", "stat:x/tag/metoo"),
        ("stat:x/tag/", "nothing to count", "stat:x/tag/metoo"),
        ("stat:bluesky/post/a/b/likes", "too many parts", "%2F"),
        ("stat:x/tag/a b", "a space", "%20"),
        ("stat:x/tag/a?mode=replace", 'not behind "?"', "stat:x/tag/a#mode=replace"),
        ("stat:x/tag/a&mode=frozen", 'not behind "&"', "stat:x/tag/a#mode=frozen"),
        ("stat:x/tag/a;as-of=2017-10-16", 'not behind ";"', "a#as-of=2017-10-16"),
        (
            "stat:x/tag/a?mode=frozen/posts@2d#as-of=2017-10-16",
            "stand behind #",
            "write stat:x/tag/a/posts@2d#mode=frozen&as-of=2017-10-16",
        ),
        ("stat:x/tag/a?lang=en", 'a "?"', "%3F"),
        ("stat:wikipedia/article/Who?/views", 'a "?"', "%3F"),
        ("stat:x/tag/#metoo/posts", "begin at the #", "stat:x/tag/metoo/posts"),
        ("stat:x/tag/a#mode=frozen;as-of=2017-10-16", "parted by &", "#mode=frozen&as"),
        ("stat:x/tag/a#mode=frozen#as-of=2017-10-16", "parted by &", "#mode=frozen&as"),
        ("stat:x/tag/a#source=https://b.example/;mode=frozen", "parted", "/&mode="),
        ("stat:x/tag/a#source=https://b.example/?c=1&d=2", 'option "d"', "%26"),
        ("stat:x/tag/a%3Fmode%3Dreplace", '"?" stands in no hashtag', "letters"),
        ("stat:all/tag/me-too", '"-" stands in no hashtag', "letters, digits and _"),
        ("stat:x/tag/me%23too", '"#" stands in no hashtag', "letters"),
        ("stat:x/tag/me%20too", "one word", "without spaces"),
        ("stat:x/tag/metoo%E2%80%8B", "U+200B stands in no hashtag", "letters"),
        ("stat:gdelt/tag/metoo%3Fmode%3Dreplace", "is no tag on GDELT", "such as"),
    ],
)
def test_what_is_wrong_is_said_with_its_mend(address, what, mend):
    """Each mistake has words of its own, and the nearest right thing."""
    with pytest.raises(AddressError) as caught:
        parse(address)

    assert what in caught.value.what
    assert mend in caught.value.mend


@pytest.mark.parametrize(
    ("address", "meant"),
    [
        ("stat://mastodon/tag/metoo", "mastodon/tag/metoo"),
        ("stats:mastodon/tag/metoo", "mastodon/tag/metoo"),
        ("stat: mastodon/tag/metoo", "mastodon/tag/metoo"),
        ("stat:MASTODON/TAG/metoo/Posts", "mastodon/tag/metoo/posts"),
        ("stat:mastodon@https://a.test/tag/a", "mastodon@a.test/tag/a"),
        ("stat:a.test/tags/metoo/posts", "https://a.test/tags/metoo/posts"),
        ("stat:twitter.com/tag/a", "x/tag/a"),
        ("stat:yt/videos/dQw4w9WgXcQ", "youtube/video/dQw4w9WgXcQ"),
        ("stat:mastodon/status/1/likes", "mastodon/post/1/likes"),
        ("stat:mastodon@a.test/post/1/retweets", "mastodon@a.test/post/1/reposts"),
        ("stat:mastodon@a.test/tag/a/tweets@2d", "mastodon@a.test/tag/a/posts@2d"),
        ("stat:mastodon/tag/“metoo”", "mastodon/tag/metoo"),
        ("stat:wikipedia/article/MeToo movement", "wikipedia/article/MeToo_movement"),
        ("stat:bluesky/post/a.test/3k/likes", "bluesky/post/a.test%2F3k/likes"),
        ("stat:x/tag/a #mode = replace", "x/tag/a#mode=replace"),
        ("stat:x/tag/a#asof:2017-10-16", "x/tag/a#as-of=2017-10-16"),
    ],
)
def test_what_was_meant_is_offered_whole(address, meant):
    """A slip is mended in the message, where it is plain what was meant."""
    with pytest.raises(AddressError) as caught:
        parse(address)

    assert caught.value.mend == f"write stat:{meant}"
    assert parse(meant)


@given(st.text('statmodxy:/@#?=&%.,; "(⁠é❤1', max_size=30))
def test_an_address_that_is_offered_can_be_read(text):
    """No mend is a mistake itself."""
    offered = repaired(text)
    if offered:
        assert parse(offered)


@pytest.mark.parametrize(
    ("href", "text", "meant"),
    [
        ("Stat:x/tag/a", "5", "stat:x/tag/a"),
        ("stats:x/tag/a", "many", "stat:x/tag/a"),
        ("https://stat:x/tag/a", "5", "stat:x/tag/a"),
        ("x/tag/a", "over 5", "stat:x/tag/a"),
        ("x/tag/a", "a page", ""),
        ("posts/x/tag/a", "5", ""),
        ("stats/2017.html", "5", ""),
        ("https://stats.example/x/tag/a", "5", ""),
        ("state/5", "5", ""),
        ("tel:+15", "5", ""),
        ("#stat", "5", ""),
    ],
)
def test_a_link_that_was_to_be_a_figure_is_told_from_others(href, text, meant):
    """Its scheme is misspelt; without any, its text has a number."""
    assert meant_by_link(href, text) == meant


@pytest.mark.parametrize(
    "address",
    [
        "mastodon/account/a,b", "mastodon/account/a?b", "mastodon/account/a.",
        "bluesky/account/a b", "facebook/page/a.", "instagram/account/a.",
        "x/post/٩١", "plausible/site/a;b", "buttondown/newsletter/a=b",
        "bluesky/tag/a)", "threads/tag/a…", "hackernews/tag/a\\b", "tumblr/tag/'a'",
        "wikipedia/article/A[1]", "wikipedia/article/A|B", "mastodon/tag/_",
    ],
)  # fmt: skip
def test_a_subject_has_only_characters_of_the_platforms_names(address):
    """What is left of a sentence, or of an option, is no part of a name."""
    with pytest.raises(AddressError):
        parse(address)


@pytest.mark.parametrize("platform", sorted(BY_NAME))
@pytest.mark.parametrize("word", ["metoo", "हिन्दी", "東京", "ünïcode", "a_1", "ไทย"])
def test_hashtags_in_every_script_are_counted_everywhere(platform, word):
    """What a post may name as its hashtag is a tag on every platform that has tags."""
    if kind_of(BY_NAME[platform], "tag"):
        assert parse(f"{platform}/tag/{word}")[0].subject == word


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Fußball", "fußball"),
        ("FUẞBALL", "fußball"),
        ("STRASSE", "strasse"),
        ("Ολυμπιακός", "ολυμπιακός"),
        ("ΣΟΦΟΣ", "σοφος"),
        ("σοφοσ", "σοφοσ"),  # σ and ς are two letters: neither becomes the other
        ("İstanbul", "i\u0307stanbul"),  # as Mastodon has it: an i that keeps its dot
        ("ISPARTA", "isparta"),
        ("Cafe\u0301", "caf\u00e9"),
        ("＃ＭｅＴｏｏ", "metoo"),
        ("ｶﾞ", "ガ"),
        ("हिन्दी", "हिन्दी"),
    ],
)
def test_a_hashtag_keeps_its_letters(written, name):
    """Lower case, and one spelling of each letter; no letter becomes another."""
    reference, _ = parse(f"mastodon/tag/{quote(written, safe='')}")

    assert reference.subject == name
    assert from_series(reference.series) == reference


@given(st.text(max_size=12))
def test_the_name_of_a_hashtag_is_its_own_name(text):
    """A series read back from the history means the same word."""
    assert hashtag_name(hashtag_name(text)) == hashtag_name(text)


def test_another_usual_server_is_written_out():
    """A series never changes what it measures because the environment did."""
    reference, _ = parse("mastodon/tag/a", servers={"mastodon": "example.org"})

    assert reference.series == "mastodon@example.org/tag/a/posts@6d"
    assert facts(reference).where == "example.org"


def test_options_are_decoded():
    """What stands behind # is ours; a source keeps its own query."""
    _, options = parse(
        "stat:x/tag/a#mode=frozen&as-of=2017-10-16&source=https://a.example/%3Fb=1"
    )

    assert options == {
        "mode": "frozen",
        "as-of": "2017-10-16",
        "source": "https://a.example/?b=1",
    }


@given(st.text(max_size=40))
def test_any_text_is_resolved_or_refused(text):
    """Nothing but AddressError comes out."""
    for address in (text, f"stat:{text}", f"stat:x/tag/{text}"):
        try:
            reference, _ = parse(address)
        except AddressError:
            continue
        assert from_series(reference.series) == reference


@pytest.mark.parametrize("name", ["facebook", "instagram", "tiktok"])
def test_closed_numbers_say_since_when_and_why(name):
    """A reference to what nobody counts is a reference, with its reason."""
    about = facts(parse(f"stat:{name}/tag/metoo")[0])

    assert about.unavailable
    assert about.unavailable.reason and about.unavailable.as_of


@pytest.mark.parametrize(
    ("address", "series"),
    [
        ("https://x.com/A/status/1/likes", "x/post/1/likes"),
        ("https://twitter.com/A/status/1?s=20/likes", "x/post/1/likes"),
        ("https://x.com/A/status/1/likes?s=20", "x/post/1/likes"),
        ("https://x.com/A/status/1/photo/1/views", "x/post/1/views"),
        ("https://x.com/A/followers", "x/account/A/followers"),
        ("https://mastodon.social/@a/113/likes", "mastodon/post/113/likes"),
        ("https://b.example/@a/113/likes", "mastodon@b.example/post/113/likes"),
        (
            "https://b.example/@a@c.example/113/likes",
            "mastodon@b.example/post/113/likes",
        ),
        (
            "https://b.example/tags/metoo/posts@2d",
            "mastodon@b.example/tag/metoo/posts@2d",
        ),
        (
            "https://bsky.app/profile/a.test/post/3k/likes",
            "bluesky/post/a.test%2F3k/likes",
        ),
        (
            "https://news.ycombinator.com/item?id=8863/points",
            "hackernews/post/8863/points",
        ),
        ("https://github.com/a/b/stars", "github/repository/a%2Fb/stars"),
        (
            "https://de.m.wikipedia.org/wiki/MeToo",
            "wikipedia@de.wikipedia/article/MeToo/views@30d",
        ),
        ("https://lemmy.world/post/1/points", "lemmy/post/1/points"),
        ("https://tube.example/w/abc/views", "peertube@tube.example/video/abc/views"),
        ("https://vimeo.com/1/likes#mode=replace", "vimeo/video/1/likes"),
    ],
)
def test_an_address_from_the_browser_is_a_reference(address, series):
    """Whose it is, what it names and which number is meant."""
    assert parse(f"stat:{address}")[0].series == series


@pytest.mark.parametrize(
    ("address", "what", "mend"),
    [
        ("https://x.com/A/status/1", "several numbers", "reposts, likes"),
        ("https://x.com/A/status/1/like", 'unknown metric "like"', "likes"),
        ("https://nobody.example/a", "no platform here", "make platforms"),
        ("https://b.example/@a@c.example", "several numbers", "followers"),
        ("https://x.com/A/status/1/likes@7days", 'no window "7days"', "@7d"),
        (
            "x/post/https://x.com/A/status/1/likes",
            "web address of a post",
            "stat:https",
        ),
        (
            "mastodon/post/https%3A%2F%2Fx.com%2FA%2Fstatus%2F1%2Flikes",
            "post on X, not of a post on Mastodon",
            "right behind stat:",
        ),
        ("x.com/A/status/1", 'unknown platform "x.com"', "stat:https://x.com"),
        ("x/post/abc/likes", '"abc" is no post on X', "digits"),
        (
            "https://x.com/A/status/1/likes?s=20&mode=frozen",
            "options stand behind #",
            "likes?s=20#mode=frozen",
        ),
        ("https://b.example/tags/me%3Ftoo/posts", "in no hashtag", "letters"),
    ],
)
def test_a_wrong_address_says_how_to_mend_it(address, what, mend):
    """What is wrong, and what to write instead."""
    with pytest.raises(AddressError) as caught:
        parse(f"stat:{address}")

    assert what in caught.value.what
    assert mend in caught.value.mend


@pytest.mark.parametrize(
    ("host", "mend"),
    [
        ("www.tiktok.com", "stat:tiktok/tag/metoo"),
        ("m.tiktok.com", "approved researchers"),
        ("TikTok.com:443", "approved researchers"),
        ("medium.com", "plain text"),
        ("anna.medium.com", "plain text"),
        ("substack.com", "plain text"),
        ("anna.substack.com", "plain text"),
        ("threads.net", "stat:threads/tag"),
        ("www.threads.com", "stat:threads/tag"),
        ("music.youtube.com", "stat:youtube/video"),
        ("pinterest.com", "counts no hashtags"),
        ("www.pinterest.co.uk", "counts no hashtags"),
        ("de.pinterest.com", "counts no hashtags"),
        ("x.com", "stat:x/post"),
        ("facebook.com", "stat:facebook/"),
        ("instagram.com", "stat:instagram/"),
        ("linkedin.com", "organisation"),
        ("reddit.com", "stat:reddit/"),
        ("bsky.app", "stat:bluesky/"),
        ("github.com", "stat:github/"),
        ("gitlab.com", "plain text"),
        ("vk.com", "plain text"),
        ("ok.ru", "plain text"),
        ("truthsocial.com", "plain text"),
        ("www.google.co.uk", "plain text"),
        ("anna.blogspot.de", "plain text"),
        ("rumble.com", "plain text"),
        ("odysee.com", "plain text"),
    ],
)
def test_a_host_that_is_no_server_is_not_asked_as_one(host, mend):
    """Forms that Mastodon, Lemmy and their kin have are no sign of them there."""
    for path in (
        "@a/followers",
        "c/a/posts",
        "tags/a/posts",
        "@a/1/likes",
        "w/a/views",
    ):
        if host == "github.com" and path[0] != "@":
            continue  # c/a is a repository
        with pytest.raises(AddressError) as caught:
            parse(f"stat:https://{host}/{path}")

        assert "no platform here knows this address of" in caught.value.what
        assert mend in str(caught.value)
    for platform in ("mastodon", "lemmy", "misskey", "peertube", "pixelfed"):
        kind = "video" if platform == "peertube" else "post"
        with pytest.raises(AddressError) as caught:
            parse(f"stat:{platform}@{host}/{kind}/1")

        assert "is no server of" in caught.value.what


@pytest.mark.parametrize(
    ("address", "series"),
    [
        ("https://book.ru/@a/followers", "mastodon@book.ru/account/a/followers"),
        ("https://www.youtube.com/@a/followers", "youtube/account/%40a/followers"),
        ("https://a.tumblr.com/post/1/notes", "tumblr/post/a%2F1/notes"),
        ("https://www.tiktok.com/tag/metoo", "tiktok/tag/metoo/videos"),
    ],
)
def test_other_hosts_and_known_addresses_are_as_they_were(address, series):
    """A name that only ends alike may be a server; a platform knows its own."""
    assert parse(f"stat:{address}")[0].series == series
