"""What stops no build and is worth a look: only `check` tells it."""

import json

from planted import Case, Fine, post
from support.pictures import picture

NOW = "2026-11-24T11:00:00Z"
LONG_AGO = "2026-11-01T11:00:00Z"

READINGS = {
    "x/post/10/reposts": (24318, NOW),
    "x/post/11/reposts": (850, NOW),
    "x/post/12/reposts": (500, LONG_AGO),
    "x/post/13/reposts": (500, NOW),
    "x/post/14/reposts": (24318, NOW),
    "github/tag/blogging/repositories": (50, LONG_AGO),
}
HISTORY = "".join(
    json.dumps(
        {
            "exactness": "exact",
            "from": None,
            "observed_at": time,
            "series": series,
            "source": "https://x.example/",
            "to": None,
            "value": value,
        }
    )
    + "\n"
    for series, (value, time) in READINGS.items()
)
UNKNOWN = {"x/post/15/reposts": "X has no post 15"}
UNKNOWN |= {"x/post/16/reposts": "X has no post 16"}
UNKNOWN |= {"x/tag/neverused/posts@6d": "X has no tag neverused"}
STATE = [
    {"kind": "collection", "at": NOW},
    {
        "kind": "series",
        "name": "x/post/12/reposts",
        "checked_at": LONG_AGO,
        "failure": "api.x.com did not answer",
        "failed_at": NOW,
    },
    {"kind": "series", "name": "x/post/13/reposts", "checked_at": NOW},
]
STATE += [
    {"kind": "series", "name": series, "failure": failure, "unknown": True}
    for series, failure in UNKNOWN.items()
]
HELD = {"event": "held", "series": "x/post/13/reposts", "value": 99999, "at": NOW}
READ = {
    "content/data/observations/2026-11.jsonl": HISTORY,
    "content/data/state.jsonl": "".join(f"{json.dumps(line)}\n" for line in STATE),
    "content/data/journal/2026-11.jsonl": f"{json.dumps(HELD)}\n",
}
"""The readings of all cases, the same for each."""


def advised(name, title, text, line, says, mended, *, files=None, head=""):
    """A case of advice in one post, in this line; the text begins in line 5."""
    path = f"content/posts/{name.replace(' ', '-')}.md"

    def whole(words):
        return post(title, words).replace("\n\n", f"\n{head}\n", 1)

    return Case(
        name=name,
        files={path: whole(text), **(files or {})},
        at=f"{path}:{line}",
        says=says,
        mended={path: whole(mended)},
        advice=True,
    )


PICTURE = {"content/images/dot.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>"}
DOT = "{static}/images/dot.svg"
RST = "Reversed text\n#############\n\n:date: 2017-10-17\n:category: News\n\nText.\n\n"
HTML = """<html>
<head><title>In HTML</title>
<meta name="date" content="2017-10-17">
<meta name="category" content="News"></head>
<body>
<p>{}</p>
</body></html>
"""

