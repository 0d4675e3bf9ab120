"""Failures of a collection are named where their numbers were written."""

import pytest
import time_machine

from pelican.plugins.live_stats.cli import parser
from support import site_folder

POST = "Title: {0}\nDate: 2017-10-17\nCategory: News\nSlug: {0}\n{1}\n{2}\n"
ARTICLE = "wikipedia/article/Nope/views@30d"
GONE = f"{ARTICLE}: wikimedia.org does not know this (404)"
FIGURE = "Seen [over 5](stat:wikipedia/article/Nope) times."


def stats(site):
    with time_machine.travel(site.now, tick=True):
        assert parser.main(["stats"]) == 0
    site.out = site.capsys.readouterr().out


@pytest.fixture
def failing(site, platforms):
    """Wikipedia knows no article; a post has two figures of one, another has one."""
    platforms.trouble["wikimedia.org"] = 404
    site.write("content/posts/a.md", POST.format("a", "", f"{FIGURE}\n\n{FIGURE}"))
    site.write("content/posts/b.md", POST.format("b", "", FIGURE))
    return site


def test_a_failure_names_its_figures_in_every_command(failing):
    """The first place, and how many more; in a refresh and in stats from the index."""
    assert failing.publish() == 0, failing.out
    assert f"\ncontent/posts/a.md:6: {GONE} (and 2 more)\n" in failing.out

    assert failing.refresh("--all") == 0, failing.out
    assert f"\ncontent/posts/a.md:6: {GONE} (and 2 more)\n" in failing.out

    assert failing.refresh() == 0, failing.out  # not asked again so soon
    assert f"\ncontent/posts/a.md:6: {GONE} (and 2 more)\n" in f"\n{failing.out}"

    stats(failing)
    assert f"\ncontent/posts/a.md:6: {GONE} (and 2 more)\n" in failing.out


def test_lines_that_move_are_noticed_though_no_page_changes(failing):
    """A blank line above a figure changes no byte of its page."""
    assert failing.publish() == 0, failing.out
    before = failing.bytes()["posts/a/index.html"]
    text = POST.format("a", "", f"\n\n{FIGURE}\n\n{FIGURE}")
    failing.write("content/posts/a.md", text)

    assert failing.publish() == 0, failing.out
    assert f"\ncontent/posts/a.md:8: {GONE} (and 2 more)\n" in failing.out
    assert failing.bytes()["posts/a/index.html"] == before

    failing.write("content/posts/a.md", POST.format("a", "", "No figure."))
    assert failing.publish() == 0, failing.out
    assert f"\ncontent/posts/b.md:6: {GONE}\n" in failing.out


def test_what_hashtags_count_is_named_at_their_line(site, platforms):
    """A post with a hashtag asks every platform of the settings for it."""
    platforms.trouble["hn.algolia.com"] = 404
    site.write("content/posts/a.md", POST.format("a", "Hashtags: MeToo\n", "Text."))

    assert site.publish() == 0, site.out
    failure = "hackernews/tag/metoo/posts@30d: hn.algolia.com does not know this"
    assert f"\ncontent/posts/a.md:5: {failure}" in site.out

    text = POST.format("a", "Tags: b\nHashtags: MeToo\n", "Text.")
    site.write("content/posts/a.md", text)
    assert site.publish() == 0, site.out
    assert f"\ncontent/posts/a.md:6: {failure}" in site.out
    site.write("content/posts/b.md", POST.format("b", "", "Text."))
    assert site.publish() == 0, site.out
    assert f"\ncontent/posts/a.md:6: {failure}" in site.out


def test_what_a_template_asks_for_is_named_there(site, platforms):
    """The line of the call, also where another process renders the page."""
    platforms.trouble["wikimedia.org"] = 404
    template = site.folder / "theme/templates/article.html"
    call = '{{ stats("wikipedia/article/Nope") }}'
    text = template.read_text().replace(
        "{% block content %}", "{% block content %}" + f"\n{call}", 1
    )
    template.write_text(text)
    line = text[: text.index(call)].count("\n") + 1
    site.write("content/posts/a.md", POST.format("a", "", "Text."))

    assert site.publish() == 0, site.out
    assert f"\ntheme/templates/article.html:{line}: {GONE}\n" in site.out
    assert site.publish() == 0, site.out
    assert f"\ntheme/templates/article.html:{line}: {GONE}\n" in site.out


def test_a_held_reading_and_a_stale_number_are_named(site, platforms, monkeypatch):
    """Which figure is not confirmed, and how to accept what was held."""
    monkeypatch.setenv("X_BEARER_TOKEN", "key")
    site.write(
        "conf.py", f"{site_folder.SETTINGS}\nLIVE_STATS_WARN_AFTER = {{'*': 4}}\n"
    )
    site.post()
    assert site.publish() == 0, site.out
    platforms.counts["post"] = 24
    site.now = "2026-11-24T20:00:00Z"

    assert site.refresh("--all") == 0, site.out
    held = "x/post/1/reposts: 24 is implausible after the last reading: held"
    assert f"\ncontent/posts/a.md:8: {held}" in site.out
    assert "make accept ref=x/post/1/reposts, if not: make reject ref=" in site.out
    late = "x/post/1/reposts: not confirmed since 2026-11-24 12:00 UTC"
    assert f"\ncontent/posts/a.md:8: {late}" in site.out
    stats(site)
    assert f"\ncontent/posts/a.md:8: {held}" in site.out


@pytest.mark.parametrize("many", [5, 6])
def test_few_are_listed_and_many_are_one_line(site, platforms, many):
    """Each wrong address has its line; a platform's own trouble has one for all."""
    platforms.trouble["wikimedia.org"] = 404
    figures = "\n".join(f"[5](stat:wikipedia/article/A{n})" for n in range(many))
    site.write("content/posts/a.md", POST.format("a", "", figures))

    assert site.publish() == 0, site.out
    lines = [line for line in site.out.splitlines() if "content/" in line]
    assert len(lines) == (5 if many == 5 else 1)
    assert lines[-1].startswith(f"content/posts/a.md:{10 if many == 5 else 6}: ")
    assert lines[-1].endswith("(404)" if many == 5 else "(404) (and 5 more)")
