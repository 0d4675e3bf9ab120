"""Builds of one process that keeps in memory what the last one has read."""

import gc
import shutil
import tempfile
import weakref
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pelican.plugins import signals
from pelican.plugins.incremental import rebuild, textless
from pelican.plugins.incremental.plugin import the_plugin
from pelican.plugins.incremental.system import swap
from support.blog import THEME, Blog, differences, stats
from support.examples import examples

words = st.sampled_from(
    ["Few words.", "Seven words, and five of them shown.", "- a\n- list", "Words."]
)
numbers = st.integers(1, 5)
bodies = st.tuples(st.just("body"), numbers, words)
edits = st.one_of(
    bodies,
    bodies,
    bodies,
    st.tuples(st.just("link"), numbers, numbers),
    st.tuples(st.just("attach"), numbers),
    st.tuples(st.just("title"), numbers, words),
    st.tuples(st.just("delete"), numbers),
    st.tuples(st.just("page"), words),
    st.tuples(st.just("template"), st.sampled_from(sorted(THEME)), words),
    st.tuples(st.just("file"), words),
)


def post(blog, number, title="A title", body="Some words."):
    head = f"Title: {title} {number}\nDate: 2024-01-{number:02}\nTags: Tea, C\n"
    return blog.write(f"posts/p{number}.md", f"{head}Slug: p{number}\n\n{body}\n")


def apply(blog, kind, *rest):
    """Do one edit; the file that was saved."""
    match kind, rest:
        case "body", [number, text]:
            return post(blog, number, body=text)
        case "link", [number, other]:
            link = f"See [that]({{filename}}/posts/p{other}.md)."
            return post(blog, number, body=link)
        case "attach", [number]:
            return post(blog, number, body="[A file]({attach}/images/a.txt).")
        case "title", [number, title]:
            return post(blog, number, title=title.split("\n")[0])
        case "delete", [number]:
            path = blog.folder / f"content/posts/p{number}.md"
            path.unlink(missing_ok=True)
            return path
        case "page", [text]:
            return blog.write("pages/about.md", f"Title: About\n\n{text}\n")
        case "template", [name, text]:
            path = blog.templates / name
            path.write_text(f"{THEME[name]}<!-- {text} -->")
            return path
        case "file", [text]:
            return blog.write("images/a.txt", text)


def build(blog, path):
    """A build as a server makes it after a save; whether it was the quick one."""
    if rebuild([str(path)]):
        return True
    blog.build(INCREMENTAL_HOLD=True)
    return False


@settings(max_examples=examples(25, in_ci=15))
@given(
    steps=st.lists(edits, min_size=1, max_size=6), few=st.sampled_from([0, swap.FEW])
)
def test_after_every_save_the_site_is_what_pelican_makes(steps, few):
    """By the quick way, or by a whole build where that gives up, in any order."""
    folder, usual, swap.FEW = Path(tempfile.mkdtemp()), swap.FEW, few
    try:
        blog = Blog(folder)
        for number in range(1, 5):
            post(blog, number)
        blog.write("images/a.txt", "a")
        blog.build(INCREMENTAL_HOLD=True)
        for step in steps:
            build(blog, apply(blog, *step))
            built = {
                path.relative_to(folder / "output").as_posix(): path.read_bytes()
                for path in (folder / "output").rglob("*")
                if path.is_file()
            }
            assert differences(built, blog.clean()) == []
    finally:
        swap.FEW = usual
        shutil.rmtree(folder)


@pytest.fixture
def held(blog):
    for number in range(1, 7):
        post(blog, number)
    blog.write("pages/about.md", "Title: About\n\nSome words.\n")
    blog.build(INCREMENTAL_HOLD=True)
    return blog


def test_a_text_needs_no_reading_of_others(held):
    """Nothing is asked of the other posts: one is read, and its pages are written."""
    generators = []

    @textless
    def generator_init(generator):
        generators.append(generator)

    signals.generator_init.connect(generator_init)
    before = stats(held.folder / "output")

    assert build(held, post(held, 2, body="Other words."))
    assert build(held, held.write("pages/about.md", "Title: About\n\nOther.\n"))

    after = stats(held.folder / "output")
    changed = {name for name, one in after.items() if before.get(name) != one}
    assert generators == []
    assert {"posts/p2/index.html", "pages/about.html"} <= changed
    assert "posts/p3/index.html" not in changed


def test_what_it_leaves_behind_is_a_state_like_any_other(held):
    """The next process finds nothing new, or finds what is."""
    assert build(held, post(held, 2, body="Other words."))
    before = stats(held.folder / "output")

    built = held.build()

    assert stats(held.folder / "output") == before
    post(held, 2, body="And others.")
    assert differences(built, held.build()) != []
    assert differences(held.build(), held.clean()) == []


@pytest.mark.parametrize("kind", ["title", "attach", "delete", "template", "file"])
def test_what_is_no_text_alone_wants_a_whole_build(held, kind):
    """And what was kept is let go: whoever asks twice is told the same."""
    more = {
        "title": (2, "Another"),
        "attach": (2,),
        "delete": (2,),
        "template": ("base.html", "text"),
        "file": ("text",),
    }
    path = apply(held, kind, *more[kind])

    assert not rebuild([str(path)])
    assert not rebuild([str(path)])


def test_another_file_that_changed_unsaid_is_noticed(held):
    """A template was saved at the same time, and only the post was told of."""
    path = held.templates / "foot.html"
    path.write_text(path.read_text() + "another foot")

    assert not build(held, post(held, 2, body="Other words."))
    assert b"another foot" in (held.folder / "output/index.html").read_bytes()


def test_what_an_earlier_build_knew_is_let_go(held):
    """A server that runs all day holds one build, however often it builds."""
    gone = []
    for number in range(4):
        assert build(held, post(held, 2, body=f"Words {number}."))
        gone.append(weakref.ref(the_plugin().held))

    gc.collect()

    assert [one() is None for one in gone] == [True, True, True, False]


def test_nothing_is_held_unasked(blog):
    """A build that is to end with its process keeps nothing for another."""
    path = post(blog, 1)
    blog.build()

    assert not rebuild([str(path)])
