"""Looking at files in a process beside."""

import os

import pytest

from pelican.plugins.incremental.system import background, directory_scan
from pelican.plugins.incremental.system.directory_scan import DirectoryScan
from pelican.plugins.incremental.system.filesystem import format_stat


@pytest.fixture
def folder(tmp_path):
    for name in ("a.txt", "b/c.txt", "b/d/é \n.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    (tmp_path / "empty").mkdir()
    (tmp_path / "b/link").symlink_to(tmp_path / "b/d")
    return str(tmp_path)


def test_it_says_of_each_file_what_the_file_system_says(folder):
    """Of each below the folder, once, and of none that a link leads to."""
    names = ("a.txt", "b/c.txt", "b/d/é \n.txt", "b/link")

    found = DirectoryScan([folder, f"{folder}/none"])

    assert found.below(folder) == {
        name: format_stat(f"{folder}/{name}") for name in names
    }
    assert found.below(folder) == found.below(folder)
    assert found.below(f"{folder}/none") == {}
    assert found.below("/somewhere") is None


def test_it_is_as_it_was_when_it_was_asked_for(folder):
    """What changes afterwards is not seen: it is news to the next build."""
    found = DirectoryScan([folder])
    known = found.below(folder)
    open(f"{folder}/late.txt", "w").close()

    assert found.below(folder) == known


def test_an_answer_that_nobody_wants_costs_nothing(folder):
    """The process beside ends, however much it has to say, and no pipe stays open."""
    before = os.listdir("/dev/fd")
    found = background.BackgroundTask(lambda: "x" * 1_000_000)
    child = found._child
    del found

    assert len(os.listdir("/dev/fd")) == len(before)
    with pytest.raises(ChildProcessError):
        os.waitpid(child, os.WNOHANG)


@pytest.mark.parametrize("trouble", ["no fork", "no answer"])
def test_whoever_gets_no_answer_looks_himself(folder, monkeypatch, trouble):
    """Where there is no fork, or the process beside is killed, nothing is known."""
    if trouble == "no fork":
        monkeypatch.setattr(background, "possible", lambda: False)
    else:
        monkeypatch.setattr(directory_scan, "look", lambda folder: os._exit(1))
        assert background.possible()

    assert DirectoryScan([folder]).below(folder) is None
