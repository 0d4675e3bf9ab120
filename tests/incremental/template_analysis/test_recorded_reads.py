"""Whatever rendering a page reads is predicted, in three themes and in hard templates.

A page is rendered with values that record what is read of them. If it has a
fingerprint, all of that must be in the prediction that this is made of.
"""

import shutil
import sys
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment, pass_context
from pelican.contents import Article
from pelican.settings import DEFAULT_CONFIG, configure_settings
from pelican.urlwrappers import Author, Tag

import pelican
from pelican.plugins.incremental.fingerprints.fingerprints import Fingerprints
from pelican.plugins.incremental.output.replay import PageRequest
from support.paths import ROOT, THIRD_PARTY
from support.recorder import Recorder, not_predicted
from support.site_folder import Site

sys.path.insert(0, str(THIRD_PARTY))

HARD = ROOT / "tests/support/hard_templates"
THEMES = Path(pelican.__file__).parent / "themes"


class Pages:
    """The pages of a build: those that were checked, and what was not predicted."""

    def __init__(self) -> None:
        self.checked: set[str] = set()
        self.wrong: set[str] = set()
        self._recorders: dict[int, Recorder] = {}

    def check(self, fingerprints, name, template, context, given, place):
        env = template.environment
        recorder = self._recorders.setdefault(id(env), Recorder(env))
        siteurl, relative, _ = place
        before = context["localsiteurl"]
        request = PageRequest(name, template, context, relative, False, given)
        local = request.local_context(siteurl)
        context["localsiteurl"] = before
        reads = fingerprints.reads(template, context, given)

        missed = not_predicted(reads, recorder, template.name, local)

        self.checked.add(name)
        self.wrong |= {f"{template.name}: {line}" for line in missed}
        if recorder.render(template.name, local) != template.render(local):
            self.wrong.add(f"{template.name}: is another text when it is recorded")


@pytest.fixture
def pages(monkeypatch):
    found = Pages()

    def of_page(self, name, *given, usual=Fingerprints.of_page):
        fingerprint, reason = usual(self, name, *given)
        if fingerprint is not None:
            found.check(self, name, *given)
        return fingerprint, reason

    monkeypatch.setattr(Fingerprints, "of_page", of_page)
    return found


def write_posts(blog):
    for number in range(1, 8):
        blog.write(
            f"posts/p{number}.md",
            f"Title: A title {number}\nDate: 2024-0{number}-01\nTags: tea, t{number}\n"
            f"Category: c{number % 2}\nSlug: p{number}\n"
            f"{'Author: Bo' if number == 2 else ''}\n\n"
            "See [that]({filename}p1.md), and [a tag]({tag}tea). Some more words.\n",
        )
    blog.write("posts/de.md", "Title: Auf Deutsch\nSlug: p1\nLang: de\n\nWorte.\n")
    blog.write("posts/draft.md", "Title: A draft\nStatus: draft\n\nNot yet.\n")
    blog.write("pages/about.md", "Title: About\n\nIts text.\n")


@pytest.mark.parametrize("theme", ["simple", "notmyidea"])
@pytest.mark.parametrize("relative", [True, False])
def test_a_theme_of_pelican_reads_what_is_predicted(blog, pages, theme, relative):
    """With all of its settings in use, such as links, menus and archives."""
    write_posts(blog)
    blog.build(
        THEME=str(THEMES / theme),
        RELATIVE_URLS=relative,
        SOCIAL=(("one", "https://one.example"), ("two", "https://two.example")),
        MENUITEMS=(("Home", "/"),),
        MONTH_ARCHIVE_SAVE_AS="{date:%Y}/{date:%m}/index.html",
        GITHUB_URL="https://git.example",
        DISQUS_SITENAME="comments",
        GOOGLE_ANALYTICS="UA-1",
    )

    assert pages.wrong == set()
    assert {"index.html", "posts/p1/index.html", "tags.html"} <= pages.checked or (
        relative  # then pages that ask for summaries first have no fingerprint
    )


class Silent:
    def readouterr(self):
        return type("Captured", (), {"out": "", "err": ""})


@pytest.mark.parametrize("relative", [True, False])
def test_the_shipped_theme_reads_what_is_predicted(
    tmp_path, pages, monkeypatch, relative
):
    """With the posts and pages that come with it."""
    site = Site(tmp_path, Silent())
    shutil.rmtree(tmp_path / "content")
    shutil.copytree(ROOT / "content", tmp_path / "content")
    with open(tmp_path / "conf.py", "a") as file:
        file.write(f"RELATIVE_URLS = {relative}\n")
    monkeypatch.chdir(tmp_path)
    site.publish("--offline")

    assert pages.wrong == set()
    assert len(pages.checked) > 30


# --- hard templates -------------------------------------------------------------------


class Label(str):
    """A text with an attribute."""

    color = "red"


