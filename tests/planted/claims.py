"""Mistakes in live figures: addresses after `stat:`, and claims."""

from planted import Case, Fine, post

METOO = "stat:mastodon/tag/metoo"
RIGHT = f"[over 5]({METOO})"


def path_of(name, ending="md"):
    return f"content/posts/{name.lower().replace(' ', '-')}.{ending}"


def text(name, wrong, *says, right=RIGHT, lang="en"):
    """A mistake in the first line of a post's text, and what it says to write."""
    name = f"Claims {name}"
    path = path_of(name)

    def written(figure):
        head = f"Lang: {lang}\nSlug: {path[14:-3]}\n" if lang != "en" else ""
        return head + post(name, f"Used {figure} times.\n")

    line = 5 if lang == "en" else 7
    return Case(
        name=name,
        files={path: written(wrong)},
        at=f"{path}:{line}",
        says=says,
        mended={path: written(right)},
    )


def address(name, wrong, *says, right=METOO):
    """A mistake in an address, which is mended to `right`."""
    return text(name, f"[over 5]({wrong})", *says, right=f"[over 5]({right})")


def claim(name, wrong, right, *says, lang="en", address=METOO):
    """A claim that cannot be read, and one that can."""
    return text(
        f"{lang} {name}",
        f"[{wrong}]({address})",
        *says,
        right=f"[{right}]({address})",
        lang=lang,
    )


def field(name, wrong, right, *says, figures=1):
    """A mistake in a field of the front matter, in its third line."""
    name = f"Claims {name}"
    path = path_of(name)

    def written(line):
        shown = " ".join(f"[over {n}]({METOO})" for n in range(3, 3 + figures))
        head, empty, rest = post(name, f"Text {shown}.\n").partition("Category:")
        return f"{head}{line}\n{empty}{rest}" if line else f"{head}{empty}{rest}"

    return Case(
        name=name,
        files={path: written(wrong)},
        at=f"{path}:3",
        says=says,
        mended={path: written(right)},
    )


ADDRESSES = [
    address("mistyped platform", "stat:mastdon/tag/metoo", 'did you mean "mastodon"?'),
    address("capitals", "stat:Mastodon/Tag/metoo", f"write {METOO}"),
    address("another name", "stat:twitter/tag/a", "write stat:x/tag/a"),
    address("another kind", "stat:mastodon/hashtag/metoo", f"write {METOO}"),
    address("no kind", "stat:mastodon/metoo", f"write {METOO}"),
    address("no platform", "stat:tag/metoo", "platform is missing", METOO),
    address("nothing", "stat:mastodon/tag/", f"write {METOO}"),
    address("empty", "stat:", "nothing is named", METOO),
    address("two slashes", "stat:mastodon//tag/metoo", f"write {METOO}"),
    address("last slash", f"{METOO}/", f"write {METOO}"),
    address("dot", f"{METOO}.", '"." stands in no hashtag', f"write {METOO}"),
    address("comma", f"{METOO},", f"write {METOO}"),
    address("emoji", f"{METOO}❤", '"❤" stands in no hashtag (Mastodon)'),
    address("digits alone", "stat:x/tag/2017", "no letter in it"),
    address(
        "dot on bluesky", "stat:bluesky/tag/metoo.", "write stat:bluesky/tag/metoo"
    ),
    address("comma on gdelt", "stat:gdelt/tag/metoo,", "write stat:gdelt/tag/metoo"),
    address("invisible", f"{METOO}\u2060", "U+2060", f"write {METOO}"),
    address("colons", "stat:mastodon:tag:metoo", f"write {METOO}"),
    address("hash", "stat:mastodon/tag/#MeToo", "stat:mastodon/tag/MeToo"),
    address(
        "https server", "stat:mastodon@https://a.test/tag/metoo", "mastodon@a.test"
    ),
    address("server alone", "stat:a.test/tag/metoo", "write stat:mastodon@a.test/tag"),
    address("account", "stat:mastodon/account/a@b.test", "a%40b.test"),
    address("repository", "stat:github/repository/a/b", "repository/a%2Fb"),
    address("window first", f"{METOO}@2d/posts", f"write {METOO}/posts@2d"),
    address("question mark", f"{METOO}?mode=replace", f"write {METOO}#mode=replace"),
    address("ampersand", f"{METOO}&mode=frozen", f"write {METOO}#mode=frozen"),
    address("semicolon", f"{METOO};as-of=2017-10-16", f"{METOO}#as-of=2017-10-16"),
    address("bar", f"{METOO}|mode=frozen", f"write {METOO}#mode=frozen"),
    address("space before option", f"{METOO} mode=frozen", f"{METOO}#mode=frozen"),
    address("space before hash", f"{METOO} #mode=frozen", f"{METOO}#mode=frozen"),
    address("mode alone", f"{METOO}#replace", f"write {METOO}#mode=replace"),
    address("colon in option", f"{METOO}#mode:frozen", f"write {METOO}#mode=frozen"),
    address("option underscore", f"{METOO}#as_of=2017-10-16", "#as-of=2017-10-16"),
    address("day", f"{METOO}#as-of=16.10.2017", "as-of=YYYY-MM-DD"),
    address("space in hashtag", "stat:mastodon/tag/me too", "one word"),
    address("scheme with capital", "Stat:mastodon/tag/metoo", RIGHT),
    address("scheme in capitals", "STAT:mastodon/tag/metoo", RIGHT),
    address("scheme with s", "stats:mastodon/tag/metoo", RIGHT),
    address("scheme with slashes", "stat://mastodon/tag/metoo", f"write {METOO}"),
    address("scheme with space", "stat :mastodon/tag/metoo", RIGHT),
    address("scheme mistyped", "sat:mastodon/tag/metoo", RIGHT),
    address("scheme missing", "mastodon/tag/metoo", RIGHT),
    address("scheme full-width", "stat\uff1amastodon/tag/metoo", RIGHT),
    address("brackets within", "(stat:mastodon/tag/metoo)", RIGHT),
]

