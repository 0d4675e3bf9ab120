"""A look at the output that is taken while the rest of a run is loaded."""

import pytest

from pelican.plugins.incremental.system import background
from pelican.plugins.live_stats.cli import parser
from pelican.plugins.live_stats.publishing import output_scan
from pelican.plugins.live_stats.publishing.output_scan import OutputScan
from support.site_folder import Site


@pytest.fixture
def site(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    site = Site(tmp_path, capsys)
    site.post("a")
    assert site.publish("--offline") == 0, site.out
    return site


def test_what_does_not_lie_there_as_it_was_left_is_found(site):
    """Files that are gone and files that say something else; no others."""
    assert OutputScan().lost() == []
    (site.folder / "output/index.html").unlink()
    (site.folder / "output/feeds/all.rss.xml").write_text("by hand")

    assert sorted(OutputScan().lost()) == ["feeds/all.rss.xml", "index.html"]


@pytest.mark.parametrize("can", [True, False])
def test_a_refresh_mends_what_it_finds(site, monkeypatch, can):
    """Whether another process has looked, or this one must."""
    monkeypatch.setattr(background, "possible", lambda: can)
    whole = site.bytes()
    (site.folder / "output/index.html").unlink()
    (site.folder / "output/feeds/all.rss.xml").write_text("by hand")

    assert site.refresh("--offline") == 0, site.out

    assert "2 files written" in site.out
    assert site.bytes() == whole


def test_where_there_is_no_site_nobody_knows(tmp_path, monkeypatch):
    """A run that was killed while it wrote leaves no such answer either."""
    monkeypatch.chdir(tmp_path)

    assert OutputScan().lost() is None


def test_explain_says_why_a_file_is_as_it_is(site, capsys):
    """What made it, and what would make it again: in the skeleton and in the output."""
    assert parser.main(["explain", "output/posts/a/index.html"]) == 0
    said = capsys.readouterr().out

    assert "made from article.html" in said
    _, found, series = said.partition("when one of these numbers changes:")
    assert found and "x/post/1/reposts" in series


def test_after_a_start_of_the_computer_stats_are_not_enough(site, monkeypatch):
    """Then a file may look as it was left and say something else: all are judged."""
    whole = site.bytes()
    monkeypatch.setattr(output_scan, "scan", lambda folder: [])
    (site.folder / "output/index.html").unlink()
    assert site.refresh("--offline") == 0, site.out
    assert site.bytes() != whole

    site.write(".build/spares/started", "another start")
    assert site.refresh("--offline") == 0, site.out

    assert site.bytes() == whole
