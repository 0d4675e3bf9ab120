"""Putting whole files in the place of others."""

import os

import pytest

from incremental import disk


@pytest.mark.parametrize("way", ["replaced", "exchanged", "cannot"])
def test_a_file_takes_the_place_of_another_whole(tmp_path, monkeypatch, way):
    """By whatever way the system has, the new bytes are there and no other name is."""
    monkeypatch.setattr(disk, "_puts", disk.FEW if way != "replaced" else 0)
    if way == "cannot":
        monkeypatch.setattr(disk, "_system_call", lambda: lambda *some: -1)
    for name, there in (("é.html", True), ("new.html", False)):
        target, new = tmp_path / name, tmp_path / ".new"
        if there:
            target.write_text("old")
        new.write_text("new")
        inode = new.stat().st_ino

        disk.put(str(new), str(target))

        assert (target.read_text(), target.stat().st_ino) == ("new", inode)
    assert sorted(os.listdir(tmp_path)) == ["new.html", "é.html"]


@pytest.mark.skipif(disk._system_call() is None, reason="names cannot be exchanged")
def test_two_names_are_exchanged(tmp_path):
    """Neither is missing at any moment: that is what readers of a site rely on."""
    one, other = tmp_path / "one", tmp_path / "other"
    one.write_text("1")
    other.write_text("2")

    assert disk._exchange(str(one), str(other))

    assert (one.read_text(), other.read_text()) == ("2", "1")
    assert not disk._exchange(str(one), str(tmp_path / "none"))
