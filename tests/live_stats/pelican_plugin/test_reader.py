"""The reader of Markdown files, and what it lets be remembered from build to build."""

import runpy

import pytest
from pelican.settings import DEFAULT_CONFIG

from pelican.plugins.incremental import NotSerializable
from pelican.plugins.live_stats.pelican_plugin.content.sources import SourceFiles
from pelican.plugins.live_stats.pelican_plugin.reader import LiveMarkdownReader
from support.paths import ROOT

HEAD = "Title: T\nDate: 2017-10-17\n\n"
FIGURE = "[over 21,000](stat:x/post/1/reposts)"


@pytest.fixture
def reader(tmp_path):
    (tmp_path / "content").mkdir()
    settings = {**DEFAULT_CONFIG, "MARKDOWN": {"extensions": []}}
    return LiveMarkdownReader(settings, SourceFiles(content=tmp_path / "content"))


def write(reader, text, name="a.md"):
    file = reader.sources.content / name
    file.write_text(f"{HEAD}{text}\n")
    return str(file)


def test_each_file_has_its_own_figures(reader):
    """Though one parser reads them all."""
    one, two = write(reader, FIGURE), write(reader, f"{FIGURE} {FIGURE}", "b.md")

    for path in (one, two):
        _, metadata = reader.read(path)
        assert metadata["title"] == "T"

    counts = {source.path: source.count for source in reader.sources.by_path.values()}
    assert counts == {"content/a.md": 1, "content/b.md": 2}


def test_one_parser_reads_all_files_of_the_site_that_ships(tmp_path):
    """With every extension of its settings; a file leaves nothing for the next."""
    (tmp_path / "content").mkdir()
    sources = SourceFiles(content=tmp_path / "content")
    markdown = runpy.run_path(str(ROOT / "pelicanconf.py"))["MARKDOWN"]

    def fresh():
        return LiveMarkdownReader({**DEFAULT_CONFIG, "MARKDOWN": markdown}, sources)

    parts = [
        "- [ ] open ~~a~~\n- [x] done",
        "```python\nx = 1\n```",
        '!!! note "Title"\n    Text',
        "Text[^1] of HTML.\n\n[^1]: Note.\n\n*[HTML]: Words",
        "# Head\n\n# Head",
        "| a |\n|--:|\n| b |",
        "Text[^1] of HTML. ~~b",
    ]
    one = fresh()
    for number, part in enumerate([*parts, *reversed(parts)]):
        path = write(one, part, f"{number}.md")
        parser = one._reusable
        assert one.read(path)[0] == fresh().read(path)[0]
        assert parser is None or one._reusable is parser
    assert one._reusable is not None


def test_what_is_kept_of_a_file_takes_the_place_of_reading_it(reader):
    """Another build restores the same figures with the same lines."""
    path = write(reader, f"Text.\n\n{FIGURE}")
    reader.read(path)
    read = reader.sources.by_path[path].found
    later = LiveMarkdownReader(
        reader.settings, SourceFiles(content=reader.sources.content)
    )

    later.restore(path, reader.keep(path))

    source = later.sources.by_path[path]
    assert (source.path, source.count) == ("content/a.md", 1)
    assert source.found == read and read[0].line == 6


def test_lines_are_kept_and_no_page_shows_them(reader):
    """A figure that only moved to another line leaves the pages as they are."""
    path = write(reader, FIGURE)
    reader.read(path)
    before = reader.keep(path)
    write(reader, f"\n\n{FIGURE}")
    reader.read(path)
    after = reader.keep(path)

    assert before != after
    assert reader.shown(before) == reader.shown(after)


def test_a_file_with_mistakes_is_read_by_every_build(reader):
    """So that every build reports them, until they are corrected."""
    path = write(reader, "[over 1][missing]")
    reader.read(path)

    assert [one.line for one in reader.sources.by_path[path].mistakes] == [4]
    with pytest.raises(NotSerializable):
        reader.keep(path)
