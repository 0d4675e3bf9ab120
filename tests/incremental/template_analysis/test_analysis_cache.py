"""What templates read is kept from build to build, while the templates are the same."""

import json

import pytest

from pelican.plugins.incremental.template_analysis import analysis_cache
from pelican.plugins.incremental.template_analysis.analysis_cache import AnalysisCache
from support.blog import differences

HARD = "{{ article.date.strftime('%Y') }}{{ articles[:2] | map(attribute='title') }}"


@pytest.fixture
def analyzed(monkeypatch):
    """The templates that were analysed anew."""
    names = []

    def analyze(env, name, *rest, usual=analysis_cache.analyze_template):
        names.append(name)
        return usual(env, name, *rest)

    monkeypatch.setattr(analysis_cache, "analyze_template", analyze)
    return names


@pytest.fixture
def blog(blog):
    blog.settings["RELATIVE_URLS"] = False
    path = blog.templates / "article.html"
    path.write_text(path.read_text() + HARD)
    write(blog, "One")
    return blog


def write(blog, title):
    blog.write(
        "posts/one.md", f"Title: {title}\nDate: 2024-01-01\nSlug: one\n\nText.\n"
    )


def test_the_second_build_analyses_nothing(blog, analyzed, rendered):
    """And finds the same: nothing is rendered, an edit is seen."""
    blog.build()
    assert analyzed
    analyzed.clear()

    blog.build()
    assert rendered[-1] == 0

    write(blog, "Another")
    assert differences(blog.build(), blog.clean()) == []
    assert analyzed == []


@pytest.mark.parametrize("name", ["article.html", "base.html", "macros.html"])
def test_a_template_is_analysed_again_when_one_that_it_needs_has_changed(
    blog, analyzed, name
):
    """Itself, or one that it extends or imports."""
    blog.build()
    analyzed.clear()
    path = blog.templates / name
    path.write_text(path.read_text() + "{# new #}")

    assert differences(blog.build(), blog.clean()) == []
    assert "article.html" in analyzed


def test_a_template_that_appears_is_analysed(blog, analyzed):
    """One that may be missing was looked for in vain, which is known too."""
    path = blog.templates / "article.html"
    path.write_text(path.read_text() + "{% include 'extra.html' ignore missing %}")
    blog.build()
    (blog.templates / "extra.html").write_text("{{ article.slug }}{{ pages | length }}")

    analyzed.clear()
    assert differences(blog.build(), blog.clean()) == []
    assert "article.html" in analyzed

    blog.write("pages/p.md", "Title: A page\n\nText.\n")
    assert differences(blog.build(), blog.clean()) == []


@pytest.mark.parametrize(
    "text", [None, "", "[", "[]", 7, json.dumps({"x": [1]}), json.dumps({"x": None})]
)
def test_a_row_that_is_none_of_ours_counts_as_missing(text):
    """It costs an analysis, and no error."""
    assert AnalysisCache(text).new_rows() == []


@pytest.mark.parametrize("damage", ["names", "tree", "way", "digest"])
def test_a_damaged_entry_is_analysed_again(blog, analyzed, monkeypatch, damage):
    """Whatever is wrong with it."""
    blog.build()
    analyzed.clear()
    usual = AnalysisCache.__init__

    def damaged(self, text=None):
        usual(self, text)
        for row in self._rows.values():
            if damage == "names":
                row[0] = "other"
            elif damage == "digest":
                row[2] = "no hexadecimal"
            else:
                tree = next(iter(row[0].values()), None) or row
                tree[0 if damage == "way" else 1] = "unknown"

    monkeypatch.setattr(AnalysisCache, "__init__", damaged)
    write(blog, "Another")
    assert differences(blog.build(), blog.clean()) == []
    assert "article.html" in analyzed
