"""Nothing unpublished leaves the house: drafts, planned posts, what they bring."""

import re

import pytest

from support.pictures import put_picture

SECRET = "correct-horse-battery"
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


@pytest.fixture
def previews(site, monkeypatch):
    """The same site with previews for those who know their addresses."""
    conf = (site.folder / "conf.py").read_text()
    site.write("conf.py", conf + "LIVE_STATS_PREVIEWS = True\n")
    monkeypatch.setenv("LIVE_STATS_PREVIEW_SECRET", SECRET)


def previewed(site, source):
    """The name of the file of a preview, by the address that publish has printed."""
    found = re.findall(
        rf"^preview of {source}: https://blog.example/(\S+/)$", site.out, re.M
    )
    assert len(found) == 1, site.out
    return f"{found[0]}index.html"


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
def test_a_half_written_draft_stops_nobody(site, monkeypatch, wrong):
    """Its mistakes are told where it is shown: in a site with previews."""
    ending = "rst" if wrong.startswith("B\n#") else "md"
    site.write(f"content/posts/b.{ending}", wrong)
    later(site, "2026-11-24T12:00:00Z")
    site.post("a", text="Another text.")
    later(site, "2026-11-24T12:10:00Z")
    assert "Another text." in site.read("posts/a/index.html")

    conf = (site.folder / "conf.py").read_text()
    site.write("conf.py", conf + "LIVE_STATS_PREVIEWS = True\n")
    monkeypatch.setenv("LIVE_STATS_PREVIEW_SECRET", SECRET)
    site.now = "2026-11-24T12:20:00Z"
    code = site.publish("--offline")
    assert code == (0 if "skip" in wrong else 1), site.out


PREVIEW = """Title: Secretive work
Date: {date}
Category: Secretive
Tags: secretive
Author: Secretive
Hashtags: secretive
Slug: secretive
{more}

[over 9](stat:x/post/77/likes) {text}
"""


def test_previews_are_where_nobody_can_guess(site, platforms, previews):
    """Publish prints the address, which no other file has; search engines keep out."""
    text = PREVIEW.format(date="2017-10-17", more="Status: draft", text="")
    site.write("content/posts/b.md", text)
    page = "Title: Secretive page\nSlug: p\nStatus: draft\n\nText.\n"
    site.write("content/pages/p.md", page)
    later(site, "2026-11-24T12:00:00Z")
    shown = {previewed(site, f"content/{p}") for p in ("posts/b.md", "pages/p.md")}
    assert LEFT_OUT not in site.out

    files = site.bytes().keys()
    assert {name for name in files if name.startswith("drafts/")} == shown
    for name in shown:
        assert re.fullmatch(r"drafts/[a-z2-7]{26}/index.html", name)
        assert '<meta name="robots" content="noindex">' in site.read(name)
    for name in files - shown:
        data = (site.folder / "output" / name).read_bytes()
        assert b"ecretive" not in data and b"drafts/" not in data, name
    assert site.bytes() == site.from_scratch()


def test_the_address_of_a_preview_stays(site, previews):
    """While others are published, its text changes, or nothing does."""
    text = PREVIEW.format(date="2999-01-01", more="", text="{text}")
    site.write("content/posts/b.md", text)
    later(site, "2026-11-24T12:00:00Z")
    name = previewed(site, "content/posts/b.md")
    later(site, "2026-11-24T12:05:00Z")
    assert previewed(site, "content/posts/b.md") == name
    assert "no post, page, template or setting has changed" in site.out

    text = text.replace("Secretive work", "Another title").replace("Slug: s", "Slug: t")
    site.write("content/posts/b.md", text)
    later(site, "2026-11-24T12:10:00Z")
    assert previewed(site, "content/posts/b.md") == name
    assert "Another title" in site.read(name)


def test_another_secret_moves_all_previews(site, previews, monkeypatch):
    """So somebody who left the team no longer knows where they are."""
    text = PREVIEW.format(date="2017-10-17", more="Status: draft", text="")
    site.write("content/posts/b.md", text)
    later(site, "2026-11-24T12:00:00Z")
    name = previewed(site, "content/posts/b.md")

    monkeypatch.setenv("LIVE_STATS_PREVIEW_SECRET", SECRET + "!")
    later(site, "2026-11-24T12:10:00Z")

    assert previewed(site, "content/posts/b.md") != name
    assert name not in site.bytes()


@pytest.mark.parametrize("secret", ["", "short"])
def test_previews_need_a_secret(site, monkeypatch, secret):
    """The mistake says how to make one; what it says ends it. So do wrong values."""
    conf = (site.folder / "conf.py").read_text()
    site.write("conf.py", conf + "LIVE_STATS_PREVIEWS = True\n")
    monkeypatch.setenv("LIVE_STATS_PREVIEW_SECRET", secret)
    assert site.publish("--offline") == 1
    assert ": LIVE_STATS_PREVIEWS is True, but " in site.out
    assert "import secrets; print(secrets.token_urlsafe())" in site.out

    monkeypatch.delenv("LIVE_STATS_PREVIEW_SECRET")
    site.write(".env", "LIVE_STATS_PREVIEW_SECRET=iT5tq2X0Zk3sZ8f1\n")
    later(site, "2026-11-24T12:10:00Z")

    site.write("conf.py", conf + 'LIVE_STATS_PREVIEWS = "yes"\n')
    assert site.publish() == 1
    assert "LIVE_STATS_PREVIEWS is 'yes'; write True or False" in site.out


