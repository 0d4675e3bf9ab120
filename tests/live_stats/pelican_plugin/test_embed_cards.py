"""Cards of posts and videos of others, from the text to the pages of a site."""

import json
import re

import pytest

VIDEO = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
TWEET = "https://x.com/jack/status/20"
PLAYER = "https://www.youtube-nocookie.com"


@pytest.fixture(autouse=True)
def no_keys(monkeypatch):
    for name in ("X_BEARER_TOKEN", "YOUTUBE_API_KEY"):
        monkeypatch.delenv(name, raising=False)


def prose(site, slug="a"):
    page = site.read(f"posts/{slug}/index.html")
    return re.search(r'<div class="prose.*?<footer', page, re.S)[0]


def test_a_card_has_live_counts_with_their_day(site, platforms, monkeypatch):
    """A refresh renews them; the link and the words stand in every feed."""
    monkeypatch.setenv("X_BEARER_TOKEN", "key")
    site.post(text=f"\n\n{TWEET}\n")
    assert site.publish() == 0, site.out

    card = prose(site)
    assert (
        f'<a href="{TWEET}"><span class="embed__words">Post by @jack on X</span></a>'
        in card
    )
    assert '<data value="24319">24,319</data> likes' in card
    assert "as of 24 November 2026" in card and "Reposts do not include" in card
    feeds = [p for p in (site.folder / "output" / "feeds").iterdir()]
    for path in feeds:
        text = path.read_text()
        if path.suffix == ".json":
            text = json.loads(text)["items"][0]["content_html"]
        text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&#34;", '"')
        assert re.search(
            rf'<a href="{TWEET}">(<span[^>]*>)?Post by @jack on X', text
        ), path
        assert "embed__counts" not in text

    platforms.counts["post"] = 30_000
    site.now = "2026-11-25T20:00:00Z"
    assert site.refresh("--all") == 0, site.out
    assert "30,001</data> likes" in prose(site)


def test_without_a_key_nothing_is_asked_and_no_number_is_shown(site, platforms):
    """The card stands, and nobody is told to set a key for it."""
    site.write("content/posts/b.md", f"Title: B\nDate: 2017-10-17\n\n{TWEET}\n")
    assert site.publish() == 0, site.out

    assert "Post by @jack on X" in prose(site, "b")
    assert "embed__counts" not in prose(site, "b")
    assert "X_BEARER_TOKEN" not in site.out
    assert "api.x.com" not in platforms.hosts()


def test_only_an_address_alone_in_a_paragraph_is_a_card(site):
    """In a sentence, a list, a quotation, a summary or code it stays as it is."""
    site.write(
        "content/posts/b.md",
        f"Title: B\nDate: 2017-10-17\nSummary: {TWEET}\n\n"
        f"See {TWEET} now.\n\n- {TWEET}\n\n> {TWEET}\n\n    {TWEET}\n\n"
        "```\n" + TWEET + "\n```\n\n"
        "https://x.com/jack/status/twenty\n\n<https://example.org/a_b_c>\n",
    )
    assert site.publish("--offline") == 0, site.out

    text = prose(site, "b")
    assert "embed" not in text
    for url in ("https://x.com/jack/status/twenty", "https://example.org/a_b_c"):
        assert f'<p><a href="{url}">{url}</a></p>' in text


def test_the_policy_allows_a_player_where_there_is_one(site):
    """That page's, and what servers send; nothing is in a page before a click."""
    site.post()
    assert site.publish("--offline") == 0, site.out
    assert "frame-src" not in site.read("_headers")

    site.post("b", text=f"\n\n{VIDEO}\n", title="B")
    assert site.publish("--offline") == 0, site.out
    headers = site.read("_headers")
    assert f"frame-src {PLAYER};" in headers and "vimeo" not in headers
    assert f"frame-src {PLAYER}" in site.read("posts/b/index.html")
    assert "frame-src" not in site.read("posts/a/index.html")
    assert "frame-src" not in site.read("index.html")
    assert "<iframe" not in prose(site, "b")

    site.post("a", text="\n\nhttps://vimeo.com/76979871\n")
    site.post("b", text=f"\n\nSee {VIDEO}\n", title="B")
    assert site.publish("--offline") == 0, site.out
    after = site.bytes()
    assert "player.vimeo.com" in site.read("_headers")
    assert PLAYER not in site.read("_headers")
    assert "frame-src" not in site.read("posts/b/index.html")
    assert after == site.from_scratch()


def test_cards_come_from_memory_as_they_came_from_the_text(
    site, platforms, monkeypatch
):
    """A key that is set later brings the numbers of a post that nobody edits."""
    site.post("b", text=f"\n\n{TWEET}\n", title="B")
    site.post("c", title="C")
    assert site.publish() == 0, site.out
    monkeypatch.setenv("X_BEARER_TOKEN", "key")
    site.post("c", text="An edit.", title="C")
    assert site.publish() == 0, site.out

    assert "24,319</data> likes" in prose(site, "b")
    assert site.bytes() == site.from_scratch()


def test_a_card_speaks_the_language_of_its_page(site):
    """German, French and Spanish."""
    for lang, words in (
        ("de", "Beitrag von @jack auf X"),
        ("fr", "Publication de @jack sur X"),
        ("es", "Publicación de @jack en X"),
    ):
        site.write(
            f"content/posts/{lang}.md",
            f"Title: {lang}\nDate: 2017-10-17\nSlug: {lang}\nLang: {lang}\n\n{TWEET}\n",
        )
        assert site.publish("--offline") == 0, site.out
        assert words in site.read(f"posts/{lang}/{lang}/index.html")
