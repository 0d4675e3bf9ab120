"""Files of lines that are only ever appended to: the history and the journal.

Git keeps the lines of both sides of a merge (`merge=union`), so their readers ignore
order and repetitions.
"""

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import BinaryIO

BLOCK = 64 * 1024  # bytes; longer than any line that we write


def append_lines(
    path: Path, lines: Iterable[str], is_whole: Callable[[bytes], bool]
) -> None:
    """Append lines in one write, and return when they lie on the disk.

    A last line without its end is mended first: it is whole (`is_whole`; an editor
    left out the newline), or torn by a kill, and then it was never reported as stored.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    begins = not path.exists()
    with open(path, "a+b") as file:
        text = "".join(f"{line}\n" for line in lines)
        if last := _last_line(file):
            if is_whole(last):
                text = f"\n{text}"
            else:
                file.truncate(file.seek(0, os.SEEK_END) - len(last))
        file.write(text.encode())
        file.flush()
        os.fsync(file.fileno())
    if begins:
        _sync_folder(path.parent)


def _last_line(file: BinaryIO) -> bytes:
    """What stands behind the last newline; empty if the file ends with one."""
    end = file.seek(0, os.SEEK_END)
    size = min(BLOCK, end)
    while True:
        file.seek(end - size)
        before, newline, last = file.read(size).rpartition(b"\n")
        if newline or size == end:
            return last
        size = min(2 * size, end)


def _sync_folder(folder: Path) -> None:
    """Put the name of a new file on the disk, too. Windows cannot, and needs not to."""
    if os.name == "nt":
        return
    entries = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(entries)
    finally:
        os.close(entries)
