"""An edit of a text alone: who is asked whether it shows that, and who is not."""

from copy import copy

import markdown
import pytest
from pelican.contents import Article, Content

from pelican.plugins import signals
from pelican.plugins.incremental import signals as incremental_signals
from pelican.plugins.incremental import textless
from support.blog import differences


@pytest.fixture
def site(blog):
    """Six posts, built; `asked` has the pages whose fingerprints builds have made, and
    `alone` says whether the last one found that only texts had changed."""
    path = blog.templates / "article.html"
    path.write_text(path.read_text().replace("{{ posted(post, root) }}", ""))
    blog.asked, blog.alone = [], None

    def after_commit(tree, report):
        blog.asked += report.compared
        blog.alone = report.texts_only

    incremental_signals.after_commit.connect(after_commit, weak=False)
    for number in range(1, 7):
        post(blog, number)
    blog.write("images/a.txt", "a file")
    blog.build()
    blog.asked.clear()
    return blog


def post(blog, number, title="A title", body="Some words.", **fields):
    usual = {"Category": f"c{number % 2}", "Tags": f"t{number % 3}"}
    fields = usual | {"Slug": f"p{number}"} | fields
    head = f"Title: {title} {number}\nDate: 2024-01-{number:02}\n"
    head += "".join(f"{name}: {value}\n" for name, value in fields.items())
    blog.write(f"posts/p{number}.md", f"{head}\n{body}\n")


def test_only_pages_that_may_show_the_text_are_asked(site):
    """The post's own, and the parts of lists that have it; all others stand."""
    post(site, 2, body="Other words.")

    built = site.build()

    assert site.alone
    assert set(site.asked) == {
        "posts/p2/index.html",
        "archives.html",
        "author/ada3.html",
        "index3.html",
        "category/c02.html",
        "tag/t2/index.html",
    }
    assert differences(built, site.clean()) == []


def test_what_python_searches_for_packages_is_of_no_post(site):
    """It is asked once a process, while one post is read or another: by chance."""
    markdown.util.get_installed_extensions.cache_clear()
    post(site, 2, body="Other words.")

    site.build()

    assert site.alone


def ask(blog, **edit):
    """The pages that are asked after an edit of the second post, and no build."""
    blog.build()
    blog.asked.clear()
    post(blog, 2, **edit)
    built = blog.build()
    assert blog.alone
    asked = set(blog.asked)
    assert differences(built, blog.clean()) == []
    return asked


@pytest.mark.parametrize("summary", [{"Summary": "Mine."}, {}], ids=["given", "made"])
@pytest.mark.parametrize("relative", [True, False], ids=["relative", "absolute"])
def test_lists_that_show_the_same_summary_are_not_asked(site, summary, relative):
    """The author's, or the first words: five of them, in these sites."""
    site.settings["RELATIVE_URLS"] = relative
    post(site, 2, body="One two three four five six.", **summary)

    asked = ask(site, body="One two three four five seven.", **summary)

    assert asked == {"posts/p2/index.html"}


def test_what_has_the_name_of_a_text_is_none(site):
    """The summary of the metadata is there with the metadata, whatever the text is."""
    path = site.templates / "article.html"
    more = "{{ article.metadata.summary }}{{ article.metadata['content'] }}</h1>"
    path.write_text(path.read_text().replace("</h1>", more))

    asked = ask(site, body="Other words.")

    assert {name for name in asked if "posts/" in name} == {"posts/p2/index.html"}


def test_edits_of_texts_follow_each_other(site):
    """What stood unasked stands the next time too, and a full look agrees with it."""
    for number, body in ((2, "One."), (5, "Two, and more of it."), (2, "Three.")):
        post(site, number, body=body)
        assert differences(site.build(), site.clean()) == []
        assert site.alone
    site.build()

    assert not site.alone
    post(site, 4, title="Another")
    built = site.build()
    assert not site.alone
    assert differences(built, site.clean()) == []


