"""Publishing when nothing but a post's text has changed, as it seems."""

import shutil

import pytest
from pelican.contents import Article
from test_site_edits import observe

from pelican.plugins.incremental import signals
from pelican.plugins.live_stats.cli import dev_server
from pelican.plugins.live_stats.pelican_plugin import content_resolver, lazy_figures
from pelican.plugins.live_stats.publishing.figure_places import FigurePlaces
from pelican.plugins.live_stats.publishing.index import SiteIndex
from support import site_folder
from support.site_folder import Site

ASKS = """{% if "MAGIC" in article.content %}
{{ stats("x/post/" ~ (article.title | length) ~ "/likes") }}{% endif %}</article>"""
DECIDES = '{% if stats("x/post/1/likes") > 1000 %}<p>Many</p>{% endif %}</article>'
BLOCK = "{% block content %}"
FEEDS = {"feeds/all.atom.xml", "feeds/all.rss.xml", "feeds/all.json"}


@pytest.fixture(params=["Hashtags: MeToo\n", ""], ids=["tagged", "untagged"])
def site(tmp_path, monkeypatch, capsys, request):
    """A site of posts with or without hashtags, of which those with one are in a list.

    `alone` says of each build whether texts alone had changed.
    """
    post = site_folder.POST.replace("Hashtags: MeToo\n", request.param)
    monkeypatch.setattr(site_folder, "POST", post)
    monkeypatch.chdir(tmp_path)
    site = Site(tmp_path, capsys)
    site.alone = []

    def content_ready(tree, generators, edited, sources):
        site.alone.append(tree.partial)

    signals.content_ready.connect(content_ready, weak=False)
    return site


def themed(site, more):
    path = site.folder / "theme/templates/article.html"
    path.write_text(path.read_text().replace("</article>", more))


def asked(site):
    index = SiteIndex.load(site.folder / ".build")
    try:
        return index.about.series
    finally:
        index.close()


def places(site):
    known = FigurePlaces(site.folder / ".build")
    return {series: known.of(series) for series in asked(site)}


def begin(site):
    site.post("a")
    site.post("b", text="MAGIC words.")
    assert site.publish("--offline") == 0, site.out
    site.alone.clear()
    site.now = "2026-11-24T12:05:00Z"


def test_a_text_is_written_and_nothing_else(site):
    """The post's page and the feeds with its text are new, with their figures."""
    begin(site)
    before = site.files()
    site.post("a", text="More words, a line down.\n\nAnd others.")

    assert site.publish("--offline") == 0, site.out

    changed = {name for name, one in site.files().items() if before.get(name) != one}
    assert site.alone == [True]
    assert changed == {"posts/a/index.html", *FEEDS}
    assert site.bytes() == site.from_scratch()


def test_figures_of_other_posts_are_resolved_when_they_are_read(site, monkeypatch):
    """Of the edited post at once, and each once: the first place of each is known."""
    path = site.folder / "theme/templates/index.html"
    listed = "{% for a in articles %}{{ a.content }}{{ a.figure }}{% endfor %}"
    path.write_text(path.read_text().replace(BLOCK, BLOCK + listed))
    resolved = []

    def resolve(self, content, usual=content_resolver.ContentResolver.resolve_figures):
        resolved.append(content.slug)
        return usual(self, content)

    monkeypatch.setattr(content_resolver.ContentResolver, "resolve_figures", resolve)
    figure = "[over 7,000](stat:x/post/3/likes)."
    site.post("c", text=figure)
    begin(site)
    resolved.clear()
    site.post("c", text=f"MAGIC words.\n\n{figure}")

    assert site.publish("--offline") == 0, site.out

    assert site.alone == [True]
    assert sorted(resolved) == ["a", "b", "c"]
    tagged, said = "Hashtags" in site_folder.POST, places(site)
    assert tagged or resolved[0] == "c"
    assert said["x/post/3/likes"] == [f"content/posts/c.md:{9 + tagged}"]
    assert site.bytes() == site.from_scratch()
    assert places(site) == said


