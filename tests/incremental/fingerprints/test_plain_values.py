"""A text or a number of a plugin's own class is more than the plain value."""

import sys

import pytest
from jinja2 import DictLoader, Environment

from pelican.plugins.incremental.fingerprints.fingerprints import Fingerprints
from support.blog import differences
from support.paths import THIRD_PARTY

sys.path.insert(0, str(THIRD_PARTY))


@pytest.mark.parametrize(
    "source",
    [
        "{{ label.color }}",
        "{{ label['color'] }}",
        "{% if label.color == 'red' %}stop{% endif %}",
        "{% set words = {'one': label} %}{{ words.one.color }}",
        "{{ [label] | map(attribute='color') | join }}",
        "{{ badge }}",
        "{{ badge | escape }}",
    ],
)
def test_an_attribute_of_a_text_changes_the_page(blog, rendered, source):
    """The color of a label comes from a file that no template names."""
    blog.settings |= {"PLUGINS": ["labels"], "RELATIVE_URLS": False}
    blog.write("posts/one.md", "Title: One\nDate: 2024-01-01\n\nSome words.\n")
    path = blog.templates / "article.html"
    path.write_text(path.read_text() + source)

    for color in ("red", "green"):
        blog.write("color.txt", color)
        assert differences(blog.build(), blog.clean()) == []

    blog.build()
    assert rendered[-1] == 0


def test_only_what_is_read_of_a_label_decides(blog, rendered):
    """A page that shows the text alone, and its methods, is kept."""
    blog.settings |= {"PLUGINS": ["labels"], "RELATIVE_URLS": False}
    blog.write("posts/one.md", "Title: One\nDate: 2024-01-01\n\nSome words.\n")
    path = blog.templates / "article.html"
    path.write_text(path.read_text() + "{{ label }} {{ label.upper() }}")

    for color in ("red", "green"):
        blog.write("color.txt", color)
        assert differences(blog.build(), blog.clean()) == []

    assert rendered[-1] == 0


class Count:
    """A value that says itself what a page depends on that reads it."""

    value = 3

    def __incremental__(self, ways):
        return b"3" if "decided" in ways else b""


@pytest.mark.parametrize(
    "source", ["{{ one.value }}", "{% if one.value > 2 %}{% endif %}"]
)
def test_an_attribute_of_a_marked_value_decides(monkeypatch, source):
    """What such a value says of itself covers its attributes too."""
    template = Environment(loader=DictLoader({"page": source})).get_template("page")

    def fingerprint():
        given = (template, {"one": Count()}, {}, ("", False, ""))
        return Fingerprints({}).of_page("page", *given)[0]

    before = fingerprint()
    monkeypatch.setattr(Count, "__incremental__", lambda self, ways: b"4" * len(ways))

    assert before is not None
    assert fingerprint() != before
