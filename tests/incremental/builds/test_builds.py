"""What one build after another reads, writes and leaves alone."""

import importlib.util
import os
import random
import shutil
import sqlite3
import sys
from contextlib import closing
from importlib.resources import files as package_files
from pathlib import Path

import pytest

from pelican.plugins.incremental import explain, pure, why_build_again
from pelican.plugins.incremental.content_cache import source_cache
from pelican.plugins.incremental.output.tree import InTheWay
from pelican.plugins.incremental.state import store
from pelican.plugins.incremental.system import process_pool, swap
from pelican.plugins.incremental.system.filesystem import format_stat
from support.blog import Blog, differences, files, stats


@pytest.fixture
def builds(blog, reports):
    """What each build did; six posts are there."""
    for number in range(1, 7):
        post(blog, number)
    return reports


def post(blog, number, title="A title", body="Some words.", **fields):
    fields = {"Category": f"c{number % 2}", "Tags": f"t{number % 3}"} | fields
    head = f"Title: {title} {number}\nDate: 2024-01-{number:02}\nSlug: p{number}\n"
    head += "".join(f"{name}: {value}\n" for name, value in fields.items())
    blog.write(f"posts/p{number}.md", f"{head}\n{body}\n")


def test_nothing_new_writes_nothing(blog, builds):
    """No byte, no time, no inode of the output is touched, and nothing is rendered."""
    blog.build()
    before = stats(blog.folder / "output")

    blog.build()

    assert stats(blog.folder / "output") == before
    assert (set(builds[-1].changed), len(builds[-1].rendered)) == (set(), 0)


def test_a_file_that_is_a_page_and_an_article_is_both(blog, builds):
    """Each has its own address and template, whatever it was in the last build."""
    blog.write("pages/in/more.md", "Title: T\nSlug: more\nDate: 2026-01-01\n\nText.\n")
    blog.build()
    more = {"ARTICLE_PATHS": ["posts", "pages"], "PAGE_PATHS": ["pages"]}
    for _ in range(2):
        assert differences(blog.build(**more), blog.clean(**more)) == []


def test_a_body_ties_only_the_pages_that_show_it(blog, builds):
    """The theme's menu walks through all categories and posts, for their names only."""
    path = blog.templates / "article.html"
    path.write_text(path.read_text().replace("{{ posted(post, root) }}", ""))
    blog.build()

    post(blog, 2, body="Other words, of which the first five are not the same.")
    blog.build()

    lists = {
        "author/ada3.html",
        "index3.html",
        "category/c02.html",
        "tag/t2/index.html",
    }
    assert set(builds[-1].changed) == {"posts/p2/index.html"} | lists
    assert builds[-1].why["posts/p2/index.html"] == "changed: article"


def test_a_text_is_known_for_any_address(blog, builds):
    """As feeds want it: `get_content` of an address, with its links to other posts."""
    path = blog.templates / "index.html"
    shown = "{% for a in articles %}{{ a.get_content(SITEURL) | upper }}{% endfor %}"
    path.write_text(
        path.read_text().replace("{% block content %}", "{% block content %}" + shown)
    )
    post(blog, 1, body="See [the other]({filename}p2.md).")
    first = blog.build()
    assert b"SEE <A" in first["index.html"]
    blog.build()
    assert len(builds[-1].rendered) == 0

    post(blog, 6, body="Quite other words.")
    assert not differences(blog.build(), blog.clean())
    assert "index.html" in set(builds[-1].changed)
    blog.write("posts/p2.md", "Title: Two\nDate: 2024-01-02\nSlug: away\n\nText.\n")
    assert not differences(blog.build(), blog.clean())


