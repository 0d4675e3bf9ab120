"""Paged lists: kept as a whole while all that any page of them can show is the same."""

import pytest

from pelican.plugins.incremental import last_report
from pelican.plugins.incremental.output.list_cache import items_of
from pelican.plugins.incremental.template_analysis.access import (
    EACH,
    Access,
    AccessTree,
)
from support.blog import differences


@pytest.fixture
def site(blog):
    """Six posts, three of each of two tags."""
    blog.settings["RELATIVE_URLS"] = False
    for number in range(1, 7):
        post(blog, number)
    blog.build()
    return blog


def post(blog, number, title="A title", tags="", place=""):
    head = f"Title: {title} {number}\nDate: 2024-01-0{number}\nSlug: p{number}\n"
    head += f"Tags: {tags or ('odd' if number % 2 else 'even')}\n"
    head += f"Save_as: {place}\n" if place else ""
    blog.write(f"posts/p{number}.md", f"{head}\nSome words.\n")


def build(site, **more):
    """Build; it is what Pelican makes. The pages of tags that were looked at."""
    built = site.build(**more)
    compared = last_report().compared
    assert differences(built, site.clean(**more)) == []
    return {name for name in compared if name.startswith("tag/")}


ODD = {"tag/odd/index.html", "tag/odd/index2.html"}
EVEN = {"tag/even/index.html", "tag/even/index2.html"}


def test_lists_without_the_edited_post_are_not_looked_through(site):
    """An edit that comes and goes: the digest is that of the files as they are."""
    assert build(site) == set()
    post(site, 1, title="Another")
    assert build(site) == ODD
    post(site, 1)
    assert build(site) == ODD
    assert build(site) == set()


def test_a_post_that_changes_its_tag_changes_two_lists(site):
    """Each has other posts than it had, and one another number of pages."""
    post(site, 1, tags="even")
    assert build(site) == {"tag/odd/index.html", *EVEN}
    post(site, 6, tags="none")
    assert build(site) == {*EVEN, "tag/none/index.html"}


def test_a_page_that_was_changed_by_hand_is_mended(site):
    """The list shows what it did, but does not lie there as it was left."""
    (site.folder / "output/tag/odd/index2.html").write_text("by hand")
    assert build(site) == ODD


def test_a_text_alone_is_edited_between_two_titles(site):
    """Then no list is looked through, and what is known of them stays known."""
    titles = "{% for a in articles_page.object_list %}{{ a.title }}{% endfor %}"
    (site.templates / "tag.html").write_text(titles)
    build(site)
    path = site.folder / "content/posts/p2.md"
    path.write_text(path.read_text() + "\nMore words that no list shows.\n")
    assert build(site) == set()
    post(site, 1, title="Another")
    assert build(site) == ODD


@pytest.mark.parametrize("kind", ["posts", "pages"])
def test_a_page_that_gives_way_to_another_comes_back(site, kind):
    """A post is written before the list, a page after it, and then moved away."""
    head = "Title: Mine\nDate: 2023-01-01\nSlug: mine\n"
    place = "Save_as: tag/even/index2.html\n"
    site.write(f"{kind}/mine.md", f"{head}{place}\nWords.\n")
    build(site)
    post(site, 3, title="Another")
    build(site)
    site.write(f"{kind}/mine.md", f"{head}\nWords.\n")
    build(site)


@pytest.mark.parametrize(
    "shown",
    [
        "{{ articles_page.object_list[:1][0].title }}",
        "{{ articles_page.object_list[-1].title }}",
        "{{ articles_paginator.page(1).object_list[0].title }}",
        "{% for a in articles_previous_page.object_list %}{{ a.title }}{% endfor %}",
        "{{ articles_page }} {{ articles_page.paginator.count }}",
        "{% for a in dates_page.object_list | reverse %}{{ a.title }}{% endfor %}",
        "{{ articles | map(attribute='title') | join(' ') }}",
    ],
)
def test_whatever_a_template_reads_of_a_list_is_followed(site, shown):
    """Looked through as a whole, or page by page where that tells too little."""
    template = site.templates / "tag.html"
    text = "{% if articles_previous_page or 1 %}" + shown + "{% endif %}"
    if "previous" in shown:
        text = "{% if articles_previous_page %}" + shown + "{% endif %}"
    template.write_text(text)
    build(site)
    for number, title in ((1, "Another"), (5, "Yet another"), (2, "B"), (1, "C")):
        post(site, number, title=title)
        build(site)
    post(site, 4, tags="odd")
    build(site)
    build(site, DEFAULT_PAGINATION=3)


def test_a_page_is_not_as_long_as_its_list(site, rendered):
    """Where it begins and ends does not say how many come after: so it is kept."""
    titles = "{% for a in articles_page.object_list %}{{ a.title }}{% endfor %}"
    numbers = "{{ articles_page.has_previous() }} {{ articles_page.end_index() }}"
    counts = []
    for text in (titles, titles + numbers):
        (site.templates / "tag.html").write_text(text)
        build(site)
        post(site, 1, tags="even")
        build(site)
        counts.append(rendered[-1])
        post(site, 1, tags="odd")
        build(site)
    assert counts[0] == counts[1]


def test_what_is_read_of_pages_is_known_or_refused():
    """Their posts, however they lie; all else that is not a name or a number is not."""
    page = AccessTree()
    page.part(("attr", "number")).ways.add(Access.SHOWN)
    page.part(("attr", "has_next")).part(("call", (), ())).ways.add(Access.SHOWN)
    titles = page.part(("attr", "object_list")).part(EACH)
    titles.part(("attr", "title")).ways.add(Access.SHOWN)
    all_of_it = page.part(("attr", "paginator")).part(("attr", "object_list"))
    dates = all_of_it.part(EACH)
    assert items_of(page) == [titles, dates]

    page.part(("attr", "settings"))
    with pytest.raises(ValueError, match="settings of a page"):
        items_of(page)
    page = AccessTree()
    page.part(("attr", "object_list")).ways.add(Access.SHOWN)
    with pytest.raises(ValueError, match="more than each post"):
        items_of(page)
    with pytest.raises(ValueError, match="as a whole"):
        items_of(AccessTree(ways={Access.WHOLE}))
