"""Mistakes in front matter, addresses, languages, encodings and names of files."""

from planted import Case, Fine, post

POSTS = "content/posts/"
PAGES = "content/pages/"
TEXT = "\nSome words.\n"
HTML = (
    "<html><head><title>Of HTML</title>\n"
    '<meta name="date" content="2024-03-05"></head>\n<body>{}</body></html>\n'
)
LONG = "word " * 60


def pelican(lines: str, *, title: str, date: str = "2017-10-17") -> str:
    """A post in Pelican's form: title and date, and `lines` from line 3 on."""
    return f"Title: {title}\nDate: {date}\n{lines}{TEXT}"


def yaml(lines: str, *, title: str, date: str = "2017-10-17") -> str:
    """A post with YAML: title in line 2, date in line 3, `lines` from line 4 on."""
    return f"---\ntitle: {title}\ndate: {date}\n{lines}---{TEXT}"


def swapped(
    name: str,
    wrong: str,
    right: str,
    line: int,
    *says: str,
    form: str = "pelican",
    suffix: str = ".md",
) -> Case:
    """A post whose lines are wrong, and right when mended. `name` is its title."""
    path = f"{POSTS}{name.replace(' ', '-')}{suffix}"
    make = {"pelican": pelican, "yaml": yaml}[form]
    return Case(
        name=name,
        files={path: make(wrong, title=name)},
        at=f"{path}:{line}",
        says=says,
        mended={path: make(right, title=name)},
    )


def whole(name: str, wrong: str | bytes, right: str, line: int, *says: str) -> Case:
    """A post that is wrong as a whole, and what replaces it."""
    path = f"{POSTS}{name.replace(' ', '-')}.md"
    return Case(
        name=name,
        files={path: wrong},
        at=f"{path}:{line}",
        says=says,
        mended={path: right},
    )


def dated(name: str, wrong: str, right: str, *says: str) -> Case:
    return whole(
        name,
        pelican("", title=name, date=wrong),
        pelican("", title=name, date=right),
        2,
        *says,
    )


def moved(name: str, wrong: str, right: str, *says: str) -> Case:
    """A post in a file that nobody reads, and the file where it is read."""
    text = pelican("", title=name)
    return Case(
        name=name,
        files={wrong: text},
        at=f"{wrong}:1",
        says=says,
        mended={wrong: None, right: text},
    )


def page(slug: str, *says: str) -> Case:
    """A page with the name of a folder that the site has."""
    path = f"{PAGES}own-{slug}.md"
    text = "Title: A page\nSlug: {}\n\nWords.\n"
    return Case(
        name=f"a page named {slug}",
        files={path: text.format(slug)},
        at=f"{path}:2",
        says=(f'the address "{slug}/"', "Slug:", *says),
        mended={path: text.format(f"own-{slug}")},
    )


