"""The page on how we count is made of what the site counts, and of nothing else."""

PAGE = "how/index.html"


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
    """A site without a figure has no table; one with a figure has its platform."""
    a_site(site)
    assert site.publish("--offline") == 0, site.out
    assert "<table" not in site.read(PAGE)

    add(site, "\n[](stat:github/repository/a%2Fb/stars)\n")
    assert site.publish("--offline") == 0, site.out

    assert "GitHub" in site.read(PAGE) and "stars" in site.read(PAGE)
    assert "forks" not in site.read(PAGE) and "Mastodon" not in site.read(PAGE)
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
    assert "YouTube" in site.read(PAGE)
    assert site.bytes() == site.from_scratch()

    path = site.folder / "content/posts/a.md"
    path.write_text(path.read_text().replace("/stars", "/forks"))
    assert site.publish("--offline") == 0, site.out
    assert "forks" in site.read(PAGE) and "stars" not in site.read(PAGE)

    path.write_text(path.read_text().partition("\n[")[0] + "\nMore.\n")
    assert site.publish("--offline") == 0, site.out
    assert "<table" not in site.read(PAGE)
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

    page = site.read(PAGE)
    assert "followers" in page and "Hacker News" in page
    assert "All platforms" in page and "Mastodon" in page  # a part of the sum
    assert "YouTube" not in page


def test_where_no_count_exists_is_said_of_those_in_use(site):
    """A figure of a platform that publishes no number explains itself."""
    a_site(site)
    assert site.publish("--offline") == 0, site.out
    assert "no-count" not in site.read(PAGE)

    add(site, "\n[over 8](stat:facebook/tag/metoo/accounts)\n")
    assert site.publish("--offline") == 0, site.out
    assert "no-count" in site.read(PAGE) and "Facebook" in site.read(PAGE)
