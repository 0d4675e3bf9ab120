"""A plugin may build another site while one is built: one for each language, say."""

import shutil
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from pelican.readers import MarkdownReader

from pelican.plugins.incremental import changed_inputs, rebuild, why_build_again
from support.blog import differences, stats
from support.paths import THIRD_PARTY

sys.path.insert(0, str(THIRD_PARTY))


@pytest.fixture
def blog(blog):
    blog.settings |= {"PLUGINS": ["subsites"], "SUBSITE": "sub"}
    for number in (1, 2, 3):
        post(blog, f"posts/p{number}.md", number)
        post(blog, f"sub/posts/s{number}.md", number + 3)
    return blog


def post(blog, name, number, body="Some words."):
    head = f"Title: A title {number}\nDate: 2024-01-{number:02}\nTags: Tea, C\n"
    blog.write(name, f"{head}\n{body}\n")


def test_both_sites_are_what_they_are_in_an_empty_folder(blog):
    """After every edit of either, and when the other one goes and comes again."""
    content = blog.folder / "content"
    edits = [
        lambda: None,
        lambda: None,
        lambda: post(blog, "posts/p1.md", 1, body="Other words."),
        lambda: post(blog, "sub/posts/s1.md", 4, body="Other words."),
        lambda: post(blog, "sub/posts/s4.md", 9),
        lambda: (content / "sub/posts/s2.md").unlink(),
        lambda: (blog.folder / "output/sub/index.html").write_text("by hand"),
        lambda: blog.settings.update(SUBSITE=""),
        lambda: blog.settings.update(SUBSITE="sub"),
    ]
    for edit in edits:
        edit()
        built, clean = blog.build(), blog.clean()
        assert differences(built, clean) == []
        assert any(name.startswith("sub/") for name in built) == bool(
            blog.settings["SUBSITE"]
        )


def test_the_other_site_is_kept_as_the_first_one_is(blog, rendered, monkeypatch):
    """Its posts are read once, its files stay, and its state is not in the output."""
    blog.settings["RELATIVE_URLS"] = False  # or summaries decide on all pages
    reads, read = [], MarkdownReader.read
    monkeypatch.setattr(
        MarkdownReader, "read", lambda *a: reads.append(Path(a[1]).name) or read(*a)
    )
    blog.build()
    before = stats(blog.folder / "output")
    assert not any(".incremental" in name or "sqlite" in name for name in before)

    reads.clear()
    blog.build()
    assert rendered[-2:] == [1, 0]  # its feed
    post(blog, "posts/p1.md", 1, body="Other words.")
    blog.build()
    assert reads == ["p1.md"] and rendered[-2] == 1 < rendered[-1]
    after = stats(blog.folder / "output")
    assert {n: s for n, s in after.items() if n.startswith("sub/")} == {
        n: s for n, s in before.items() if n.startswith("sub/")
    }

    reads.clear()
    post(blog, "sub/posts/s1.md", 4, body="Other words.")
    blog.build()
    assert reads == ["s1.md"] and 1 < rendered[-2] < rendered[0] and rendered[-1] == 0


@time_machine.travel(datetime.now() + timedelta(days=1))
def test_what_the_other_site_is_made_of_is_an_input(blog):
    """An edit of a post that only the other site has is not "nothing new".

    A day later, for what is young is opened to be sure, and then seen anyway.
    """

    def why():
        settings_file, output = "", str(blog.folder / "output")
        return why_build_again(blog.folder / "state", settings_file, output)

    blog.build()
    assert why() == ""
    post(blog, "posts/p1.md", 1, body="Other words.")
    blog.build()  # which reads nothing of the other site again
    assert why() == ""
    post(blog, "sub/posts/s1.md", 4, body="Other words.")
    assert "s1.md changed" in why()
    blog.build()
    assert why() == ""
    assert changed_inputs(blog.folder / "state") == []
    post(blog, "sub/posts/s9.md", 9)
    assert why().endswith("sub/posts changed")
    folder = f"{blog.folder}/content/sub/posts/"
    assert changed_inputs(blog.folder / "state") == [folder]
    assert changed_inputs(blog.folder / "nowhere") == []


def test_a_state_that_is_no_longer_used_goes(blog):
    """A site that is no longer built leaves nothing behind."""
    blog.build()
    sites = blog.folder / "state/sites"
    assert len(list(sites.iterdir())) == 1
    blog.settings["SUBSITE"] = ""
    shutil.rmtree(blog.folder / "content/sub")
    blog.build()
    assert list(sites.iterdir()) == []


def test_two_sites_are_not_held_in_memory(blog, monkeypatch):
    """What writes the pages of one again would leave the other as it was."""
    blog.settings["RELATIVE_URLS"] = False  # or a summary decides it
    where = "subsites.get_writer.incremental_textless"
    monkeypatch.setattr(where, True, raising=False)  # or the plugin decides it
    edited = str(blog.folder / "content/posts/p1.md")
    blog.build(INCREMENTAL_HOLD=True)
    post(blog, "posts/p1.md", 1, body="Other words.")
    assert not rebuild([edited])
    blog.settings["SUBSITE"] = ""
    blog.build(INCREMENTAL_HOLD=True)
    post(blog, "posts/p1.md", 1, body="And others.")
    assert rebuild([edited])
