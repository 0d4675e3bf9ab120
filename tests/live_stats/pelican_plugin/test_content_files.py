"""Which files of the content are published: none that are hidden, none from outside."""

import os

import pytest

SECRET = "s3cret"
POST = "Title: {}\nDate: 2017-10-17\nCategory: News\n\n{}\n"
LEFT = [
    ".trash/old.md",
    ".note.md",
    "sub/.obsidian/deep/note.md",
    "a.md~",
    "#a.md#",
    ".a.md.swp",
    ".DS_Store",
]


def more(site, text):
    site.write("conf.py", (site.folder / "conf.py").read_text() + text)


def link(site, path, to):
    place = site.folder / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.symlink_to(to)
    return place


@pytest.fixture
def site(site):
    site.post("a")
    site.write(".env", SECRET)
    site.write("outside/post.md", POST.format("Outside", SECRET))
    site.write("outside/in/picture.txt", SECRET)
    return site


def published(site):
    assert site.publish("--offline") == 0, site.out
    for path in (site.folder / "output").rglob("*"):
        assert not path.is_file() or SECRET.encode() not in path.read_bytes(), path
    return site.bytes()


@pytest.mark.parametrize("ignore", ["", 'IGNORE_FILES = ["*.bak"]\n'])
def test_hidden_files_and_what_editors_leave_are_not_published(site, ignore):
    """Whatever the site's own patterns say, and these hold too."""
    more(site, ignore)
    before = published(site)
    for path in LEFT:
        for folder in ("posts", "pages", "images"):
            site.write(f"content/{folder}/{path}", POST.format(path, SECRET))
    site.write("content/images/.env", SECRET)
    site.write("content/images/b.txt.bak", "" if not ignore else SECRET)
    link(site, "content/posts/.#a.md", "ada@desk.4711:1")
    link(site, "content/images/.ring", ".ring")
    link(site, "content/pages/.out", "../../outside")

    after = published(site)

    assert after == before | (
        {} if ignore else {"images/b.txt.bak": after.get("images/b.txt.bak")}
    )


def test_a_hidden_file_that_the_settings_name_is_published(site):
    """A folder or a file among the paths, or a file that has metadata of its own."""
    more(
        site,
        'STATIC_PATHS = ["images", ".well-known", "extra/.htaccess", "files"]\n'
        "EXTRA_PATH_METADATA = {\n"
        '    "extra/.htaccess": {"path": ".htaccess"},\n'
        '    "files/.nojekyll": {"path": ".nojekyll"},\n'
        '    "files/.in/security.txt": {"path": "security.txt"},\n'
        "}\n",
    )
    site.write("content/.well-known/security.txt", "here")
    site.write("content/.well-known/.hidden", SECRET)
    site.write("content/extra/.htaccess", "here")
    site.write("content/extra/.env", SECRET)
    site.write("content/files/.nojekyll", "here")
    site.write("content/files/.env", SECRET)
    site.write("content/files/.in/security.txt", "here")
    site.write("content/files/.in/other.txt", SECRET)

    after = published(site)

    names = {".well-known/security.txt", ".htaccess", ".nojekyll", "security.txt"}
    assert names <= after.keys()


@pytest.mark.parametrize(
    "path, to, shown",
    [
        ("content/images/leak.txt", "../../.env", ".env"),
        ("content/images/leak.txt", "ABSOLUTE/.env", ".env"),
        ("content/images/leak", "../../outside", "outside"),
        ("content/images/deep/er/leak", "../../../../outside/in", "outside/in"),
        ("content/posts/leak.md", "../../outside/post.md", "outside/post.md"),
        ("content/posts/leak", "../../outside", "outside"),
        ("content/posts/leak", "/", "/"),
        ("content/pages/leak.md", "../../outside/post.md", "outside/post.md"),
        ("content/images", "../outside", "outside"),
        ("content/images/chain.txt", "../chain/one.txt", ".env"),
    ],
)
def test_a_link_that_leads_out_is_a_mistake(site, path, to, shown):
    """A file or a folder, of files, posts or pages, in one step or in several."""
    before = published(site)
    link(site, "content/chain/one.txt", "../../.env")
    link(site, path, to.replace("ABSOLUTE", str(site.folder)))

    assert site.publish("--offline") == 1

    assert f"{path}: this link leads out of content/, to {shown}; " in site.out
    assert site.out.count("leads out") == 1
    assert site.bytes() == before


