"""Mistakes in what authors write: what the policy blocks, pictures that are none.

The site's policy allows its own files, and nothing else.
"""

from planted import Case, Fine, post
from support.pictures import picture

MAP = "https://www.openstreetmap.org"


def blocked(name, text, *says, mended="Nothing.", line=0, also=""):
    """A case for a text whose line, counted from 0, browsers would not show."""
    path = f"content/posts/markup-{name.replace(' ', '-')}.md"
    return Case(
        name=f"markup: {name}",
        files={path: post(f"Markup {name}", f"{text}\n{also}")},
        at=f"{path}:{5 + line}",
        says=says,
        mended={path: post(f"Markup {name}", f"{mended}\n{also}")},
    )


def allowed(name, text, settings):
    path = f"content/posts/allowed-{name.replace(' ', '-')}.md"
    return Fine(
        name=f"markup allowed: {name}",
        files={path: post(f"Allowed {name}", f"{text}\n")},
        settings=settings,
    )


def shown(name, text, data, *says, mended=None):
    """A case for a picture file that a text shows in its third line."""
    file = f"content/images/{name}"
    path = f"content/posts/shows-{name}.md"
    return Case(
        name=f"markup: {name}",
        files={path: post(f"Shows {name}", f"Text.\n\n{text}\n"), file: data},
        at=f"{path}:7",
        says=(f"the picture {name}", *says),
        mended={file: mended or picture()},
    )


