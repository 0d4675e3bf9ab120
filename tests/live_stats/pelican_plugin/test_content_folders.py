"""What comes to a site after it was built: folders and files that were not there."""

import os
import shutil

import pytest

NOTHING = "no post, page, template or setting has changed"
PAGE = "Title: A page\nSlug: p\n\nIts text.\n"


def publish(site):
    """Publish, a little later than the last time."""
    hour, minute = divmod(int(site.now[11:13]) * 60 + int(site.now[14:16]) + 5, 60)
    site.now = f"2026-11-24T{hour}:{minute:02}:00Z"
    return site.publish("--offline")


def quiet(site):
    """Publish until nothing is new: what comes next is the edit's alone."""
    assert publish(site) == 0, site.out
    assert publish(site) == 0, site.out
    assert NOTHING in site.out


def published(site):
    """Publish; then it is the site that is built from nothing."""
    assert publish(site) == 0, site.out
    assert NOTHING not in site.out
    assert site.bytes() == site.from_scratch()


@pytest.mark.parametrize(
    "edit, shown",
    [
        (lambda site: site.post("b"), "posts/b/index.html"),
        (lambda site: site.write("content/pages/p.md", PAGE), "p/index.html"),
        (lambda site: site.write("content/images/a.txt", "a"), "images/a.txt"),
        (lambda site: site.write("content/extra/robots.txt", "a"), "robots.txt"),
        (lambda site: site.write("content/more/b/c.txt", "c"), "more/b/c.txt"),
        (lambda site: site.write("theme/fonts/a.woff2", "a"), "theme/a.woff2"),
    ],
    ids=["posts", "pages", "images", "one file", "deep", "of the theme"],
)
def test_a_folder_that_was_not_there_is_noticed(site, edit, shown):
    """For posts, pages, files and the theme; and again when it is taken away."""
    site.write(
        "conf.py",
        (site.folder / "conf.py").read_text()
        + 'STATIC_PATHS = ["images", "extra/robots.txt", "more/b"]\n'
        + 'EXTRA_PATH_METADATA = {"extra/robots.txt": {"path": "robots.txt"}}\n'
        + 'DIRECT_TEMPLATES.remove("robots")\n'
        + 'THEME_STATIC_PATHS = ["static", "fonts"]\n',
    )
    quiet(site)
    folders = [site.folder / "content", site.folder / "theme"]
    before = {name for folder in folders for name in os.listdir(folder)}
    assert shown not in site.bytes()

    edit(site)
    published(site)
    assert shown in site.bytes()

    for folder in folders:
        for path in folder.iterdir():
            if path.name not in before:
                shutil.rmtree(path)
    published(site)
    assert shown not in site.bytes()


def test_a_folder_that_git_took_away_is_noticed_when_it_returns(site):
    """As after the last post of a branch was deleted: git keeps no empty folders."""
    site.post("a")
    quiet(site)
    (site.folder / "content/posts").rename(site.folder / "away")
    published(site)
    assert "posts/a/index.html" not in site.bytes()

    (site.folder / "away").rename(site.folder / "content/posts")
    published(site)

    assert "posts/a/index.html" in site.bytes()


@pytest.mark.parametrize("kind", ["file", "link"])
def test_something_else_in_the_place_of_a_folder_is_noticed(site, kind):
    """A file, or a link to another folder; and the folder again."""
    site.post("a")
    site.write("content/images/in/a.txt", "a")
    site.write("content/other/b.txt", "b")
    quiet(site)
    place = site.folder / "content/images/in"
    shutil.rmtree(place)
    if kind == "file":
        place.write_text("a file")
    else:
        place.symlink_to("../other")

    published(site)
    assert "images/in/a.txt" not in site.bytes()
    assert ("images/in/b.txt" in site.bytes()) == (kind == "link")

    place.unlink()
    site.write("content/images/in/a.txt", "a")
    published(site)
    assert "images/in/a.txt" in site.bytes()


def test_a_template_of_a_folder_that_comes_later_is_noticed(site):
    """The site's own templates stand before those of the theme."""
    conf = (site.folder / "conf.py").read_text()
    own = 'THEME_TEMPLATES_OVERRIDES = ["own", *THEME_TEMPLATES_OVERRIDES]'
    site.write("conf.py", f"{conf}{own}\n")
    site.post("a")
    quiet(site)

    site.write("own/partials/footer.html", "<footer>Our own foot</footer>")
    published(site)
    assert "Our own foot" in site.read("posts/a/index.html")

    shutil.rmtree(site.folder / "own")
    published(site)
    assert "Our own foot" not in site.read("posts/a/index.html")


def test_a_reading_that_was_brought_from_elsewhere_is_noticed(site):
    """`content/data/` may come later as well, from another builder."""
    site.post("a")
    quiet(site)
    line = (
        '{"exactness":"exact","from":"2026-11-23T00:00:00Z","observed_at":'
        '"2026-11-24T11:00:00Z","series":"x/post/1/reposts","source":'
        '"https://x.com/i/status/1","to":"2026-11-24T11:00:00Z","value":24318}\n'
    )
    site.write("content/data/observations/2026-11.jsonl", line)

    assert publish(site) == 0, site.out

    assert "24,318" in site.read("posts/a/index.html")
    assert site.bytes() == site.from_scratch()