IMAGES = [
    advised(
        "image without alt",
        "Image without alt",
        f"Look:\n\n![]({DOT})\n",
        7,
        ("warning: this image has no alternative text", "[image-without-alt]"),
        f"Look:\n\n![A dot]({DOT})\n",
        files=PICTURE,
    ),
    advised(
        "image by reference without alt",
        "Image by reference",
        f"Look: ![][dot]\n\nMore.\n\n[dot]: {DOT}\n",
        5,
        ("this image has no alternative text",),
        f"Look: ![A dot][dot]\n\nMore.\n\n[dot]: {DOT}\n",
        files=PICTURE,
    ),
    advised(
        "image in HTML without alt",
        "Image in HTML",
        f'Some words.\n\n<p><img src="{DOT}"></p>\n',
        7,
        ("no alternative text", 'or alt="" if it only decorates'),
        f'Some words.\n\n<p><img src="{DOT}" alt=""></p>\n',
        files=PICTURE,
    ),
    advised(
        "an image three times",
        "An image three times",
        f"![A dot]({DOT})\n\nText.\n\n![ ]({DOT})\n",
        9,
        ("this image has no alternative text", "between the brackets"),
        f"![A dot]({DOT})\n\nText.\n\n![Another dot]({DOT})\n",
        files=PICTURE,
    ),
    Case(
        name="image in reStructuredText without alt",
        files={
            "content/images/dot.gif": picture(1, 1, "GIF"),
            "content/posts/rst.rst": f"{RST}.. image:: {{static}}/images/dot.gif\n",
        },
        at="content/posts/rst.rst:9",
        says=("this image has no alternative text", "add a line :alt:"),
        mended={
            "content/posts/rst.rst": f"{RST}.. image:: {{static}}/images/dot.gif\n"
            "   :alt: A dot\n",
        },
        advice=True,
    ),
    Case(
        name="image in a file of HTML without alt",
        files={
            **PICTURE,
            "content/posts/html.html": HTML.format(f'<img src="{DOT}">'),
        },
        at="content/posts/html.html:6",
        says=("this image has no alternative text", 'add alt="…"'),
        mended={
            "content/posts/html.html": HTML.format(f'<img src="{DOT}" alt="A dot">')
        },
        advice=True,
    ),
    advised(
        "image described by its file",
        "Image and its file",
        f"![dot_final (2).svg]({DOT})\n",
        5,
        ("is the name of a file", "[image-alt-is-file-name]"),
        f"![A dot]({DOT})\n",
        files=PICTURE,
    ),
]

HEADINGS = [
    advised(
        "heading jump",
        "Heading jump",
        "## First\n\nText.\n\n#### Deep\n\nText.\n",
        9,
        ('"Deep" is a heading of level 4', "a heading of level 2", "write ###"),
        "## First\n\nText.\n\n### Deep\n\nText.\n",
    ),
    advised(
        "heading jump below the title",
        "Jump below the title",
        "Text.\n\n### Deep\n\nText.\n",
        7,
        ('"Deep" is a heading of level 3', "before it comes the title"),
        "Text.\n\n## Deep\n\nText.\n",
    ),
    advised(
        "heading jump in HTML",
        "Heading jump in HTML",
        "## First\n\nText.\n\n<h5>Deep</h5>\n",
        9,
        ("is a heading of level 5",),
        "## First\n\nText.\n\n<h3>Deep</h3>\n",
    ),
    advised(
        "a second title",
        "A second title",
        "Text.\n\nBig\n===\n\nText.\n",
        7,
        ('"Big" is a heading of the first level', "[second-title]"),
        "Text.\n\nBig\n---\n\nText.\n",
    ),
    advised(
        "the title once more",
        "The title once more",
        "# The title once more\n\nText.\n",
        5,
        ("repeats the title; delete it",),
        "Text.\n",
    ),
    advised(
        "a hashtag that became a heading",
        "A hashtag at the start",
        "#MeToo was used.\n",
        5,
        ("of the first level", r"or \# if a hashtag is meant"),
        "\\#MeToo was used.\n",
        head="Hashtags: MeToo\n",
    ),
    advised(
        "a heading without words",
        "Heading without words",
        "Text.\n\n##\n\nText.\n",
        7,
        ("this heading has no words; delete it",),
        "Text.\n\nText.\n",
    ),
    advised(
        "a long title",
        "Long " * 60,  # more than a name of a file may have
        "Text.\n",
        1,
        ("note: the title has 299 characters", "[long-title]"),
        "Text.\n",
    ),
]
# What is wrong is the title, so that is what changes. And hashtags stand in line 4.
HEADINGS[-1].mended["content/posts/a-long-title.md"] = post("Short", "Text.\n")
HEADINGS[5] = Case(
    **{
        **vars(HEADINGS[5]),
        "at": "content/posts/a-hashtag-that-became-a-heading.md:6",
    }
)

