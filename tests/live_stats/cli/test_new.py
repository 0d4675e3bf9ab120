"""`new` begins a post that builds, and writes over none."""

import os
import pty
import re
import subprocess
import sys
from io import StringIO

import pytest

from support.paths import ROOT


@pytest.fixture
def new(site, monkeypatch):
    """Runs the command without a terminal; gives its exit code."""
    monkeypatch.setattr(sys, "stdin", StringIO())
    return lambda *options: site.run("new", *options)


def posts(site):
    return sorted(path.name for path in (site.folder / "content/posts").glob("*"))


def published(site):
    """Publish all drafts; gives the titles of the pages."""
    for path in (site.folder / "content/posts").glob("*.md"):
        path.write_text(path.read_text().replace("Status: draft\n", ""))
    assert site.publish("--offline") == 0, site.out
    pages = [name for name in site.files() if re.fullmatch("posts/.+/index.html", name)]
    return sorted(re.search("<h1[^>]*>([^<]*)", site.read(p))[1] for p in pages)


def test_a_draft_with_front_matter_and_a_figure(site, new):
    """Named after day and title; no publish shows it before its author wants."""
    assert new("--title", "My first post", "--hashtags", "#MeToo, Größe") == 0

    assert posts(site) == ["2026-11-24-my-first-post.md"]
    text = (site.folder / "content/posts" / posts(site)[0]).read_text()
    assert text.startswith(
        "Title: My first post\nDate: 2026-11-24\nHashtags: MeToo, Größe\n"
        "Status: draft\n\n"
    )
    assert "(stat:mastodon/tag/metoo " in text
    assert "content/posts/2026-11-24-my-first-post.md: a draft" in site.out
    assert site.publish("--offline") == 0
    assert "posts/my-first-post/index.html" not in site.files()

    assert published(site) == ["My first post"]
    assert "posts with #MeToo" in site.read("posts/my-first-post/index.html")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ('It\'s: "quoted" & more?', "its-quoted-more"),
        ("Über Größe", "uber-grosse"),
        ("日本語", "ri-ben-yu"),
        ("😀 ???", "post-2026-11-24"),
        ("a/../../b", "ab"),
        ("# Heading: --- x", "heading-x"),
        ("[a](b) *c*", "ab-c"),
        ("C++", "c"),
    ],
)
def test_any_title_makes_a_post_that_builds(site, new, title, name):
    """Signs and scripts of all kinds; the page has the title as it was typed."""
    assert new("--title", title) == 0, site.out
    (file,) = posts(site)
    assert file == f"2026-11-24-{name}.md"
    assert len(published(site)) == 1


def test_a_long_title_has_a_shorter_address(site, new):
    """File systems end at 255 bytes; the title stays whole."""
    title = "word " * 60
    assert new("--title", title) == 0
    (file,) = posts(site)
    assert len(file) < 100
    (shown,) = published(site)
    assert shown == title.strip()


def test_a_title_without_letters_says_its_address(site, new):
    """Nobody has to guess where it will be."""
    assert new("--title", "🎉") == 0
    assert "so the post has Slug: post-2026-11-24" in site.out


def test_nothing_is_written_over(site, new):
    """The same title on the same day, or on another: the file there is named."""
    assert new("--title", "Numbers") == 0
    path = site.folder / "content/posts/2026-11-24-numbers.md"
    path.write_text("Mine.")

    assert new("--title", "numbers!") == 1
    assert "content/posts/2026-11-24-numbers.md: a post of this title" in site.out
    site.now = "2026-12-01T12:00:00Z"
    assert new("--title", "Numbers") == 1
    assert "2026-11-24-numbers.md: a post of this title is here" in site.out
    assert path.read_text() == "Mine." and len(posts(site)) == 1


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((), 'the post needs a title; make new title="'),
        (("--title", " \t"), "the post needs a title"),
        (("--title", "A", "--hashtags", "me too"), '"me too" is no hashtag'),
        (("--title", "A", "--lang", "deutsch"), 'did you mean "de"?'),
    ],
)
def test_an_option_that_will_not_do_is_wrong_usage(site, new, options, said):
    """Exit code 2, what to write, and no file."""
    assert new(*options) == 2
    assert said in site.out and posts(site) == []


def test_another_language_is_named_in_the_post(site, new):
    """And the site's own is not: it is what a post has without a word."""
    assert new("--title", "Eins", "--lang", "de") == 0
    assert new("--title", "Two", "--lang", "en") == 0
    one, two = [
        (site.folder / "content/posts" / name).read_text() for name in posts(site)
    ]
    assert "\nLang: de\n" in one and "Lang:" not in two


def test_it_lies_where_the_settings_have_posts(site, new):
    """The first of ARTICLE_PATHS, on a day of TIMEZONE; wrong settings are named."""
    usual = (site.folder / "conf.py").read_text()
    more = 'ARTICLE_PATHS = ["notes"]\nTIMEZONE = "Pacific/Auckland"\n'
    site.write("conf.py", usual + more)
    assert new("--title", "A") == 0
    assert (site.folder / "content/notes/2026-11-25-a.md").is_file()

    site.write("conf.py", usual + 'TIMEZONE = "Auckland"\n')
    assert new("--title", "B") == 1
    assert "TIMEZONE is 'Auckland'" in site.out


@pytest.mark.parametrize(
    ("variable", "program"), [("VISUAL", ""), ("EDITOR", "no-such")]
)
def test_at_a_terminal_the_editor_opens_it(site, variable, program):
    """With its options; one that cannot be started is said, and the draft is there."""
    editor = (
        f"{program or sys.executable} -c 'import sys; print(\"opened\", sys.argv[1])'"
    )
    leader, follower = pty.openpty()
    environment = {k: v for k, v in os.environ.items() if k not in ("VISUAL", "EDITOR")}
    environment |= {"PYTHONPATH": str(ROOT / "src"), variable: editor}
    command = [sys.executable, "-m", "live_stats_command", "new", "--title", "T"]
    process = subprocess.Popen(
        [*command, "--settings", "conf.py"],
        stdin=follower,
        stdout=follower,
        stderr=follower,
        env=environment,
    )
    assert process.wait(timeout=60) == 0
    os.close(follower)
    said = os.read(leader, 10_000).decode()
    os.close(leader)

    (file,) = posts(site)
    opened = f"opened content/posts/{file}"
    assert opened in said if not program else "could not be started" in said