def test_summaries_for_an_address_are_told_in_order(blog, builds):
    """Pelican makes `get_summary` of any address with the links of the first page that
    asks: such pages are told one after another, and all of them each time."""
    path = blog.templates / "index.html"
    opening = "{% block content %}"
    address = blog.settings["SITEURL"]  # for pages SITEURL is their own, as "../.."
    shown = (
        f"{{% for a in articles %}}{{{{ a.get_summary('{address}') }}}}{{% endfor %}}"
    )
    path.write_text(path.read_text().replace(opening, opening + shown))
    for number in range(7, 30):
        post(blog, number, body="See [the other]({filename}p2.md).")
    first = blog.build()
    assert not differences(first, blog.clean())
    assert len(set(builds[-1].changed)) > 2 * process_pool.WORTH_FORKING

    post(blog, 1, body="See [another]({filename}p3.md).", Tags="seldom")
    assert not differences(blog.build(), blog.clean())
    post(blog, 1, body="Seen by no feed, which asks first.", Tags="seldom")
    assert not differences(blog.build(), blog.clean())
    before = stats(blog.folder / "output")
    blog.build()
    assert (
        0 < len(builds[-1].rendered) < len(first) - 29
    )  # but not the posts' own pages
    assert stats(blog.folder / "output") == before

    blog.settings["RELATIVE_URLS"] = False
    blog.build()
    blog.build()
    assert len(builds[-1].rendered) == 0


def test_frozen_values_are_known_whole(blog, builds):
    """A plugin's own values in filters that take them whole, such as groupby."""
    place = blog.folder / "values_of_a_plugin.py"
    place.write_text(
        "from dataclasses import dataclass\n"
        "@dataclass(frozen=True)\nclass One:\n    name: str\n    why: object = None\n"
    )
    spec = importlib.util.spec_from_file_location("values_of_a_plugin", place)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    path = blog.templates / "index.html"
    groups = "THINGS | rejectattr('why') | groupby('name')"
    text = f"{{% for name, ones in {groups} %}}<i>{{{{ name }}}}</i>{{% endfor %}}"
    opening = "{% block content %}"
    path.write_text(path.read_text().replace(opening, opening + text))
    blog.settings["THINGS"] = [module.One("a"), module.One("b", module.One("no"))]
    assert b"<i>a</i>" in blog.build()["index.html"]
    blog.build()
    assert len(builds[-1].rendered) == 0


def test_a_template_ties_the_pages_that_use_it(blog, builds):
    """Not all of them: pages of other templates are kept."""
    blog.write("pages/a.md", "Title: A page\n\nWords.\n")
    blog.build()
    path = blog.templates / "page.html"
    path.write_text(path.read_text().replace("</h1>", " (new)</h1>"))

    blog.build()

    assert set(builds[-1].changed) == {"pages/a-page.html"}
    assert builds[-1].why["pages/a-page.html"] == "changed: the template page.html"


def test_a_setting_builds_everything_and_says_which(blog, builds):
    blog.build()

    blog.build(SITENAME="Another name")

    assert builds[-1].why_full == "settings changed: SITENAME"
    assert (
        differences(
            blog.build(SITENAME="Another name"), blog.clean(SITENAME="Another name")
        )
        == []
    )


def test_a_filter_of_unknown_making_is_asked_every_time(blog, builds):
    """It may read the clock; one that is declared pure is believed."""
    path = blog.templates / "page.html"
    shouted = "{{ page.title | shout }}</h1>"
    path.write_text(path.read_text().replace("{{ page.title }}</h1>", shouted))
    said = iter("abcdef")
    blog.write("pages/a.md", "Title: A page\n\nWords.\n")
    filters = {"shout": lambda text: f"{text} {next(said)}"}

    for letter in "abc":
        pages = blog.build(JINJA_FILTERS=filters)
        assert f"<h1>A page {letter}</h1>".encode() in pages["pages/a-page.html"]
    for _ in range(2):
        pages = blog.build(JINJA_FILTERS=filters, INCREMENTAL_PURE=["shout"])
        last = pages["pages/a-page.html"]
    assert (
        blog.build(JINJA_FILTERS=filters, INCREMENTAL_PURE=["shout"])[
            "pages/a-page.html"
        ]
        == last
    )