CASES = [
    blocked(
        "frame",
        f'<iframe src="{MAP}/export/embed.html"></iframe>',
        "(frame-src)",
        f'POLICY_SOURCES = {{"frame-src": ["{MAP}"]}}',
        mended=f"[A map]({MAP}/)",
    ),
    blocked(
        "frame of ours",
        'Text.\n\n<iframe src="/archives/"></iframe>',
        "(frame-src)",
        "write a link",
        mended="[The archives](/archives/)",
        line=2,
    ),
    blocked(
        "frame with a document",
        """<iframe srcdoc="<script>alert(1)</script>"></iframe>""",
        "(script-src)",
    ),
    blocked(
        "foreign picture",
        "Text.\n\n![A cat](https://cats.example/cat.jpg)",
        "(img-src)",
        '{"img-src": ["https://cats.example"]}',
        mended="[A cat](https://cats.example/cat.jpg)",
        line=2,
    ),
    blocked(
        "foreign picture by a reference",
        "![A cat][cat]\n\n[cat]: https://cats.example/two.jpg",
        "(img-src)",
        mended="[A cat][cat]\n\n[cat]: https://cats.example/two.jpg",
        line=2,
    ),
    blocked(
        "picture without a scheme",
        "![A cat](//cats.example/three.jpg)",
        "(img-src)",
        '["https://cats.example"]',
    ),
    blocked(
        "picture without https",
        "![A cat](http://cats.example/four.jpg)",
        "(img-src)",
        "https://",
    ),
    blocked(
        "picture in the address",
        '<img alt="Dot" src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">',
        "(img-src)",
        '["data:"]',
    ),
    blocked(
        "one of several sizes",
        '<img alt="x" src="/theme/favicon.svg" '
        'srcset="https://cats.example/2x.jpg 2x">',
        "(img-src)",
        "https://cats.example/2x.jpg",
    ),
    blocked(
        "foreign video",
        '<video src="https://films.example/a.mp4" controls></video>',
        "(media-src)",
        '{"media-src": ["https://films.example"]}',
    ),
    blocked(
        "foreign poster",
        '<video poster="https://films.example/a.jpg" controls></video>',
        "(img-src)",
    ),
    blocked(
        "foreign sound",
        '<audio controls>\n<source src="https://sounds.example/a.mp3">\n</audio>',
        "(media-src)",
        line=1,
    ),
    blocked(
        "foreign subtitles",
        '<video controls><track src="https://films.example/a.vtt"></video>',
        "(media-src)",
    ),
    blocked(
        "script of others",
        'Text.\n\n<script async src="https://platform.x.com/widgets.js"></script>',
        "(script-src)",
        '{"script-src": ["https://platform.x.com"]}',
        line=2,
    ),
    blocked(
        "script in the text",
        "Text.\n\n<script>\nalert('hello');\n</script>",
        "(script-src)",
        "POLICY_HASHES = [\"'sha256-",
        line=2,
    ),
    blocked(
        "style sheet in the text",
        "<style>\n.big { font-size: 3em; }\n</style>",
        "(style-src)",
        'POLICY_SOURCES = {"style-src": ["\'sha256-',
    ),
    blocked(
        "style sheet of others",
        '<link rel="stylesheet" href="https://fonts.example/css?family=Lato">',
        "(style-src)",
        '["https://fonts.example"]',
    ),
    blocked(
        "style",
        'Text.\n\n<p style="color: red">Red.</p>',
        'style="color: red"',
        "write a class",
        mended='<p class="red">Red.</p>',
        line=2,
    ),
    blocked(
        "style by an attribute list",
        "Red.\n{: style='color: crimson' }",
        "(style-src)",
        mended="Red.\n{: .red }",
        line=1,
    ),
    blocked(
        "style of a cell",
        "<table><tr><td style='width: 50%'>x</td></tr></table>",
        "(style-src)",
    ),
    blocked(
        "click",
        '<button onclick="alert(1)">Press</button>',
        'onclick="alert(1)"',
        "(script-src)",
    ),
    blocked(
        "error handler",
        '<img alt="x" src="/theme/favicon.svg" onerror="this.remove()">',
        "onerror",
    ),
    blocked("object", '<object data="https://a.example/a.swf"></object>', "object-src"),
    blocked("embed", '<embed src="https://a.example/b.pdf">', "(object-src)"),
    blocked(
        "form",
        '<form action="https://forms.example/f"><button>Go</button></form>',
        "(form-action)",
        '{"form-action": ["https://forms.example"]}',
    ),
    blocked(
        "form by its button",
        '<form><button formaction="https://forms.example/g">Go</button></form>',
        "(form-action)",
    ),
    blocked("base", 'Text.\n\n<base href="/archives/">', "<base>", line=2),
    blocked(
        "meta",
        '<meta http-equiv="refresh" content="0; url=/archives/">',
        '<meta http-equiv="refresh">',
    ),
    blocked(
        "script as an address",
        "[Press](javascript:alert(1))",
        "javascript:alert(1)",
        "(script-src)",
    ),
    blocked(
        "script as an address in disguise",
        '<a href=" JavaScript:alert(2)">Press</a>',
        "(script-src)",
    ),
    blocked(
        "file as an address",
        "[A file](data:text/plain;base64,QQ==)",
        "do not follow",
        "save what it holds",
    ),
    blocked(
        "picture beside the same in code",
        "`![x](https://cats.example/five.jpg)`\n\n"
        "```\n![x](https://cats.example/five.jpg)\n```\n\n"
        "<!-- ![x](https://cats.example/five.jpg) -->\n\n"
        "![x](https://cats.example/five.jpg)",
        "(img-src)",
        line=8,
    ),
    blocked(
        "second of two",
        "![x](/theme/favicon.svg)\n\n![y](https://cats.example/six.jpg)",
        "six.jpg",
        line=2,
    ),
    Case(
        name="markup: a page of HTML",
        files={
            "content/posts/markup-html.html": "<html><head>\n<title>M HTML</title>\n"
            '<meta name="date" content="2017-10-17">\n</head><body>\n'
            '<p>Text.</p>\n<iframe src="https://a.example/"></iframe>\n</body></html>\n'
        },
        at="content/posts/markup-html.html:6",
        says=("(frame-src)", "https://a.example"),
        mended={"content/posts/markup-html.html": None},
    ),
    Case(
        name="markup: reStructuredText",
        files={
            "content/posts/markup-rst.rst": "Markup RST\n##########\n\n"
            ":date: 2017-10-17\n\nText.\n\n.. image:: https://cats.example/rst.jpg\n"
        },
        at="content/posts/markup-rst.rst:8",
        says=("(img-src)",),
        mended={"content/posts/markup-rst.rst": None},
    ),
    Case(
        name="markup: a summary",
        files={
            "content/posts/markup-summary.md": "Title: Markup summary\n"
            "Date: 2017-10-17\nCategory: News\n"
            "Summary: ![x](https://cats.example/s.jpg)\n\nText.\n"
        },
        at="content/posts/markup-summary.md:4",
        says=("<img>", "words alone"),
        mended={
            "content/posts/markup-summary.md": "Title: Markup summary\n"
            "Date: 2017-10-17\nCategory: News\nSummary: x\n\nText.\n"
        },
    ),
    Case(
        name="markup: a page",
        files={
            "content/pages/markup-page.md": "Title: Markup page\n\n"
            '<iframe src="https://b.example/"></iframe>\n'
        },
        at="content/pages/markup-page.md:3",
        says=("(frame-src)",),
        mended={"content/pages/markup-page.md": "Title: Markup page\n\nText.\n"},
    ),
    shown("empty.png", "![x]({static}/images/empty.png)", b"", "it is empty"),
    shown("words.jpg", "![x]({static}/images/words.jpg)", b"words", "not a picture"),
    shown(
        "cut.jpg",
        '![x]({static}/images/cut.jpg "A title")',
        picture(400, 300, "JPEG", noise=True)[:9000],
        "cut.jpg: ",
        mended=picture(kind="JPEG"),
    ),
    shown(
        "cut.png",
        '<img alt="x" src="{static}/images/cut.png">',
        picture(400, 300, noise=True)[:500],
        "cut.png: ",
    ),
    shown("page.webp", "![x](/images/page.webp)", b"<html></html>", "not a picture"),
    Case(
        name="markup: a picture that only some browsers show",
        files={
            "content/images/photo.heic": b"ftypheic",
            "content/posts/heic.md": post("Heic", "![x]({static}/images/photo.heic)\n"),
        },
        at="content/posts/heic.md:5",
        says=("browsers do not show .heic files", "JPEG"),
        mended={"content/posts/heic.md": post("Heic", "Nothing.\n")},
    ),
    Case(
        name="markup: a setting of the policy",
        settings='POLICY_SOURCES = {"frames-src": ["https://a.example"]}',
        at="conf.py:11",
        says=('"frames-src"', 'did you mean "frame-src"?'),
        mended_settings='POLICY_SOURCES = {"frame-src": ["https://a.example"]}',
    ),
    Case(
        name="markup: a source of the policy",
        settings='POLICY_SOURCES = {"frame-src": ["https://a.example; script-src *"]}',
        at="conf.py:11",
        says=("which is no source",),
        mended_settings='POLICY_SOURCES = {"frame-src": ["https://a.example"]}',
    ),
]

