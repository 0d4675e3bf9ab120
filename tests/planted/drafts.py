"""Mistakes around what is not published: links to drafts, previews without a secret."""

from planted import Case, Fine, post

DRAFT = "Title: {name}\nSlug: {name}\nCategory: Only {name}\nTags: only {name}\n"
DRAFT += "Author: Only {name}\nHashtags: only{name}\n{more}\n\n## Part\n\nText.\n"
PUBLIC = "Date: 2017-10-17"
LATER = "Date: 2999-01-01"


def draft(name: str, more: str = "Status: draft") -> str:
    """A draft, or what `more` makes of it, with terms that no other post has."""
    text = DRAFT.format(name=name, more=more)
    return text.replace(f"only{name}", f"only{name.replace('-', '')}")


def link_to(name: str, link: str, says: str, more: str = "Status: draft") -> Case:
    """A post that links to an unpublished one, which is published as the mend."""
    post_path = f"content/posts/to-{name}.md"
    return Case(
        name=f"a link to {name}",
        files={
            post_path: post(f"To {name}", f"See [it]({link}) here.\n"),
            f"content/posts/{name}.md": draft(name, more),
        },
        at=f"{post_path}:5",
        says=(says, f"content/posts/{name}.md", "publish that, or take the link out"),
        mended={f"content/posts/{name}.md": draft(name, PUBLIC)},
    )


CASES = [
    link_to("by-name", "{filename}by-name.md", "leads to a draft"),
    link_to("from-root", "{filename}/posts/from-root.md", "leads to a draft"),
    link_to("with-fragment", "{filename}with-fragment.md#part", "leads to a draft"),
    link_to("by-pipe", "|filename|by-pipe.md", "leads to a draft"),
    link_to("capital", "{filename}capital.md", "leads to a draft", "Status: Draft"),
    link_to("dated", "{filename}dated.md", "a draft", f"{PUBLIC}\nStatus: draft"),
    link_to("planned", "{filename}planned.md", "a post planned for 2999-01-01", LATER),
    link_to(
        "planned-public",
        "{filename}planned-public.md",
        "a post planned for 2999-01-01",
        f"{LATER}\nStatus: published",
    ),
    Case(
        name="a reference link to a draft",
        files={
            "content/posts/refers.md": post(
                "Refers", "See [it][1].\n\n[1]: {filename}referred.md\n"
            ),
            "content/posts/referred.md": draft("referred"),
        },
        at="content/posts/refers.md:7",
        says=("leads to a draft, content/posts/referred.md",),
        mended={"content/posts/refers.md": post("Refers", "See it.\n")},
    ),
    Case(
        name="a link in HTML to a draft",
        files={
            "content/posts/html-link.md": post(
                "Html link", 'See <a href="{filename}html-linked.md">it</a>.\n'
            ),
            "content/posts/html-linked.md": draft("html-linked"),
        },
        at="content/posts/html-link.md:5",
        says=("leads to a draft, content/posts/html-linked.md",),
        mended={"content/posts/html-linked.md": draft("html-linked", PUBLIC)},
    ),
    Case(
        name="a link of a page to a draft page",
        files={
            "content/pages/out.md": "Title: Out\n\nSee [it]({filename}in-work.md).\n",
            "content/pages/in-work.md": "Title: In work\nStatus: draft\n\nText.\n",
        },
        at="content/pages/out.md:3",
        says=("leads to a draft, content/pages/in-work.md",),
        mended={"content/pages/in-work.md": "Title: In work\n\nText.\n"},
    ),
    Case(
        name="a link of a hidden post to a draft",
        files={
            "content/posts/hidden-out.md": draft(
                "hidden-out", f"{PUBLIC}\nStatus: hidden"
            )
            + "\n[It]({filename}hidden-in.md)\n",
            "content/posts/hidden-in.md": draft("hidden-in"),
        },
        at="content/posts/hidden-out.md:14",
        says=("leads to a draft, content/posts/hidden-in.md",),
        mended={"content/posts/hidden-in.md": draft("hidden-in", PUBLIC)},
    ),
    Case(
        name="a link to the address of a draft",
        files={
            "content/posts/to-address.md": post(
                "To address", "See [it](/drafts/at-address/).\n"
            ),
            "content/posts/at-address.md": draft("at-address"),
        },
        at="content/posts/to-address.md:5",
        says=("leads to a draft, content/posts/at-address.md",),
        mended={"content/posts/to-address.md": post("To address", "See it.\n")},
    ),
    Case(
        name="a link to the category of a draft",
        files={
            "content/posts/to-term.md": post(
                "To term", "See [all]({category}Only to-come).\n"
            ),
            "content/posts/to-come.md": draft("to-come"),
        },
        at="content/posts/to-term.md:5",
        says=("leads to nothing",),
        mended={"content/posts/to-come.md": draft("to-come", PUBLIC)},
    ),
    Case(
        name="a link to a skipped post",
        files={
            "content/posts/to-skipped.md": post(
                "To skipped", "See [it]({filename}skipped.md).\n"
            ),
            "content/posts/skipped.md": draft("skipped", f"{PUBLIC}\nStatus: skip"),
        },
        at="content/posts/to-skipped.md:5",
        says=("leads to",),
        mended={"content/posts/skipped.md": draft("skipped", PUBLIC)},
    ),
    Case(
        name="previews without a secret",
        at="conf.py:11",
        says=("LIVE_STATS_PREVIEW_SECRET is not set", "into .env"),
        settings="LIVE_STATS_PREVIEWS = True",
        mended={".env": "LIVE_STATS_PREVIEW_SECRET=iT5tq2X0Zk3sZ8f1\n"},
        mended_settings="LIVE_STATS_PREVIEWS = True",
    ),
    Case(
        name="previews with a short secret",
        files={".env": "LIVE_STATS_PREVIEW_SECRET=abc\n"},
        at="conf.py:11",
        says=("LIVE_STATS_PREVIEW_SECRET has 3 characters", "into .env"),
        settings="LIVE_STATS_PREVIEWS = True",
        mended={".env": "LIVE_STATS_PREVIEW_SECRET=iT5tq2X0Zk3sZ8f1\n"},
        mended_settings="LIVE_STATS_PREVIEWS = True",
    ),
]