PLACES = [
    text("no bracket", f"[over 5({METOO})", f'"{METOO})" did not become a figure'),
    text("no parenthesis", f"[over 5]({METOO}", "did not become a figure"),
    text("gap", f"[over 5] ({METOO})", f"write [text]({METOO}), all in one piece"),
    text("angle", f"<{METOO}>", "did not become a figure"),
    text("bare", METOO, "did not become a figure"),
    text("html", f'<a href="{METOO}">5</a>', f"[the figure]({METOO})"),
    text("html capital", '<a href="Stat:mastodon/tag/metoo">5</a>', METOO),
    text("image", f"![over 5]({METOO})", "take away the !"),
    text("definition", "[over 5][nowhere]", "has no definition"),
    field(
        "title of it", f"Subtitle: Over [5]({METOO})", "", "cannot stand in Subtitle"
    ),
    field("bare in tags", f"Tags: {METOO}", "Tags: metoo", "cannot stand in Tags"),
    field(
        "figure nine", "Figure: 9", "Figure: 2", "write its number, 1 to 2", figures=2
    ),
    field("figure x", "Figure: x", f"Figure: {METOO}", "no figure of this post"),
    field("figure without", "Figure: 1", "", "there is no figure", figures=0),
    field("two words", "Hashtags: MeToo, two words", "Hashtags: MeToo", '"two words"'),
    field(
        "no commas", "Hashtags: #A1 #B1", "Hashtags: #A1, #B1", "commas between them"
    ),
    field("year", "Hashtags: 2017", "Hashtags: y2017", "with a letter in it"),
    Case(
        name="a figure after the same in code",
        files={
            "content/posts/after-code.md": post(
                "After code", f"`{METOO}`\n\n{RIGHT}\n\n<a href='{METOO}'>5</a>\n"
            )
        },
        at="content/posts/after-code.md:9",
        says=("is no live figure",),
        mended={"content/posts/after-code.md": post("After code", f"{RIGHT}\n")},
    ),
    Case(
        name="a wrong figure after the same in code",
        files={
            "content/posts/wrong-after-code.md": post(
                "Wrong after code",
                "`[over 5](stat:mastdon/tag/a)`\n\n```\n[over 5](stat:mastdon/tag/a)\n"
                "```\n\n[over 5](stat:mastdon/tag/a)\n",
            )
        },
        at="content/posts/wrong-after-code.md:11",
        says=('unknown platform "mastdon"',),
        mended={
            "content/posts/wrong-after-code.md": post(
                "Wrong after code",
                f"`[over 5](stat:mastdon/tag/a)`\n\n{RIGHT}\n",
            )
        },
    ),
    Case(
        name="figures in every place of a text",
        files={
            "content/posts/every-place.md": post(
                "Every place",
                "# In a heading [over 5](stat:mastdn/tag/a)\n\n| a |\n|---|\n"
                "| [over 6](stat:x/tag/a) |\n\n- In a list\n\n> A quotation[^1]\n\n"
                "[^1]: [over 7](stat:x/tag/b)\n",
            )
        },
        at="content/posts/every-place.md:5",
        says=('unknown platform "mastdn"',),
        mended={
            "content/posts/every-place.md": post(
                "Every place",
                "# In a heading [over 5](stat:x/tag/a)\n\n| a |\n|---|\n"
                "| [over 6](stat:x/tag/a) |\n\n- [over 7](stat:x/tag/a)\n\n"
                "> A quotation [over 8](stat:x/tag/a)[^1]\n\n"
                "[^1]: [over 9](stat:x/tag/b)\n",
            )
        },
    ),
    Case(
        name="a figure in reStructuredText",
        files={
            "content/posts/in-rst.rst": "In rst\n######\n\n:date: 2017-10-17\n"
            f":category: News\n\nUsed `over 5 <{METOO}>`_ times.\n"
        },
        at="content/posts/in-rst.rst:7",
        says=(f'"{METOO}" is no live figure', ".md"),
        mended={
            "content/posts/in-rst.rst": "In rst\n######\n\n:date: 2017-10-17\n"
            ":category: News\n\nUsed over 5 times.\n"
        },
    ),
    Case(
        name="a figure in HTML",
        files={
            "content/posts/in-html.html": "<html><head><title>In HTML</title>\n"
            '<meta name="date" content="2017-10-17">\n'
            '<meta name="category" content="News"></head>\n'
            f'<body><p>Used <a href="{METOO}">over 5</a> times.</p></body></html>\n'
        },
        at="content/posts/in-html.html:4",
        says=(f'"{METOO}" is no live figure', ".md"),
        mended={"content/posts/in-html.html": None},
    ),
]

