"""Where to read on."""

from datetime import datetime
from types import SimpleNamespace

from pelican.contents import Article

from pelican.plugins.theme_support.content import related_posts


def post(day, *, tags=(), hashtags="", lang="en", content=""):
    return SimpleNamespace(
        date=datetime(2026, 1, day),
        source_path=f"{day}.md",
        lang=lang,
        metadata={"hashtags": hashtags},
        tags=[SimpleNamespace(slug=tag) for tag in tags],
        _content=content,
    )


def relate(*posts):
    related_posts.relate_posts([SimpleNamespace(articles=list(posts))])


def test_posts_know_the_one_before_and_the_one_after():
    """By date and within a language; the ends have nobody beyond them."""
    first, second, other = post(1), post(3), post(2, lang="de")

    relate(second, first, other)

    assert (first.older, first.newer) == (None, second)
    assert (second.older, second.newer) == (first, None)
    assert (other.older, other.newer) == (None, None)


def test_rare_terms_make_posts_alike_and_nothing_in_common_does_not():
    """A tag of two posts outweighs one of many; strangers are not related."""
    one = post(1, tags=["rare", "common"])
    twin = post(2, tags=["rare"])
    many = [post(day, tags=["common"]) for day in range(3, 9)]
    stranger = post(9, hashtags="Else")

    relate(one, twin, stranger, *many)

    assert one.related[0] is twin and len(one.related) == related_posts.MAX_RELATED
    assert stranger.related == [] and one not in one.related


def test_hashtags_count_whatever_their_capitals():
    """#MeToo and metoo are one word."""
    one, other = post(1, hashtags="MeToo"), post(2, hashtags="x; #metoo")

    relate(one, other)

    assert one.related == [other]


def test_a_long_text_has_contents_without_links_or_private_marks():
    """Its second-level headings, as they may stand in a link; a short one has none."""
    heading = (
        '<h2 id="{0}">About <a href="/x">{0}</a>\ue000\ue011\ue001</h2><p>text</p>'
    )
    long = "".join(heading.format(name) for name in "abcd")

    assert related_posts.headings_of(long) == [
        (name, f"About {name}") for name in "abcd"
    ]
    assert related_posts.headings_of(heading.format("a")) == []


def test_contents_are_those_of_the_text_as_it_is():
    """A server that holds its posts gives one a new text, and tells nobody."""
    related_posts.install()
    headings = [f'<h2 id="{name}">About</h2>' for name in "abcd"]
    post = Article("".join(headings), {"contents": "a line of the front matter"})
    assert [name for name, _ in post.contents] == ["a", "b", "c", "d"]

    post._content = "".join(headings).replace('"d"', '"e"')

    assert [name for name, _ in post.contents] == ["a", "b", "c", "e"]
