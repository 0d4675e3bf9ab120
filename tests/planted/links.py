"""Mistakes in links, pictures, footnotes and texts."""

import unicodedata
from dataclasses import replace

from planted import Case, Fine, post
from support.pictures import picture

PIXEL = picture(1, 1, "GIF")
FOLDER = "content/posts"


def case(name, wrong, mended, *says, line=5, title="", more=(), **options):
    """A case of one post: `wrong` is its text, `mended` the text that is right."""
    title = title or f"Link case {name}"
    path = f"{FOLDER}/{name.replace(' ', '-')}.md"
    return Case(
        name=name,
        files={path: post(title, f"{wrong}\n"), **dict(more)},
        at=f"{path}:{line}",
        says=says,
        mended={path: post(title, f"{mended}\n")},
        **options,
    )


def fine(name, text, more=(), **options):
    path = f"{FOLDER}/{name.replace(' ', '-')}.md"
    files = {path: post(f"Fine link {name}", f"{text}\n"), **dict(more)}
    return Fine(name=f"{name}, which is right", files=files, **options)


def alias(name, address):
    head = post(f"Alias {name}", "").rstrip()
    return f"{head}\nAlias: {address}\n\nT\n"


PICTURE = {"content/images/photo.gif": PIXEL}
TARGET = {
    f"{FOLDER}/target.md": post(
        "The target", "Words.\n\n## First steps\n\nMore.\n\n## Über uns\n\nEnd.\n"
    )
}

TWO_KINDS = [
    case(
        "two kinds in one post",
        "[many](stat:x/post/1) and [x](/posts/nuxt/)",
        "[5](stat:x/post/1) and [x](/posts/the-target/)",
        '"/posts/nuxt/" leads to nothing',
    )
]
TWO_KINDS.append(
    replace(
        TWO_KINDS[0],
        name="a figure beside a broken link",
        says=('cannot read a number in "many"',),
    )
)