@pytest.mark.parametrize("how", ["{{ shout(page.title) }}", "{{ one.loud() }}"])
def test_a_function_that_is_declared_pure_by_name_is_believed(blog, builds, how):
    """One that templates call, here or in a module that has no context."""
    path = blog.templates / "page.html"
    (blog.templates / "one.html").write_text(
        "{% macro loud() %}{{ shout('words') }}{% endmacro %}"
    )
    shouted = f"{{% import 'one.html' as one %}}{how}</h1>"
    path.write_text(path.read_text().replace("{{ page.title }}</h1>", shouted))
    blog.write("pages/a.md", "Title: A page\n\nWords.\n")
    blog.settings["JINJA_GLOBALS"] = {"shout": lambda text: text.upper()}

    for _ in range(2):
        blog.build()
    assert len(builds[-1].rendered) == 1
    state, output = blog.folder / "state", str(blog.folder / "output")
    told = "\n".join(explain(state, "pages/a-page.html", output))
    assert "shout() is called\n" in told and "INCREMENTAL_PURE" in told
    for _ in range(2):
        blog.build(INCREMENTAL_PURE=["shout"])
    assert len(builds[-1].rendered) == 0

    blog.write("pages/a.md", "Title: Another page\nSlug: a-page\n\nWords.\n")
    assert differences(blog.build(INCREMENTAL_PURE=["shout"]), blog.clean()) == []


def test_a_function_may_look_at_all_of_a_post(blog, builds):
    """That it depends on its arguments alone says nothing of their parts."""
    path = blog.templates / "base.html"
    long = "{% for one in articles %}{{ long(one) }} {% endfor %}"
    path.write_text(path.read_text().replace("<main>", f"{long}<main>"))
    blog.settings["JINJA_GLOBALS"] = {"long": pure(lambda one: len(one._content))}
    blog.build()

    post(blog, 2, body="Other words, and more of them than there were.")

    assert differences(blog.build(), blog.clean()) == []


def test_what_a_post_includes_is_an_input(blog, builds):
    """reStructuredText includes a file that no setting names."""
    part = blog.write("includes/part.txt", "Included words.")
    head = "A title\n#######\n\n:date: 2024-02-01\n\n"
    blog.write("posts/r.rst", f"{head}.. include:: {part}\n")
    blog.build()

    part.write_text("Other words.")

    assert differences(blog.build(), blog.clean()) == []


@pytest.mark.parametrize("many", [False, True])
@pytest.mark.parametrize("after", range(0, 14, 2))
def test_killed_at_any_moment_the_next_build_equals_a_clean_one(
    blog, builds, monkeypatch, after, many
):
    """While files are put in place or removed, or while the state is saved."""
    blog.build()
    post(blog, 2, title="Another title", Tags="new")
    (blog.folder / "content/posts/p4.md").unlink()
    left = iter(range(after))

    def deadly(usual):
        def call(*args, **more):
            if next(left, None) is None:
                raise KeyboardInterrupt
            return usual(*args, **more)

        return call

    with monkeypatch.context() as patch:
        patch.setattr(swap, "FEW", 0 if many else 99)
        owner, name = (swap, "_exchange") if many else (os, "replace")
        patch.setattr(owner, name, deadly(getattr(owner, name)))
        patch.setattr(store.Store, "save", deadly(store.Store.save))
        with pytest.raises(KeyboardInterrupt):
            blog.build()
            blog.build(SITENAME="x")  # for those that the first build was too short for
    post(blog, 6, title="And more")

    assert differences(blog.build(), blog.clean()) == []


