"""Links inside the site lead somewhere, or are named."""

import pytest

from pelican.plugins.live_stats.publishing.links import broken

FILES = {"index.html", "posts/a/index.html", "images/a b.png", "feeds/all.atom.xml"}


def found(href, *, file="posts/a/index.html", address="https://blog.example"):
    page = f'<p><a class="x" href="{href}">words</a></p>'
    return [one.href for one in broken(file, page, FILES, address)]


@pytest.mark.parametrize(
    "href",
    [
        "../../",
        "../../index.html",
        "./",
        "#here",
        "?page=2",
        "../../images/a%20b.png",
        "/feeds/all.atom.xml",
        "/posts/a/",
        "/posts/a",
        "https://blog.example/posts/a/#b",
        "https://elsewhere.example/posts/none/",
        "//elsewhere.example/none",
        "mailto:a@b.example",
        "data:text/plain,none",
        "../../feeds/all.atom.xml?a=1&amp;b=2",
    ],
)
def test_links_that_lead_somewhere_pass(href):
    """Relative, rooted, absolute, encoded, with query or fragment."""
    assert found(href) == []


@pytest.mark.parametrize(
    "href",
    [
        "../none/",
        "/none/",
        "/none",
        "https://blog.example/none/",
        "{filename}none.md",
        "../../feeds/",
    ],
)
def test_links_that_lead_nowhere_are_named(href):
    """Each once, as it stands in the page."""
    assert found(href) == [href]


def test_a_site_below_a_folder_knows_its_root():
    """With the site at /blog/, /blog/posts/a/ is a page and /posts/a/ not ours."""
    address = "https://org.example/blog"

    assert found("/blog/posts/a/", address=address) == []
    assert found("/blog/none/", address=address) == ["/blog/none/"]
    assert found("/posts/none/", address=address) == []


def test_comments_and_scripts_hold_no_links():
    """Only what a reader can follow is checked."""
    page = '<!-- <a href="/none/"> --><script>x = \'<a href="/none/">\'</script>'

    assert not list(broken("index.html", page, FILES, "https://blog.example"))


def test_words_in_an_attribute_are_no_links():
    """A description may tell of HTML; what stands behind it is a link all the same."""
    page = '<meta content="&lt;a href=/none/ or src=x"><a title="a > b" href="/no/">'

    links = [one.href for one in broken("index.html", page, FILES, "")]

    assert links == ["/no/"]
