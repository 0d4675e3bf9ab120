"""Themes that are translated by Jinja's extension are kept while their words are."""

import sys

import pytest
from babel.messages import Catalog
from babel.messages.mofile import write_mo

from support.blog import differences
from support.paths import THIRD_PARTY

sys.path.insert(0, str(THIRD_PARTY))

TEXTS = {
    False: '{{ _("Next") }} {{ gettext("Back") }} {% trans a=article.title, n=3 %}'
    "About {{ a }}{% pluralize n %}All about {{ a }}{% endtrans %}",
    True: '{{ _("Next %(one)s", one=article.title) }} {{ gettext("Back") }}'
    '{{ ngettext("%(num)s post", "%(num)s posts", articles | length) }}',
}
WORD = '{{ _("Next") }}'


@pytest.fixture(params=[False, True])
def blog(blog, request):
    blog.settings |= {
        "RELATIVE_URLS": False,  # or summaries decide on all pages
        "PLUGINS": ["speaker"],
        "JINJA_ENVIRONMENT": {"extensions": ["jinja2.ext.i18n"]},
        "NEWSTYLE": request.param,
    }
    path = blog.templates / "article.html"
    path.write_text(path.read_text().replace("</h1>", f"</h1>{TEXTS[request.param]}"))
    for number in (1, 2, 3):
        blog.write(
            f"posts/p{number}.md",
            f"Title: A title {number}\nDate: 2024-01-{number:02}\n\nSome words.\n",
        )
    return blog


def say(blog, **words):
    catalogue = Catalog(locale="de")
    for name, text in words.items():
        catalogue.add(name.replace("_", " "), text)
    with open(blog.folder / "words.mo", "wb") as file:
        write_mo(file, catalogue)


def test_pages_follow_the_catalogue(blog, rendered):
    """They are made again when its words are others, and only then."""
    blog.build()
    blog.build()
    assert rendered[-1] == 0
    for word in ("Zurück", "Rückwärts"):
        say(blog, Back=word)
        built = blog.build()
        assert differences(built, blog.clean()) == []
        assert word.encode() in built["posts/a-title-1/index.html"]
        blog.build()
        assert rendered[-1] == 0


def test_a_catalogue_of_unknown_making_is_asked_every_time(blog, rendered):
    """Whatever its class does with the words is code that we have not seen."""
    say(blog, Back="Zurück")
    blog.settings["LOUD"] = True
    for _ in range(2):
        assert differences(blog.build(), blog.clean()) == []
    assert rendered[-1] == 3


def test_what_the_alias_stands_for_counts(blog, rendered):
    """`_` is as known as the `gettext` that it calls."""
    path = blog.templates / "article.html"
    path.write_text(path.read_text().replace(TEXTS[blog.settings["NEWSTYLE"]], WORD))
    blog.settings["PLUGINS"] = []
    blog.settings["JINJA_GLOBALS"] = {"gettext": lambda text: text.upper()}
    for _ in range(2):
        assert b"NEXT" in blog.build()["posts/a-title-1/index.html"]
    assert rendered[-1] == 3
    for _ in range(2):
        blog.build(INCREMENTAL_PURE=["gettext"])
    assert rendered[-1] == 0
