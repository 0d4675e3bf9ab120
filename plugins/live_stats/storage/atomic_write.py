"""Writes files atomically: a kill at any moment leaves every file whole."""

import contextlib
import json
import os
from collections.abc import Callable, Iterator
from hashlib import blake2b
from pathlib import Path
from typing import Any

from pelican.plugins.incremental.system.filesystem import naming

from .own_folder import clear, make_folder, open_file, remove

try:
    import fcntl
except ImportError:  # not on Windows, where two runs at once are not kept apart
    fcntl = None  # type: ignore[assignment]

PARTIAL_SUFFIX = ".live-stats-new"
"""The end of the name of a half-written file; the next fill removes left-overs."""


def write_if_changed(
    path: Path | str, data: bytes, over: Callable[[str, bytes], None] | None = None
) -> bool:
    """Write `data` to `path` if the file is not the same; true if it was written.

    The new file is made beside the old one and takes its name when it is whole; `over`
    is another way to put one in the place of the other.
    """
    name = os.fspath(path)
    put: Callable[[str, bytes], None] = replace_file
    try:
        with open(name, "rb") as file:
            if file.read() == data:
                return False
        put = over or replace_file
    except (FileNotFoundError, NotADirectoryError):
        os.makedirs(os.path.dirname(name), exist_ok=True)
    except IsADirectoryError:
        pass
    put(name, data)
    return True


def replace_file(name: str, data: bytes) -> None:
    """Write `data` under `name`, whose folder is there, whatever was there before."""
    new = os.path.join(
        os.path.dirname(name), f".{os.path.basename(name)}{PARTIAL_SUFFIX}"
    )
    try:
        with naming(name):
            with open(new, "wb") as file:
                file.write(data)
            os.replace(new, name)
    except OSError:
        with contextlib.suppress(OSError):
            os.unlink(new)  # it may be what the disk has no room for
        raise


def save_json(path: Path, value: Any) -> None:
    """Save plain values in a file, with a digest that reveals damage."""
    text = json.dumps(value, separators=(",", ":")).encode()
    remove(path) if path.is_dir() else None
    write_if_changed(path, _digest(text) + b"\n" + text)


def load_json(path: Path) -> Any:
    """The values of a file; None where there is no file, or a damaged one."""
    try:
        with open(path, "rb", opener=_at_once) as file:
            digest, _, text = file.read().partition(b"\n")
        return json.loads(text) if digest == _digest(text) else None
    except (OSError, ValueError, RecursionError):
        return None


def _at_once(path: str, flags: int) -> int:
    """Open a file; nobody waits for a pipe in its place."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))  # not on Windows


def _digest(data: bytes) -> bytes:
    return blake2b(data, digest_size=16).hexdigest().encode()


def remove_partial(folder: Path) -> None:
    """Remove what a killed run has left half-written in this very folder."""
    for path in folder.glob(f".*{PARTIAL_SUFFIX}"):
        path.unlink(missing_ok=True)


@contextlib.contextmanager
def single_instance(folder: Path) -> Iterator[bool]:
    """Lock `folder` for this process; false if another one has the lock.

    The folder is ours: what no run leaves there, such as links, is removed.
    The lock goes with the process, so a killed run leaves nothing to clean up.
    """
    make_folder(folder)
    with open(open_file(folder / "lock"), "w") as lock:
        if fcntl is not None:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
                return
        clear(folder)
        yield True
