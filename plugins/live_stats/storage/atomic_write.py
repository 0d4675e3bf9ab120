"""Writing files so that a kill at any moment leaves every file whole."""

import contextlib
import json
import os
from collections.abc import Callable, Iterator
from hashlib import blake2b
from pathlib import Path
from typing import Any

try:
    import fcntl
except ImportError:  # not on Windows, where two runs at once are not kept apart
    fcntl = None  # type: ignore[assignment]

SUFFIX = ".live-stats-new"
"""What a half-written file is called; left-overs are removed by the next fill."""


def write(
    path: Path | str, data: bytes, over: Callable[[str, bytes], None] | None = None
) -> bool:
    """Write `data` under `path` if it says anything else; true if it was written.

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
    new = os.path.join(os.path.dirname(name), f".{os.path.basename(name)}{SUFFIX}")
    with open(new, "wb") as file:
        file.write(data)
    os.replace(new, name)


def keep(path: Path, value: Any) -> None:
    """Keep plain values in a file, with a digest by which damage is noticed."""
    text = json.dumps(value, separators=(",", ":")).encode()
    discard(path) if path.is_dir() else None
    write(path, _digest(text) + b"\n" + text)


def kept(path: Path) -> Any:
    """What was kept in a file; None where there is nothing, or it is damaged."""
    try:
        digest, _, text = path.read_bytes().partition(b"\n")
    except OSError:
        return None
    return json.loads(text) if digest == _digest(text) else None


def _digest(data: bytes) -> bytes:
    return blake2b(data, digest_size=16).hexdigest().encode()


def discard(path: Path) -> None:
    """Remove what lies there: a file, or a folder with all that is in it."""
    if path.is_dir() and not path.is_symlink():
        import shutil  # which takes a while to load, and this happens seldom

        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


@contextlib.contextmanager
def single_instance(folder: Path) -> Iterator[bool]:
    """Whether no other run works in `folder` while this one does.

    The lock goes with the process, so a killed run leaves nothing to clean up.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "lock", "w") as lock:
        if fcntl is not None:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                yield False
                return
        yield True