def test_a_post_is_resolved_when_its_figures_are_read_and_not_before():
    """And once: what resolving gives it hides the attribute of the class."""
    lazy_figures.install()
    post, resolved = Article("Words."), []

    def resolve(one):
        resolved.append(one)
        one.figures, one.figure = ["a row"], "a slot"

    assert not hasattr(post, "figure")
    lazy_figures.resolve_lazily(post, resolve)
    assert resolved == []

    assert (post.figure, post.figures, post.figure) == ("a slot", ["a row"], "a slot")

    assert resolved == [post]


def test_pages_that_decide_on_a_number_follow_it_at_once(site):
    """A number moved and a text changed: the first is looked for on every page."""
    themed(site, DECIDES)
    begin(site)
    observe(site, "x/post/1/likes", 5000, 1)
    site.post("a", text="Other words.")

    assert site.publish("--offline") == 0, site.out

    assert site.alone == [False]
    assert "Many" in site.read("posts/b/index.html")
    assert site.bytes() == site.from_scratch()


def test_what_only_a_text_had_asked_for_is_asked_no_more(site):
    """A template that asks for a number if a text says so: a later build is sure."""
    themed(site, ASKS)
    begin(site)
    assert "x/post/7/likes" in asked(site)
    site.post("b", text="No such words.")

    assert site.publish("--offline") == 0, site.out

    assert site.alone == [True, False]
    assert "x/post/7/likes" not in asked(site)
    assert site.bytes() == site.from_scratch()


@pytest.mark.parametrize("command", ["publish", "refresh"])
def test_another_usual_server_is_asked_at_once(site, monkeypatch, command):
    """It stands in the environment, not in any file, and every page may name it."""
    site.post("a", text="Used [over 900](stat:mastodon/tag/metoo/posts@6d) times.")
    assert site.publish("--offline") == 0, site.out
    monkeypatch.setenv("MASTODON_INSTANCE", "https://other.example")

    assert getattr(site, command)("--offline") == 0, site.out

    assert "other.example" in site.read("posts/a/index.html")
    assert site.bytes() == site.from_scratch()


def test_the_authors_server_builds_a_text_at_once_and_the_same(site, monkeypatch):
    """What is kept in memory makes the pages that a whole build makes, mistakes too."""
    whole = []
    usual = dev_server.build
    monkeypatch.setattr(
        dev_server,
        "build",
        lambda *some, **more: whole.append(1) or usual(*some, **more),
    )
    output = site.folder / ".build/dev/output"
    desk = dev_server.DevBuilder("conf.py", dev_server.PreviewApp(output))

    def built():
        found = {path: path.read_bytes() for path in sorted(output.rglob("*.*"))}
        shutil.rmtree(site.folder / ".build/dev")
        dev_server.DevBuilder("conf.py", dev_server.PreviewApp(output)).build([])
        assert found == {path: path.read_bytes() for path in found}
        assert found.keys() == set(output.rglob("*.*"))

    site.post("a", text="See [that](/posts/b/).")
    site.post("b")
    desk.build([])
    whole.clear()
    site.post("b", text="Words.\n\nMore of them, and the figures a line further up.")
    desk.build(["content/posts/b.md"])
    assert (whole, desk.app.mistakes) == ([], [])
    site.post("a", text="See [this](/posts/none/).")
    desk.build(["content/posts/a.md"])
    assert "leads to nothing" in desk.app.mistakes[0]
    site.post("a", text="See [that](/posts/b/), and [over 5](stat:mastodon/tag/metoo).")
    desk.build(["content/posts/a.md"])
    assert desk.app.mistakes == []
    site.post("a", text="Or [that](/posts/b/), and [over 5](stat:mastodon/tag/metoo).")
    whole.clear()
    desk.build(["content/posts/a.md"])
    assert whole == []
    built()