CASES = [
    # --- addresses that no browser opens ----------------------------------------------
    case(
        "a slip in https", "[x](htps://e.org/)", "[x](https://e.org/)", "https://e.org/"
    ),
    case("one slash", "[x](https:/e.org/a)", "[x](https://e.org/a)", "https://e.org/a"),
    case(
        "an address without its colon",
        "[x](http//e.org/a)",
        "[x](http://e.org/a)",
        "http://e.org/a",
    ),
    case(
        "a file of one's own",
        "T.\n\n[x](file:///C:/photo.gif)",
        "T.\n\n[x]({static}/images/photo.gif)",
        "your own computer",
        line=7,
        more=PICTURE.items(),
    ),
    case(
        "a definition with a slip",
        "[x][x]\n\n[x]: htttp://e.org/",
        "[x][x]\n\n[x]: http://e.org/",
        "write http://e.org/",
        line=7,
    ),
    case("no address of mail", "[x](mailto:)", "[x](mailto:a@e.org)", "mailto:ada@"),
    case("mail alone", "[x](a@e.org)", "[x](mailto:a@e.org)", '"mailto:a@e.org"?'),
    case("a host alone", "[x](e.org/a)", "[x](https://e.org/a)", '"https://e.org/a"?'),
    case(
        "code of Jekyll",
        "[x]({{ site.baseurl }}/posts/the-target/)",
        "[x](/posts/the-target/)",
        "write an address: /posts/the-target/",
        more=TARGET.items(),
    ),
    case(
        "a tag of Liquid",
        "[x]({% post_url 2017-10-17-target %})",
        "[x]({filename}target.md)",
        "code of templates",
        more=TARGET.items(),
    ),
    # --- pictures ---------------------------------------------------------------------
    case(
        "picture in the first words",
        "See ![x]({static}/images/phto.gif) here.",
        "See ![x]({static}/images/photo.gif) here.",
        "{static}/images/phto.gif",
        'did you mean "{static}/images/photo.gif"?',
        more=PICTURE.items(),
    ),
    case(
        "picture of a relative address",
        "Words.\n\n![x](../images/photo.gif)",
        "Words.\n\n![x]({static}../images/photo.gif)",
        '"../images/photo.gif" leads to nothing',
        "{static}../images/photo.gif",
        line=7,
    ),
    case(
        "picture with a wrong capital",
        "![x]({static}/images/Photo.GIF)",
        "![x]({static}/images/photo.gif)",
        'did you mean "{static}/images/photo.gif"?',
    ),
    case(
        "picture with backslashes",
        "![x]({static}\\images\\photo.gif)",
        "![x]({static}/images/photo.gif)",
        "\\",
        "{static}/images/photo.gif",
    ),
    case(
        "picture in a raw element",
        'Words.\n\n<p><img src="{static}/images/nix.gif" alt="x"></p>',
        'Words.\n\n<p><img src="{static}/images/photo.gif" alt="x"></p>',
        "{static}/images/nix.gif",
        line=7,
    ),
    case(
        "picture in a srcset",
        '<p><img src="{static}/images/photo.gif" alt="x"\n'
        'srcset="/images/photo.gif 1x, /images/large.gif 2x"></p>',
        '<p><img src="{static}/images/photo.gif" alt="x"\n'
        'srcset="/images/photo.gif 1x"></p>',
        '"/images/large.gif" leads to nothing',
        line=6,
    ),
    Case(
        name="picture in the summary",
        files={
            f"{FOLDER}/summary-picture.md": "Title: Summary picture\nDate: 2017-10-17\n"
            "Category: News\nSummary: See ![x]({static}/images/none.gif)\n\nText.\n"
        },
        at=f"{FOLDER}/summary-picture.md:4",
        says=("Summary: has a <img>",),
        mended={
            f"{FOLDER}/summary-picture.md": "Title: Summary picture\nDate: 2017-10-17\n"
            "Category: News\nSummary: See this\n\nText.\n"
        },
    ),
    Case(
        name="footnote in the summary",
        files={
            f"{FOLDER}/summary-note.md": "Title: Summary note\nDate: 2017-10-17\n"
            "Category: News\nSummary: See this[^1]\n\nText.[^1]\n\n[^1]: Note.\n"
        },
        at=f"{FOLDER}/summary-note.md:4",
        says=("Summary: has a footnote",),
        mended={
            f"{FOLDER}/summary-note.md": "Title: Summary note\nDate: 2017-10-17\n"
            "Category: News\nSummary: See this\n\nText.[^1]\n\n[^1]: Note.\n"
        },
    ),
    # --- links ------------------------------------------------------------------------
    case(
        "filename of no post",
        "[x]({filename}trget.md)",
        "[x]({filename}target.md)",
        'did you mean "{filename}target.md"?',
        more=TARGET.items(),
    ),
    case(
        "filename from the root",
        "[x]({filename}/posts/Target.md)",
        "[x]({filename}/posts/target.md)",
        'did you mean "{filename}/posts/target.md"?',
    ),
    case(
        "old form of filename",
        "[x](|filename|trget.md)",
        "[x](|filename|target.md)",
        "|filename|trget.md",
    ),
    case("tag that no post has", "[x]({tag}Nix)", "[x]({category}News)", "{tag}Nix"),
    case(
        "category that no post has",
        "[x]({category}Newss)",
        "[x]({category}News)",
        'did you mean "{category}News"?',
    ),
    case(
        "author that no post has",
        "[x]({author}Digital Media)",
        "[x]({author}Digital Media Team)",
        "Digital Media Team",
    ),
    case(
        "unknown indicator",
        "[x]({file}target.md)",
        "[x]({filename}target.md)",
        "{file}target.md",
        'did you mean "{filename}target.md"?',
    ),
    case("absolute path", "[x](/posts/nix/)", "[x](/posts/the-target/)", "/posts/nix/"),
    case(
        "own address",
        "[x](https://blog.example/posts/the-targt/)",
        "[x](https://blog.example/posts/the-target/)",
        '"https://blog.example/posts/the-targt/" leads to nothing',
    ),
    case(
        "source in place of its page",
        "[x](target.md)",
        "[x]({filename}target.md)",
        'did you mean "{filename}target.md"?',
    ),
    case(
        "link with a space",
        "[x](</posts/the target/>)",
        "[x](/posts/the-target/)",
        "/posts/the target/",
    ),
    case(
        "reference to nothing",
        "Words [of a link][there].\n\n[there]: /posts/non/",
        "Words [of a link][there].\n\n[there]: /posts/the-target/",
        '"/posts/non/"',
        line=7,
    ),
    # --- places in pages --------------------------------------------------------------
    case(
        "heading of this page",
        "[x](#parts)\n\n## Part\n\nWords.",
        "[x](#part)\n\n## Part\n\nWords.",
        'did you mean "#part"?',
    ),
    case(
        "heading of another page",
        "[x]({filename}target.md#first-step)",
        "[x]({filename}target.md#first-steps)",
        'did you mean "{filename}target.md#first-steps"?',
    ),
    case(
        "heading of a page by its address",
        "[x](/posts/the-target/#First-Steps)",
        "[x](/posts/the-target/#first-steps)",
        'did you mean "/posts/the-target/#first-steps"?',
    ),
    case(
        "heading with an umlaut",
        "[x]({filename}target.md#Über-uns)",
        "[x]({filename}target.md#uber-uns)",
        'did you mean "{filename}target.md#uber-uns"?',
    ),
    # --- footnotes and references -----------------------------------------------------
    case(
        "footnote without a definition",
        "Words.[^1]\n\nMore.",
        "Words.[^1]\n\n[^1]: More.",
        "[^1] has no definition",
    ),
    case(
        "footnote of a word",
        "Words.[^a]\n\nMore.[^note]\n\n[^a]: One.",
        "Words.[^a]\n\nMore.[^note]\n\n[^a]: One.\n[^note]: Two.",
        "[^note] has no definition",
        line=7,
    ),
    case(
        "footnote that nothing uses",
        "Words.\n\n[^1]: More.",
        "Words.[^1]\n\n[^1]: More.",
        "nothing uses [^1]",
        line=7,
    ),
    case(
        "reference without a definition",
        "Words.\n\nSee [the text][nope].",
        "Words.\n\nSee [the text](/posts/the-target/).",
        "[the text][nope] has no definition",
        line=7,
    ),
    case(
        "picture without a definition",
        "![a cat][cat]",
        "![a cat][cat]\n\n[cat]: {static}/images/photo.gif",
        "![a cat][cat] has no definition",
    ),
    case(
        "short reference without a definition",
        "See [the text][].",
        "See [the text][].\n\n[the text]: /posts/the-target/",
        "[the text][] has no definition",
    ),
    case(
        "definition that nothing uses",
        "Words.\n\n[there]: /posts/the-target/",
        "Words [there].\n\n[there]: /posts/the-target/",
        "nothing uses [there]",
        line=7,
    ),
    case(
        "link without an address",
        "Words [here]() and there.",
        "Words [here](/posts/the-target/) and there.",
        "[here]() has no address",
    ),
    case(
        "picture without an address",
        "Words ![here]() and there.",
        "Words ![here]({static}/images/photo.gif) and there.",
        "![here]() has no address",
    ),
    *TWO_KINDS,
    # --- old addresses ----------------------------------------------------------------
    *[
        Case(
            name=f"alias {name}",
            files={f"{FOLDER}/alias-{name.replace(' ', '-')}.md": alias(name, wrong)},
            at=f"{FOLDER}/alias-{name.replace(' ', '-')}.md:4",
            says=says,
            mended={
                f"{FOLDER}/alias-{name.replace(' ', '-')}.md": alias(
                    name, f"/old/{name}/"
                )
            },
        )
        for name, wrong, says in (
            ("of a post", "/posts/the-target/", ("content/posts/target.md",)),
            ("of a list", "/category/news/", ('the page of the category "News"',)),
            (
                "of a picture",
                "/images/photo.gif/x/",
                ("is the address of content/images/",),
            ),
            ("of another site", "https://else.example/x/", ("leads out of this site",)),
            ("with a query", "/?p=12", ("what follows ? or #",)),
            ("above the site", "/../x/", ("no path below the site",)),
            ("of a script", "/old/index.php", ("cannot be served there",)),
            ("of a hidden name", "/.well-known/x/", ("servers hide names",)),
            ("of itself", "/posts/alias-of-itself/", ("of this page itself",)),
            ("with a backslash", "\\old\\x", ("a character that no address has",)),
        )
    ],
    # --- what other mistakes would hide -----------------------------------------------
    Case(
        name="post that Pelican refuses",
        files={
            f"{FOLDER}/refused.md": "Title: A refused post\nDate: soon\n"
            "Category: Refused\n\nText.\n",
            f"{FOLDER}/to-refused.md": post(
                "To the refused",
                "[a]({filename}refused.md) [b](/posts/a-refused-post/) "
                "[c]({category}Refused)\n",
            ),
        },
        at=f"{FOLDER}/refused.md:2",
        says=("'soon' is not a valid date",),
        mended={
            f"{FOLDER}/refused.md": "Title: A refused post\nDate: 2017-10-17\n"
            "Category: Refused\n\nText.\n"
        },
    ),
    Case(
        name="link in a post of a mistaken address",
        files={
            f"{FOLDER}/same-a.md": post("The same", "One.\n"),
            f"{FOLDER}/same-b.md": post("The same", "[x](/nothing/here/)\n"),
        },
        at=f"{FOLDER}/same-b.md:5",
        says=('"/nothing/here/" leads to nothing',),
        mended={
            f"{FOLDER}/same-b.md": post("Not the same", "Two.\n"),
        },
    ),
    Case(
        name="two posts of one address",
        files={},
        at=f"{FOLDER}/same-b.md:1",
        says=("is also that of content/posts/same-a.md",),
    ),
    Case(
        name="link in a page of HTML",
        files={
            "content/pages/html.html": "<html><head><title>HTML</title></head>\n"
            '<body>\n<p><a href="/nothing/at/all/">x</a></p>\n</body></html>\n'
        },
        at="content/pages/html.html:3",
        says=('"/nothing/at/all/" leads to nothing',),
        mended={
            "content/pages/html.html": "<html><head><title>HTML</title></head>\n"
            '<body>\n<p><a href="/">x</a></p>\n</body></html>\n'
        },
    ),
    # --- texts ------------------------------------------------------------------------
    case("a vertical tab", "One\x0btwo.", "One two.", "U+000B (vertical tab)"),
    Case(
        name="an escape in a title",
        files={
            f"{FOLDER}/escape.md": "Title: An es\x1bcape\nDate: 2017-10-17\n"
            "Category: News\n\nT\n"
        },
        at=f"{FOLDER}/escape.md:1",
        says=("U+001B (escape)",),
        mended={f"{FOLDER}/escape.md": post("An escape", "T\n")},
    ),
    case("a noncharacter", "One\uffff two.", "One two.", "U+FFFF"),
    case("a reference to a null", "One &#0; two.", "One two.", "&#0;"),
]

