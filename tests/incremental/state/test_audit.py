"""What a build looked for is an input: also where there was nothing to find."""

import os
import shutil
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from pelican.plugins import signals
from pelican.plugins.incremental import why_build_again
from pelican.plugins.incremental.state.audit import recorded_access
from support.blog import differences

POST = "Title: A title\nDate: 2024-01-0{}\nSlug: p{}\n\nSome words.\n"
PLUGIN = '''
"""Shows whether there is a file, in a way that opens nothing."""
import os
from pathlib import Path
from pelican import signals

FLAG = Path(__file__).parent.parent / "content" / "flag.txt"


def found(generator):
    ways = [os.path.exists(FLAG), FLAG.is_file(), FLAG.is_symlink()]
    generator.context["SITENAME"] = f"{ways}"


def register():
    signals.generator_init.connect(found)
'''


def news(blog):
    """Why the next build is needed; empty if nothing is new."""
    output = str(blog.folder / "output")
    return why_build_again(blog.folder / "state", "", output, time.time() + 1)


def test_a_plugin_that_only_asks_for_a_file_is_heard(blog, monkeypatch):
    """Whether the file comes, goes, or becomes a link to another."""
    plugins = blog.folder / "plugins"
    plugins.mkdir()
    monkeypatch.chdir(plugins)  # Python lists it, to see which modules there are
    (plugins / "asks_for_a_flag.py").write_text(PLUGIN)
    more = {"PLUGIN_PATHS": [str(plugins)]}
    blog.settings["PLUGINS"] = ["asks_for_a_flag"]
    blog.write("posts/a.md", POST.format(1, 1))
    flag = blog.folder / "content" / "flag.txt"
    other = blog.write("other.txt", "other")
    blog.build(**more)
    assert news(blog) == ""
    for come, go in (
        (lambda: flag.write_text("here"), flag.unlink),
        (flag.mkdir, flag.rmdir),
        (lambda: flag.symlink_to(other), flag.unlink),
    ):
        for edit in (come, go):
            edit()
            assert "flag.txt changed" in news(blog)
            assert differences(blog.build(**more), blog.clean(**more)) == []
            assert news(blog) == ""


@pytest.mark.parametrize("name", ["posts", "pages", "images"])
def test_a_folder_of_the_settings_that_comes_later_is_news(blog, name):
    """And one that goes."""
    blog.write("posts/a.md", POST.format(1, 1))
    blog.write("pages/a.md", "Title: A page\n\nIts text.\n")
    blog.write("images/a.txt", "a")
    folder, away = blog.folder / "content" / name, blog.folder / "away"
    folder.rename(away)
    without = blog.build()
    assert news(blog) == ""

    away.rename(folder)
    assert f"content/{name} changed" in news(blog)
    assert len(blog.build()) > len(without)
    assert news(blog) == ""

    shutil.rmtree(folder)
    assert f"content/{name}" in news(blog)
    assert blog.build().keys() == without.keys()


def test_a_ring_of_links_in_a_folder_hides_nothing_that_comes_there(blog):
    """It cannot be followed; what else lies in the folder can."""
    blog.write("posts/a.md", POST.format(1, 1))
    (blog.folder / "content" / "posts" / "ring").symlink_to("ring")
    blog.build()
    assert news(blog) == ""

    blog.write("posts/b.md", POST.format(2, 2))

    assert "content/posts changed" in news(blog)
    assert differences(blog.build(), blog.clean()) == []


def test_asking_answers_as_ever_while_somebody_watches(tmp_path):
    """By name, by descriptor, within a folder, of links; errors are the same ones."""
    file, link = tmp_path / "file", tmp_path / "link"
    file.write_text("text")
    link.symlink_to("file")
    usual = os.stat
    with recorded_access() as outer:
        with recorded_access() as inner:
            assert Path(file).stat().st_size == 4
            assert os.stat(bytes(file)).st_size == 4
            assert os.path.islink(link) and not (tmp_path / "none").exists()
            with open(file) as opened:
                assert os.stat(opened.fileno()).st_size == 4
            shutil.copy2(link, tmp_path / "copy", follow_symlinks=False)
            with pytest.raises(ValueError, match="null"):
                os.stat("\0")
        (tmp_path / "later").exists()
    assert os.stat is usual

    at = {Path(path).name: kind for path, kind in outer.looked.items()}
    assert at["none"] == at["later"] == "- absent"
    assert at["file"] == at["link"] == "? file"
    assert str(tmp_path / "later") not in inner.looked


def test_what_comes_into_a_folder_after_it_was_listed_is_new(blog):
    """A post that is saved while the site is built: the next build has it."""
    blog.write("posts/a.md", POST.format(1, 1))

    def save(generators):
        blog.write("posts/b.md", POST.format(2, 2))

    signals.all_generators_finalized.connect(save)
    built = blog.build()
    signals.all_generators_finalized.disconnect(save)

    assert not any("p2" in name for name in built)
    assert "content/posts changed" in news(blog)
    assert any("p2" in name for name in blog.build())
    assert news(blog) == ""


@pytest.mark.skipif(not os.path.isdir("/dev/shm"), reason="Linux keeps one")
def test_a_site_in_memory_is_watched_like_any_other():
    """`/dev/shm` is a folder of files, unlike the rest of `/dev`."""
    with TemporaryDirectory(dir="/dev/shm") as folder:
        path = Path(folder) / "a.txt"
        path.write_text("a")
        with recorded_access() as seen:
            path.read_text()
            Path(os.devnull).read_text()
        assert seen.opened == {str(path)}