def test_what_a_failed_build_has_read_is_shown_by_the_next(site):
    """A title changed, the build failed, and only a text was mended: both are new."""
    path = site.templates / "article.html"
    good = path.read_text()
    path.write_text("{{ nothing.at.all }}")
    post(site, 4, title="Another")
    with pytest.raises(Exception, match="undefined"):
        site.build()
    path.write_text(good)
    post(site, 2, body="Other words.")

    built = site.build()

    assert not site.alone
    assert differences(built, site.clean()) == []


def test_a_page_that_was_changed_by_hand_is_made_again(site):
    """That it need not be asked does not mean that it may lie there as it likes."""
    (site.folder / "output/posts/p6/index.html").write_text("by hand")
    post(site, 2, body="Other words.")

    built = site.build()

    assert site.alone
    assert differences(built, site.clean()) == []


def test_links_to_posts_are_texts_too(site):
    """They come and go, and are resolved anew; files that are linked stay the same."""
    for body in (
        "See [that]({filename}/posts/p1.md), and a | of old.",
        "See [this]({filename}/posts/p3.md) ![too]({static}/images/a.txt).",
        "![Too]({static}/images/a.txt), and [that]({filename}/posts/p1.md) again.",
    ):
        post(site, 2, body=body)
        assert differences(site.build(), site.clean()) == []

    assert site.alone


def shared(blog):
    """A text among what all pages share."""
    path = blog.templates / "foot.html"
    path.write_text("{% for one in articles[:9] %}{{ one.summary }}{% endfor %}")


def test_the_part_of_a_shared_list_that_is_shown_has_the_text_or_not(site):
    """A foot shows the two newest posts: it stands while others are edited."""
    path = site.templates / "foot.html"
    path.write_text("{% for one in articles[:2] %}{{ one.summary }}{% endfor %}")
    asked = ask(site, body="Other words.")
    assert "posts/p1/index.html" not in asked
    post(site, 6, body="Other words.")

    built = site.build()

    assert site.alone and "posts/p1/index.html" in site.asked
    assert differences(built, site.clean()) == []


def deep(blog):
    """A text of a post that another post leads to."""
    path = blog.templates / "article.html"
    shown = "{% for one in article.translations %}{{ one.content }}{% endfor %}"
    path.write_text(path.read_text() + "{% block more %}" + shown + "{% endblock %}")
    path = blog.templates / "base.html"
    more = "{% block more %}{% endblock %}</body>"
    path.write_text(path.read_text().replace("</body>", more))
    post(blog, 7, Slug="p2", Lang="de")


@pytest.mark.parametrize("theme", [shared, deep])
def test_a_text_is_shown_wherever_a_template_finds_it(site, theme):
    """In every page's foot, or by a way from another post: all of them follow."""
    theme(site)
    site.build()
    post(site, 2, body="Other words.")
    built = site.build()

    assert site.alone
    assert differences(built, site.clean()) == []


def test_a_text_that_another_post_leads_to_is_looked_for_there_alone(site):
    """On the pages of the posts that lead to this one, not to any."""
    deep(site)

    asked = ask(site, body="Other words.")

    own = {name for name in asked if "posts/" in name}
    assert own == {"posts/p2/index.html", "posts/p2/de/index.html"}


class Length:
    """An attribute that a plugin makes of the text."""

    incremental_own = True

    def __get__(self, post, kind=None):
        return self if post is None else len(post._content)


def test_what_is_made_of_a_text_is_followed_as_the_text_is(site, monkeypatch):
    """An attribute that follows from a post's source, in a list: no summary has it."""
    monkeypatch.setattr(Content, "length", Length(), raising=False)
    path = site.templates / "macros.html"
    path.write_text(path.read_text().replace("{{ post.summary }}", "{{ post.length }}"))
    post(site, 2, body="One two three four five six.")

    asked = ask(site, body="One two three four five six and seven.")

    assert "archives.html" in asked and "posts/p1/index.html" not in asked


def attached(blog):
    post(blog, 2, body="See [a file]({attach}/images/a.txt).")


