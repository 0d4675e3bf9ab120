"""The page on how we count is made of what the site counts, and of nothing else."""

import re

PAGE = "how/index.html"


def counted(site):
    """The part of the page with the platforms in use."""
    return site.read(PAGE).partition('id="other-platforms"')[0]


def others(site):
    return site.read(PAGE).partition('id="other-platforms"')[2]


def a_site(site):
    site.write(
        "content/pages/how.md", "Title: How\nSlug: how\nTemplate: how_we_count\n"
    )
    site.write(
        "content/posts/a.md",
        "Title: A\nDate: 2017-10-17\nSlug: a\nSummary: S.\n\nText.\n",
    )


def add(site, text):
    path = site.folder / "content/posts/a.md"
    path.write_text(path.read_text() + text)


def test_it_names_the_platforms_in_use_and_no_other(site):
    """A site without a figure has only other platforms; one with a figure has its own
    first, with a link to its heading, and does not name it among the others."""
    a_site(site)
    assert site.publish("--offline") == 0, site.out
    assert "<dl" not in counted(site) and "GitHub" in others(site)

    add(site, "\n[](stat:github/repository/a%2Fb/stars)\n")
    assert site.publish("--offline") == 0, site.out

    assert '<a href="#platform-github">' in counted(site)
    assert 'id="platform-github"' in counted(site) and "stars" in counted(site)
    assert "forks" not in counted(site) and "Mastodon" not in counted(site)
    assert "GitHub" not in others(site) and "Mastodon" in others(site)
    assert site.bytes() == site.from_scratch()


def test_an_edit_of_a_text_alone_changes_it(site):
    """The page is written again when a figure of another platform comes or goes, or
    has another metric, though only the text of a post was edited."""
    a_site(site)
    add(site, "\n[](stat:github/repository/a%2Fb/stars)\n")
    for minute in (0, 10):
        site.now = f"2026-11-24T12:{minute:02}:00Z"
        assert site.publish("--offline") == 0, site.out

    add(site, "\n[over 5](stat:youtube/video/dQw4w9WgXcQ/views)\n")
    assert site.publish("--offline") == 0, site.out
    assert "YouTube" in counted(site) and "YouTube" not in others(site)
    assert site.bytes() == site.from_scratch()

    path = site.folder / "content/posts/a.md"
    path.write_text(path.read_text().replace("/stars", "/forks"))
    assert site.publish("--offline") == 0, site.out
    assert "forks" in counted(site) and "stars" not in counted(site)

    path.write_text(path.read_text().partition("\n[")[0] + "\nMore.\n")
    assert site.publish("--offline") == 0, site.out
    assert "<dl" not in counted(site)
    assert site.bytes() == site.from_scratch()


def test_hashtags_sums_and_followers_count_too(site):
    """What is asked without a figure of a post: every way to use a platform."""
    a_site(site)
    follow = {"label": "Us", "page": "https://x.com/you"}
    follow["stat"] = "x/account/you/followers"
    settings = (site.folder / "conf.py").read_text()
    site.write(
        "conf.py",
        f'{settings}\nFOLLOW = [{follow}]\nLIVE_STATS_PLATFORMS = ["hackernews"]\n',
    )
    site.post("b", text="[](stat:all/tag/metoo)")
    assert site.publish("--offline") == 0, site.out

    page = counted(site)
    assert "followers" in page and "Hacker News" in page
    assert "Several platforms" in page and "Mastodon" in page  # a part of the sum
    assert "YouTube" not in page


def test_where_no_count_exists_is_said_of_those_in_use(site):
    """A figure of a platform that publishes no number explains itself."""
    a_site(site)
    assert site.publish("--offline") == 0, site.out
    assert "CrowdTangle" not in counted(site)

    add(site, "\n[over 8](stat:facebook/tag/metoo/accounts)\n")
    assert site.publish("--offline") == 0, site.out
    assert "CrowdTangle" in counted(site) and "Facebook" in counted(site)


def test_it_says_nothing_twice_and_nothing_to_operators(site):
    """No empty cell, no key, no price, no variable of the environment; each heading has
    its own anchor."""
    a_site(site)
    add(site, "\n[](stat:x/tag/metoo) [](stat:youtube/video/dQw4w9WgXcQ/views)\n")
    assert site.publish("--offline") == 0, site.out

    page = site.read(PAGE)
    for word in (" key", "nothing known", "$0", "_TOKEN", "<dd></dd>"):
        assert word not in page.partition("<main")[2], word
    ids = re.findall(r'id="(platform-[^"]+)"', page)
    assert len(ids) == len(set(ids)) > 30


def test_it_speaks_the_language_of_the_page(site):
    """What providers declare is translated; in a language that we do not have it is
    English, and marked as such."""
    a_site(site)
    add(site, "\n[](stat:mastodon/tag/metoo) [](stat:x/tag/metoo)\n")
    for lang, said in (
        ("de", "<dd><span>öffentliche Beiträge, wie sie bei dem abgefragten Server"),
        ("it", '<dd><span lang="en">public posts seen by the server'),
    ):
        site.write(
            "content/pages/how.md",
            f"Title: How\nSlug: how\nTemplate: how_we_count\nLang: {lang}\n",
        )
        assert site.publish("--offline") == 0, site.out

        pages = [path for path in site.files() if path.endswith(".html")]
        assert any(said in site.read(page) for page in pages), lang
