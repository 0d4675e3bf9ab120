"""A figure that means something else where its page's skeleton says the same."""

import pytest

from support.site_folder import Site

BARE = "<html><body>{{ article.content | safe }}</body></html>"


@pytest.fixture
def site(tmp_path, monkeypatch, capsys):
    """A theme that shows of a post its text, and nothing beside it."""
    monkeypatch.chdir(tmp_path)
    site = Site(tmp_path, capsys)
    site.write("theme/templates/article.html", BARE)
    site.post("a", text="Liked [over 5](stat:x/post/2/likes) times.")
    site.post("b")
    assert site.publish("--offline") == 0, site.out
    return site


def test_a_claim_that_is_mended_is_on_the_page_at_once(site):
    """The slot stands where it stood: the page is filled anew all the same."""
    assert "over 5" in site.read("posts/a/index.html")
    site.post("a", text="Liked [over 6](stat:x/post/2/likes) times.")

    assert site.publish("--offline") == 0, site.out

    assert "over 6" in site.read("posts/a/index.html")
    assert site.bytes() == site.from_scratch()


def test_a_claim_is_as_of_the_day_to_which_its_post_is_moved(site):
    """No page shows the date but the figure, which says as of when it was claimed."""
    assert "2017" in site.read("posts/a/index.html")
    site.post("a", text="Liked [over 5](stat:x/post/2/likes) times.", date="2016-03-04")

    assert site.publish("--offline") == 0, site.out

    assert "2016" in site.read("posts/a/index.html")
    assert site.bytes() == site.from_scratch()


def test_a_slot_of_another_series_follows_that_one(site, monkeypatch):
    """Another usual server: the address is what it was, and not what it stands for."""
    text = "Used [over 900](stat:mastodon/tag/metoo/posts@6d) times."
    site.post("a", text=text)
    assert site.publish("--offline") == 0, site.out
    monkeypatch.setenv("MASTODON_INSTANCE", "https://other.example")

    assert site.publish("--offline") == 0, site.out

    assert "other.example" in site.read("posts/a/index.html")
    assert site.bytes() == site.from_scratch()
