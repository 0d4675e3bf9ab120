"""What else may lie in the folder of the history: each is named, none keeps us."""

import builtins
import errno
import os
from datetime import UTC, datetime

import pytest

from pelican.plugins.live_stats.model.errors import Mistakes
from pelican.plugins.live_stats.storage.history import History
from pelican.plugins.live_stats.storage.journal import Journal
from planted.history import GOOD


def pipe(path):
    os.mkfifo(path)


def folder(path):
    path.mkdir()


def loose_link(path):
    path.symlink_to("nowhere.jsonl")


def ring(path):
    path.symlink_to(path.name)


def device(path):
    path.symlink_to("/dev/zero")


ODD = [
    (pipe, "this is a named pipe", "move it away"),
    (folder, "this is a folder", "move it away"),
    (loose_link, "this link leads nowhere", "delete it"),
    (ring, "this link leads nowhere", "delete it"),
    (device, "this is a device", "move it away"),
]


def history(home):
    return History.load(home, "data")


def indexed_history(home):
    return History.load(home, "data", index=home.parent / "history.sqlite")


def journal(home):
    return Journal.load(home, "data", datetime.now(UTC))


LOADERS = [history, indexed_history, journal]


@pytest.mark.parametrize("load", LOADERS)
def test_what_is_no_file_is_named(tmp_path, load):
    """All of it at once, with a wrong line elsewhere; and then what was said helps."""
    (home := tmp_path / "observations").mkdir()
    (home / "2026-11.jsonl").write_text("\nwrong\n")
    for number, (make, _, _) in enumerate(ODD):
        make(home / f"{number}.jsonl")
    with open(os.fsencode(home) + b"/\xff.jsonl", "w") as file:
        file.write(GOOD)

    with pytest.raises(Mistakes) as caught:
        load(home)

    found = {one.place: one.message for one in caught.value.mistakes}
    for number, (_, what, mend) in enumerate(ODD):
        assert found[f"data/{number}.jsonl"].startswith(what)
        assert mend in found[f"data/{number}.jsonl"]
    assert "rename it" in found["data/\\xff.jsonl"]
    assert "this line is no" in found["data/2026-11.jsonl:2"]
    assert len(found) == len(ODD) + 2
    str(caught.value).encode()  # it can be printed

    for number in range(len(ODD)):
        os.rename(home / f"{number}.jsonl", home / f"{number}.old")
    os.rename(os.fsencode(home) + b"/\xff.jsonl", home / "other")
    (home / "2026-11.jsonl").write_text("")
    load(home)


def test_a_file_that_may_not_be_read_is_named(tmp_path, monkeypatch):
    """With the line to type. Root may read everything, so the system is told no."""
    (tmp_path / "2026-11.jsonl").write_text(GOOD)

    def refuse(path, *arguments, **options):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)

    monkeypatch.setattr(builtins, "open", refuse)

    with pytest.raises(Mistakes, match="cannot be read .* chmod u\\+r"):
        History.load(tmp_path, "data")


@pytest.mark.parametrize("load", LOADERS)
@pytest.mark.parametrize("make", [lambda path: path.write_text(""), loose_link])
def test_what_lies_in_place_of_the_folder_is_named(tmp_path, make, load):
    """A file, or a link to a folder that is gone: not an empty history."""
    make(tmp_path / "observations")

    with pytest.raises(Mistakes, match="^data: "):
        load(tmp_path / "observations")


def test_no_folder_is_an_empty_history(tmp_path):
    """As a site has it that was never published."""
    assert list(History.load(tmp_path / "observations").all_observations()) == []


@pytest.mark.parametrize("load", LOADERS)
def test_a_thousand_wrong_lines_are_counted(tmp_path, load):
    """The first are named, and the others do not hide what is wrong elsewhere."""
    (home := tmp_path / "observations").mkdir()
    (home / "a.jsonl").write_text("wrong\n" * 1000)
    (home / "b.jsonl").write_text("<<<<<<< HEAD\n")

    with pytest.raises(Mistakes) as caught:
        load(home)

    places = [one.place for one in caught.value.mistakes]
    assert places == [*(f"data/a.jsonl:{n}" for n in range(1, 22)), "data/b.jsonl:1"]
    assert "980 lines more of this file" in caught.value.mistakes[20].what
