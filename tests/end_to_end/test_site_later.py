"""Publishing when a few posts are edited: the figures of all others were resolved."""

import pytest
from test_site_edits import asked

from pelican.plugins.live_stats.pelican_plugin import content_resolver
from support import site_folder
from support.site_folder import Site

BARE = "<html><body>{{ article.title }}{{ article.content | safe }}</body></html>"
LIST = """{% macro post_list(posts, root, level=2) %}
{% for a in posts %}{{ a.title }}{% endfor %}{% endmacro %}"""
LIKES = "Liked [over {}](stat:x/post/{}/likes) times."


@pytest.fixture
def site(tmp_path, monkeypatch, capsys):
    """Three posts without hashtags; `resolved` has those that a build has resolved."""
    post = site_folder.POST.replace("Hashtags: MeToo\n", "")
    monkeypatch.setattr(site_folder, "POST", post)
    monkeypatch.chdir(tmp_path)
    site, site.resolved = Site(tmp_path, capsys), []

    def resolve(self, content, usual=content_resolver.ContentResolver.resolve_figures):
        site.resolved.append(content.slug)
        return usual(self, content)

    monkeypatch.setattr(content_resolver.ContentResolver, "resolve_figures", resolve)
    site.write("theme/templates/article.html", BARE)
    site.write("theme/templates/partials/post_list.html", LIST)
    for number, slug in enumerate("abc"):
        site.post(slug, text=LIKES.format(100, number))
    assert site.publish("--offline") == 0, site.out
    site.resolved.clear()
    return site


def later(site):
    hour, minute = divmod(int(site.now[11:13]) * 60 + int(site.now[14:16]) + 5, 60)
    site.now = f"2026-11-24T{hour}:{minute:02}:00Z"


def publish(site):
    """Publish, a little later; then it is the site that is built from nothing."""
    later(site)
    assert site.publish("--offline") == 0, site.out
    judged, site.resolved[:] = list(site.resolved), []
    known = asked(site.folder)
    assert site.bytes() == site.from_scratch()
    assert known == asked(site.folder)
    site.resolved.clear()
    return judged


def gone(site, slug):
    (site.folder / f"content/posts/{slug}.md").unlink()


def test_an_edited_post_is_judged_and_no_other(site):
    """Whatever was edited of it; and of a new one, and one of another name."""
    site.post("b", text=LIKES.format(100, 1), title="Another")
    assert publish(site) == ["b"]
    site.post("b", text=LIKES.format(200, 1), title="Another", date="2016-01-01")
    assert publish(site) == ["b"]
    site.post("d", text=LIKES.format(100, 2))
    assert publish(site) == ["d"]
    gone(site, "b")
    site.post("e", text=LIKES.format(200, 1))
    assert publish(site) == ["e"]
    gone(site, "e")
    assert publish(site) == []


def test_what_a_post_alone_had_asked_for_goes_with_it(site):
    """Deleted, or edited: its series is asked no more, unless another post asks."""
    assert "x/post/1/likes" in asked(site.folder)[0]
    gone(site, "b")

    publish(site)

    series, places = asked(site.folder)
    assert "x/post/1/likes" not in series
    assert places["x/post/1/reposts"].startswith("content/posts/a.md:")
    gone(site, "a")

    publish(site)

    series, places = asked(site.folder)
    assert places["x/post/1/reposts"].startswith("content/posts/c.md:")


def test_a_theme_that_shows_more_of_figures_has_them_judged(site):
    """What was remembered of them was remembered for another template."""
    more = "{% for one in article.figures %}{{ one.what }}{{ one.reading }}{% endfor %}"
    site.write("theme/templates/article.html", BARE + more)
    assert set(publish(site)) == set("abc")
    site.post("b", text=LIKES.format(100, 1), title="Another")
    assert publish(site) == ["b"]
    observe = "{% for one in article.figures %}{{ one.claim }}{% endfor %}"
    site.write("theme/templates/article.html", BARE + observe)
    assert set(publish(site)) == set("abc")


def test_after_a_build_that_failed_what_is_not_published_is_judged(site):
    """An edit was read by it, and is news to the next; what was taken back is not."""
    site.post("b", text=LIKES.format(100, "nobody"))
    site.post("c", text=LIKES.format(300, 2))
    assert site.publish("--offline") == 1
    assert "content/posts/b.md:7: " in site.out
    site.resolved.clear()
    site.post("b", text=LIKES.format(100, 1))

    assert set(publish(site)) == {"c"}

    assert "over 300" in site.read("posts/c/index.html")


def test_a_figure_that_a_list_shows_is_judged_where_the_list_is_new(site):
    """The post itself was not edited, but another of the same list."""
    shown = "{{ a.title }}{{ a.figure }}"
    path = "theme/templates/partials/post_list.html"
    site.write(path, LIST.replace("{{ a.title }}", shown))
    publish(site)
    site.post("b", text=LIKES.format(100, 1), title="Another")

    assert set(publish(site)) == set("abc")


def test_what_an_edited_post_asked_for_is_known_to_later_builds(site):
    """Other figures, or on other lines: the next edit is of another post."""
    site.post("b", text="A word more.\n\n" + LIKES.format(100, 9))
    later(site)
    assert site.publish("--offline") == 0, site.out
    site.resolved.clear()
    site.post("c", text=LIKES.format(100, 2), title="Another")

    assert publish(site) == ["c"]

    series, places = asked(site.folder)
    assert "x/post/1/likes" not in series
    assert places["x/post/9/likes"] == "content/posts/b.md:9"


def test_another_usual_server_has_all_judged(site, monkeypatch):
    """It stands in the environment: what was remembered of figures may name it."""
    shown = "{% for one in article.figures %}{{ one.reading }}{% endfor %}"
    site.write("theme/templates/article.html", BARE + shown)
    site.post("b", text="Used [over 900](stat:mastodon/tag/metoo/posts@6d) times.")
    publish(site)
    monkeypatch.setenv("MASTODON_INSTANCE", "https://other.example")
    site.post("c", text=LIKES.format(100, 2), title="Another")

    assert set(publish(site)) == set("abc")

    assert any("other.example" in one for one in asked(site.folder)[0])
