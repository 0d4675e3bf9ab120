"""Nothing unpublished leaves the house: drafts, planned posts, what they bring."""

import pytest

from support.pictures import put_picture

DRAFT = """Title: {title}
Date: {date}
Category: {title}
Tags: {title}
Author: {title}
Hashtags: {title}
{more}

Used [over 400](stat:mastodon/tag/{title}) times, liked [over 9](stat:x/post/77/likes).

![It]({{static}}/images/{title}.png) and [it]({{attach}}{title}.txt).
"""
PAGE = "Title: {}\nStatus: {}\n\n[over 9](stat:x/post/77/likes#as-of=2017-10-16)"
LEFT_OUT = "not published; make dev shows"


@pytest.fixture
def site(site):
    """One post; files are copied only if a post brings them along."""
    conf = (site.folder / "conf.py").read_text() + "STATIC_PATHS = []\n"
    conf += 'LIVE_STATS_PLATFORMS = ["mastodon"]\n'
    site.write("conf.py", conf)
    site.post("a")
    return site


def later(site, now):
    site.now = now
    assert site.publish("--offline") == 0, site.out


@pytest.mark.parametrize(
    "more, date",
    [
        ("Status: draft", "2017-10-17"),
        ("Status: draft", "2999-01-01"),
        ("", "2999-01-01"),
        ("Status: published", "2999-01-01"),
        ("Status: hidden", "2999-01-01"),
        ("Status: skip", "2017-10-17"),
        ("Status: draft\nSlug: a\nLang: de", "2017-10-17"),
        ("Slug: a\nLang: de", "2999-01-01"),
    ],
)
def test_an_unpublished_post_is_in_no_file(site, platforms, more, date):
    """Not its words, its terms, its figures, its files; and nobody is asked for it."""
    put_picture(site, "content/pictures/secretive.png", 900, 600, noise=True)
    assert site.publish("--offline") == 0, site.out
    before = site.bytes()
    text = DRAFT.format(title="secretive", date=date, more=more)
    text = text.replace("/images/", "/pictures/")
    site.write("content/posts/secretive.md", text)
    site.write("content/posts/secretive.txt", "its file")
    site.now = "2026-11-24T12:10:00Z"

    assert site.publish("--offline") == 0, site.out
    assert site.bytes() == before
    assert (LEFT_OUT in site.out) == ("skip" not in more)

    site.now = "2026-11-24T12:20:00Z"
    assert site.publish() == 0, site.out
    assert not [path for _, path in platforms.asked if "secretive" in path]
    for path in site.folder.joinpath("output").rglob("*"):
        assert "secretive" not in path.name
        if path.is_file():
            assert b"secretive" not in path.read_bytes()
            assert b"x/post/77" not in path.read_bytes()


@pytest.mark.parametrize("status", ["draft", "skip"])
def test_an_unpublished_page_is_in_no_file(site, status):
    """Nor is its figure among those that are asked for."""
    assert site.publish("--offline") == 0, site.out
    before = site.bytes()
    site.write("content/pages/p.md", PAGE.format("A page", status))
    site.now = "2026-11-24T12:10:00Z"

    assert site.publish("--offline") == 0, site.out

    assert site.bytes() == before


def test_a_line_says_how_many_were_left_out(site):
    """In numbers that agree with their nouns."""
    site.write("content/posts/b.md", "Title: B\nStatus: draft\n\nText.\n")
    later(site, "2026-11-24T12:00:00Z")
    assert "\n1 draft is not published; make dev shows it\n" in site.out
    site.write("content/pages/c.md", "Title: C\nStatus: draft\n\nText.\n")
    site.write("content/posts/d.md", "Title: D\nDate: 2999-01-01\n\nText.\n")
    later(site, "2026-11-24T12:10:00Z")
    line = "2 drafts and 1 planned post are not published; make dev shows them\n"
    assert line in site.out
    later(site, "2026-11-24T12:20:00Z")
    assert line in site.out and "no post, page, template or setting has" in site.out


def test_a_file_that_a_published_post_shows_as_well_is_there(site):
    """What a draft alone brings along is not, until it is published."""
    shown = "![One]({static}/pictures/one.png)"
    site.post("a", text=shown)
    text = f"Title: B\nDate: 2017-10-17\nCategory: News\nStatus: draft\n\n{shown}\n"
    text += "![Two]({static}/pictures/two.png)\n"
    site.write("content/posts/b.md", text)
    put_picture(site, "content/pictures/one.png")
    put_picture(site, "content/pictures/two.png")
    later(site, "2026-11-24T12:00:00Z")
    assert "pictures/one.png" in site.bytes()
    assert "pictures/two.png" not in site.bytes()

    site.write("content/posts/b.md", text.replace("draft", "published"))
    later(site, "2026-11-24T12:10:00Z")
    assert "pictures/two.png" in site.bytes() and "posts/b/index.html" in site.bytes()

    site.write("content/posts/b.md", text)
    later(site, "2026-11-24T12:20:00Z")
    assert not {"pictures/two.png", "posts/b/index.html"} & site.bytes().keys()
    assert site.bytes() == site.from_scratch()


