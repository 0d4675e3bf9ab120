"""A published site as reader views, text browsers and feed readers show it."""

import html
import json
import re

import pytest

TEXTS = {
    "en": ("Seen [over 21,000](stat:x/post/1/likes) times.",
           "Seen over 21,000 (24,319 on 24 November 2026) times."),
    "de": ("Gesehen [über 21.000](stat:x/post/1/likes) Mal.",
           "Gesehen über 21.000 (24.319 am 24. November 2026) Mal."),
    "fr": ("Vu [plus de 21 000](stat:x/post/1/likes) fois.",
           "Vu plus de 21 000 (24\u202f319 le 24 novembre 2026) fois."),
    "es": ("Visto [más de 21.000](stat:x/post/1/likes) veces.",
           "Visto más de 21.000 (24.319 el 24 de noviembre de 2026) veces."),
}  # fmt: skip
POST = """Title: In {lang}
Date: 2017-10-17
Category: News
Hashtags: MeToo
Slug: {lang}
Lang: {lang}

{text} #MeToo
"""


@pytest.fixture
def published(site, platforms, monkeypatch):
    monkeypatch.setenv("X_BEARER_TOKEN", "key")
    for lang, (text, _) in TEXTS.items():
        site.write(f"content/posts/{lang}.md", POST.format(lang=lang, text=text))
    assert site.publish() == 0, site.out
    return site


def as_text(markup, dropped="button|aside"):
    """The words of some markup without the elements that a reader view leaves out."""
    markup = re.sub(rf"<({dropped})\b.*?</\1>", "", markup, flags=re.S)
    return " ".join(html.unescape(re.sub("<[^>]*>", "", markup)).split(" "))


def paragraphs(markup, dropped="button|aside"):
    found = re.findall(r"<p\b[^>]*>(.*?)</p>", markup, re.S)
    return [as_text(one, dropped) for one in found]


@pytest.mark.parametrize("dropped", ["button|aside", "nothing"])
def test_a_sentence_is_whole_wherever_it_is_read(published, dropped):
    """With buttons dropped or shown: on its page, in lists, on the hashtag's page."""
    for lang, (_, sentence) in TEXTS.items():
        folder = "" if lang == "en" else f"{lang}/"
        page = published.read(f"posts/{lang}/{folder}index.html")
        assert f"{sentence} #MeToo" in paragraphs(page, dropped), lang
        assert re.search(r'<data [^>]*value="24319"', page)
    listed = as_text(published.read("index.html"), dropped)
    for _, sentence in TEXTS.values():
        assert listed.count(sentence) == 1
    for name in ("index.html", "archives/index.html", "hashtags/metoo/index.html"):
        assert "popover" not in published.read(name), name


def test_feeds_have_the_sentence_and_no_card(published):
    """Atom, RSS and JSON Feed: text with the number once, nothing to press."""
    output = published.folder / "output"
    feeds = [path for path in output.rglob("*") if path.suffix in (".xml", ".json")]
    read = 0
    for path in feeds:
        text = path.read_text(encoding="utf-8")
        if "24.319" not in text or "In de" not in text:
            continue
        read += 1
        if path.suffix == ".json":
            items = json.loads(text)["items"]
            content = "".join(item["content_html"] for item in items)
        else:
            content = html.unescape(text)
        assert "popover" not in content and "card" not in content, path
        for _, sentence in TEXTS.values():
            assert sentence in as_text(html.unescape(content)), path
    assert read == 3, feeds