@pytest.mark.skipif(not swap.possible(), reason="files are replaced as ever")
def test_what_the_power_failing_may_have_cost_is_made_again(blog, builds, monkeypatch):
    """A file can lie there as it was left and hold what was there before."""
    monkeypatch.setattr(swap, "FEW", 0)
    blog.build()
    name, state = "posts/p2/index.html", blog.folder / "state"
    post(blog, 2, body="Other words.")
    blog.build()
    (blog.folder / "output" / name).write_text("what was there before")
    with closing(store.Store(state)) as known:
        row = store.FileRow.decode(known.row("files", name))
        row = row._replace(stat=format_stat(str(blog.folder / "output" / name)))
        known.save({"files": [(name, None, row.encode())]}, {})
    blog.build()
    assert set(builds[-1].changed) == set()
    monkeypatch.setattr(swap, "_start", lambda: "another start of the computer")

    assert why_build_again(state, "", str(blog.folder / "output")) != ""
    assert differences(blog.build(), blog.clean()) == []
    blog.build()
    assert (set(builds[-1].changed), len(builds[-1].rendered)) == (set(), 0)


@pytest.mark.parametrize(
    "harm", ["empty", "text", "foreign", "version", "torn", "flip"]
)
def test_a_state_of_no_use_is_thrown_away(blog, builds, capsys, harm):
    """It is never trusted: a damaged row counts as missing, a foreign file as none."""
    blog.build()
    post(blog, 2, body="Other words.")
    path = blog.folder / "state" / "state.sqlite"
    data = path.read_bytes()
    if harm == "flip":
        place = data.index(b"Some words.")
        path.write_bytes(data[:place] + b"Evil" + data[place + 4 :])
    elif harm in ("foreign", "version"):
        path.unlink() if harm == "foreign" else None
        with sqlite3.connect(path) as db:
            db.execute("create table if not exists x (y)")
            db.execute("pragma user_version = 99")
        db.close()
    else:
        path.write_bytes({"empty": b"", "text": b"{}", "torn": data[:9000]}[harm])
    capsys.readouterr()

    built = blog.build()

    assert differences(built, blog.clean()) == []
    said = capsys.readouterr().out.splitlines()
    assert len([line for line in said if "is of no use" in line]) == (
        harm not in ("empty", "flip")
    )


def test_a_failed_build_leaves_the_site_and_what_was_read(blog, builds):
    """A template that cannot be rendered costs nothing but the error."""
    before = blog.build()
    post(blog, 2, body="Other words.")
    path = blog.templates / "article.html"
    good = path.read_text()
    path.write_text(good.replace("</h1>", "{{ nothing.at.all }}</h1>"))
    with pytest.raises(Exception, match="nothing"):
        blog.build()
    assert blog_files(blog) == before

    path.write_text(good)

    assert differences(blog.build(), blog.clean()) == []


def blog_files(blog):
    from support.blog import files

    return files(blog.folder / "output")


def test_settings_that_a_module_shares_seem_unchanged(blog, builds):
    """Pelican's reader adds to `MARKDOWN`, which two builds of a process may share."""
    shared = {"extension_configs": {"markdown.extensions.extra": {}}}
    blog.build(MARKDOWN=shared)

    blog.build(MARKDOWN=shared)

    assert builds[-1].why_full == ""


def test_what_a_failed_build_read_under_other_settings_is_not_used(blog, builds):
    """The author changes a setting, makes a mistake, and takes both back."""
    blog.write("posts/p1.md", "Title: One\nDate: 2024-01-01\n\nNo category.\n")
    article = blog.templates / "article.html"
    whole = article.read_text()
    blog.build()
    article.write_text("{{ nothing.at.all }}")
    with pytest.raises(Exception, match="undefined"):
        blog.build(USE_FOLDER_AS_CATEGORY=False)
    article.write_text(whole)
    blog.write("posts/p2.md", "Title: Two\nDate: 2024-01-02\n\nA new text.\n")

    assert not differences(blog.build(), blog.clean())


def test_posts_are_read_from_the_state_once(blog, builds, monkeypatch):
    """A server that builds on every save keeps in memory what it has read."""
    blog.build(INCREMENTAL_HOLD=True)
    monkeypatch.setattr(source_cache, "to_entry", None)  # how the state is read
    post(blog, 3, body="Other words.")

    assert not differences(blog.build(INCREMENTAL_HOLD=True), blog.clean())


