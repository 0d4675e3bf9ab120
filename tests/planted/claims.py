"""Mistakes in live figures: addresses after `stat:`, and claims."""

from planted import Case, Fine, post

CASES = [
    Case(
        name="unknown platform",
        files={
            "content/posts/unknown-platform.md": post(
                "Unknown platform", "Used [over 5](stat:mastdon/tag/metoo) times.\n"
            )
        },
        at="content/posts/unknown-platform.md:5",
        says=('unknown platform "mastdon"', 'did you mean "mastodon"?'),
        mended={
            "content/posts/unknown-platform.md": post(
                "Unknown platform", "Used [over 5](stat:mastodon/tag/metoo) times.\n"
            )
        },
    ),
]

FINE = [
    Fine(
        name="a figure in code",
        files={
            "content/posts/figure-in-code.md": post(
                "Figure in code", "Write `[over 5](stat:mastdon/tag/metoo)`.\n"
            )
        },
    ),
]