WRONG = (
    "[over 9](stat:nowhere/tag/x) ![It]({static}/images/none.png) [x]({filename}n.md)"
)
FINE = [
    Fine(
        name="a draft with terms of its own",
        files={"content/posts/own-terms.md": draft("own-terms")},
    ),
    Fine(
        name="a planned post with terms of its own",
        files={"content/posts/own-later.md": draft("own-later", LATER)},
    ),
    Fine(
        name="a hidden post with terms of its own",
        files={
            "content/posts/own-hidden.md": draft(
                "own-hidden", f"{PUBLIC}\nStatus: hidden"
            )
        },
    ),
    Fine(
        name="a hidden page with terms of its own",
        files={"content/pages/own-page.md": draft("own-page", "Status: hidden")},
    ),
    Fine(
        name="a draft page",
        files={"content/pages/own-draft.md": draft("own-draft")},
    ),
    Fine(
        name="a hidden translation with a tag of its own",
        files={
            "content/posts/both.md": post("Both", "Text.\n").replace(
                "Date", "Slug: both\nDate"
            ),
            "content/posts/both-de.md": draft(
                "both-de", f"{PUBLIC}\nLang: de\nStatus: hidden"
            ).replace("Slug: both-de", "Slug: both"),
        },
    ),
    Fine(
        name="a draft with every mistake",
        files={"content/posts/wrong-draft.md": draft("wrong-draft") + WRONG},
    ),
    Fine(
        name="a planned post with every mistake",
        files={"content/posts/wrong-later.md": draft("wrong-later", LATER) + WRONG},
    ),
    Fine(
        name="a draft page with every mistake",
        files={"content/pages/wrong-page.md": draft("wrong-page") + WRONG},
    ),
    Fine(
        name="a draft at the address of a post",
        files={
            "content/posts/here.md": post("Here", "Text.\n"),
            "content/posts/here-too.md": draft("here-too").replace(
                "Slug: here-too", "Slug: here"
            ),
        },
    ),
    Fine(
        name="a draft whose tag is written otherwise",
        files={
            "content/posts/tagged.md": post("Tagged", "Text.\n").replace(
                "Date", "Tags: Tea\nDate"
            ),
            "content/posts/tagged-draft.md": draft("tagged-draft").replace(
                "only tagged-draft\n", "tea\n", 1
            ),
        },
    ),
    Fine(
        name="a draft that links to a draft",
        files={
            "content/posts/one.md": draft("one") + "[it]({filename}two.md)\n",
            "content/posts/two.md": draft("two", LATER) + "[it]({filename}one.md)\n",
        },
    ),
    Fine(
        name="a published post that links to a hidden one",
        files={
            "content/posts/to-hidden.md": post(
                "To hidden", "[It]({filename}is-hidden.md)\n"
            ),
            "content/posts/is-hidden.md": draft(
                "is-hidden", f"{PUBLIC}\nStatus: hidden"
            ),
        },
    ),
]