_KEYS = [
    swapped("categroy", "Categroy: N\n", "Category: N\n", 3, 'mean "Category:"?'),
    swapped("tgas", "Tgas: one\n", "Tags: one\n", 3, 'did you mean "Tags:"?'),
    swapped("tag", "Tag: one\n", "Tags: one\n", 3, 'did you mean "Tags:"?'),
    swapped("hashtag", "Hashtag: A\n", "Hashtags: A\n", 3, 'mean "Hashtags:"?'),
    swapped("hash-tags", "Hash-tags: A\n", "Hashtags: A\n", 3, '"Hashtags:"?'),
    swapped("sumary", "Sumary: S\n", "Summary: S\n", 3, 'mean "Summary:"?'),
    swapped("autor", "Autor: A\n", "Author: A\n", 3, 'did you mean "Author:"?'),
    swapped("statsu", "Statsu: hidden\n", "Status: hidden\n", 3, '"Status:"?'),
    swapped("categories", "Categories: N\n", "Category: N\n", 3, '"Category:"?'),
    swapped("language", "Language: de\n", "Lang: de\n", 3, '"Lang:"?'),
    swapped("draft", "Draft: true\n", "Status: draft\n", 3, "write Status: draft"),
    swapped("publishd", "Status: publishd\n", "", 3, 'mean "published"?'),
    swapped("unpublished", "Published: no\n", "", 3, "write Status: draft"),
    swapped("content", "Content: x\n", "Contents: x\n", 3, "another name"),
    swapped("two slugs", "Slug: a-1\nSlug: b-1\n", "Slug: a-1\n", 4, "line 3"),
    swapped("two tags", "Tags: a\nTags: b\n", "Tags: a, b\n", 4, "in one line"),
    swapped("yaml tgas", "tgas: [a]\n", "tags: [a]\n", 4, '"tags:"?', form="yaml"),
    swapped("no colon", "Category N\nTags: a\n", "Tags: a\n", 3, 'is no "Key: value"'),
    swapped("two words", "Hash tags: A\n", "Hashtags: A\n", 3, '"Hashtags:"?'),
    swapped("a bracket", "Tags: [a, b]\n", "Tags: a, b\n", 3, "a list of YAML"),
    swapped("lines", "Tags:\n- a\n- b\n", "Tags: a, b\n", 3, "write Tags: a, b"),
    swapped("template", "Template: artcle\n", "Template: article\n", 3, '"article"?'),
    swapped("zone", "Timezone: Europe/Berln\n", "", 3, 'mean "Europe/Berlin"?'),
    swapped("indent", "Summary: a\n  b\n", "Summary: a\n    b\n", 4, "four spaces"),
]
_DATES = [
    dated("dots", "05.03.2024", "2024-03-05", "2024-03-05 or 2024-05-03"),
    dated("slashes", "03/04/2024", "2024-04-03", "2024-03-04 or 2024-04-03"),
    dated("month 13", "2024-13-01", "2024-01-13", "'2024-13-01' is not a valid date"),
    dated("30 February", "2024-02-30", "2024-02-29", "is not a valid date"),
    dated("yesterday", "yesterday", "2024-02-28", "'yesterday' is not a valid date"),
    dated("no day", "2024-03", "2024-03-01", "is no whole date"),
    dated("a weekday", "Monday", "2024-03-04", "is no whole date"),
    dated("seconds", "1701010000", "2023-11-26", "is not a valid date"),
    dated("two digits", "05-03-24", "2024-03-05", "may be"),
    dated("CET", "2024-03-05 10:00 CET", "2024-03-05 10:00 +0100", "time zone"),
    dated("an hour 25", "2024-03-05 25:00", "2024-03-05 23:00", "is not a valid date"),
    dated("another language", "5. März 2024", "2024-03-05", "is not a valid date"),
    swapped("modified", "Modified: 1.2.2024\n", "", 3, "2024-01-02 or 2024-02-01"),
    whole(
        "no date",
        f"Title: no date\n{TEXT}",
        pelican("", title="no date"),
        1,
        "has no 'date'",
        "Date: 2026-11-24",
    ),
    whole(
        "no YAML date",
        f"---\ntitle: no YAML date\n---\n{TEXT}",
        yaml("", title="no YAML date"),
        1,
        "has no 'date'",
        "below the line ---: date: 2026-11-24",
    ),
]
_TITLES = [
    whole(
        "no front matter",
        "# Some heading\n\nText.\n",
        f"Title: Some heading\nDate: 2026-11-24\n{TEXT}",
        1,
        "no 'title' and no 'date'",
        "Title: Some heading and Date: 2026-11-24",
    ),
    whole(
        "not at the top",
        f"<!-- a comment -->\nTitle: not at the top\nDate: 2017-10-17\n{TEXT}",
        pelican("", title="not at the top"),
        2,
        "no line of a front matter",
        "write it as Title: not at the top at the top",
    ),
    whole(
        "apart",
        f"Title: apart\n\nDate: 2017-10-17\n{TEXT}",
        pelican("", title="apart"),
        3,
        "no line of a front matter",
        "no empty line between",
    ),
    whole(
        "zero width",
        "\u200b" + pelican("", title="zero width"),
        pelican("", title="zero width"),
        1,
        "U+200B",
        "delete it",
    ),
    whole(
        "empty title",
        f"Title:\nDate: 2017-10-17\n{TEXT}",
        pelican("", title="empty title"),
        1,
        "Title: is empty",
    ),
    whole(
        "empty YAML title",
        yaml("", title=""),
        yaml("", title="empty YAML title"),
        2,
        "title: is empty",
    ),
    whole(
        "emoji title",
        pelican("", title="\N{PARTY POPPER}"),
        pelican("Slug: party\n", title="\N{PARTY POPPER}"),
        1,
        "no address can be made of",
        "add a line Slug:",
    ),
    whole(
        "question marks",
        yaml("", title='"???"'),
        yaml("slug: questions\n", title='"???"'),
        2,
        'made of "???"',
    ),
    swapped("long slug", f"Slug: {'a' * 300}\n", "Slug: aaa\n", 3, "300 bytes"),
    swapped("long tag", f"Tags: {LONG}\n", "Tags: words\n", 3, "too long"),
    Case(
        name="two posts of one title",
        files={
            f"{POSTS}twin-a.md": pelican("", title="Twins"),
            f"{POSTS}twin-b.md": yaml("", title="Twins"),
        },
        at=f"{POSTS}twin-b.md:2",
        says=("posts/twins/", f"also that of {POSTS}twin-a.md:1", "Slug:"),
        mended={f"{POSTS}twin-b.md": yaml("slug: twins-2\n", title="Twins")},
    ),
    Case(
        name="a Slug that another title makes",
        files={
            f"{POSTS}slugged-a.md": pelican("", title="Slugged"),
            f"{POSTS}slugged-b.md": pelican("Slug: slugged\n", title="Other words"),
        },
        at=f"{POSTS}slugged-b.md:3",
        says=(f"also that of {POSTS}slugged-a.md:1",),
        mended={f"{POSTS}slugged-b.md": pelican("", title="Other words")},
    ),
    swapped("shared tag", "Tags: Google, Google+\n", "Tags: Google\n", 3, "share"),
]
_PAGES = [
    page("search"),
    page("status"),
    page("data"),
    page("tag"),
    page("category"),
    page("author"),
    page("archives"),
    page("drafts", "a folder of the site"),
    page("theme", "a folder of the site"),
    page("feeds", "a folder of the site"),
    page("pagefind", "a folder of the site"),
]
_LANGUAGES = [
    swapped("deutsch", "Lang: deutsch\n", "Lang: de\n", 3, 'did you mean "de"?'),
    swapped("English", "Lang: English\n", "Lang: en\n", 3, 'did you mean "en"?'),
    swapped("country", "Lang: jp\n", "Lang: ja\n", 3, 'did you mean "ja"?'),
    swapped("deu", "Lang: deu-AT\n", "Lang: de-AT\n", 3, 'mean "de-AT"?'),
    swapped("UK", "Lang: en_UK\n", "Lang: en_GB\n", 3, 'mean "en-GB"?'),
    swapped("xx", "lang: xx\n", "lang: sv\n", 4, "no code", form="yaml"),
]
_YAML = [
    whole(
        "yaml colon",
        yaml("", title="What: a colon"),
        yaml("", title='"What: a colon"'),
        2,
        'put quotes around it: title: "What: a colon"',
    ),
    whole(
        "yaml quote",
        yaml("", title="'Tis the season"),
        yaml("", title='"\'Tis the season"'),
        2,
        "put quotes around it: title: \"'Tis the season\"",
    ),
    whole(
        "yaml bracket",
        yaml("", title="[Draft] A text"),
        yaml("", title='"[Draft] A text"'),
        2,
        'put quotes around it: title: "[Draft] A text"',
    ),
    whole(
        "yaml list as title",
        yaml("", title="[Solved]"),
        yaml("", title='"[Solved]"'),
        2,
        "wants one text, and this is a list",
    ),
    whole(
        "yaml alias",
        yaml("", title="*bold* words"),
        yaml("", title='"*bold* words"'),
        2,
        'title: "*bold* words"',
    ),
    swapped("open list", "tags: [a, b\n", "tags: [a, b]\n", 4, "]", form="yaml"),
    swapped("tab", "x:\n\ty: 1\n", "x:\n  y: 1\n", 5, "the tab", form="yaml"),
    swapped("space", "slug:s-pace\n", "slug: s-pace\n", 4, "colon", form="yaml"),
    swapped("maybe", "draft: maybe\n", "draft: true\n", 4, "true or", form="yaml"),
    swapped("twice", "slug: c\nslug: d\n", "slug: c\n", 5, "line 4", form="yaml"),
    swapped("no text", "category: {a: b}\n", "", 4, "one text", form="yaml"),
    swapped("two", "category: [a, b]\n", "category: a\n", 4, "a list", form="yaml"),
    swapped(
        "hash sign", "hashtags: #metoo\n", 'hashtags: "#metoo"\n', 4, "comment",
        form="yaml",
    ),
    whole(
        "hash in title",
        yaml("", title="Why #metoo matters"),
        yaml("", title='"Why #metoo matters"'),
        2,
        "comment",
        "put quotes around",
    ),
    whole(
        "no end",
        f"---\ntitle: no end\ndate: 2017-10-17\n{TEXT}",
        yaml("", title="no end"),
        1,
        "has no end",
        "write a line ---",
    ),
    whole(
        "toml",
        f'+++\ntitle = "toml"\n+++\n{TEXT}',
        yaml("", title="toml"),
        1,
        "TOML",
        "write --- in place of +++",
    ),
]  # fmt: skip
_FILES = [
    whole(
        "latin-1",
        pelican("Tags: one\n", title="latin-1").encode() + "Größe\n".encode("latin-1"),
        pelican("Tags: one\n", title="latin-1") + "Größe\n",
        6,
        "not UTF-8",
        "0xF6",
        "save it as UTF-8",
    ),
    whole(
        "utf-16",
        pelican("", title="utf-16").encode("utf-16"),
        pelican("", title="utf-16"),
        1,
        "UTF-16",
        "save it as UTF-8",
    ),
    whole(
        "utf-16 without its mark",
        pelican("", title="utf-16 without its mark").encode("utf-16-be"),
        pelican("", title="utf-16 without its mark"),
        1,
        "UTF-16",
    ),
    whole(
        "nul",
        pelican("", title="nul") + "a \0 b\n",
        pelican("", title="nul") + "a b\n",
        5,
        "U+0000",
    ),
    whole("empty file", "", pelican("", title="empty file"), 1, "is empty"),
    whole("blank file", "\n \n", pelican("", title="blank file"), 1, "is empty"),
    Case(
        name="no day in the name",
        files={f"{POSTS}2024-13-05-x.md": f"Title: no day in the name\n{TEXT}"},
        at=f"{POSTS}2024-13-05-x.md:1",
        says=("is not a valid date", "rename the file"),
        mended={
            f"{POSTS}2024-13-05-x.md": None,
            f"{POSTS}2024-12-05-x.md": f"Title: no day in the name\n{TEXT}",
        },
    ),
    moved("capitals", f"{POSTS}capitals.MD", f"{POSTS}capitals.md", "rename it"),
    moved("mixed", f"{POSTS}mixed.Md", f"{POSTS}mixed.md", "rename it to mixed.md"),
    moved("txt", f"{POSTS}a-text.txt", f"{POSTS}a-text.md", "rename it to a-text.md"),
    moved("mdx", f"{POSTS}mdx.mdx", f"{POSTS}mdx.md", "rename it to mdx.md"),
    moved("page mdx", f"{PAGES}mdx.mdx", f"{PAGES}mdx.md", "rename it to mdx.md"),
    moved("top", "content/top.md", f"{POSTS}top.md", f"move it to {POSTS}top.md"),
    moved("post", "content/post/x.md", f"{POSTS}x.md", f"move it to {POSTS}x.md"),
    moved("own drafts", "content/drafts/y.md", f"{POSTS}y.md", "posts are read from"),
    Case(
        name="html in latin-1",
        files={
            f"{POSTS}latin.html": HTML.format("Größe").encode("latin-1"),
        },
        at=f"{POSTS}latin.html:3",
        says=("not UTF-8", "save it as UTF-8"),
        mended={f"{POSTS}latin.html": HTML.format("Größe")},
    ),
    Case(
        name="rst",
        files={f"{POSTS}r.rst": "Rest\n####\n\n:date: 05.03.2024\n:tgas: a\n\nText.\n"},
        at=f"{POSTS}r.rst:5",
        says=('did you mean "tags"?',),
        mended={
            f"{POSTS}r.rst": "Rest\n####\n\n:date: 2024-03-05\n:tags: a\n\nText.\n"
        },
        alone=True,
    ),
]

