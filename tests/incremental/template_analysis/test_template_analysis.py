"""Which parts of its values a template can read, by its syntax alone."""

import pytest
from jinja2 import DictLoader, Environment

from pelican.plugins.incremental.template_analysis.analyzer import analyze_template
from support.template_reads import lines, reads


@pytest.mark.parametrize(
    "source, expected",
    [
        ("{{ title }}", {"title shown"}),
        ("{{ post.author.name | upper }}", {"post.author.name shown"}),
        ("{% if posts %}x{% endif %}", {"posts truth"}),
        ("{% for p in posts %}{{ p.title }}{% endfor %}", {"posts*.title shown"}),
        ("{% for p in posts[:3] %}{{ p.url }}{% endfor %}", {"posts[:3:]*.url shown"}),
        (
            "{% for a, b in pairs %}{{ a }}{{ b | length }}{% endfor %}",
            {"pairs*[0] shown", "pairs*[1] length"},
        ),
        ("{% for k, v in d.items() %}{{ v.x }}{% endfor %}", {"d.items()*[1].x shown"}),
        ("{{ (posts | first).title }}", {"posts*.title shown"}),
        (
            "{{ posts | map(attribute='author.name') | join }}",
            {"posts*.author.name shown"},
        ),
        (
            "{% for p in posts | sort(attribute='date') %}{{ p.url }}{% endfor %}",
            {"posts*.date shown", "posts*.url shown"},
        ),
        (
            "{% for y, some in posts | groupby('date.year') %}"
            "{{ y }}{{ some | length }}{% endfor %}",
            {"posts*.date.year shown"},
        ),
        ("{% set x = post %}{{ x.title }}", {"post.title shown", "x.title shown"}),
        (
            "{% if a %}{% set x = b %}{% endif %}{{ x.y }}",
            {"a truth", "b.y shown", "x.y shown"},
        ),
        ("{{ post.date.strftime('%Y') }}", {"post.date.strftime('%Y') shown"}),
        (
            "{% macro m(p) %}{{ p.title }}{% endmacro %}{{ m(post) }}",
            {"post.title shown"},
        ),
        (
            "{% macro m() %}{{ caller(post) }}{% endmacro %}"
            "{% call(p) m() %}{{ p.url }}{% endcall %}",
            {"post.url shown"},
        ),
        (
            "{% for p in posts %}{{ loop.previtem.title }}{% endfor %}",
            {"posts*.title shown"},
        ),
        (
            "{{ posts[number].title }}",
            {"number shown", "posts*.title shown", "posts<values>*.title shown"},
        ),
        ("{{ title | pure }}", {"title whole"}),
        ("{{ posts | map('pure') | join }}", {"posts* shown whole"}),
        ("{% if post is pure %}x{% endif %}", {"post whole"}),
    ],
)
def test_a_template_reads_this_and_no_more(source, expected):
    """One way to read at a time, as themes write it."""
    found = reads(source)

    assert not found.unknown
    assert lines(found.names) == expected


def test_all_that_a_template_extends_includes_and_imports_is_read():
    """Blocks, names set in one template and read in another, macros of a third."""
    found = reads(
        "{% extends 'base' %}{% from 'macros' import line %}{% set root = SITEURL %}"
        "{% block main %}{{ super() }}{{ line(article) }}{% endblock %}",
        base="{% block main %}{{ root }}{% endblock %}{% include 'foot' %}",
        foot="{{ SITENAME }}{% include 'none' ignore missing %}",
        macros="{% macro line(post) %}{{ post.title }}{{ GLOBAL }}{% endmacro %}",
    )

    assert not found.unknown
    assert {"article.title shown", "SITEURL shown", "SITENAME shown"} <= lines(
        found.names
    )
    assert lines(found.globals) == {"GLOBAL shown"}
    assert set(found.templates) == {"page", "base", "foot", "macros", "none"}


@pytest.mark.parametrize(
    "source",
    [
        "{{ title | shout }}",
        "{% if title is loud %}{% endif %}",
        "{{ posts | map('shout') | join }}",
        "{{ posts | select('loud') | join }}",
        "{{ posts | rejectattr('title', 'loud') | join }}",
        "{% include name %}",
        "{{ posts | random }}",
        "{% for p in posts recursive %}{{ loop(p.more) }}{% endfor %}",
        "{% macro m(n) %}{{ m(n) }}{% endmacro %}{{ m(1) }}",
        "{% if %}",
    ],
)
def test_what_cannot_be_known_is_said(source):
    """Such a page depends on everything, and is rendered every time."""
    env = Environment(loader=DictLoader({"page": source}))
    env.filters["shout"] = env.tests["loud"] = str.upper

    assert analyze_template(env, "page", lambda name, function: False, {}).unknown
