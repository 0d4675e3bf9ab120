"""Links with `stat:` become slots wherever Markdown allows a link; others are named."""

import pytest
from markdown import Markdown
from pelican.utils import truncate_html_words

from pelican.plugins.live_stats.pelican_plugin.content.markdown_extension import (
    FigureExtension,
)
from pelican.plugins.live_stats.pelican_plugin.content.source_checks import (
    check_converted,
    check_raw,
)
from pelican.plugins.live_stats.pelican_plugin.content.sources import Source
from pelican.plugins.live_stats.rendering.slots import token, tokens

EXTENSIONS = ["extra", "meta", "smarty", "toc", "abbr"]


def convert(raw):
    source = Source(path="content/posts/a.md", text=raw)
    check_raw(source)
    content = Markdown(extensions=[*EXTENSIONS, FigureExtension(source)]).convert(raw)
    check_converted(source, content)
    return source, content


def mistakes(raw):
    source, _ = convert(raw)
    return [(mistake.line, mistake.what) for mistake in source.mistakes]


PLACES = {
    "paragraph": "Shared {} times.",
    "list": "- one\n- shared {} times",
    "table": "| a | b |\n|---|---|\n| x | {} |",
    "heading": "## Shared {} times\n",
    "quote": "> Shared {} times.",
    "footnote": "Text.[^1]\n\n[^1]: Shared {} times.",
    "strong": "Shared **{}** times.",
    "definition": "Term\n: Shared {} times",
}
WAYS = {
    "inline": ("[over 21,000](stat:x/post/1/reposts)", ""),
    "titled": ('[over 21,000](stat:x/post/1/reposts "shares")', ""),
    "reference": ("[over 21,000][r]", "\n\n[r]: stat:x/post/1/reposts\n"),
    "titled reference": ("[over 21,000][r]", '\n\n[r]: stat:x/post/1/reposts "s"\n'),
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("way", WAYS)
def test_a_figure_may_stand_wherever_a_link_may(place, way):
    """Inline and by reference, in every block; one slot, no mistake."""
    link, rest = WAYS[way]

    source, content = convert(PLACES[place].format(link) + rest)

    assert source.mistakes == []
    (found,) = source.found
    assert (found.text, found.address) == ("over 21,000", "stat:x/post/1/reposts")
    assert [one.number for one in tokens(content)] == [found.number]
    assert "stat:" not in content and "<a href" not in content.replace('"#fn', "")


def test_heading_ids_use_the_words_of_the_claim():
    """No token ever lands in an id or in the table of contents."""
    _, content = convert("[TOC]\n\n## Over [21,000](stat:x/post/1/reposts) shares\n")

    assert 'id="over-21000-shares"' in content
    assert "Over 21,000 shares</a>" in content


def test_text_around_a_figure_stays():
    """Every word before, between and behind is kept, in order."""
    one, two = "[1](stat:x/post/1/likes)", "[2](stat:x/post/1/likes)"

    source, content = convert(f"a {one}b *c* {two} d {one}")

    slots = [token(found.number) for found in source.found]
    assert len(set(slots)) == 3
    assert content == (f"<p>a {slots[0]}b <em>c</em> {slots[1]} d {slots[2]}</p>")


def test_entities_and_escapes_in_a_claim_are_read_as_characters():
    """A no-break space or an escaped character is what the reader sees."""
    source, _ = convert("[over&nbsp;21\\.000](stat:x/post/1/likes)")

    assert source.found[0].text == "over\u00a021.000"


def test_a_summary_never_cuts_a_figure_in_two():
    """Truncated at any length, each slot is there whole or not at all."""
    link = "[over 21,000](stat:x/post/1/reposts)"
    _, content = convert(f"Some words {link} and more, {link}, the end {link}.")

    for length in range(1, 14):
        summary = truncate_html_words(content, length)
        whole = sum(1 for _ in tokens(summary))
        assert summary.count("\ue000") == summary.count("\ue001") == whole


def test_lines_of_figures():
    """Each figure knows its line, also where an address repeats."""
    raw = (
        "Title: A\n\nOne [1](stat:x/post/1/likes).\n\n"
        "[none](stat:x/post/1/likes)\nand [three][r].\n\n[r]: stat:x/post/1/likes\n"
    )

    source, _ = convert(raw)

    assert [found.line for found in source.found] == [3, 5, 6]


@pytest.mark.parametrize(
    ("raw", "line", "what"),
    [
        ("a\n\n[r]: stat:x/post/1/likes\n", 3, "nothing uses [r]"),
        ("a\n![1](stat:x/post/1/likes)", 2, "is no live figure"),
        ('a\n\n<a href="stat:x/post/1/likes">1</a>', 3, "is no live figure"),
        ("a <stat:x/post/1/likes> b", 1, "did not become a figure"),
        ("a stat:x/post/1/likes b", 1, "did not become a figure"),
        ("a\nb \ue010 c", 2, "U+E010 is reserved"),
    ],
)
def test_what_did_not_become_a_figure_is_named(raw, line, what):
    """A definition without use, an image, raw HTML, a broken link: file and line."""
    found = mistakes(raw)

    assert [(number, what in text) for number, text in found] == [(line, True)]


@pytest.mark.parametrize(
    "raw",
    [
        "`[1](stat:x/post/1/likes)`",
        "```\n[1](stat:x/post/1/likes)\n[r]: stat:x/post/1/likes\n```",
        "    [1](stat:x/post/1/likes)\n",
        "The stat: scheme, and the `stat:` scheme.",
        "A table cell `a[0][1]` is code.",
    ],
)
def test_code_may_show_figures(raw):
    """A writing guide can show the grammar in code without tripping over it."""
    assert mistakes(raw) == []
