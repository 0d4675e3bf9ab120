"""Addresses from the browser and spellings of subjects: which work, and which cannot.

All stand in one post, a line for each.
"""

from planted import Case, Fine, post

METOO = "stat:mastodon/tag/metoo"
PATH = "content/posts/many-addresses.md"
NOWHERE = "no platform here knows this address of"
# Of what cannot be counted, or is no name: what is said, in parts.
WRONG = {
    "stat:https://tiktok.com/@anna/followers": ("approved researchers", "plain text"),
    "stat:https://medium.com/@anna/followers": (NOWHERE, "plain text"),
    "stat:https://www.threads.net/@anna/followers": ("somebody else's account",),
    "stat:https://threads.com/@anna/post/CuW6-7/likes": ("not in the address",),
    "stat:https://anna.substack.com/@anna/followers": (NOWHERE, "plain text"),
    "stat:https://youtube.com/c/anna/followers": ("by its @handle",),
    "stat:https://pinterest.com/tags/metoo/posts": ("counts no hashtags",),
    "stat:https://www.instagram.com/reel/Cabc_1/likes": ("not in the address",),
    "stat:https://m.facebook.com/groups/1/members": ("no number of a group",),
    "stat:https://de.linkedin.com/in/anna/followers": ("an organisation its own",),
    "stat:https://stackoverflow.com/questions/1/why/views": ("a single question",),
    "stat:https://github.com/anna/followers": ("an account on GitHub",),
    "stat:https://t.me/telegram/12/views": ("no number of a post",),
    "stat:https://bit.ly/abc/views": ("does not say what it leads to", "open it"),
    "stat:https://vk.com/@anna/followers": (NOWHERE, "plain text"),
    "stat:https://keybase.io/@anna/followers": (NOWHERE, "plain text"),
    "stat:https://misskey.io/@anna/followers": ("notes and hashtags",),
    "stat:https://lemmy.world/u/anna/posts": ("this is a person",),
    "stat:https://tube.example/a/anna/followers": ("this is a channel",),
    "stat:https://friends.example/display/a1-b2/likes": ("Friendica", "a post"),
    "stat:https://nobody.example/some/page/likes": (NOWHERE, "make platforms"),
    "stat:https://x.com/jack/status/20/boosts": ('unknown metric "boosts"', "known:"),
    "stat:https://x.com/jack/status/20?s=20": ("several numbers", "reposts"),
    "stat:https://de.wikipedia.org/wiki/MeToo#moed=frozen": ('option "moed"', "mode"),
    "stat:https://weibo.com/u/123/followers": (NOWHERE, "write the number as plain"),
    "stat:https://forum.example/questions/12/views": (NOWHERE, "make platforms"),
    "stat:x.com/jack/status/20/likes": ('platform "x.com"', "write stat:https://x.com"),
    "stat:www.youtube.com/watch?v=jNQXAC9IVRw": ("write stat:https://www.youtube",),
    "stat:twitch/account/anna/followers": ("nobody here can ask twitch",),
    "stat:spotify/artist/anna/followers": ("nobody here can ask spotify",),
    "stat:twiter/tag/metoo": ('unknown platform "twiter"', 'did you mean "x"?'),
    "stat:blusky/tag/metoo": ('did you mean "bluesky"?',),
    "stat:mastodon/tag/me-too": ("stands in no hashtag", "only: metoo"),
    "stat:mastodon/tag/❤metoo": ("stands in no hashtag", "only: metoo"),
    "stat:mastodon/tag/metoo·": ("only between the letters", "write metoo"),
    "stat:mastodon/tag/2017": ("there is no letter in it",),
    "stat:mastodon@mаstodon.social/tag/a": ("CYRILLIC SMALL LETTER A", "look like"),
    "stat:mastodon@xn--zz--.example/tag/a": ("is no name of a server",),
    "stat:mastodon@a..b.example/tag/a": ("is no name of a server",),
    "stat:youtube/account/%40anna/members": ('unknown metric "members"', "known:"),
    "stat:facebook/page/anna/subscribers": ('unknown metric "subscribers"',),
}  # fmt: skip
RIGHT = (
    "stat:HTTPS://WWW.X.COM/jack/status/20/likes",
    "stat:http://m.twitter.com/jack/status/20/likes/",
    "stat:https://x.com/jack/status/20?s=20&utm_source=a/retweets#top",
    "stat:https://youtu.be/dQw4w9WgXcQ?si=abc/views",
    "stat:https://youtube.com/@anna/videos/subscribers",
    "stat:https://old.reddit.com/r/metoo/members",
    "stat:https://np.reddit.com/r/metoo/comments/abc123/title/upvotes",
    "stat:https://de.m.wikipedia.org/wiki/meToo_Bewegung#Kritik",
    "stat:https://de.wikipedia.org/wiki/MeToo#Kritik/views#mode=frozen",
    "stat:https://en.wikipedia.org/w/index.php?title=MeToo_movement&action=history",
    "stat:wikipedia/article/meToo%20movement",
    "stat:https://social.example/@anna/statuses/01H8XJ0F4YZQ8K0Z0Z0Z0Z0Z0Z/favourites",
    "stat:https://social.example/notice/AjUuNzQ4ZGFlOWQ/boosts",
    "stat:https://social.example/users/anna/followers",
    "stat:https://social.example/profile/anna/followers",
    "stat:https://social.example/notes/9abcdefghi/renotes",
    "stat:https://tube.example/videos/watch/abc-1/plays",
    "stat:https://social.example/c/metoo@lemmy.ml/members",
    "stat:https://bücher.example/@anna/followers",
    "stat:mastodon@bücher.example/tag/metoo",
    "stat:https://github.com/a/b/stargazers",
    "stat:https://t.me/s/telegram/subscribers",
    "stat:mastodon/tag/Fußball",
    "stat:mastodon/tag/Ολυμπιακός",
    "stat:mastodon/tag/İstanbul",
    "stat:mastodon/tag/ＭｅＴｏｏ",
    "stat:mastodon/tag/ﾄｷｮｳ",
    "stat:mastodon/tag/col·lecció",
    "stat:mastodon/tag/スター・ウォーズ",
    "stat:mastodon/tag/می‌خواهم",
    "stat:mastodon/tag/हिन्दी",
    "stat:mastodon/tag/cafe\u0301",
    "stat:instagram/tag/❤️",
)


