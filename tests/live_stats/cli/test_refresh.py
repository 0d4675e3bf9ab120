"""A refresh uses the last build, and names the sources that changed since."""

import pytest

LINE = " changed since the last build; make publish uses "


@pytest.fixture
def built(site):
    """A site with two posts, built offline."""
    site.post()
    site.post("b")
    assert site.publish("--offline") == 0, site.out
    return site


def test_a_refresh_of_unchanged_sources_names_none(built, platforms):
    """New numbers are no change of a source, nor is what a refresh has written."""
    for options in (["--offline"], ["--all"], ["--all"]):
        assert built.refresh(*options) == 0, built.out
        assert LINE not in built.out


@pytest.mark.parametrize(
    "path", ["conf.py", "content/posts/a.md", "theme/templates/base.html"]
)
def test_a_changed_source_is_named_and_not_used(built, path):
    """Settings, post or template: one line says what to do; publish then uses it."""
    file, before = built.folder / path, built.bytes()
    mark = "\nSITENAME = 'Marked'\n" if path == "conf.py" else "\nMarked\n"
    file.write_text(file.read_text() + mark)

    assert built.refresh("--offline") == 0, built.out
    assert f"\n{path}{LINE}it\n" in built.out
    assert built.bytes() == before

    assert built.publish("--offline") == 0, built.out
    assert "Marked" in built.read("posts/a/index.html")
    assert built.refresh("--offline") == 0 and LINE not in built.out


def test_new_posts_are_named_by_their_folder(built):
    """Two new files in one folder, and one that is gone: the folder, and the file."""
    built.post("c")
    built.post("d")
    (built.folder / "content/posts/b.md").unlink()

    assert built.refresh("--offline") == 0, built.out
    assert f"\ncontent/posts/b.md and 1 more{LINE}them\n" in built.out


def test_changed_settings_are_not_run(built):
    """A refresh compares their stat: a mistake in them is for publish to find."""
    built.write("conf.py", "1 / 0\n")

    assert built.refresh("--offline") == 0, built.out
    assert f"\nconf.py{LINE}it\n" in built.out


def test_half_a_post_waits_where_a_template_decides(site, platforms, monkeypatch):
    """A number that a template decides on renders pages again: not with this post."""
    monkeypatch.setenv("X_BEARER_TOKEN", "key")
    base = site.folder / "theme/templates/base.html"
    decision = '{% if stats("x/post/1/likes") > 30000 %}Many{% endif %}</main>'
    base.write_text(base.read_text().replace("</main>", decision))
    site.post()
    assert site.publish() == 0, site.out
    site.post(text="Half written.")
    platforms.counts["post"] = 40_000

    assert site.refresh("--all") == 0, site.out
    assert "decide on changed: x/post/1/likes; make publish" in site.out
    assert f"\ncontent/posts/a.md{LINE}it\n" in site.out
    assert not {"Half", "Many"} & set(site.read("posts/a/index.html").split())

    assert site.publish("--offline") == 0, site.out
    assert "Half written." in site.read("posts/a/index.html")
    assert "Many" in site.read("posts/a/index.html")
