"""A summary is made of words: no ids, no dead links, no figure cut in two."""

import re
from collections import Counter

import pytest

from pelican.plugins.live_stats.pelican_plugin.content.summaries import (
    cleaned,
    words_of,
)
from pelican.plugins.live_stats.rendering import slots


@pytest.mark.parametrize(
    ("text", "summary"),
    [
        ("<p>One two three four.</p>", "<p>One two three …</p>"),
        ("<p>One two three.</p>", "<p>One two three.</p>"),
        ('<h2 id="a">Head</h2>\n<p>Words.</p>', "<p>Words.</p>"),
        ("<p>One</p>\n<p>two</p><p>3 4</p>", "<p>One</p>\n<p>two</p>\n<p>3 …</p>"),
        ("<p>A<em>b</em>c <a href='#x'>d</a></p>", "<p>Abc d</p>"),
        ("<p>a &amp; b &lt;c&gt; &copy;</p>", "<p>a &amp; b &lt;c&gt; …</p>"),
        ('<p>x<sup id="fnref:1"><a href="#fn:1">1</a></sup> y</p>', "<p>x y</p>"),
        ('<p>x</p><div class="footnote"><ol><li>n</li></ol></div>', "<p>x</p>"),
        ('<div class="toc"><ul><li>t</li></ul></div><p>x</p>', "<p>x</p>"),
        ("<table><tr><td>1</td></tr></table><p>x</p>", "<p>x</p>"),
        ("<pre><code>x = 1</code></pre><p>x <code>y</code></p>", "<p>x y</p>"),
        ('<p>x <img src="a.png" alt="A"> y</p>', "<p>x y</p>"),
        ("<figure><img><figcaption>C</figcaption></figure><p>x</p>", "<p>x</p>"),
        ("<ul><li>One</li><li>two</li></ul>", "<p>One</p>\n<p>two</p>"),
        ("<details><summary>S</summary>d</details><p>x</p>", "<p>x</p>"),
        ('<div class="admonition note"><p class="admonition-title">T</p><p>x</p></div>',
         "<p>x</p>"),
        ('<div class="embed"><p class="embed__what">A post</p></div><p>x</p>',
         "<p>x</p>"),
        ('<p class="embedded">x</p>', "<p>x</p>"),
        ("<p>x<script>y()</script><style>z{}</style></p>", "<p>x</p>"),
        ("<p>x<!-- y --></p>", "<p>x</p>"),
        ("<p>x<br>y</p>", "<p>x y</p>"),
        ("<p>日本語の文章</p>", "<p>日本語 …</p>"),
        ("<p>21\u00a0000 x</p>", "<p>21\u00a0000 x</p>"),
        ("<p>x", "<p>x</p>"),
        ("<p>x</div></p>", "<p>x</p>"),
        ("", ""),
    ],
)  # fmt: skip
def test_the_words_of_a_text_are_its_summary(text, summary):
    """Three words here, in paragraphs; of headings, tables and pictures nothing."""
    assert words_of(text, 3) == summary


@pytest.mark.parametrize("length", range(1, 9))
def test_a_figure_is_never_cut(length):
    """Its slot is one word, with the signs that touch it, wherever the text is cut."""
    token = slots.token(slots.number_for("x"))
    text = f"<p>One ({token}), two {token} three <b>{token}</b>x {token}.</p>"
    summary = words_of(text, length)
    assert not slots.torn(summary)
    assert words_of("<p>" + "a " * 5000 + f"{token} b</p>", 5001).endswith(
        f"a {token} …</p>"
    )


@pytest.mark.parametrize(
    ("given", "summary", "lost"),
    [
        ("<p>A <em>b</em> <a href='/x/' class='y' id='z'>c</a>.</p>",
         '<p>A <em>b</em> <a href="/x/">c</a>.</p>', ""),
        ('<h1 id="a">A</h1>', "<p>A</p>", ""),
        ("<p>A <code>x &lt; y</code></p>", "<p>A <code>x &lt; y</code></p>", ""),
        ('<p>A<img src="x"></p>', "<p>A</p>", "img"),
        ("<p>A</p><table><tr><td>1</td></tr></table>", "<p>A</p>", "table"),
        ("<ul><li>a</li><li>b</li></ul>", "<p>a</p><p>b</p>", ""),
        ("Words alone", "Words alone", ""),
    ],
)  # fmt: skip
def test_an_authors_summary_keeps_its_marks(given, summary, lost):
    """Emphasis and links stay; what no list can show is named."""
    assert cleaned(given) == (summary, lost)


ODD = """Title: {title}
Date: 2017-10-17
Category: News
{more}

## Words

First.[^1] [Here](#words) and [over 5](stat:mastodon/tag/metoo), *so*
<span id="s">x</span>.

| a | b |
|---|---|
| 1 | 2 |

[^1]: A note.
"""


def test_no_page_has_an_id_twice(site, platforms):
    """Though all posts have the same headings, notes and ids, and lists show all."""
    for number in range(3):
        more = "Summary: **Given** [link](/)" if number == 1 else "Tags: t"
        text = ODD.format(title=f"Post {number}", more=more)
        site.write(f"content/posts/p{number}.md", text)
    assert site.publish("--offline") == 0, site.out
    for path in (site.folder / "output").rglob("*.html"):
        ids = Counter(re.findall(r'\sid="([^"]*)"', path.read_text()))
        assert not [name for name, times in ids.items() if times > 1], path
    home = site.read("index.html")
    assert "<h2 id=" not in home and "#fn" not in home and "<table" not in home
    assert "over 5" in home