def titled(blog):
    post(blog, 2, title="Another", body="Other words.")


def added(blog):
    post(blog, 2, body="Other words.")
    post(blog, 9)


def gone(blog):
    post(blog, 2, body="Other words.")
    (blog.folder / "content/posts/p4.md").unlink()


def drawn(blog):
    post(blog, 2, body="Other words.")
    blog.write("images/new.txt", "a file")


def themed(blog):
    post(blog, 2, body="Other words.")
    path = blog.templates / "foot.html"
    path.write_text(path.read_text() + "another foot")


def test_a_file_stays_where_another_post_has_moved_it(site):
    """Reading that post's text moves the file: so its page is looked at, and kept."""
    post(site, 4, body="Here [a file]({attach}/images/a.txt) is attached.")
    site.build()
    site.asked.clear()
    post(site, 2, body="Other words.")

    built = site.build()

    assert site.alone
    assert "posts/p4/index.html" in site.asked
    assert "posts/p4/a.txt" in built
    assert "images/a.txt" not in built
    assert differences(built, site.clean()) == []


@pytest.mark.parametrize("edit", [attached, titled, added, gone, drawn, themed])
def test_what_else_changes_is_looked_for_everywhere(site, edit):
    """Metadata, links, other posts, files, templates: every page is asked again."""
    edit(site)

    built = site.build()

    assert not site.alone
    assert differences(built, site.clean()) == []


def count(generator):
    """A plugin that gives each post the length of all the others' texts."""
    total = sum(len(one._content) for one in generator.articles)
    for one in generator.articles:
        one.others = total - len(one._content)


def show_others(blog):
    path = blog.templates / "article.html"
    path.write_text(path.read_text().replace("</h1>", "</h1>{{ article.others }}"))


def test_a_plugin_may_know_more_of_a_text_than_we_do(site):
    """Then every page is asked; unless the plugin says that texts are none of it."""
    show_others(site)
    signals.article_generator_finalized.connect(count)
    try:
        site.build()
        post(site, 2, body="A longer text than before.")
        assert differences(site.build(), site.clean()) == []
        assert not site.alone

        textless(count)
        post(site, 2, body="Another text.")
        site.build()
        assert site.alone
    finally:
        signals.article_generator_finalized.disconnect(count)
        del count.incremental_textless


def test_a_post_may_have_an_attribute_of_its_text(site, monkeypatch):
    """Which somebody gave to Pelican's own class, and no signal tells of."""
    mine = property(lambda self: len(self._content))
    monkeypatch.setattr(Article, "others", mine, raising=False)
    show_others(site)
    site.build()
    post(site, 2, body="A longer text than before.")
    assert differences(site.build(), site.clean()) == []

    assert not site.alone


def test_it_can_be_switched_off(site):
    """For those who cannot tell before the end whether it will do."""
    post(site, 2, body="Other words.")

    site.build(INCREMENTAL_TEXTS=False)

    assert not site.alone


def test_a_text_that_was_not_read_yet_is_there_for_whoever_asks(site):
    """A plugin reads it, copies the post or assigns: it meets no difference."""
    texts, kept, copied = {}, [], {}

    def look(generator):
        for one in generator.articles:
            kept.append("_content" not in vars(one))
            copied[one.slug] = copy(one)._content
            texts[one.slug] = one._content
            if one.slug == "p3":
                one._content = f"<p>Mine, not {one._content}</p>"

    signals.article_generator_finalized.connect(look)
    try:
        clean = site.clean()
        read, _ = dict(texts), kept.clear()
        built = site.build()
    finally:
        signals.article_generator_finalized.disconnect(look)

    assert all(kept) and len(kept) == 6
    assert texts == copied == read and "<p>Some words.</p>" in texts["p1"]
    assert differences(built, clean) == []
    assert b"Mine, not" in built["posts/p3/index.html"]
    with pytest.raises(AttributeError):
        _ = Article.__new__(Article)._content