FINE = [
    Fine(
        name="markup: code, comments and words",
        files={
            "content/posts/fine-code.md": post(
                "Fine code",
                "`<iframe src='https://a.example'>` and `onclick=\"x()\"`.\n\n"
                "```html\n<script>alert(1)</script>\n```\n\n"
                "    <img src=\"https://a.example/x.png\" style='x'>\n\n"
                "<!-- <iframe src='https://a.example'></iframe> -->\n\n"
                "The attribute style = is not allowed, nor are data: addresses.\n",
            )
        },
    ),
    Fine(
        name="markup: own files",
        files={
            "content/images/fine.png": picture(),
            "content/images/fine.mp4": b"film",
            "content/posts/fine-own.md": post(
                "Fine own",
                '![x]({static}/images/fine.png "A title")\n\n'
                "![x](https://blog.example/images/fine.png)\n\n"
                '<video src="{static}/images/fine.mp4" controls '
                'poster="{static}/images/fine.png"></video>\n\n'
                '<audio src="{static}/images/fine.mp4" controls></audio>\n',
            ),
        },
    ),
    Fine(
        name="markup: links to anywhere",
        files={
            "content/posts/fine-links.md": post(
                "Fine links",
                "[x](https://a.example/) [y](http://b.example) [z](//c.example) "
                "[m](mailto:a@b.example) <tel:+49> <https://d.example/?a=1&b=2>\n\n"
                '<a href="https://e.example/" class="on" data-on="x">e</a>\n\n'
                '<form action="/search/"><input name="q"></form>\n',
            )
        },
    ),
    Fine(
        name="markup: data for machines",
        files={
            "content/posts/fine-data.md": post(
                "Fine data",
                '<script type="application/ld+json">{"a": 1}</script>\n\nText.\n',
            )
        },
    ),
    Fine(
        name="markup: a table that is aligned",
        files={
            "content/posts/fine-table.md": post(
                "Fine table", "| a | b |\n|:-:|--:|\n| 1 | 2 |\n"
            )
        },
    ),
    Fine(
        name="markup: a draft's broken picture",
        files={
            "content/images/draft.png": b"",
            "content/posts/fine-draft.md": "Title: Fine draft\nDate: 2017-10-17\n"
            "Status: draft\n\n![x]({static}/images/draft.png)\n",
        },
    ),
    allowed(
        "frame",
        f'<iframe src="{MAP}/export/embed.html"></iframe>',
        f'POLICY_SOURCES = {{"frame-src": ["{MAP}"]}}',
    ),
    allowed(
        "hosts of a domain",
        "![x](https://one.cats.example/a.jpg) ![x](https://two.cats.example/b.jpg)",
        'POLICY_SOURCES = {"img-src": ["https://*.cats.example"]}',
    ),
    allowed(
        "picture in the address",
        '<img alt="Dot" src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">',
        'POLICY_SOURCES = {"img-src": ["data:"]}',
    ),
    allowed(
        "styles",
        '<p style="color: red">Red.</p>',
        """POLICY_SOURCES = {"style-src": ["'unsafe-inline'"]}""",
    ),
    allowed(
        "a script by its hash",
        "<script>alert(1)</script>",
        "from pelican.plugins.theme_support.security.csp import hash_of\n"
        'POLICY_HASHES = [hash_of("alert(1)")]',
    ),
]
