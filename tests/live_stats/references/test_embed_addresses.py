"""Which web addresses are posts and videos, and what is asked about them."""

import pytest

from pelican.plugins.live_stats.references.embeds import recognize


@pytest.mark.parametrize(
    ("url", "platform", "account", "series"),
    [
        ("https://x.com/jack/status/20", "x", "@jack", "x/post/20/likes"),
        ("http://mobile.twitter.com/i/status/20?s=1", "x", "", "x/post/20/likes"),
        ("https://x.com/i/web/status/20", "x", "", "x/post/20/likes"),
        (
            "https://mastodon.social/@Gargron/113900000000000001",
            "mastodon",
            "@Gargron@mastodon.social",
            "mastodon@mastodon.social/post/113900000000000001/likes",
        ),
        (
            "https://a.example/@b@c.example/113900000000000001",
            "mastodon",
            "@b@c.example",
            "mastodon@a.example/post/113900000000000001/likes",
        ),
        (
            "https://bsky.app/profile/did:plc:abc/post/3kabc",
            "bluesky",
            "",
            "bluesky/post/did%3Aplc%3Aabc%2F3kabc/likes",
        ),
        (
            "https://youtu.be/dQw4w9WgXcQ?si=1",
            "youtube",
            "",
            "youtube/video/dQw4w9WgXcQ/views",
        ),
        (
            "https://www.youtube.com/watch?list=1&v=dQw4w9WgXcQ&t=1",
            "youtube",
            "",
            "youtube/video/dQw4w9WgXcQ/views",
        ),
        ("https://vimeo.com/76979871", "vimeo", "", "vimeo/video/76979871/likes"),
        ("https://WWW.X.COM/jack/status/20#top", "x", "@jack", "x/post/20/likes"),
        ("https://m.twitter.com/jack/status/20", "x", "@jack", "x/post/20/likes"),
        (
            "https://a.example/@b/statuses/01H8XJ0F4YZQ8K0Z0Z0Z0Z0Z0Z",
            "mastodon",
            "@b@a.example",
            "mastodon@a.example/post/01H8XJ0F4YZQ8K0Z0Z0Z0Z0Z0Z/likes",
        ),
        (
            "https://a.example/notice/AjUuNzQ4ZGFlOWQzNw?x=1",
            "mastodon",
            "",
            "mastodon@a.example/post/AjUuNzQ4ZGFlOWQzNw/likes",
        ),
        (
            "https://bücher.example/@b/113900000000000001",
            "mastodon",
            "@b@bücher.example",
            "mastodon@xn--bcher-kva.example/post/113900000000000001/likes",
        ),
        (
            "https://a.example/notes/9abcdefghi",
            "misskey",
            "",
            "misskey@a.example/post/9abcdefghi/likes",
        ),
        (
            "https://a.example/w/9c9de5e80a1e484ab099e8",
            "peertube",
            "",
            "peertube@a.example/video/9c9de5e80a1e484ab099e8/views",
        ),
    ],
)  # fmt: skip
def test_a_post_or_video_is_known_by_its_address(url, platform, account, series):
    """With the account that the address names, and the series behind `stat:`."""
    embed = recognize(url)

    assert (embed.platform, embed.account) == (platform, account)
    names = [one.series.replace("mastodon/", "mastodon@mastodon.social/")
             for one in embed.references]  # fmt: skip
    assert series in names


def test_threads_counts_no_post_of_others():
    """Its address is no id of the interface: a card without numbers."""
    assert recognize("https://www.threads.com/@zuck/post/CuW6-7").references == ()


@pytest.mark.parametrize(
    "url",
    [
        "https://x.com/jack",
        "https://x.com/jack/status/twenty",
        "https://x.com/jack/status/20/likes",
        "https://notx.com/jack/status/20",
        "https://x.com.evil.example/jack/status/20",
        "https://medium.com/@someone/12345678",
        "https://www.tiktok.com/@someone/123456789012",
        "https://example.org/@someone/12",
        "https://misskey.io/@someone/113900000000000001",
        "https://example.org/notes/today",
        "https://example.org/w/short",
        "https://ok.ru/notice/AjUuNzQ4ZGFlOWQzNw",
        "https://user@x.com/jack/status/20",
        "https://www.youtube.com/watch?v=short",
        "https://www.youtube.com/@YouTube",
        "https://youtu.be/dQw4w9WgXcQextra",
        "https://vimeo.com/channels/staffpicks",
        "https://example.org/",
    ],
)
def test_what_only_looks_like_one_stays_a_link(url):
    """Another host, another path, a malformed number."""
    assert recognize(url) is None


def test_a_player_is_asked_for_as_little_as_it_can_be():
    """YouTube's without cookies, Vimeo's that does not track; a private key is kept."""
    youtube = recognize("https://youtu.be/dQw4w9WgXcQ")
    vimeo = recognize("https://vimeo.com/76979871/0123abcdef")

    assert youtube.frame_source == "https://www.youtube-nocookie.com"
    assert vimeo.frame_source == "https://player.vimeo.com"
    assert "dnt=1" in vimeo.player and "h=0123abcdef" in vimeo.player
    assert recognize("https://x.com/jack/status/20").frame_source == ""


def test_numbers_are_asked_for_with_the_keys_that_they_need():
    """A key under another name that we know counts as well; no key, no question."""
    x = recognize("https://x.com/jack/status/20")

    assert not x.answerable({})
    assert x.answerable({"BEARER_TOKEN": "key"})
    assert recognize("https://bsky.app/profile/a.b/post/3k").answerable({})