LINKS = [
    advised(
        "link without words",
        "Link without words",
        "See [](https://other.example/a).\n",
        5,
        ('the link to "https://other.example/a" has no words', "[empty-link]"),
        "See [their page](https://other.example/a).\n",
    ),
    advised(
        "click here",
        "Click here",
        "Text.\n\nFor more [click here](https://other.example/b).\n",
        7,
        ('note: the link "click here"', "[vague-link]"),
        "Text.\n\nFor more [their page](https://other.example/b).\n",
    ),
    advised(
        "hier",
        "Hier",
        "Mehr gibt es [hier](https://other.example/c).\n",
        5,
        ('the link "hier" does not say',),
        "Mehr gibt es [bei ihnen](https://other.example/c).\n",
    ),
    advised(
        "own site without https",
        "Own site",
        "See [all posts](http://blog.example/archives/).\n",
        5,
        ("leads to this site, without https", "write /archives/"),
        "See [all posts](/archives/).\n",
    ),
    advised(
        "an id twice",
        "An id twice",
        '<span id="here"></span> One.\n\nTwo.\n\n<span id="here"></span> Three.\n',
        9,
        ('the id "here" is given twice', "[duplicate-id]"),
        '<span id="here"></span> One.\n\nTwo.\n\n<span id="there"></span> Three.\n',
    ),
    advised(
        "an id of a heading twice",
        "An id of a heading twice",
        '## History\n\nText.\n\n<div id="history">More.</div>\n',
        9,
        ('the id "history" is given twice',),
        '## History\n\nText.\n\n<div id="more">More.</div>\n',
    ),
]

TABLES = [
    advised(
        "table without head",
        "Table without head",
        "Text.\n\n|   |   |\n|---|---|\n| a | 1 |\n",
        7,
        ("the columns of this table have no names", "[table-without-head]"),
        "Text.\n\n| Letter | Number |\n|---|---|\n| a | 1 |\n",
    ),
    advised(
        "table in HTML without head",
        "Table in HTML",
        "<table>\n<tr><td>alpha</td><td>1</td></tr>\n</table>\n",
        6,
        ("the columns of this table have no names",),
        "<table>\n<tr><th>alpha</th><th>1</th></tr>\n</table>\n",
    ),
    advised(
        "table in a paragraph",
        "Table in a paragraph",
        "Text:\n| Letter | Number |\n|---|---|\n| a | 1 |\n",
        6,
        ("look like a table", "an empty line before its first row"),
        "Text:\n\n| Letter | Number |\n|---|---|\n| a | 1 |\n",
    ),
    advised(
        "list in a paragraph",
        "List in a paragraph",
        "Text:\n- one\n- two\n",
        6,
        ("look like a list", "an empty line before the first"),
        "Text:\n\n- one\n- two\n",
    ),
    advised(
        "numbered list in a paragraph",
        "Numbered list",
        "Text.\n\nSteps:\n1. go\n2. come\n",
        8,
        ("look like a list",),
        "Text.\n\nSteps:\n\n1. go\n2. come\n",
    ),
    advised(
        "code without end",
        "Code without end",
        "Text.\n\n```python\nprint(1)\n\nMore text.\n",
        7,
        ("this block of code was not recognised", "[unread-code]"),
        "Text.\n\n```python\nprint(1)\n```\n\nMore text.\n",
    ),
    advised(
        "code without end after other code",
        "Code after code",
        "```\na\n```\n\n```\nb\n\nMore text.\n",
        9,
        ("this block of code was not recognised",),
        "```\na\n```\n\n```\nb\n```\n\nMore text.\n",
    ),
    advised(
        "Markdown inside of HTML",
        "Markdown inside of HTML",
        "<div>\n\nSee [their page](https://other.example/e).\n\n</div>\n",
        7,
        ("did not become a link", 'markdown="1"'),
        '<div markdown="1">\n\nSee [them](https://other.example/e).\n\n</div>\n',
    ),
    advised(
        "space inside a link",
        "Space inside a link",
        "See [their page] (https://other.example/d).\n",
        5,
        ("did not become a link", "nothing between ] and ("),
        "See [their page](https://other.example/d).\n",
    ),
    advised(
        "sides of a merge",
        "Sides of a merge",
        "Text.\n\n<<<<<<< HEAD\nMine.\n=======\nTheirs.\n>>>>>>> theirs\n",
        7,
        ("a merge has left both sides", "[conflict-marker]"),
        "Text.\n\nMine.\n",
    ),
]