def test_links_within_the_content_are_followed(site):
    """Of files and folders, in several steps; and the content may be a link itself."""
    site.write("content/assets/one.txt", "one")
    site.write("content/common/b.md", POST.format("Linked", "Text."))
    link(site, "content/images/one.txt", "../two.txt")
    link(site, "content/two.txt", site.folder / "content/assets/one.txt")
    link(site, "content/images/all", "../assets")
    link(site, "content/posts/b.md", "../common/b.md")
    after = published(site)
    names = {"images/one.txt", "images/all/one.txt", "posts/linked/index.html"}
    assert names <= after.keys()

    os.rename(site.folder / "content", site.folder / "vault")
    link(site, "content", "vault")
    assert published(site) == after


def test_a_folder_elsewhere_that_the_settings_name_is_followed(site):
    """And the links within it."""
    more(
        site,
        'STATIC_PATHS = ["../common"]\n'
        'EXTRA_PATH_METADATA = {"../common/two.txt": {"path": "two.txt"},\n'
        '    "../common/one.txt": {"path": "one.txt"}}\n',
    )
    site.write("common/one.txt", "one")
    link(site, "common/two.txt", "one.txt")
    assert {"one.txt", "two.txt"} <= published(site).keys()

    link(site, "common/three.txt", "../.env")
    assert site.publish("--offline") == 1
    assert "three.txt: this link leads out of content/, to .env" in site.out


@pytest.mark.parametrize(
    "links, shown",
    [
        ({"content/posts/b.md": "none.md"}, "content/posts/b.md"),
        ({"content/posts/in": "../none"}, "content/posts/in"),
        ({"content/images/a.png": "none.png"}, "content/images/a.png"),
        ({"content/images/ring": "ring"}, "content/images/ring"),
        ({"content/images/up": ".."}, "content/images/up"),
        ({"content/posts/one": ".", "content/posts/two": "."}, "content/posts/one"),
        (
            {"content/posts/a/x": "../b", "content/posts/b/y": "../a"},
            "content/posts/a/x",
        ),
    ],
)
def test_a_link_to_nothing_or_in_a_ring_is_a_mistake(site, links, shown):
    """It is named, and nothing walks in circles."""
    for path, to in links.items():
        link(site, path, to)

    assert site.publish("--offline") == 1

    assert f"{shown}: this link leads " in site.out
    assert "Traceback" not in site.out


@pytest.mark.parametrize(
    "text, wrong",
    [
        ("[it]({static}../../.env)", "content/posts/b.md:5: a link leads out"),
        ("[it]({attach}../../.env)", "content/posts/b.md:5: a link leads out"),
        ("[it]({static}/other/leak.txt)", "content/other/leak.txt: this link leads"),
        ("![it]({static}/other/in/picture.txt)", "content/other/in: this link leads"),
    ],
)
def test_what_a_text_shows_lies_in_the_content(site, text, wrong):
    """Wherever it lies there, and however its path is written."""
    before = published(site)
    link(site, "content/other/leak.txt", "../../.env")
    link(site, "content/other/in", "../../outside/in")
    site.write("content/posts/b.md", POST.format("B", text))

    assert site.publish("--offline") == 1

    assert wrong in site.out
    assert site.bytes() == before


def test_what_a_text_includes_lies_in_the_content(site):
    """reStructuredText can take other files in: by a link in the content as well."""
    link(site, "content/parts/leak.txt", "../../.env")
    text = "B\n#\n\n:date: 2017-10-17\n\n.. include:: ../parts/leak.txt\n"
    site.write("content/posts/b.rst", text)

    assert site.publish("--offline") == 1

    assert "content/parts/leak.txt: this link leads out of content/" in site.out


def test_links_of_the_theme_are_followed(site):
    """They are its maker's own affair."""
    site.write("elsewhere/style.txt", "of the theme")
    link(site, "theme/static/linked.txt", "../../elsewhere/style.txt")

    assert "theme/linked.txt" in published(site)


def test_no_file_of_the_theme_shows_what_is_hidden(site):
    """Neither by a link, to a file or a folder, nor itself: all of them at once."""
    before = published(site)
    wrong = {
        "leak.txt": ("../../.env", ".env"),
        "in/deep.txt": (site.folder / ".env", ".env"),
        "chain.txt": ("../../chain.txt", ".env"),
        "all": ("../..", "the folder of the site"),
        "more": ("/", "the folder of the site"),
        "last": ("../../.build", ".build"),
    }
    link(site, "chain.txt", ".env")
    for path, (to, _) in wrong.items():
        link(site, f"theme/static/{path}", to)
    site.write("theme/static/.env.local", SECRET)

    assert site.publish("--offline") == 1

    for path, (_, shown) in (wrong | {".env.local": ("", ".env.local")}).items():
        assert f"theme/static/{path}: this file would publish {shown}; " in site.out
    assert site.bytes() == before
