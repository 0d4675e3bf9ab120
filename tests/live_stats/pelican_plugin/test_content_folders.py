"""What comes to a site after it was built: folders and files that were not there."""

import os
import shutil

import pytest

from support.paths import ROOT

NOTHING = "no post, page, template or setting has changed"
PAGE = "Title: A page\nSlug: p\n\nIts text.\n"


def publish(site):
    """Publish, a little later than the last time."""
    hour, minute = divmod(int(site.now[11:13]) * 60 + int(site.now[14:16]) + 5, 60)
    site.now = f"2026-11-24T{hour}:{minute:02}:00Z"
    return site.publish("--offline")


def refresh(site):
    """Refresh at the same time, and give the lines about sources that changed."""
    assert site.refresh("--offline") == 0, site.out
    return [line for line in site.out.splitlines() if "since the last build" in line]


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


PLACES = {
    "posts": ("content/posts/b.md", "posts/b/index.html"),
    "other posts": ("content/notes/deep/er/b.md", "posts/b/index.html"),
    "pages": ("content/pages/p.md", "p/index.html"),
    "other pages": ("content/legal/in/p.md", "p/index.html"),
    "images": ("content/images/a.txt", "images/a.txt"),
    "other files": ("content/files/in/a.txt", "files/in/a.txt"),
}
MORE = """
ARTICLE_PATHS = ["posts", "notes"]
PAGE_PATHS = ["./pages/", "legal"]
STATIC_PATHS = ["images", "files"]
"""
SECOND = "Title: B\nDate: 2017-10-17\nCategory: News\nSlug: b\n\nText.\n"


def put(site, path):
    name = os.path.basename(path)
    site.write(path, {"p.md": PAGE, "b.md": SECOND}.get(name, "a"))


@pytest.fixture
def paths(site):
    site.write("conf.py", (site.folder / "conf.py").read_text() + MORE)


@pytest.mark.parametrize("before", ["nothing", "empty", "file", "link"])
@pytest.mark.parametrize("name", PLACES)
def test_a_refresh_names_a_folder_that_comes_and_publish_uses_it(
    site, paths, name, before
):
    """Whatever was in its place; and so it is when the folder goes again."""
    path, shown = PLACES[name]
    folder = site.folder / "/".join(path.split("/")[:2])
    site.write("content/drawer/note.txt", "no configured path")
    quiet(site)
    if before == "empty":
        folder.mkdir()
    if before == "file":
        folder.write_text("a file")
    if before in ("empty", "file"):
        assert publish(site) == 0, site.out
        assert publish(site) == 0, site.out
    if before == "file":
        folder.unlink()
    if before == "link":
        folder.symlink_to("drawer")
    put(site, path)

    assert f"content/{folder.name}" in " ".join(refresh(site))
    published(site)
    assert shown in site.bytes()

    folder.unlink() if before == "link" else shutil.rmtree(folder)
    if before == "link":
        shutil.rmtree(site.folder / "content/drawer")  # nobody would read its posts
    assert refresh(site)
    published(site)
    assert shown not in site.bytes()


def test_a_path_that_is_new_in_the_settings_is_noticed(site):
    """For posts, pages and files, whose folders were there before."""
    for path, _ in PLACES.values():
        (site.folder / path).parent.mkdir(parents=True, exist_ok=True)
    site.write("conf.py", (site.folder / "conf.py").read_text() + "PAGE_PATHS = []\n")
    quiet(site)

    site.write("conf.py", (site.folder / "conf.py").read_text() + MORE)
    assert refresh(site) == [
        "conf.py changed since the last build; make publish uses it"
    ]
    for name in ("other posts", "other pages", "images", "other files"):
        put(site, PLACES[name][0])
    published(site)

    names = {shown for _, shown in PLACES.values()}
    assert names <= site.bytes().keys()


def test_whole_folders_change_their_names(site, paths):
    """Posts and pages trade places; a folder of the same names takes another's."""
    for number, folder in enumerate(("posts", "notes")):
        site.write(
            f"content/{folder}/same.md", SECOND.replace("Slug: b", f"Slug: {number}")
        )
    quiet(site)
    content = site.folder / "content"
    os.rename(content / "posts", content / ".aside")
    assert refresh(site)
    published(site)
    assert "posts/0/index.html" not in site.bytes()

    os.rename(content / "notes", content / "posts")
    published(site)
    assert "posts/1/index.html" in site.bytes()

    os.rename(content / "posts", content / "pages")
    os.rename(content / ".aside", content / "posts")
    published(site)
    assert {"posts/0/index.html", "1/index.html"} <= site.bytes().keys()


def test_the_whole_content_goes_and_returns(site):
    """As in a repository whose every file of content was deleted."""
    site.post("a")
    quiet(site)
    os.rename(site.folder / "content", site.folder / "away")
    (site.folder / "content").mkdir()
    assert refresh(site)
    published(site)
    assert "posts/a/index.html" not in site.bytes()

    shutil.rmtree(site.folder / "content")
    os.rename(site.folder / "away", site.folder / "content")
    published(site)
    assert "posts/a/index.html" in site.bytes()


def test_a_new_language_of_the_theme_is_noticed(site):
    """`theme/locale/` may have none at first, or not be there."""
    conf = (site.folder / "conf.py").read_text()
    site.write("conf.py", f'{conf}DEFAULT_LANG = "de"\n')
    site.write("content/posts/b.md", SECOND)
    shutil.rmtree(site.folder / "theme/locale")
    quiet(site)
    before = site.read("archives/index.html")

    shutil.copytree(ROOT / "theme/locale", site.folder / "theme/locale")
    assert refresh(site)
    published(site)

    assert site.read("archives/index.html") != before


def test_a_site_without_content_says_so(site):
    """It is a mistake, not a traceback, and the folder is noticed when it comes."""
    site.post("a")
    os.rename(site.folder / "content", site.folder / "away")
    assert publish(site) == 1
    assert "and there is no such folder here; make it" in site.out

    os.rename(site.folder / "away", site.folder / "content")
    published(site)
    assert "posts/a/index.html" in site.bytes()


def test_a_phrase_of_the_theme_that_is_edited_is_noticed(site):
    """Plugins read such files before a build begins; what they read are its inputs."""
    conf = (site.folder / "conf.py").read_text()
    site.write("conf.py", f'{conf}DEFAULT_LANG = "de"\n')
    site.write("content/posts/b.md", SECOND)
    quiet(site)
    path = "theme/locale/de/LC_MESSAGES/theme.po"
    text = (site.folder / path).read_text(encoding="utf-8")

    site.write(path, text.replace("Beiträge", "Artikel"))

    assert refresh(site) == [
        f"{path} changed since the last build; make publish uses it"
    ]
    published(site)


def test_a_new_key_is_no_change_of_the_site(site):
    """A refresh uses it at once; no page is made of `.env`."""
    site.post("a")
    quiet(site)
    site.write(".env", "X_BEARER_TOKEN=secret\n")
    assert refresh(site) == []
    assert publish(site) == 0 and NOTHING in site.out
