"""What front matter says comes out: on pages, in addresses, and when it is kept."""

import re

import pytest

from pelican.plugins.live_stats.i18n import language_tags
from pelican.plugins.live_stats.pelican_plugin.content.front_matter import (
    dates,
    keys,
)

YAML = """---
title: "What: a title"
date: 2017-10-16 23:30:00 -05:00
authors: ["Doe, Ann", Bo]
tags: [C, C++, "one, two"]
hashtags:
  - MeToo
  - "#Other"
summary: >
  Shared [over 21,000](stat:x/post/1/reposts) times,
  *often*.
image: {src: a.png, alt: no, size: [1, 2.50]}
lang: pt_BR
slug: a

---
Note: this is text.
"""


def test_yaml_comes_out_on_the_page(site, platforms):
    """Title, authors, words, day and summary, as in Pelican's own form."""
    site.write("content/posts/a.md", YAML.replace("21,000", "21.000"))

    assert site.publish("--offline") == 0, site.out

    page = site.read("posts/a/pt-BR/index.html")
    assert '<html lang="pt-BR"' in page
    assert ">What: a title</h1>" in page
    assert 'datetime="2017-10-16T23:30:00-05:00"' in page
    assert "Note: this is text." in page and "<em>often</em>" in page
    assert 'value="21000">over 21.000</data>' in page
    for link in ("author/doe-ann", "author/bo", "hashtags/metoo", "hashtags/other"):
        assert f'href="../../../{link}/"' in page
    for name in ("tag/c", "tag/cpp", "tag/one-two"):
        assert site.read(f"{name}/index.html")


def test_templates_read_own_values_of_yaml(site, platforms):
    """Mappings, lists, numbers and truths; what would change when read stays text."""
    template = site.folder / "theme/templates/article.html"
    shown = "[{{ article.image.src }} {{ article.image.alt }} {{ article.image.size }}]"
    template.write_text(template.read_text().replace("<h1", f"{shown}<h1", 1))
    site.write("content/posts/a.md", YAML.replace("21,000", "21.000"))

    assert site.publish("--offline") == 0, site.out
    found = re.search(r"\[a\.png.*?\]\]", site.read("posts/a/pt-BR/index.html"))
    assert found and found[0] == "[a.png False [1, &#39;2.50&#39;]]"


def test_what_is_kept_of_yaml_is_what_was_read(site, platforms):
    """A build that reads nothing again writes nothing; edits equal a clean build."""
    text = YAML.replace("21,000", "21.000")
    site.write("content/posts/a.md", text)
    site.post("b")
    assert site.publish("--offline") == 0, site.out
    before = site.files()
    site.post("b", text="More.")
    assert site.publish("--offline") == 0, site.out
    after = site.files()
    assert before["posts/a/pt-BR/index.html"] == after["posts/a/pt-BR/index.html"]

    edited = text.replace("Bo]", "Eve]").replace("What: a", "A new")
    for edit in (edited, edited.replace("lang:", "status: draft\nlang:")):
        site.write("content/posts/a.md", edit)
        assert site.publish("--offline") == 0, site.out
        assert site.bytes() == site.from_scratch()


@pytest.mark.parametrize("line", ["draft: true", "draft: yes", 'status: "draft"'])
def test_a_draft_of_yaml_is_not_published_and_stops_nothing(site, platforms, line):
    """Whatever is wrong in it."""
    site.post("a")
    text = f"---\ntitle: What: is this\ntgas: [a]\n\n{line}\ndate: soon\n---\nText.\n"
    site.write("content/posts/b.md", text)

    assert site.publish("--offline") == 0, site.out
    assert "1 draft is not published" in site.out
    assert not [name for name in site.files() if "what" in name]


def test_a_nested_status_is_no_draft(site, platforms):
    """The mistakes of such a post count."""
    head = "title: T\ndate: 2017-10-17\ntgas: a\nmore:\n  status: draft\n"
    site.write("content/posts/b.md", f"---\n{head}---\nText.\n")

    assert site.publish("--offline") == 1
    assert "content/posts/b.md:4: tgas:" in site.out


def test_languages_with_underscores_have_hyphens_everywhere(site, platforms):
    """In the page, in links between translations, and in addresses."""
    site.post("a")
    text = "Title: T\nSlug: a\nDate: 2017-10-17\nLang: {}\n\nWords.\n"
    site.write("content/posts/b.md", text.format("pt_br"))
    site.write("content/posts/c.md", text.format("zh_Hans_CN"))

    assert site.publish("--offline") == 0, site.out
    page = site.read("posts/a/index.html")
    assert 'hreflang="pt-BR"' in page and 'hreflang="zh-Hans-CN"' in page
    assert '<html lang="pt-BR"' in site.read("posts/a/pt-BR/index.html")
    assert not [name for name in site.files() if "pt_br" in name.lower()]


def test_the_default_language_in_other_capitals_is_the_default(site, platforms):
    """Pelican compares the codes as they are written."""
    site.write("content/posts/b.md", "Title: T\nDate: 2017-10-17\nLang: EN\n\nText.\n")

    assert site.publish("--offline") == 0, site.out
    assert '<html lang="en"' in site.read("posts/t/index.html")