HASHTAGS = [
    advised(
        "hashtag not listed",
        "Hashtag not listed",
        "Text.\n\nThen came #MeToo, and #metoo again.\n",
        7,
        ("#MeToo is in the text", "add MeToo there", "[hashtag-not-listed]"),
        "Text.\n\nThen came `#MeToo`, and more.\n",
    ),
    advised(
        "one hashtag of two",
        "One hashtag of two",
        "Then came #MeToo and #Größe.\n",
        6,
        ("#Größe is in the text",),
        "Then came #MeToo and others.\n",
        head="Hashtags: MeToo\n",
    ),
    advised(
        "hashtag in a heading",
        "Hashtag in a heading",
        "## What #Aufschrei did\n\nText.\n",
        5,
        ("#Aufschrei is in the text",),
        "## What they did\n\nText.\n",
    ),
]

CLAIMS = [
    advised(
        "nearly what is more by now",
        "Nearly",
        "Text.\n\nIt was [nearly 20,000](stat:x/post/10/reposts) by then.\n",
        7,
        ('"nearly 20,000" is no longer true: 24,318', "[claim-contradicted]"),
        "Text.\n\nIt was [over 24,000](stat:x/post/10/reposts) by then.\n",
        files=READ,
    ),
    advised(
        "over what is less by now",
        "Over",
        "It was [over 900](stat:x/post/11/reposts) by then.\n",
        5,
        ('"over 900" is no longer true: 850',),
        "It was [over 900](stat:x/post/11/reposts#mode=frozen) by then.\n",
        files=READ,
    ),
    advised(
        "at most what is more by now",
        "At most",
        "It was [at most 24,317](stat:x/post/14/reposts) by then.\n",
        5,
        ('"at most 24,317" is no longer true: 24,318',),
        "It was [at most 24,318](stat:x/post/14/reposts) by then.\n",
        files=READ,
    ),
    advised(
        "stale reading",
        "Stale reading",
        "It was [500](stat:x/post/12/reposts) once.\n",
        5,
        ("was not confirmed since 2026-11-01", "did not answer", "[stale-reading]"),
        "It was 500 once.\n",
        files=READ,
    ),
    advised(
        "window from an archive",
        "Costly window",
        "Text.\n\nIn a week: [](stat:x/tag/blogging/posts@7d) posts.\n",
        7,
        (
            "note: x/tag/blogging/posts@7d: 7 days come from the archive of X",
            "costs $0.01 each time, and 6 days $0.005; write @6d",
            "[costly-window]",
        ),
        "Text.\n\nIn six days: [](stat:x/tag/blogging/posts@6d) posts.\n",
        files=READ,
    ),
    advised(
        "window of several pages of an archive",
        "Costly year",
        "All year: [](stat:x/tag/blogging/posts@365d) posts.\n",
        5,
        ("365 days come from the archive of X, which costs $0.12 each time",),
        "All year: many posts.\n",
        files=READ,
    ),
    advised(
        "held reading",
        "Held reading",
        "It was [500](stat:x/post/13/reposts) once.\n",
        5,
        ("answered 99,999, which is implausible", "make accept ref=x/post/13/reposts"),
        "It was 500 once.\n",
        files=READ,
    ),
    advised(
        "unknown subject",
        "Unknown subject",
        "Text.\n\nIt was [500](stat:x/post/15/reposts) once.\n",
        7,
        ('"500": X knows no such thing (X has no post 15)', "[unknown-subject]"),
        "Text.\n\nIt was 500 once.\n",
        files=READ,
    ),
    advised(
        "unknown subject of a bare number",
        "Unknown subject of a number",
        "It is [](stat:x/post/16/reposts) by now.\n",
        5,
        ("x/post/16/reposts: X knows no such thing",),
        "It is a lot by now.\n",
        files=READ,
    ),
    advised(
        "unknown hashtag",
        "Unknown hashtag",
        "Text.\n",
        4,
        ("#neverused: X knows no such thing",),
        "Text.\n",
        files=READ,
        head="Hashtags: neverused\n",
    ),
]
CLAIMS[-1].mended["content/posts/unknown-hashtag.md"] = post("Unknown", "Text.\n")