@pytest.mark.parametrize("command", ["publish", "refresh"])
def test_a_preview_becomes_a_post_and_a_draft_again(site, previews, command):
    """When its time comes: then its secret address is gone. And back it goes."""
    text = PREVIEW.format(date="2026-11-25 08:00", more="", text="")
    site.write("content/posts/b.md", text)
    later(site, "2026-11-24T12:00:00Z")
    name = previewed(site, "content/posts/b.md")
    site.now = "2026-11-25T09:00:00Z"
    assert site.run(command, "--offline") == 0, site.out
    assert name not in site.bytes() and "posts/secretive/index.html" in site.bytes()
    assert site.bytes() == site.from_scratch()

    site.write("content/posts/b.md", text.replace("Slug:", "Status: draft\nSlug:"))
    later(site, "2026-11-25T09:10:00Z")
    assert previewed(site, "content/posts/b.md") == name
    for other in site.bytes().keys() - {name}:
        data = (site.folder / "output" / other).read_bytes()
        assert b"ecretive" not in data and "ecretive" not in other


@pytest.mark.parametrize("more", ["Status: draft", "Date: 2999-01-01", "Status: skip"])
@pytest.mark.parametrize("shown", [False, True])
def test_a_post_that_is_taken_back_vanishes(
    site, platforms, monkeypatch, request, more, shown
):
    """With its images, its readings in `/data/`, its place in search and its terms."""
    if shown:
        request.getfixturevalue("previews")
    monkeypatch.setenv("X_BEARER_TOKEN", "key")
    conf = (site.folder / "conf.py").read_text()
    conf += "SEARCH = True\nLIVE_STATS_SHARE_IMAGES = LIVE_STATS_DATA = True\n"
    site.write("conf.py", conf)
    text = PREVIEW.format(date="2017-10-17", more="", text="")
    text += "[over 5](stat:mastodon/tag/secretive) ![It]({static}/pics/secretive.png)\n"
    put_picture(site, "content/pics/secretive.png")
    site.write("content/posts/b.md", text)
    assert site.publish() == 0, site.out
    there = site.bytes().keys()
    shares = "posts/secretive/share.png", "hashtags/secretive/index.html"
    assert {"posts/secretive/index.html", "pics/secretive.png", *shares} <= there
    assert b"x/post/77" in (site.folder / "output/data/observations.csv").read_bytes()

    text = text.replace("Date: 2017-10-17\n", "") if "Date" in more else text
    site.write("content/posts/b.md", text.replace("Category", f"{more}\nCategory"))
    platforms.asked.clear()
    site.now = "2026-11-26T12:00:00Z"
    assert site.publish() == 0, site.out

    own = {name for name in site.bytes() if name.startswith("drafts/")}
    assert bool(own) == (shown and "skip" not in more)
    asked = [path for _, path in platforms.asked if "secretive" in path]
    assert shown or not asked
    for name in site.bytes().keys() - own:
        data = (site.folder / "output" / name).read_bytes()
        assert "secretive" not in name or "pics" in name and own, name
        assert b"ecretive" not in data and b"x/post/77" not in data, name
    if not own:
        assert site.bytes() == site.from_scratch()


@pytest.mark.parametrize("kind", ["posts", "pages"])
def test_what_is_hidden_has_a_page_and_no_list(site, platforms, kind):
    """No feed, search entry, sitemap line or list has it; who knows it, reads it."""
    conf = (site.folder / "conf.py").read_text()
    site.write("conf.py", conf + "SEARCH = True\nLIVE_STATS_SHARE_IMAGES = True\n")
    text = PREVIEW.format(date="2017-10-17", more="Status: hidden", text="")
    site.write(f"content/{kind}/b.md", text)
    later(site, "2026-11-24T12:00:00Z")
    name = "posts/secretive/index.html" if kind == "posts" else "secretive/index.html"
    assert "data-pagefind-body" not in site.read(name)
    for other in site.bytes().keys() - {name}:
        data = (site.folder / "output" / other).read_bytes()
        assert b"ecretive" not in data and "ecretive" not in other, other


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
def test_a_term_that_has_no_page_is_no_link(site, previews, more, date, path):
    """Its category, tags and authors are printed; those of listed posts are links."""
    site.write("content/posts/b.md", "Title: B\n" + OWN.format(date=date, more=more))
    page = "Title: P\nSlug: p\nStatus: hidden\n" + OWN.format(date=date, more="")
    site.write("content/pages/p.md", page)
    later(site, "2026-11-24T12:00:00Z")
    if path == "drafts/b":
        path = previewed(site, "content/posts/b.md").removesuffix("/index.html")
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