_OTHER_PROGRAMS = [
    whole(
        "title with HTML",
        pelican("", title="One &#8211; two &amp; three"),
        pelican("", title="One – two & three"),
        1,
        '"&#8211;" is HTML',
        "write –",
    ),
    swapped("url alone", "Url: a/b/\n", "Alias: /a/b/\n", 3, "or write Alias: /a/b/"),
    swapped(
        "save as alone",
        "Save_as: c/d/index.html\n",
        "Save_as: c/d/index.html\nUrl: c/d/\n",
        3,
        "add a line Url: c/d/",
    ),
    swapped(
        "permalink",
        "Permalink: /an/old/place/\n",
        "Alias: /an/old/place/\n",
        3,
        'mean "Alias:"?',
    ),
    swapped(
        "two permalinks",
        "permalink: /a place/\naliases: [/?p=1]\n",
        "permalink: /a place/\n",
        5,
        'the alias "/?p=1" cannot be',
        form="yaml",
    ),
    whole(
        "a later day of Hugo",
        yaml("publishDate: 2017-12-24\n", title="A later day"),
        yaml("", title="A later day", date="2017-12-24"),
        4,
        "this post would be out on 2017-10-17",
        "write date: 2017-12-24",
    ),
    whole(
        "a misspelled date and no other",
        "---\ntitle: No other date\ndtae: 2017-10-17\n---\n\nText.\n",
        "---\ntitle: No other date\ndate: 2017-10-17\n---\n\nText.\n",
        3,
        'did you mean "date:"?',
    ),
]