def text(addresses):
    lines = "".join(f"[over {n}]({one}) times.\n\n" for n, one in enumerate(addresses))
    return post("Many addresses", lines)


SHORT = "content/posts/short.md"
BEFORE = "[](stat:https://x.com/jack/status/20/likes)\n\n"
BEGINNING = Case(
    name="a slip in an address that another begins with",
    files={SHORT: post("Short", f"{BEFORE}[](stat:https://x.com/jack)\n")},
    at=f"{SHORT}:7",
    says=("account on X has several numbers", "…/followers"),
    mended={SHORT: post("Short", f"{BEFORE}[](stat:https://x.com/jack/followers)\n")},
)
CASES = [
    BEGINNING,
    *(
        Case(
            name=f"address {address}",
            files={PATH: text(WRONG)},
            at=f"{PATH}:{5 + 2 * n}",
            says=says,
            mended={PATH: text([METOO])},
        )
        for n, (address, says) in enumerate(WRONG.items())
    ),
]
FINE = [
    Fine(
        name="pasted and spelled addresses",
        files={
            "content/posts/right-addresses.md": text(RIGHT).replace(
                "Many addresses", "Right addresses"
            )
        },
    ),
    Fine(
        name="hashtags with signs between their letters",
        files={
            "content/posts/signs-in-hashtags.md": post(
                "Signs in hashtags", "Text.\n"
            ).replace(
                "\n\n", "\nHashtags: col·lecció, スター・ウォーズ, می‌خواهم\n\n", 1
            )
        },
    ),
]