DIALECTS = [
    advised(
        "item with two spaces",
        "Item with two spaces",
        "* one\n  * two\n",
        6,
        ("this item has 2 spaces before it", "[unread-nesting]"),
        "* one\n    * two\n",
    ),
    advised(
        "item with three spaces",
        "Item with three spaces",
        "Text:\n\n1. one\n   - two\n   - three\n",
        8,
        ("this item has 3 spaces before it",),
        "Text:\n\n1. one\n    - two\n    - three\n",
    ),
    advised(
        "paragraph with two spaces",
        "Paragraph with two spaces",
        "* one\n\n  More of it.\n\n* two\n",
        7,
        ("this paragraph has 2 spaces before it",),
        "* one\n\n    More of it.\n\n* two\n",
    ),
    advised(
        "fence in a list",
        "Fence in a list",
        "1. one\n\n    ```python\n    x = 1\n    ```\n",
        7,
        ("there are spaces before it", "[unread-code]"),
        "1. one\n\n        x = 1\n",
    ),
    advised(
        "shortcode of Hugo",
        "Shortcode of Hugo",
        'Text.\n\n{{< figure src="/a.png" >}}\n',
        7,
        ("a shortcode of Hugo", "[other-markdown]"),
        'Text.\n\n`{{< figure src="/a.png" >}}`\n',
    ),
    advised(
        "tag of Liquid",
        "Tag of Liquid",
        "{% highlight ruby %}\nputs 1\n{% endhighlight %}\n",
        5,
        ('"{% highlight ruby %}" is a tag of Liquid',),
        "```ruby\nputs 1\n```\n",
    ),
    advised(
        "shortcode of WordPress",
        "Shortcode of WordPress",
        'Text.\n\n[gallery ids="1,2"]\n',
        7,
        ("a shortcode of WordPress",),
        "Text.\n",
    ),
    advised(
        "name of an emoji",
        "Name of an emoji",
        "Fine :smile: at 10:30:45.\n",
        5,
        ('note: ":smile:"', "write 😄", "[emoji-name]"),
        "Fine 😄 at 10:30:45.\n",
    ),
    advised(
        "Markdown in HTML",
        "Markdown in HTML",
        "<details>\n<summary>S</summary>\n\nSome **bold** words\n\n</details>\n",
        8,
        ("Markdown inside HTML", '<div markdown="1">'),
        '<details markdown="1">\n<summary>S</summary>\n\nSome **bold** words\n\n'
        "</details>\n",
    ),
    advised(
        "bold text with a space",
        "Bold text with a space",
        "Some **bold ** words.\n",
        5,
        ("delete the space",),
        "Some **bold** words.\n",
    ),
    advised(
        "contents of kramdown",
        "Contents of kramdown",
        "* toc\n{:toc}\n\n## A\n",
        6,
        ("write [TOC]",),
        "[TOC]\n\n## A\n",
    ),
    advised(
        "alert of GitHub",
        "Alert of GitHub",
        "Text.\n\n> [!NOTE]\n> Words.\n",
        7,
        ("an alert of GitHub", "!!! note"),
        "Text.\n\n!!! note\n    Words.\n",
    ),
    advised(
        "backslash at the end",
        "Backslash at the end",
        "One\\\ntwo.\n",
        5,
        ("breaks no line",),
        "One  \ntwo.\n",
    ),
    advised(
        "list with round brackets",
        "List with round brackets",
        "1) one\n2) two\n",
        5,
        ("[unread-list]", 'write "1."'),
        "1. one\n2. two\n",
    ),
    advised(
        "table without a line",
        "Table without a line",
        "| a | b |\n| 1 | 2 |\n",
        5,
        ("[unread-table]", "|---|---|"),
        "| a | b |\n|---|---|\n| 1 | 2 |\n",
    ),
    advised(
        "a formula",
        "A formula",
        "As $$x^2 + 1$$ says.\n",
        5,
        ("formulas are not drawn",),
        "As `x^2 + 1` says.\n",
    ),
]

