"""Digests of posts' own parts: kept from build to build, and never for too long."""

import pytest
from pelican.contents import Article

from pelican.plugins import signals
from pelican.plugins.incremental.fingerprints.digest_cache import PostDigestCache
from support.blog import differences


@pytest.fixture
def site(blog, monkeypatch):
    """Five posts, built; `digested` has the posts whose parts a build digested."""
    blog.digested = set()

    def put(self, one, use, digest, usual=PostDigestCache.put):
        blog.digested.add(one.slug)
        usual(self, one, use, digest)

    monkeypatch.setattr(PostDigestCache, "put", put)
    for number in range(1, 6):
        post(blog, number)
    blog.build()
    blog.digested.clear()
    return blog


def post(blog, number, title="A title", body="Some words.", **fields):
    usual = {"Date": f"2024-01-0{number}", "Tags": "one, two", "Slug": f"p{number}"}
    fields = {"Title": f"{title} {number}"} | usual | fields
    head = "".join(f"{name}: {value}\n" for name, value in fields.items())
    blog.write(f"posts/p{number}.md", f"{head}\n{body}\n")


def test_an_edit_has_the_parts_of_its_post_digested(site):
    """All others' are known: of the last build, and of those before it."""
    for number, title in ((2, "Another"), (4, "Yet another"), (2, "A third")):
        post(site, number, title=title)
        built = site.build()

        assert site.digested == {f"p{number}"}
        assert differences(built, site.clean()) == []
        site.digested.clear()


def test_posts_come_and_go_and_the_others_stay_known(site):
    """A digest belongs to a post, wherever it stands among the others."""
    post(site, 0, Date="2023-01-01")
    assert differences(site.build(), site.clean()) == []
    assert site.digested == {"p0"}

    (site.folder / "content" / "posts" / "p3.md").unlink()
    site.digested.clear()
    built = site.build()

    assert site.digested == {"p2"}  # which is in the feed now, and was not before
    assert differences(built, site.clean()) == []


def test_what_others_decide_on_is_asked_every_time(site):
    """Where links lead, and translations: the post itself is what it was."""
    post(site, 1, body="See [that]({filename}p2.md).")
    assert differences(site.build(), site.clean()) == []

    post(site, 2, Slug="moved")
    built = site.build()
    assert b"posts/moved/" in built["posts/p1/index.html"]
    assert differences(built, site.clean()) == []

    post(site, 6, Slug="p4", Lang="de")
    built = site.build()
    assert "posts/p4/de/index.html" in built
    assert differences(built, site.clean()) == []


def test_what_a_plugin_adds_is_asked_every_time(site):
    """It may know more than the post's source says, and another thing each time."""
    path = site.templates / "article.html"
    shown = "{{ article.views }} views of {{ article.content }}"
    path.write_text(path.read_text().replace("{{ article.content }}", shown))
    views = 1

    def add(generator):
        for article in generator.articles:
            article.views = views

    signals.article_generator_finalized.connect(add)
    site.build()
    views = 2
    built = site.build()

    assert b"2 views of" in built["posts/p1/index.html"]
    assert differences(built, site.clean()) == []


def test_what_a_plugin_changes_is_asked_every_time(site):
    """A title is its post's own only as long as nobody gives the post another."""
    title = "One"

    def change(generators):
        for generator in generators:
            for article in getattr(generator, "articles", ()):
                article.title = title

    signals.all_generators_finalized.connect(change)
    site.build()
    title = "Two"
    built = site.build()

    assert b"<h1>Two</h1>" in built["posts/p1/index.html"]
    assert differences(built, site.clean()) == []


def test_addresses_are_worked_out_for_what_was_read_anew(site, monkeypatch):
    """They follow from a post's source and the settings: others know theirs."""
    worked_out = set()

    def expand(self, *rest, usual=Article._expand_settings):
        worked_out.add(self.slug)
        return usual(self, *rest)

    monkeypatch.setattr(Article, "_expand_settings", expand)
    monkeypatch.setattr(Article._expand_settings, "__module__", "pelican.contents")
    post(site, 2, Slug="moved", Date="2024-02-02")

    built = site.build()

    assert worked_out == {"moved"}
    assert differences(built, site.clean()) == []
    assert differences(site.build(), site.clean()) == []


def test_addresses_that_a_plugin_decides_on_are_its_own(site):
    """Remembered before it came, and asked again once it has a say in them."""
    slug = "one"

    def change(generators):
        for generator in generators:
            for article in getattr(generator, "articles", ())[:1]:
                article.slug = slug

    signals.all_generators_finalized.connect(change)
    assert "posts/one/index.html" in site.build()
    slug = "two"
    built = site.build()

    assert "posts/two/index.html" in built
    assert differences(built, site.clean()) == []
    signals.all_generators_finalized.disconnect(change)
    assert differences(site.build(), site.clean()) == []


def test_what_a_plugin_says_of_pelicans_own_parts_is_seen(site, monkeypatch):
    """Where posts are no longer Pelican's, nothing is known of them beforehand."""
    said = "one"
    monkeypatch.setattr(Article, "title", property(lambda self: said), raising=False)
    monkeypatch.setattr(Article.title.fget, "__module__", "somebody", raising=False)
    Article.title = Article.title.setter(lambda self, value: None)
    site.build()
    said = "two"
    built = site.build()

    assert b"two" in built["posts/p1/index.html"]
    assert differences(built, site.clean()) == []


def test_a_build_that_fails_leaves_no_digests(site):
    """It has read an edit, and the next build does not find it new."""
    post(site, 2, title="Another")

    def stop(generators):
        raise RuntimeError("stop")

    signals.all_generators_finalized.connect(stop)
    with pytest.raises(RuntimeError):
        site.build()
    signals.all_generators_finalized.disconnect(stop)
    built = site.build()

    assert b"Another 2" in built["posts/p2/index.html"]
    assert differences(built, site.clean()) == []