def test_words_differ_where_signs_alone_tell_them_apart(site, platforms):
    """C, C++, C#, F# and .NET have pages of their own; other addresses stay."""
    words = "C, C++, C#, F#, .NET, net, LGBTQ+, Node.js, A & B, x_y, Issue #5, #MeToo"
    site.write(
        "content/posts/a.md",
        f"Title: T\nDate: 2017-10-17\nCategory: C#\nTags: {words}\n\nText.\n",
    )

    assert site.publish("--offline") == 0, site.out
    found = {name.split("/")[1] for name in site.files() if name.startswith("tag/")}
    assert found - {"index.html"} == {
        *("c", "cpp", "csharp", "fsharp", "dotnet", "net"),
        *("lgbtq", "nodejs", "a-b", "x_y", "issue-5", "metoo"),
    }
    assert "category/csharp/index.html" in site.files()


@pytest.mark.parametrize("title", ["word " * 60, "w" * 300, "東京" * 100])
def test_a_long_title_has_a_short_address(site, platforms, title):
    """One that fits the name of a file; a short one is as it was."""
    site.write("content/posts/a.md", f"Title: {title}\nDate: 2017-10-17\n\nText.\n")
    site.write("content/posts/b.md", f"Title: {'a' * 240}\nDate: 2017-10-17\n\nText.\n")

    assert site.publish("--offline") == 0, site.out
    names = {name.split("/")[1] for name in site.files() if name.startswith("posts/")}
    assert "a" * 240 in names
    assert [len(name) <= 100 for name in names].count(True) == 1


def test_a_post_in_a_wrong_folder_is_seen_by_the_next_build(site, platforms):
    """Though no folder that posts are read from has changed."""
    site.post("a")
    assert site.publish("--offline") == 0, site.out
    site.write("content/my-post.md", "Title: T\nDate: 2017-10-17\n\nText.\n")

    assert site.publish("--offline") == 1
    assert "content/my-post.md:1: no page is made of this file" in site.out


def test_lines_of_one_value_are_joined(site, platforms):
    """Pelican took the first line of tags alone, and made a list of a title."""
    head = "Title: One\n    title\nDate: 2017-10-17\nTags: a,\n    b\n    c\n\nText.\n"
    site.write("content/posts/a.md", head)

    assert site.publish("--offline") == 0, site.out
    assert ">One title</h1>" in site.read("posts/one-title/index.html")
    assert all(site.read(f"tag/{name}/index.html") for name in "abc")


@pytest.mark.parametrize(
    "text",
    [
        *("2024-03-05", "2024-3-5", "2024/03/05", "2024.03.05", "20240305"),
        *("2024-03-05 10:00", "2024-03-05T10:00:01.5Z", "2024-03-05 10:00 +01:00"),
        *(
            "2024-03-05_10:00",
            "5 March 2024",
            "Mar 5, 2024",
            "13/03/2024",
            "03/13/2024",
        ),
        *("Tue, 5 Mar 2024 10:00:00 +0000", "05.05.2024", "2024-03-05 10:00 pm"),
    ],
)
def test_dates_that_everybody_reads_alike(text):
    """No question is asked about them."""
    assert dates.problem(text) is None


@pytest.mark.parametrize(
    "text",
    [
        *("", "05.03.2024", "3/4/2024", "05-03-24", "24-03-05", "2024-13-01", "2024"),
        *("2024-02-30", "2024-00-10", "March 2024", "10:00", "12", "Monday", "soon"),
        *("2024-03-05 10:00 EST", "2024-03-05 24:61", "2024-03-05 Europe/Berlin"),
        *(
            "240305",
            "1701010000",
            "0024-03-05",
            "20241301",
            "99999999999999999999",
            "0000-01-01",
            "2024-3-5-7",
        ),
    ],
)
def test_dates_that_are_none_or_several(text):
    """The build asks, and never takes one of several days."""
    assert dates.problem(text)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        *(("tgas", "Tags"), ("tagss", "Tags"), ("dtae", "Date"), ("titel", "Title")),
        *(("saveas", "Save_as"), ("hastag", "Hashtags"), ("categroy", "Category")),
        *(("subtitle", ""), ("rate", "Date"), ("actors", ""), ("translator", "")),
        *(("image", ""), ("cover", ""), ("series", ""), ("description", "")),
        *(("state", ""), ("page", ""), ("label", ""), ("lead", ""), ("place", "")),
    ],
)
def test_keys_that_were_probably_meant(name, meant):
    """A slip is near a known key; an author's own key is not."""
    assert keys.meant(name, ()) == meant
    assert keys.meant("rate", ("date",)) == ""


@pytest.mark.parametrize(
    ("text", "code", "suggested"),
    [
        *(("de", "de", "de"), ("pt_BR", "pt-BR", "pt-BR"), ("ZH-hant", "zh-Hant", "")),
        *(("sr-latn-rs", "sr-Latn-RS", ""), ("es-419", "es-419", ""), ("la", "la", "")),
        *(("de-1996", "de-1996", ""), ("en-x-pirate", "en-x-pirate", "")),
        *(("deutsch", "", "de"), ("Português", "", "pt"), ("english", "", "en")),
        *(("ger", "", "de"), ("cn", "", "zh"), ("en-UK", "", "en-GB"), ("xx", "", "")),
        *(("Germn", "", "de"), ("", "", ""), ("de, en", "", ""), ("C", "", "")),
    ],
)
def test_codes_of_languages(text, code, suggested):
    """In the form of HTML; another one was probably meant where there is none."""
    assert language_tags.canonical(text) == code
    if not code or suggested:
        assert language_tags.suggested(text) == suggested