def test_pelicans_own_test_content_builds_to_the_same_bytes(blog):
    """Every kind of source that Pelican's own tests have, in its own theme."""
    content = Path(str(package_files("pelican"))) / "tests" / "content"
    if not content.is_dir():
        pytest.skip("this Pelican came without its tests")
    shutil.rmtree(blog.folder / "content")
    shutil.copytree(content, blog.folder / "content")
    (blog.folder / "content" / "article_with_template.rst").unlink()
    more = {"ARTICLE_PATHS": [""], "THEME": "notmyidea", "DEFAULT_DATE": (2020, 1, 1)}
    more |= {"ARTICLE_URL": "{path}/", "ARTICLE_SAVE_AS": "{path}/index.html"}

    # Many share a date and a slug, and Pelican leaves their order to chance.
    more |= {"ARTICLE_ORDER_BY": "source_path", "ARTICLE_TRANSLATION_ID": None}

    for _ in range(2):
        assert differences(blog.build(**more), blog.clean(**more)) == []


def test_another_output_is_another_site(blog, builds):
    """What was made in one folder is neither kept in another, nor removed from it."""
    blog.build()
    other = blog.folder / "elsewhere"
    other.mkdir()
    (other / "index.html").write_text("somebody's own")
    (other / "posts").mkdir()
    (other / "posts" / "p4").write_text("somebody's own, too")
    (blog.folder / "content/posts/p4.md").unlink()

    second = blog._build(other, ["incremental"], {})

    assert builds[-1].why_full == "the output is another folder"
    assert (other / "posts" / "p4").read_text() == "somebody's own, too"
    assert "posts/p2/index.html" in second
    (other / "posts" / "p4").unlink()
    (other / "posts" / "p4").mkdir()
    (other / "posts" / "p4" / "index.html").write_text("of others, as one of ours was")

    assert "posts/p4/index.html" in blog._build(other, ["incremental"], {})


@pytest.mark.parametrize("how", ["moved", "copied"])
def test_a_site_that_was_moved_with_its_state_knows_its_files(
    blog, builds, tmp_path_factory, how
):
    """What it no longer has goes, what others have there stays, the rest is made."""
    blog.build()
    (blog.folder / "output/mine.html").write_text("mine")
    before = files(blog.folder)
    there = Blog.__new__(Blog)
    there.folder = tmp_path_factory.mktemp("moved") / "there"
    there.settings = blog.settings
    if how == "moved":
        blog.folder.rename(there.folder)
    else:
        shutil.copytree(blog.folder, there.folder)
    there.templates = there.folder / "theme/templates"
    (there.folder / "content/posts/p4.md").unlink()

    built = there.build()

    assert builds[-1].why_full == "the output is another folder"
    assert built.pop("mine.html") == b"mine"
    assert differences(built, there.clean()) == []
    assert files(blog.folder) == ({} if how == "moved" else before)


@pytest.mark.parametrize("full", [False, True])
def test_after_damage_anywhere_in_the_state_a_build_is_a_clean_one(
    blog, builds, capsys, full
):
    """A page of zeros, of noise, with other bytes, or missing; one line says it."""
    blog.build()
    path, chance = blog.folder / "state/state.sqlite", random.Random(5)
    whole = path.read_bytes()
    clean = blog.clean()
    for page in range(0, len(whole), 4096)[full::2]:
        data = bytearray(whole)
        size = len(data[page : page + 4096])
        match chance.randrange(4):
            case 0:
                data[page : page + size] = bytes(size)
            case 1:
                data[page : page + size] = chance.randbytes(size)
            case 2:
                for _ in range(9):
                    data[page + chance.randrange(size)] ^= 1 + chance.randrange(255)
            case _:
                del data[page + 100 :]
        path.write_bytes(data)
        capsys.readouterr()

        assert differences(blog.build(INCREMENTAL_FRESH=full), clean) == []

        said = capsys.readouterr().out
        assert said.count("is of no use") <= 1


