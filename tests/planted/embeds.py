"""Addresses alone in a paragraph, of posts, of videos or not: none is a mistake."""

from planted import Case, Fine, post

CASES: list[Case] = []

ADDRESSES = {
    "x": "https://x.com/jack/status/20",
    "old x": "http://www.twitter.com/jack/statuses/20?s=20#top",
    "x without account": "https://x.com/i/web/status/20",
    "x photo": "https://x.com/jack/status/20/photo/1",
    "in angle brackets": "<https://x.com/jack/status/20>",
    "mastodon": "https://mastodon.social/@Gargron/113900000000000001",
    "mastodon from elsewhere": "https://a.example/@b@c.example/113900000000000001",
    "bluesky": "https://bsky.app/profile/bsky.app/post/3kabcdefghi2x",
    "bluesky did": "https://bsky.app/profile/did:plc:abc234/post/3kabcdefghi2x",
    "threads": "https://www.threads.net/@zuck/post/CuW6-7KyXme",
    "youtube": "https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=10s",
    "youtube html": "https://www.youtube.com/watch?t=10s&amp;v=dQw4w9WgXcQ",
    "youtu.be": "https://youtu.be/_ab_cdefgh_",
    "shorts": "https://m.youtube.com/shorts/dQw4w9WgXcQ",
    "vimeo": "https://vimeo.com/76979871",
    "private vimeo": "https://vimeo.com/76979871/0123abcdef",
    "malformed x": "https://x.com/jack/status/twenty",
    "malformed youtube": "https://www.youtube.com/watch?v=short",
    "malformed bluesky": "https://bsky.app/profile//post/",
    "a profile": "https://x.com/jack",
    "medium": "https://medium.com/@someone/12345678",
    "anywhere": "https://example.org/a_b_c?x=1&y=2",
    "no host": "https:///nothing",
    "strange host": "https://[::1/x",
    "percent": "https://example.org/%zz",
    "umlaut": "https://example.org/ö/ü",
    "in a sentence": "See https://x.com/jack/status/20 for it.",
    "in a list": "- https://x.com/jack/status/20",
    "in a quotation": "> https://x.com/jack/status/20",
    "in code": "    https://x.com/jack/status/20",
    "two lines": "https://x.com/jack/status/20\nhttps://x.com/jack/status/21",
    "twice": "https://x.com/jack/status/20\n\nhttps://x.com/jack/status/20",
}

FINE = [
    Fine(
        name=f"address: {name}",
        files={
            f"content/posts/address-{n}.md": post(
                f"Address {n}", f"Before.\n\n{address}\n\nAfter.\n"
            )
        },
    )
    for n, (name, address) in enumerate(ADDRESSES.items(), 1)
]