CLAIMS = [
    claim("dot", "over 21.000", "over 21,000", "as 21 or as 21,000; write 21,000"),
    claim("dots", "over 1.234.567", "over 1,234,567", "write 1,234,567"),
    claim("apostrophe", "21'000", "21,000", "write 21,000"),
    claim("underscore", "21\\_000", "21,000", "write 21,000"),
    claim("lakh", "1,23,456", "123,456", "write 123,456"),
    claim("two commas", "1,,234", "1,234", "not how numbers are written"),
    claim("decimals", "12.5", "12.5 million", "whole number"),
    claim("comma and unit", "12,5 million", "12.5 million", "write 12.5 million"),
    claim("comma", "über 21,000", "über 21.000", "write 21.000 or 21", lang="de"),
    claim("commas", "1,234,567", "1.234.567", "write 1.234.567", lang="de"),
    claim("dot", "21.000", "21 000", "write 21 000 or 21", lang="fr"),
    claim("comma", "21,000", "21.000", "write 21.000 or 21", lang="es"),
    claim("comma", "1,234", "1.234", "write 1.234", lang="it"),
    claim("comma", "1,234", "1.234", "write 1.234", lang="pt-BR"),
    claim("dot", "21.000", "21'000", "write 21'000", lang="de-CH"),
    claim("arabic", "٢١٬٠٠٠", "21,000", "Arabic-Indic digits", "21,000"),
    claim("devanagari", "१,२३४", "1,234", "Devanagari digits", "1,234", lang="hi"),
    claim("wide", "２１０００", "21000", "full-width digits", "21000", lang="ja"),
    claim("bengali", "২১০০০", "21000", "Bengali digits"),
    claim("thai", "๕ ล้าน", "5,000,000", "Thai digits"),
    claim("kanji", "三万", "30000", "Chinese numerals", "30000", lang="ja"),
    claim("man", "2万", "20,000", "20,000", lang="ja"),
    claim("roman", "XII", "12", "Roman numeral", "12"),
    claim("half", "½ million", "0.5 million", "fraction", "0.5"),
    claim("percent", "12%", "12", "a share"),
    claim("dollars", "$5", "5", "a sum of money"),
    claim("range", "10–20", "20", "two numbers"),
    claim("year", "in 2017", "2,017", "part of a date"),
    claim("ordinal", "3rd", "3", "which one, not how many"),
    claim("ordinal", "3. Platz", "3", "which one, not how many", lang="de"),
    claim(
        "replaced",
        "oltre 21.000",
        "21.000",
        "not known whether that stays true",
        lang="it",
        address=f"{METOO}#mode=replace",
    ),
]

CASES = [*ADDRESSES, *PLACES, *CLAIMS]


def fine(name, words, lang="en"):
    head = f"Lang: {lang}\n" if lang != "en" else ""
    return Fine(name=name, files={path_of(name): head + post(name, words + "\n")})


FINE = [
    fine("Figure in code", "Write `[over 5](stat:mastdon/tag/metoo)`."),
    fine("Other links", "[5 stats](https://stats.example/a) and Stat: 5; stats: x/y."),
    fine("Encoded hash", "[over 5](stat:mastodon/tag/%23MeToo) of them."),
    fine("Hindi hashtag", "[over 5](stat:mastodon/tag/हिन्दी) of them."),
    fine("Emoji on Instagram", "[over 5](stat:instagram/tag/metoo❤) of them."),
    fine("Tag with signs", "[over 5](stat:stackexchange/tag/c%2B%2B) questions."),
    fine("Title with a question", "[5](stat:wikipedia/article/Who%3F_%28film%29)"),
    fine("Short thousands", f"[over 5k]({METOO}), [1.5M]({METOO}), [2bn]({METOO})"),
    fine("No break", f"[over 21\u202f000]({METOO}), [21\u00a0000]({METOO})"),
    fine("Indian English", f"[1,23,456]({METOO})", lang="en-IN"),
    fine("Swiss", f"[über 21'000]({METOO})", lang="de-CH"),
    fine("German", f"[über 21.000]({METOO}), [1,5 Millionen]({METOO})", lang="de"),
    fine("Counted in Japanese", f"[900件]({METOO})", lang="ja"),
    fine("Italian", f"[oltre 21.000]({METOO})", lang="it"),
    Fine(
        name="a hashtag twice",
        files={
            "content/posts/twice.md": "Hashtags: MeToo, #metoo\n"
            + post("Twice", "A.\n")
        },
    ),
]