@pytest.mark.parametrize("row", ["files", "folders", "code", "build"])
def test_what_was_looked_at_is_known_as_a_whole_or_not_at_all(blog, builds, row):
    """If one row of it is damaged, an edit is not taken for nothing new."""
    state, output = blog.folder / "state", str(blog.folder / "output")
    blog.build()
    assert why_build_again(state, "", output) == ""
    with closing(sqlite3.connect(state / "state.sqlite")) as db:
        db.execute("update inputs set plain = x'7b7d' where key = ?", (row,))
        db.commit()

    assert why_build_again(state, "", output) == "no build is remembered"

    post(blog, 2, body="Other words.")
    assert differences(blog.build(), blog.clean()) == []
    assert why_build_again(state, "", output) == ""


def test_two_outputs_have_two_states(blog, builds):
    """Built in turn, each is what a clean build makes."""
    outputs = [blog.folder / name for name in ("one", "other")]
    for _ in range(2):
        for output in outputs:
            built = blog._build(output, ["incremental"], {"INCREMENTAL_PATH": None})
            assert differences(built, blog.clean()) == []
        (blog.folder / "content/posts/p4.md").unlink(missing_ok=True)


def test_a_value_that_cannot_be_read_so_stops_nothing(blog, builds):
    """A branch that is not taken may walk through what is no list, or is one once."""
    path = blog.templates / "page.html"
    path.write_text(
        path.read_text().replace(
            "</h1>",
            "</h1>{% if ODD is iterable %}{% for x in ODD %}{{ x }}{% endfor %}"
            "{% endif %}{% for x in ONCE %}{{ x }}{% endfor %}",
        )
    )
    blog.write("pages/a.md", "Title: A page\n\nWords.\n")

    for _ in range(2):
        odd = {"ODD": object()}
        built = blog.build(**odd, ONCE=iter("abc"))
        assert differences(built, blog.clean(**odd, ONCE=iter("abc"))) == []


def test_what_no_build_made_stays_in_the_output(blog, builds):
    """Beside pages and among them, whatever is built, and if the state is lost."""
    theirs = {name: f"{name} of others" for name in ("mine.html", "posts/p2/x.txt")}
    theirs |= {".well-known/token": "t", "CNAME": "blog.example"}
    output = blog.folder / "output"
    for name, text in theirs.items():
        (output / name).parent.mkdir(parents=True, exist_ok=True)
        (output / name).write_text(text)
    (output / "empty").mkdir()

    def ours(more=None):
        built = blog.build(**(more or {}))
        assert {name: built.pop(name).decode() for name in theirs} == theirs
        assert (output / "empty").is_dir()
        return built

    assert differences(ours(), blog.clean()) == []
    (blog.folder / "content/posts/p2.md").unlink()
    assert differences(ours(), blog.clean()) == []
    assert differences(ours({"INCREMENTAL_FRESH": True}), blog.clean()) == []
    shutil.rmtree(blog.folder / "state")
    assert differences(ours(), blog.clean()) == []

    assert "mine.html" not in blog.build(DELETE_OUTPUT_DIRECTORY=True)


@pytest.mark.parametrize("theirs", ["index.html/x.txt", "posts"])
def test_what_lies_in_the_way_is_named_and_stays(blog, builds, theirs):
    """A folder of others where a page has to be, and the other way round."""
    path = blog.folder / "output" / theirs
    path.parent.mkdir(parents=True)
    path.write_text("theirs")

    with pytest.raises(InTheWay, match=f"{theirs}: no build made this"):
        blog.build()

    assert files(blog.folder / "output") == {theirs: b"theirs"}
    path.unlink()
    assert differences(blog.build(), blog.clean()) == []