ODD = "Größe & 50% #1? [a] 'b' 😀.gif"
NFD = unicodedata.normalize("NFD", "Überblick ö.gif")
NFC = unicodedata.normalize("NFC", NFD)

FINE = [
    fine(
        "addresses of other schemes",
        "[a](ftp://e.org/a) [b](tel:+491) [c](mailto:?subject=x) [d](sms:1) "
        "[e](git+ssh://e.org/x) [f](web+x://y) [g](ipfs://z) `htp://e` "
        "[h](https://e.org/http:/x)\n\n```\n[x](file:///a)\n```\n",
    ),
    fine(
        "links of all forms",
        "[a]({filename}other.md) [b]({filename}/posts/other.md#one) [c](|filename|"
        "other.md)\n[d]({category}News) [e]({author}Digital Media Team) "
        "[f]({index}) [g](/posts/other/) [h](https://blog.example/posts/other/)\n"
        "[i](../other/) [j](#top) [k](#) [l](#here) [m](https://else.example/#x) "
        "[n](mailto:a@b.example)\n[o](/posts/other/#:~:text=words) "
        "[p]({filename}other.md#name%20of) [q](/)\n\n## Words {#here}\n\nText.",
        {
            f"{FOLDER}/other.md": post(
                "Other", '## One\n\nText. <span id="name of"></span>\n'
            )
        }.items(),
    ),
    fine(
        "footnotes and references",
        "One[^1] two[^long-name]. [A][a] [B][] [C]\n\n"
        "[^1]: First [A][a].\n[^long-name]: Second.\n\n    More.\n\n"
        '[a]: /\n[b]: /\n[c]: / "Title"\n[//]: # (A comment)\n[comment]: # (Another)\n',
    ),
    fine(
        "brackets that are none",
        "A matrix a[1][2], a range [^a-z], a list [1][2] of sources, `[x][nope]` and "
        "`[^1]`, \\[a][b\\], [x] and [ ] and [sic] [x].\n\n    [c][d] and [^2]\n\n"
        "```\n[^3]: x\n[e]()\n```\n\n<!-- [f][g] [^4] [h]() -->\n",
    ),
    fine(
        "odd names of files",
        "![a](<{static}/images/a b.gif>) ![b]({static}/images/a%20b.gif)\n"
        "![c]({static}/images/Gr%C3%B6%C3%9Fe%20%26%2050%25%20%231%3F%20%5Ba%5D%20"
        "%27b%27%20%F0%9F%98%80.gif)",
        {
            "content/images/a b.gif": PIXEL,
            f"content/images/{ODD}": PIXEL,
        }.items(),
    ),
    fine(
        "a name in another form of Unicode",
        f"![a](<{{static}}/images/{NFC}>)",
        {f"content/images/{NFD}": PIXEL}.items(),
    ),
    fine("a tab and an emoji", "One\ttwo 😀 three\u00ad\u200d\ufeff four.\n"),
]