class Note:
    """An object of a plugin, which is not known to be printed by anything."""

    def __init__(self, text):
        self.text = text


SETTINGS = configure_settings(
    {**DEFAULT_CONFIG, "PATH": ".", "THEME": THEMES / "simple"}
)


def a_post(number, **more):
    metadata = {"title": f"Title {number}", "slug": f"p{number}", "number": number}
    metadata |= {"author": Author(f"author {number % 2}", SETTINGS)}
    metadata |= {"tags": [Tag("tea", SETTINGS), Tag(f"t{number}", SETTINGS)]}
    post = Article("Words.", metadata, SETTINGS, f"posts/{number}.md", {})
    post.label = Label(f"label {number}")
    post.label.color = f"color {number}"
    post.meta = {"cover": f"c{number}", "list": [number]}
    post.note = Note(f"note {number}")
    vars(post).update(more)
    return post


def a_context():
    posts = [a_post(number) for number in (3, 1, 2)]
    tree = a_post(7, more=[a_post(8, more=[])])
    return {
        "posts": posts,
        "post": a_post(9, next=posts[0]),
        "pairs": [("one", posts[0]), ("two", posts[1])],
        "by_name": {"b": posts[0], "a": posts[1]},
        "tree": tree,
        "name": "title",
        "key": "b",
        "number": 1,
        "empty": [],
        "nothing": None,
        "label": posts[0].label,
        "template": "other",
        "impure": lambda *given: "!",
        "numbers": [3, 1, 2],
        "counts": {"b": 2, "a": 1},
        "LINKS": (("home", "/"), ("more", "/more")),
    }


OTHERS = {
    "other": "{{ post.title }}{{ posts | length }}",
    "macros": "{% macro line(p, q=None) %}{{ p.title }}{{ q.title if q }}{% endmacro %}"
    "{% macro all() %}{{ varargs[0].title }}{{ kwargs.x.title }}{% endmacro %}"
    "{% macro wrap() %}<{{ caller(post) }}>{% endmacro %}{% set word = site %}",
    "in_context": "{% macro m() %}{{ post.author.name }}{% endmacro %}"
    "{% set chosen = posts[1] %}",
    "base": "{% block head %}{{ post.title }}{% endblock %}{{ root }}"
    "{% block main scoped %}{% endblock %}{{ self.head() }}",
    "loop": "{% for p in posts %}{{ loop.index }}{{ p.title }}{% endfor %}",
}

KNOWN = (HARD / "predicted.txt").read_text().splitlines()

UNKNOWN = (HARD / "unknown.txt").read_text().splitlines()


@pass_context
def context_name(context, name):
    return context[name].title


def check(source):
    """Give the fingerprint of a page, and what was read that is not in it."""
    extensions = ["jinja2.ext.do", "jinja2.ext.loopcontrols", "jinja2.ext.debug"]
    loader = DictLoader({"page": source, **OTHERS})
    env = Environment(loader=loader, extensions=extensions)
    env.filters["shout"] = str.upper
    env.globals |= {"context_name": context_name, "site": "a site"}
    context, template = a_context(), env.get_template("page")
    given = {"post": context.pop("post")}
    fingerprints = Fingerprints({})
    made, reason = fingerprints.of_page("p", template, context, given, ("", False, ""))
    if made is None:
        return None, reason
    values = {**context, **given}
    recorder = Recorder(env)
    reads = fingerprints.reads(template, context, given)
    found = not_predicted(reads, recorder, "page", values)
    assert recorder.render("page", values) == template.render(values)
    return made, found


@pytest.mark.parametrize("source", KNOWN)
def test_a_hard_template_reads_what_is_predicted(source):
    """One trick or a few at a time, all of which can be known."""
    fingerprint, missed = check(source)

    assert fingerprint is not None, missed
    assert missed == []


@pytest.mark.parametrize("source", UNKNOWN)
def test_a_template_that_cannot_be_predicted_has_no_fingerprint(source):
    """Such a page is rendered every time."""
    assert check(source)[0] is None


def test_an_omission_is_found():
    """A prediction without one of the parts that are read does not pass."""
    source = (
        "{% for p in posts %}{{ p.title }}{{ p.author.name }}{% endfor %}{{ number }}"
    )
    env = Environment(loader=DictLoader({"page": source}))
    context = a_context()
    fingerprints = Fingerprints({})
    reads = fingerprints.reads(env.get_template("page"), context, {})
    recorder = Recorder(env)
    each = reads.names["posts"].parts["each",]

    assert not_predicted(reads, recorder, "page", context) == []
    del each.parts["attr", "title"]
    del each.parts["attr", "author"].parts["attr", "name"]
    del reads.names["number"]
    assert not_predicted(reads, recorder, "page", context) == [
        "number: found of a int",
        "posts ('each',) ('attr', 'author') ('attr', 'name'): found of a str",
        "posts ('each',) ('attr', 'title'): found of a str",
    ]