OF_SETTINGS = [
    Case(
        name="own site without https, at another address",
        files={
            "content/posts/elsewhere.md": post(
                "Elsewhere", "See [all posts](http://other.test/archives/).\n"
            )
        },
        settings='SITE_ADDRESS = SITEURL = FEED_DOMAIN = "https://other.test"',
        mended_settings='SITE_ADDRESS = SITEURL = FEED_DOMAIN = "https://other.test"',
        at="content/posts/elsewhere.md:5",
        says=("leads to this site, without https", "write /archives/"),
        mended={
            "content/posts/elsewhere.md": post(
                "Elsewhere", "See [all posts](/archives/).\n"
            )
        },
        advice=True,
    ),
]
CASES = [*DIALECTS, *IMAGES, *HEADINGS, *LINKS, *TABLES, *HASHTAGS, *CLAIMS]
CASES += OF_SETTINGS

FINE = [
    Fine(
        name="what looks like other programs' Markdown",
        files={
            "content/posts/no-dialect.md": post(
                "No dialect",
                "A {{ name }} and {% raw %} in text, {% block x %}, [sic], a ~ b, "
                "**bold** words, a == b, C:\\\\dir, 10:30:45, $5 and $6, a::b::c.\n\n"
                "* one\n    * two\n        * three\n* four\n\n    More of four.\n\n"
                " * a\n * b\n\n1. one\n2. two\n\n- other\n- list\n\n"
                "```\n* x\n  * y\n{{< z >}} :smile:\n```\n\nText {.x} and `{: .y}`.\n\n"
                "Term\n:   Words\n\n| a | b |\n|---|---|\n| c | d |\n",
            ),
            "content/posts/fields.rst": (
                f"{RST.replace('Reversed text', 'With a footnote')}A note [1]_.\n\n"
                "* a\n\n  * b\n\n.. [1] Words.\n"
            ).replace("#############", "###############"),
        },
    ),
    Fine(
        name="a correct text with everything",
        files={
            **PICTURE,
            **READ,
            "content/posts/everything.md": post(
                "Everything",
                f"""\
Colours such as #fff and #aabbcc, C#, issue #12, `#code`, and a&#35;b.

## One

### Two

## Three

> # A quotation may have its own heading

![A dot]({DOT}), <img src="{DOT}" alt="">, and [![A dot]({DOT})](https://o.example/).

[A link with #fragment](https://other.example/page#fragment), https://o.example/#part

| | Number |
|---|---|
| a | 1 |

- one
- two

Done - more or less - on
2017. A year later.

```markdown
# A title

![](picture.png)

<<<<<<< HEAD
#MeToo
```

    ![](picture.png)

    #### Deep

A note.[^1] It was [nearly 20,000](stat:x/post/10/reposts#mode=frozen), then
[about 24,000](stat:x/post/10/reposts), and [12](stat:x/post/10/reposts) at first.

[^1]: Here it is.
""",
            ),
        },
    ),
]
