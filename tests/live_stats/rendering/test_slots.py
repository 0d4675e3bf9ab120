"""Slots: every spelling found, every place filled in the way that place wants."""

import html
import json
from urllib.parse import quote, unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment

from pelican.plugins.live_stats.rendering import slots
from pelican.plugins.live_stats.rendering.slots import (
    Rendered,
    fill,
    has_any,
    plain,
    token,
    tokens,
    torn,
)

LOUD = Rendered(html='<b class="n">1 &amp; "2"</b>', text='1 & "2"')


def render(number):
    return LOUD


numbers = st.integers(0, 2**48 - 1)
words = st.text(st.characters(exclude_characters="<>&\"'\\%", codec="utf-8")).filter(
    lambda text: not slots.RESERVED.search(text)
)


@given(numbers)
def test_a_token_is_found_in_every_spelling(number):
    """As it is, as JSON writes it, as an address writes it."""
    raw = token(number)
    spellings = [raw, json.dumps(raw), quote(raw), quote(raw).lower()]

    found = [[one.number for one in tokens(text)] for text in spellings]

    assert found == [[number]] * 4


@given(st.lists(st.tuples(words, numbers), max_size=8), words)
def test_filling_replaces_tokens_and_nothing_else(pairs, last):
    """The text around slots keeps every byte."""
    text = "".join(before + token(number) for before, number in pairs) + last

    filled = fill(text, "text", lambda n: Rendered(html="", text=f"[{n}]"))

    assert filled == "".join(f"{before}[{n}]" for before, n in pairs) + last


@given(numbers, st.integers(0, 30))
def test_a_torn_token_is_noticed(number, cut):
    """A template that slices a slot is caught, whichever piece is left."""
    raw = token(number)
    piece = raw[: 1 + cut % (len(raw) - 1)]

    assert torn(f"a {piece} b")
    assert has_any(f"a {piece} b")
    assert not torn(f"a {raw} b")


@pytest.mark.parametrize(
    ("before", "after", "filled"),
    [
        ("<p>", "</p>", LOUD.html),
        ('<p title="a > b" lang=en>', "</p>", LOUD.html),
        ('<img alt="', '">', "1 &amp; &quot;2&quot;"),
        ("<img alt='a > ", "'>", "1 &amp; &quot;2&quot;"),
        ("<title>", "</title>", "1 &amp; &quot;2&quot;"),
        ("<textarea>", "</textarea>", "1 &amp; &quot;2&quot;"),
        ("<svg><title>", "</title></svg>", "1 &amp; &quot;2&quot;"),
        ("<!-- ", " -->", '1 & "2"'),
        ('<script type="application/ld+json">{"n": "', '"}</script>',
         '1 \\u0026 \\"2\\"'),
        ('<script src="', '"></script>', "1 &amp; &quot;2&quot;"),
        ("<style>a::after { content: '", "' }</style>", '1 & "2"'),
        ("<p>1 < 2</p><script>if (a < b) {}</script><p>", "</p>", LOUD.html),
    ],
)  # fmt: skip
def test_a_fragment_is_encoded_for_where_it_stands(before, after, filled):
    """Markup in text only; words in attributes, titles, comments and scripts."""
    page = f"<!doctype html><body>{before}{token(7)}{after}</body>"

    assert fill(page, "html", render) == (
        f"<!doctype html><body>{before}{filled}{after}</body>"
    )


def test_many_slots_on_one_page_each_find_their_place():
    """A page alternating text and attributes is filled place by place."""
    page = f'<a title="{token(1)}">{token(2)}</a>' * 50

    filled = fill(page, "html", render)

    assert filled == f'<a title="{html.escape(LOUD.text)}">{LOUD.html}</a>' * 50


def test_json_made_by_a_template_stays_json():
    """`tojson` respells the token; what is filled in is a JSON string still."""
    template = Environment().from_string("{{ {'n': slot, 'm': 1} | tojson }}")
    text = template.render(slot=f"<{token(3)}>")

    filled = fill(text, "json", render)

    assert json.loads(filled) == {"n": f"<{LOUD.text}>", "m": 1}


def test_an_address_made_by_a_template_stays_an_address():
    """`urlencode` respells the token; what is filled in is percent-encoded."""
    template = Environment().from_string('<a href="/?q={{ slot | urlencode }}">x</a>')
    text = template.render(slot=token(3))

    filled = fill(text, "html", render)

    query = filled.split("?q=")[1].split('"')[0]
    assert unquote(query) == LOUD.text


def test_a_feed_carries_escaped_markup():
    """In a feed's content the fragment is escaped HTML; in a name it is words."""
    inner = html.escape(f'<p title="{token(1)}">{token(2)}</p>', quote=False)
    feed = (
        f'<entry><title>{token(3)}</title><content type="html">{inner}</content>'
        f"<description>{inner}</description><x><![CDATA[{token(4)}]]></x>"
        f'<summary type="html"><![CDATA[<b>{token(5)}</b>]]></summary></entry>'
    )

    filled = fill(feed, "xml", render)

    body = f'<p title="{html.escape(LOUD.text)}">{LOUD.html}</p>'
    contents = filled.split('<content type="html">')[1].split("</content>")[0]
    assert html.unescape(contents) == body
    assert html.unescape(filled.split("<description>")[1].split("</d")[0]) == body
    assert f"<title>{html.escape(LOUD.text)}</title>" in filled
    assert f"<![CDATA[<b>{LOUD.html}</b>]]></summary>" in filled


def test_plain_words_of_a_fragment():
    """Drawings vanish, tags vanish, entities become characters, spaces fold."""
    markup = (
        "<p>a <b>&lt;1&gt;</b>\n <svg><title>no</title></svg> &amp; <!-- x -->b</p>"
    )

    assert plain(markup) == "a <1> & b"


def test_slots_of_different_things_have_different_numbers():
    """Numbers come from file, reference and ordinal, and stay the same."""
    made = {
        slots.number_for(path, reference, str(ordinal))
        for path in ("a.md", "b.md")
        for reference in ("x/post/1", "x/post/2")
        for ordinal in range(50)
    }

    assert len(made) == 200
    assert slots.number_for("a", "b") == slots.number_for("a", "b")
    assert slots.number_for("a", "b") != slots.number_for("ab", "")
