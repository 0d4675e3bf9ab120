"""A post whose address changes: readers, feeds and search engines are led on."""

import re
import shutil

from pelican.plugins.live_stats.cli import dev_server

BOOK = "content/data/addresses.txt"
POST = "Title: {title}\nDate: 2017-10-17\nCategory: News\n{more}\nText.\n"


def write(site, name="a", title="Older words", more=""):
    site.write(f"content/posts/{name}.md", POST.format(title=title, more=more))


def published(site, *arguments):
    assert site.publish("--offline", *arguments) == 0, site.out
    return site.out


def target(site, path):
    """Where a page at an old address leads to, for whoever runs no script."""
    page = site.read(path)
    found = re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', page)
    assert 'name="robots" content="noindex"' in page
    return found and found[1]


def feed_ids(site):
    return re.findall("<id>(.*)</id>", site.read("feeds/all.atom.xml"))[1:]


def test_a_corrected_title_leads_on_and_keeps_the_feed_id(site, platforms):
    """Twice: both old addresses lead straight to the last, and the id is the first."""
    write(site)
    published(site)
    (first,) = feed_ids(site)
    write(site, title="First word")
    published(site)
    write(site, title="First words")
    published(site)

    for old in ("older-words", "first-word"):
        path = f"posts/{old}/index.html"
        assert target(site, path) == "../../posts/first-words/"
        canonical = 'rel="canonical" href="https://blog.example/posts/first-words/"'
        assert canonical in site.read(path)
    assert feed_ids(site) == [first] == ["https://blog.example/posts/older-words/"]
    assert first in site.read("feeds/all.json")
    assert f'isPermaLink="false">{first}<' in site.read("feeds/all.rss.xml")
    assert site.read("_redirects").splitlines() == [
        "/posts/first-word/ /posts/first-words/ 301",
        "/posts/older-words/ /posts/first-words/ 301",
    ]
    assert "older-words" not in site.read("sitemap.xml")


def test_what_is_remembered_survives_the_loss_of_build(site, platforms):
    """A fresh checkout gives the same bytes; the file is written for a change alone."""
    write(site)
    published(site)
    before = (site.folder / BOOK).stat().st_mtime_ns
    write(site, title="Older words", more="Summary: S")
    published(site)
    assert (site.folder / BOOK).stat().st_mtime_ns == before
    shutil.rmtree(site.folder / ".build")
    write(site, title="First words")
    published(site)
    assert target(site, "posts/older-words/index.html")
    built = site.bytes()
    assert site.from_scratch() == built


def test_an_address_that_a_merge_brings_is_written(site, platforms):
    """Though no post has changed: the other side published it at another address."""
    write(site, title="First words")
    published(site)
    book = (site.folder / BOOK).read_text()
    other = "posts/a.md\tposts/older/\tposts/older/index.html\n"
    (site.folder / BOOK).write_text(book + other)

    published(site)
    assert target(site, "posts/older/index.html") == "../../posts/first-words/"
    assert site.from_scratch() == site.bytes()


def test_a_renamed_file_keeps_what_its_post_had(site, platforms):
    """The same slug: it is the same post, with its old addresses and its feed id."""
    write(site)
    published(site)
    ids = feed_ids(site)
    write(site, title="First words")
    published(site)
    (site.folder / "content/posts/a.md").unlink()
    write(site, "b", title="First words")
    published(site)

    assert target(site, "posts/older-words/index.html") == "../../posts/first-words/"
    assert feed_ids(site) == ids
    assert "posts/a.md" not in (site.folder / BOOK).read_text()


def test_a_deleted_post_and_a_draft_leave_nothing(site, platforms):
    """No page leads to what is not there; a draft that comes back keeps its past."""
    site.post("other")
    write(site)
    published(site)
    write(site, title="First words", more="Status: draft")
    published(site)
    assert "first-words" not in (site.folder / BOOK).read_text()
    assert not (site.folder / "output/posts/older-words").exists()
    assert not (site.folder / "output/_redirects").exists()

    write(site, title="First words")
    published(site)
    assert target(site, "posts/older-words/index.html")
    (site.folder / "content/posts/a.md").unlink()
    published(site)
    assert not (site.folder / "output/posts/older-words").exists()


def test_an_address_that_a_new_post_has_is_the_new_post(site, platforms):
    """What was there before does not stand in its way."""
    write(site)
    published(site)
    write(site, title="First words")
    write(site, "b", title="Older words")
    published(site)
    assert "Text." in site.read("posts/older-words/index.html")
    assert not (site.folder / "output/_redirects").exists()
    assert len(set(feed_ids(site))) == 2, "feed readers take them for two posts"

    ids = feed_ids(site)
    write(site, "b", title="Other words")
    published(site)
    assert feed_ids(site) == ids
    assert target(site, "posts/older-words/index.html")
    assert "#" not in site.read("_redirects")
    assert site.bytes() == site.from_scratch()


def test_aliases_of_all_forms_lead_to_the_post(site, platforms):
    """A line with commas, several lines, pages too; below the path of the site."""
    more = "Alias: /old/address/, other.html, https://blog.example/third\n"
    write(site, title="First words", more=f"{more}    /größe ä/")
    site.write("content/pages/p.md", "Title: P\nAlias: /about/us/\n\nText.\n")
    published(site)

    assert target(site, "old/address/index.html") == "../../posts/first-words/"
    assert target(site, "other.html") == "./posts/first-words/"
    assert target(site, "third/index.html") == "../posts/first-words/"
    assert target(site, "größe ä/index.html") == "../posts/first-words/"
    assert target(site, "about/us/index.html") == "../../p/"
    assert "/gr%C3%B6%C3%9Fe%20%C3%A4/ /posts/first-words/ 301" in site.read(
        "_redirects"
    )
    write(site, title="First words")
    published(site)
    assert not (site.folder / "output/old").exists()


def test_a_failed_build_remembers_nothing(site, platforms):
    """The address that it would have had was never published."""
    write(site)
    published(site)
    before, files = (site.folder / BOOK).read_bytes(), site.files()
    write(site, title="Wrong", more="\n[x](/none/)")
    assert site.publish("--offline") == 1
    assert (site.folder / BOOK).read_bytes() == before
    assert site.files() == files


def test_a_book_that_a_merge_has_spoilt_is_named(site, platforms):
    """With the other mistakes of the site."""
    write(site, more="\n[x](/none/)")
    site.write(BOOK, "<<<<<<< HEAD\nposts/a.md\tx/\tx/index.html\n=======\n")
    assert site.publish("--offline") == 1
    assert f"{BOOK}:1: a merge has left both sides" in site.out
    assert f"{BOOK}:3: a merge has left both sides" in site.out
    assert 'content/posts/a.md:5: the link "/none/"' in site.out


def test_the_authors_server_remembers_no_address(site, platforms):
    """At the desk titles change with each save; nothing of it is published."""
    write(site)
    output = site.folder / ".build/dev/output"
    desk = dev_server.DevBuilder("conf.py", dev_server.PreviewApp(output))
    desk.build([])
    write(site, title="First words")
    desk.build(["content/posts/a.md"])
    assert not desk.app.mistakes
    assert (output / "posts/first-words/index.html").is_file()
    assert not (output / "posts/older-words").exists()
    assert not (site.folder / BOOK).exists()
