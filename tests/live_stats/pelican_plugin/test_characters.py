"""Characters that no XML may hold are named where they stand; all feeds can be read."""

import re
from xml.etree import ElementTree

from pelican.plugins.live_stats.model.characters import FORBIDDEN

HEAD = "Title: T\nDate: 2017-10-17\nCategory: N\n"


def told(site):
    """Place and message of each mistake, in order."""
    rows = [row for row in site.out.splitlines() if "feeds cannot hold" in row]
    return [tuple(row.split(": ", 1)) for row in rows]


def test_exactly_what_xml_excludes():
    """Held against the parser itself, for every character of the first plane."""

    def parses(sign):
        try:
            ElementTree.fromstring(f"<a>{sign}</a>".encode())
        except (ElementTree.ParseError, UnicodeEncodeError):
            return False
        return True

    signs = [chr(n) for n in range(0x10000) if chr(n) not in "<&"]
    assert [s for s in signs if FORBIDDEN.match(s)] == [
        s for s in signs if not parses(s)
    ]


def test_a_pasted_control_character_is_named(site, platforms):
    """In the text, in code, in the front matter, in a page, in HTML; by line and
    column, lines as an editor counts them; and nothing is written."""
    site.post()
    assert site.publish("--offline") == 0, site.out
    before = site.files()
    text = "Slug: t\nTags: a\x01b\nNote: x\x0c\n\nA\u2028\x85\n\nWord\x0bword \ufffe\n"
    site.write(
        "content/posts/p.md", f"{HEAD}{text}\n```\n\x1b\n```\n\n[x](/none\x02/)\n"
    )
    site.write("content/pages/p.md", "Title: A\x0bpage\n\nText.\n")
    page = "<html><head><title>H</title></head><body>\n\x0b</body></html>"
    site.write("content/pages/h.html", page)

    assert site.publish("--offline") == 1
    assert [(place, what.split(" is inv")[0]) for place, what in told(site)] == [
        ("content/pages/h.html:2", "the character U+000B (vertical tab) in column 1"),
        ("content/pages/p.md:1", "the character U+000B (vertical tab) in column 9"),
        ("content/posts/p.md:5", "the character U+0001 in column 8"),
        ("content/posts/p.md:6", "the character U+000C (form feed) in column 8"),
        ("content/posts/p.md:10", "the character U+000B (vertical tab) in column 5"),
        ("content/posts/p.md:10", "the character U+FFFE in column 11"),
        ("content/posts/p.md:13", "the character U+001B (escape) in column 1"),
        ("content/posts/p.md:16", "the character U+0002 in column 10"),
    ]
    assert all(what.endswith("; delete it") for _, what in told(site))
    assert site.files() == before


def test_a_reference_to_one_is_named(site, platforms):
    """Templates resolve them; what is shown as code is only text."""
    text = "Note: a&#12;b\n\n`&#11;` shows &#11; in <b>&#x0B;</b>\n\n```\n&#12;\n```\n"
    site.write("content/posts/p.md", f"{HEAD}{text}\nAllowed: &#133; &#9; &#x1F600;\n")

    assert site.publish("--offline") == 1
    assert told(site) == [
        (f"content/posts/p.md:{line}", f"{what}, which feeds cannot hold; delete it")
        for line, what in (
            (4, "&#12; is the character U+000C (form feed)"),
            (6, "&#11; is the character U+000B (vertical tab)"),
            (6, "&#x0B; is the character U+000B (vertical tab)"),
        )
    ]


def test_code_that_shows_a_reference_is_no_mistake(site, platforms):
    """In all ways of writing code."""
    code = "`&#11;`\n\n```\n&#12;\n```\n\n    &#x0B;\n\n&amp;#11;\n"
    site.write("content/posts/p.md", f"{HEAD}\n{code}")

    assert site.publish("--offline") == 0, site.out


INCLUDES = """
from markdown import Extension
from markdown.preprocessors import Preprocessor

class Include(Extension, Preprocessor):
    def extendMarkdown(self, md):
        md.preprocessors.register(self, "include", 25)

    def run(self, lines):
        return [line.replace("[[vt]]", "a" + chr(11)) for line in lines]

MARKDOWN["extensions"] = [Include()]
"""


def test_what_a_text_includes_is_looked_at_too(site, platforms):
    """An extension may bring a character that stands in no line of the post."""
    conf = site.folder / "conf.py"
    conf.write_text(f"{conf.read_text()}{INCLUDES}")
    site.write("content/posts/p.md", f"{HEAD}\n[[vt]]\n")

    assert site.publish("--offline") == 1
    ((place, what),) = told(site)
    assert place == "content/posts/p.md" and "this text includes has the char" in what


def test_a_setting_with_one_is_named(site, platforms):
    """Names and lists of the site; a pattern may have one."""
    conf = site.folder / "conf.py"
    more = (
        'SITENAME = "My\\x0bsite"\nSLUG_REGEX_SUBSTITUTIONS = [("[\\x01]", "")]\n'
        'FOLLOW = [{"label": "a\\x0cb", "page": "https://a.example"}]\n'
    )
    line = conf.read_text().count("\n") + 1
    conf.write_text(f"{conf.read_text()}{more}")
    site.post()

    assert site.publish("--offline") == 1
    assert told(site) == [
        (
            place,
            f"{name}, which is invisible, and feeds cannot hold it; delete it",
        )
        for place, name in (
            (f"conf.py:{line}", "SITENAME has the character U+000B (vertical tab)"),
            (f"conf.py:{line + 2}", "FOLLOW has the character U+000C (form feed)"),
        )
    ]


def test_every_xml_of_the_site_can_be_read(site, platforms):
    """With all that authors may write: marks of XML itself, separators, signs."""
    signs = (
        "]]> <!-- &amp; &lt;b> \x85 \u2028 \ufffd \ufdd0 \U0001fffe 😀 &nbsp; &#133;"
    )
    conf = site.folder / "conf.py"
    conf.write_text(
        f"{conf.read_text()}LIVE_STATS_DATA = True\nSITENAME = {'A ' + signs!r}\n"
    )
    title = re.sub(r"&[#\w]+;", "&", signs)  # where HTML is a mistake
    site.post(title=f"T {title}", text=f"{signs}\n\n`{signs}`\n\n    {signs}\n")
    word = signs.replace(";", "")  # which stands between two tags
    head = f"Title: B\nDate: 2017-10-18\nTags: t {word}\nAuthor: A {word}\n"
    site.write("content/posts/b.md", f"{head}Summary: {signs}\n\n{signs}\n")
    assert site.publish() == 0, site.out

    files = [name for name in site.files() if name.endswith((".xml", ".svg"))]
    for name in files:
        ElementTree.fromstring(site.read(name))

    kinds = {name.rpartition("/")[2] for name in files}
    assert {"all.atom.xml", "all.rss.xml", "sitemap.xml", "milestones.xml"} <= kinds
    assert any("/badges/" in name for name in files)
