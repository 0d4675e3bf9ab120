"""What lies in `.build` is ours, or it is removed; what it leads to stays."""

import os

import pytest

from pelican.plugins.live_stats.storage import atomic_write, own_folder


@pytest.fixture
def precious(tmp_path):
    """A folder of somebody else; it must never change."""
    folder = tmp_path / "precious"
    (folder / "deep").mkdir(parents=True)
    (folder / "deep/file").write_text("theirs")
    yield folder
    assert (folder / "deep/file").read_text() == "theirs"
    assert os.listdir(folder) == ["deep"]


def dangling(path, precious):
    path.symlink_to(precious / "nowhere")


def to_folder(path, precious):
    path.symlink_to(precious)


def to_file(path, precious):
    path.symlink_to(precious / "deep/file")


def pipe(path, precious):
    os.mkfifo(path)


KINDS = [dangling, to_folder, to_file, pipe]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
@pytest.mark.parametrize(
    "name",
    ["lock", "index.sqlite", "shown", "site", "incremental/state.sqlite"]
    + ["incremental/spares/started", "search/output.json", "site/index.html"],
)
def test_whoever_has_the_lock_finds_files_and_folders_alone(
    tmp_path, precious, kind, name
):
    """Links and pipes are gone, wherever they led; files and folders stay."""
    folder = tmp_path / ".build"
    (folder / name).parent.mkdir(parents=True)
    (folder / "kept").write_text("kept")
    kind(folder / name, precious)

    with atomic_write.single_instance(folder) as alone:
        assert alone
        found = [path for path in folder.rglob("*") if path.is_symlink()]
        assert not found and (folder / "kept").read_text() == "kept"
        assert not os.path.lexists(folder / name) or name == "lock"


@pytest.mark.parametrize("kind", [dangling, pipe], ids=lambda kind: kind.__name__)
def test_what_is_no_folder_makes_room_for_it(tmp_path, precious, kind):
    """`.build` itself; but a link to a folder is what its author wanted."""
    kind(tmp_path / ".build", precious)
    with atomic_write.single_instance(tmp_path / ".build") as alone:
        assert alone and (tmp_path / ".build").is_dir()


def test_a_link_to_a_folder_is_where_its_author_wants_it(tmp_path):
    """Such as on a faster disk."""
    (tmp_path / "fast").mkdir()
    (tmp_path / ".build").symlink_to(tmp_path / "fast")
    with atomic_write.single_instance(tmp_path / ".build") as alone:
        assert alone and (tmp_path / ".build").is_symlink()


def test_a_note_that_is_a_pipe_or_a_folder_is_none(tmp_path):
    """Nobody waits for it."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    for name in ("pipe", "folder", "nothing"):
        assert atomic_write.load_json(tmp_path / name) is None
    own_folder.remove(tmp_path / "folder")
    own_folder.remove(tmp_path / "pipe")
    assert not os.listdir(tmp_path)
