"""The output is somebody's folder: what no build wrote there stays there."""

import shutil

import pytest

from pelican.plugins.live_stats.storage import atomic_write
from support import site_folder

THEIRS = {
    "mine.html": "mine",
    ".htaccess": "Deny from all",
    "CNAME": "blog.example",
    "sub/x.txt": "x",
    ".well-known/acme/token": "t",
    ".git/config": "[core]\n",
    "posts/a/notes.txt": "beside a page of ours",
    "posts/b/index.html.bak": "beside another",
    "theme/own.css": "p {}",
}


@pytest.fixture
def shared(site):
    """A site that was published into a folder where others have files too."""
    for name, text in THEIRS.items():
        site.write(f"output/{name}", text)
    (site.folder / "output/empty/inner").mkdir(parents=True)
    site.post("a")
    site.post("b")
    assert site.publish("--offline") == 0, site.out
    return site


def stays(site):
    """Whether all that others have there is as they left it."""
    there = {name: site.read(name) for name in THEIRS}
    return there == THEIRS and (site.folder / "output/empty/inner").is_dir()


def ours(site):
    return {name: data for name, data in site.bytes().items() if name not in THEIRS}


def clean(site):
    """What an offline publish into an empty folder writes."""
    kept = {name: site.folder / f"{name}.kept" for name in ("output", ".build")}
    for name, place in kept.items():
        (site.folder / name).rename(place)
    try:
        assert site.publish("--offline") == 0, site.out
        return site.bytes()
    finally:
        for name, place in kept.items():
            shutil.rmtree(site.folder / name)
            place.rename(site.folder / name)


def test_files_of_others_stay_whatever_is_run(shared):
    """Published again, anew, refreshed, a post deleted, all memory lost."""
    site, first = shared, shared.files()
    assert stays(site)
    assert site.publish("--offline") == 0 and site.files() == first
    assert "left alone" not in site.out
    assert site.refresh("--offline") == 0 and site.files() == first
    assert site.publish("--offline", "--fresh") == 0 and stays(site)

    (site.folder / "content/posts/b.md").unlink()
    assert site.publish("--offline") == 0 and stays(site)
    assert not (site.folder / "output/posts/b/index.html").exists()
    assert ours(site) == clean(site)

    shutil.rmtree(site.folder / ".build")
    assert site.publish("--offline") == 0 and stays(site)
    assert ours(site) == clean(site)


def test_a_first_publish_says_what_it_left_alone_and_what_it_did_not(site):
    """The site's own pages win; whoever had another one there is told its name."""
    site.post("a")
    site.write("output/index.html", "somebody's own")
    for n in range(5):
        site.write(f"output/old/{n}.html", "old")
    site.write("output/.git/HEAD", "ref")

    assert site.publish("--offline") == 0, site.out

    assert "1 file of no known build, written over: index.html" in site.out
    left = "5 files of no known build, left alone: old/0.html, old/1.html, old/2.html"
    assert f"{left} and 2 more" in site.out
    assert site.publish("--offline") == 0
    assert "no known build" not in site.out


def test_what_an_earlier_build_wrote_goes_though_the_index_is_lost(shared):
    """Which files are ours is known apart from all else that is remembered."""
    (shared.folder / ".build/index.sqlite").unlink()
    (shared.folder / "content/posts/b.md").unlink()

    assert shared.publish("--offline") == 0, shared.out

    assert not (shared.folder / "output/posts/b/index.html").exists()
    assert stays(shared)


def test_where_it_is_not_known_who_wrote_a_file_it_stays(site):
    """Also if it was us: then that is said, and where it is."""
    site.post("a")
    site.post("b")
    site.publish("--offline")
    shutil.rmtree(site.folder / ".build")
    (site.folder / "content/posts/b.md").unlink()

    assert site.publish("--offline") == 0, site.out

    assert (site.folder / "output/posts/b/index.html").exists()
    line = "1 file of no known build, left alone: posts/b/index.html"
    assert line in site.out


def test_a_page_that_somebody_edited_is_ours(shared):
    """It is mended while we make it, and goes when we do not."""
    page = shared.folder / "output/posts/b/index.html"
    whole = page.read_text()
    page.write_text("by hand")
    assert shared.publish("--offline") == 0 and page.read_text() == whole
    page.write_text("by hand")
    (shared.folder / "content/posts/b.md").unlink()

    assert shared.publish("--offline") == 0

    assert not page.exists() and stays(shared)


@pytest.mark.parametrize("after", [0, 9])
def test_a_killed_run_costs_nobody_a_file(shared, monkeypatch, after):
    """What it wrote is known to be ours, its half-written files too; no other is."""
    site = shared
    (site.folder / "output/.x.html.live-stats-new").write_text("named like ours")
    site.post("c")
    known, count = atomic_write.write_if_changed, iter(range(after))

    def killed(path, data, *over):
        path = site.folder / path
        if "output" in path.parts and next(count, None) is None:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.with_name(f".{path.name}{atomic_write.PARTIAL_SUFFIX}").write_bytes(
                data[:9]
            )
            raise KeyboardInterrupt
        return known(path, data, *over)

    monkeypatch.setattr(atomic_write, "write_if_changed", killed)
    assert site.publish("--offline") == 130
    monkeypatch.setattr(atomic_write, "write_if_changed", known)
    (site.folder / "content/posts/c.md").unlink()

    assert site.publish("--offline") == 0, site.out

    (site.folder / "output/.x.html.live-stats-new").unlink()
    assert stays(site) and ours(site) == clean(site)


@pytest.mark.parametrize("command", ["publish", "refresh"])
def test_a_folder_of_others_in_the_way_is_a_mistake(shared, command):
    """Nothing is written, and what to move away is named; then all is well."""
    site, page = shared, shared.folder / "output/archives/index.html"
    page.unlink()
    site.write("output/archives/index.html/theirs.txt", "theirs")
    before = site.files()

    assert site.run(command, "--offline") == 1

    assert "output/archives/index.html/theirs.txt: no build made this" in site.out
    assert site.files() == before
    shutil.rmtree(page)
    assert site.run(command, "--offline") == 0 and page.is_file()


def test_a_file_of_others_in_the_way_is_a_mistake(site):
    """Where the site needs a folder."""
    site.post("a")
    site.write("output/posts", "theirs")

    assert site.publish("--offline") == 1

    assert "output/posts: no build made this" in site.out
    assert site.read("posts") == "theirs"


def test_what_a_person_has_asked_to_be_cleaned_is_cleaned(shared):
    """Pelican's own setting, but for what it says is to be kept."""
    more = '\nDELETE_OUTPUT_DIRECTORY = True\nOUTPUT_RETENTION = ["sub"]\n'
    shared.write("conf.py", site_folder.SETTINGS + more)

    assert shared.publish("--offline") == 0, shared.out

    there = {name for name in THEIRS if name in shared.files()}
    assert there == {"CNAME", ".git/config", "sub/x.txt"}


def test_two_outputs_are_two_lists(site):
    """What was written into one says nothing about who wrote what in another."""
    site.post("a")
    site.post("b")
    site.publish("--offline")
    site.write("public/posts/b/index.html", "theirs")
    (site.folder / "content/posts/b.md").unlink()
    site.write("conf.py", site_folder.SETTINGS + '\nOUTPUT_PATH = "public"\n')

    assert site.publish("--offline") == 0, site.out

    theirs = site.folder / "public/posts/b/index.html"
    assert theirs.read_text() == "theirs"
    site.write("conf.py", site_folder.SETTINGS)
    assert site.publish("--offline") == 0
    assert not (site.folder / "output/posts/b/index.html").exists()