CASES = [
    *(*_KEYS, *_DATES, *_TITLES, *_PAGES, *_LANGUAGES, *_YAML, *_FILES),
    *_OTHER_PROGRAMS,
]


def _fine(name: str, text: str | bytes, suffix: str = ".md") -> Fine:
    return Fine(
        name=name, files={f"{POSTS}fine-{name.replace(' ', '-')}{suffix}": text}
    )


FINE = [
    Fine(
        name="front matter of other programs",
        files={
            f"{POSTS}of-jekyll.md": yaml(
                "layout: post\ncategories: [jekyll, update]\ntags: [static]\n"
                "permalink: /2017/of-jekyll/\nexcerpt: In short\ncomments: true\n"
                "author:\n  name: Ada\n  email: ada@example.org\nimage: /a.png\n"
                "last_modified_at: 2018-01-01T10:00:00-05:00\n",
                title="Of Jekyll",
            ),
            f"{POSTS}of-hugo.md": yaml(
                "lastmod: 2018-01-02\ndescription: What it is about\n"
                "categories:\n  - Tools\naliases:\n  - /old/of-hugo/\nweight: 3\n"
                "url: /of/hugo/\nparams:\n  a: b\n",
                title="Of Hugo",
                date='"2017-10-17T10:00:00+02:00"',
            ),
            f"{POSTS}of-wordpress.md": yaml(
                'author: admin\nexcerpt: ""\nurl: /posts/of-wordpress/\n'
                "published: true\ncategories: []\npermalink: pretty\n",
                title="Of WordPress",
            ),
            f"{POSTS}unpublished.md": yaml("published: false\n", title="Unpublished"),
        },
    ),
    _fine(
        "yaml of all kinds",
        """---
# A comment, then a quoted title
"title": 'It''s "quoted": all of it'  # a comment
date: 2024-03-05T10:00:00+01:00
modified: 2024-03-06 10:00
tags: [C, C++, "C#", 'a, b']
hashtags:
  - MeToo
  - "#Other"

authors:
- Ann
- Bo
summary: >
  A folded text,
  with *marks*.
draft: false
image: {src: a.png, alt: no, sizes: [1, 2]}
weight: 10
...
Note: this is text, and no key.
""",
    ),
    _fine("yaml words", yaml("category: null\n", title="null")),
    _fine("yaml number", yaml("category: yes\n", title="12:30")),
    _fine("yaml draft", yaml("draft: true\n", title="???")),
    _fine("yaml dates", yaml("", title="D 1", date="'2024-03-05'")),
    _fine("yaml capitals", "---\nTitle: D 2\nDate: 2024-03-05\nTags: a, b\n---\n"),
    _fine("yaml and no text", yaml("", title="D 3").removesuffix(TEXT)),
    _fine("yaml with nulls", yaml("tags:\nslug:\nsummary: ~\n", title="D 4")),
    _fine("yaml below an empty line", "\n" + yaml("", title="D 5")),
    _fine("yaml with a mark", b"\xef\xbb\xbf" + yaml("", title="D 6").encode()),
    _fine("yaml of Windows", yaml("", title="D 7").replace("\n", "\r\n")),
    _fine("Norwegian", yaml("lang: no\n", title="D 8")),
    _fine("old Mac", pelican("", title="E 1").replace("\n", "\r")),
    _fine("pelican below empty lines", "\n\n" + pelican("", title="E 2")),
    _fine("no empty line", "Title: E 3\nDate: 2024-03-05\nText at once.\n"),
    _fine("front matter only", "Title: E 4\nDate: 2024-03-05"),
    _fine("colons", pelican("", title="E 5: a colon: and another")),
    _fine(
        "own keys",
        pelican(
            "Subtitle: S\nRating: 5\nMood: x\nCover: \nData: a.csv\nSeries: T\n"
            "Translator: T\nDescription: D\nImage: i\nComments: off\nLocation: L\n",
            title="E 6",
        ),
    ),
    _fine("a day above 12", pelican("", title="F 1", date="31.12.2023")),
    _fine("a month in words", pelican("", title="F 2", date="March 5, 2024")),
    _fine("RFC 2822", pelican("", title="F 3", date="Tue, 5 Mar 2024 10:00 +0100")),
    _fine("a slash after the year", pelican("", title="F 4", date="2024/3/5")),
    _fine("a day twice", pelican("", title="F 5", date="05.05.2024")),
    _fine("Z", pelican("", title="F 6", date="2024-03-05T10:00Z")),
    _fine("underscore", pelican("Lang: pt_BR\n", title="G 1")),
    _fine("Chinese", pelican("Lang: zh-hans\n", title="G 2")),
    _fine("Latin", pelican("Lang: la\n", title="G 3")),
    _fine("default language", pelican("Lang: EN\n", title="G 4")),
    _fine("markdown", pelican("", title="H 1"), suffix=".markdown"),
    _fine("capitals in status", pelican("Status: Published\n", title="H 3")),
    _fine("empty values", pelican("Lang:\nModified:\nTags: \nMenu:\n", title="H 4")),
    _fine("four dashes", f"----\ntitle: H 5\ndate: 2017-10-17\n----{TEXT}"),
    _fine("an end alone", f"title: H 6\ndate: 2017-10-17\n---{TEXT}"),
    _fine("tags in lines", pelican("Tags: a-1,\n    b-1\n", title="H 2")),
    Fine(
        name="texts that are no posts",
        files={
            "content/README.md": "# About this folder\n\nWords.\n",
            "content/notes/todo.txt": "Note: buy milk\n",
            f"{POSTS}notes.txt": "Words without a title.\n",
            f"{POSTS}folder.md/inner.md": post("Inner", "Words.\n"),
            "content/images/attached.md": post("Attached", "Words.\n"),
            "content/.hidden/h.md": post("Hidden", "Words.\n"),
            "content/notes/later.md": f"Title: L\nStatus: draft\n{TEXT}",
        },
    ),
]
