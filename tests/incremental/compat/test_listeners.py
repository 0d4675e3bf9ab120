"""Plugins that know nothing of kept pages see, and do, what they always did."""

import sys

import pytest

from support.blog import differences
from support.paths import THIRD_PARTY

sys.path.insert(0, str(THIRD_PARTY))

PLUGINS = ["minify", "contents", "neighbours", "feeds"]


def post(blog, number, title="A title", body="Some words."):
    head = f"Title: {title} {number}\nDate: 2024-01-{number:02}\nTags: Tea, C\n"
    blog.write(f"posts/p{number}.md", f"{head}\n{body}\n")


@pytest.mark.parametrize("names", [[name] for name in PLUGINS] + [PLUGINS])
def test_other_plugins_do_the_same_with_kept_pages(blog, names):
    """After every edit the output is what the plugins make in an empty folder."""
    if "neighbours" in names:
        path = blog.templates / "article.html"
        path.write_text(
            path.read_text().replace(
                "</h1>", "</h1>{{ article.next_post }} {{ article.place }}"
            )
        )
    blog.settings["PLUGINS"] = names
    for number in range(1, 7):
        post(blog, number)
    edits = [
        lambda: None,
        lambda: None,
        lambda: post(blog, 3, body="Other words."),
        lambda: post(blog, 3, title="Another title"),
        lambda: (blog.folder / "content/posts/p5.md").unlink(),
        lambda: blog.write("images/x.txt", "x"),
        lambda: (blog.folder / "output/index.html").write_text("by hand"),
    ]
    for edit in edits:
        edit()
        assert differences(blog.build(), blog.clean()) == []


def test_what_a_plugin_leaves_is_kept_while_it_says_the_same(blog):
    """A file without a template is written when its text is new, and only then."""
    blog.settings["PLUGINS"] = ["leaver"]
    name, file = "made/note.txt", blog.folder / "output/made/note.txt"
    post(blog, 1)
    assert blog.build()[name] == b"1 posts"
    before = file.stat()
    post(blog, 1, body="Other words.")
    assert blog.build()[name] == b"1 posts" and file.stat() == before

    post(blog, 2)
    assert blog.build()[name] == b"2 posts"
    file.write_text("by hand")
    assert blog.build()[name] == b"2 posts"
    for number in (1, 2):
        (blog.folder / f"content/posts/p{number}.md").unlink()
    assert name not in blog.build()