@pytest.mark.parametrize("translation", [False, True])
@pytest.mark.parametrize("command", ["publish", "refresh"])
def test_a_planned_post_appears_when_it_is_due(site, command, translation):
    """At the next publish or refresh after that; not before."""
    more = "Slug: a\nLang: de\n" if translation else "Slug: b\n"
    text = f"Title: B\nDate: 2026-11-25 08:00\nCategory: News\n{more}\nText.\n"
    site.write("content/posts/b.md", text)
    path = "posts/a/de/index.html" if translation else "posts/b/index.html"
    later(site, "2026-11-24T12:00:00Z")
    site.now = "2026-11-25T07:00:00Z"
    assert site.run(command, "--offline") == 0, site.out
    assert path not in site.bytes()

    site.now = "2026-11-25T09:00:00Z"
    assert site.run(command, "--offline") == 0, site.out

    assert path in site.bytes() and LEFT_OUT not in site.out
    assert site.bytes() == site.from_scratch()


@pytest.mark.parametrize(
    "wrong",
    [
        "Title: B\nDate: 2017-10-17\nStatus: draft\n\n[over 9](stat:nowhere/tag/x)\n",
        "Title: B\nDate: 2017-10-17\nStatus: skip\n\n[over 9](stat:nowhere/tag/x)\n",
        "Status: draft\n\nNo title yet.\n",
        "Title: B\nDate: some day\nStatus: draft\n\nText.\n",
        "B\n##\n\n:status: draft\n:date: some day\n\nText.\n",
        "Title: B\nDate: 2999-01-01\n\n[over 9](stat:nowhere/tag/x)\n",
        "Title: B\nStatus: draft\n\n![No picture]({static}/images/none.png)\n",
        "Title: B\nStatus: draft\nHashtags: no hashtag!\n\n[x]({filename}none.md)\n",
    ],
)
def test_a_half_written_draft_stops_nobody(site, wrong):
    """Its mistakes are told where it is shown: in a site with previews."""
    ending = "rst" if wrong.startswith("B\n#") else "md"
    site.write(f"content/posts/b.{ending}", wrong)
    later(site, "2026-11-24T12:00:00Z")
    site.post("a", text="Another text.")
    later(site, "2026-11-24T12:10:00Z")
    assert "Another text." in site.read("posts/a/index.html")

    conf = (site.folder / "conf.py").read_text()
    site.write("conf.py", conf + "LIVE_STATS_PREVIEWS = True\n")
    site.now = "2026-11-24T12:20:00Z"
    code = site.publish("--offline")
    assert code == (0 if "skip" in wrong else 1), site.out


def test_previews_are_below_drafts_if_the_settings_ask_for_them(site, platforms):
    """For those who know the address; no list leads there. Another value is told."""
    site.write(
        "content/posts/b.md",
        "Title: In work\nDate: 2017-10-17\nCategory: New\nTags: fresh\nAuthor: Ann\n"
        "Hashtags: secretive\nStatus: draft\nSlug: b\n\n"
        "[over 9](stat:x/post/77/likes)\n",
    )
    conf = (site.folder / "conf.py").read_text()
    site.write("conf.py", conf + "LIVE_STATS_PREVIEWS = True\n")
    later(site, "2026-11-24T12:00:00Z")

    text = site.read("drafts/b/index.html")
    assert '<meta name="robots" content="noindex">' in text
    assert LEFT_OUT not in site.out
    assert all("In work" not in site.read(n) for n in ("index.html", "sitemap.xml"))

    site.write("conf.py", conf + 'LIVE_STATS_PREVIEWS = "yes"\n')
    assert site.publish() == 1
    assert "LIVE_STATS_PREVIEWS is 'yes'; write True or False" in site.out


def test_a_link_to_a_draft_is_named_where_it_stands(site):
    """It would lead readers nowhere."""
    site.post("a", text="See [the other]({filename}b.md).")
    site.write("content/posts/b.md", "Title: B\nStatus: draft\n\nText.\n")

    assert site.publish("--offline") == 1

    assert "content/posts/a.md:8: " in site.out and "{filename}b.md" in site.out


OWN = "Date: {date}\nCategory: New\nTags: fresh\nAuthors: Ann, Bob\n{more}\n\nText.\n"


@pytest.mark.parametrize(
    "more, date, path",
    [
        ("Slug: b\nStatus: draft", "2017-10-17", "drafts/b"),
        ("Slug: b", "2999-01-01", "drafts/b"),
        ("Slug: b\nStatus: hidden", "2017-10-17", "posts/b"),
        ("Slug: a\nLang: de", "2017-10-17", "posts/a/de"),
        ("Slug: b\nLang: de\nStatus: hidden", "2017-10-17", "posts/b/de"),
    ],
)
def test_a_term_that_has_no_page_is_no_link(site, more, date, path):
    """Its category, tags and authors are printed; those of listed posts are links."""
    conf = (site.folder / "conf.py").read_text()
    site.write("conf.py", conf + "LIVE_STATS_PREVIEWS = True\n")
    site.write("content/posts/b.md", "Title: B\n" + OWN.format(date=date, more=more))
    page = "Title: P\nSlug: p\nStatus: hidden\n" + OWN.format(date=date, more="")
    site.write("content/pages/p.md", page)
    later(site, "2026-11-24T12:00:00Z")
    text = site.read(f"{path}/index.html")
    for word in ("New", "fresh", "Ann", "Bob"):
        assert f">{word}</span>" in text
    assert 'category/new/"' not in text and 'tag/fresh/"' not in text
    assert "author/ann/" not in text

    site.write(
        "content/posts/c.md", "Title: C\n" + OWN.format(date="2017-1-1", more="")
    )
    later(site, "2026-11-24T12:10:00Z")
    text = site.read(f"{path}/index.html")
    assert 'category/new/">New</a>' in text and 'author/ann/">Ann</a>' in text
    assert site.bytes() == site.from_scratch()
