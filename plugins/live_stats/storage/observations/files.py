"""The files of the history: which there are, their lines, and what is wrong with them.

The journal and the other files of lines are read with the same care.

People, merges and tools write here as well, so anything may lie in the folder. All of
what is wrong is found in one run, and said with the place and how to mend it.
"""

import os
import stat
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from ...model.errors import Mistake
from ...model.messages import count_of
from .lines import NoObservation, Row, ahead, line_sum, mistake_in, parse

ENDING = ".jsonl"
BLOCK = 1 << 20  # bytes
MOST = 20
"""So many wrong lines of a file are named, and the rest are counted."""

BOM = b"\xef\xbb\xbf"
_OTHERS = (
    (
        b"version https://git-lfs",
        "a pointer of Git LFS lies here, and not the file",
        "git lfs pull",
    ),
    (
        b"\x1f\x8b",
        "this file is packed with gzip",
        "rename it to end with .gz, and gunzip it",
    ),
    (b"\xff\xfe", "this file is UTF-16", "save it as UTF-8"),
    (b"\xfe\xff", "this file is UTF-16", "save it as UTF-8"),
)
"""How files begin that are none of ours, what they are, and the mend."""

_KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)

Add = Callable[[str, Row, int], None]
"""Takes series, row and checksum of a line."""


def history_files(
    folder: Path, shown_as: str, of: str = "the history"
) -> tuple[list[Path], list[Mistake]]:
    """The files below a folder, sorted, and what is wrong with those left out.

    `shown_as` is the folder as messages have it, `of` what its files belong to.
    """
    files: list[Path] = []
    mistakes: list[Mistake] = []
    try:
        names = sorted(os.listdir(folder))
    except FileNotFoundError:
        if folder.is_symlink():
            what, mend = "this link leads nowhere", "make it again, or delete it"
            return [], [Mistake(path=shown_as, what=what, mend=mend)]
        return [], []
    except NotADirectoryError:
        if not folder.parent.is_dir():
            shown_as, of = os.path.dirname(shown_as), "the data"
        what = f"a file lies where the folder of {of} should be"
        return [], [Mistake(path=shown_as, what=what, mend="move it away")]
    except PermissionError:
        return [], [_unreadable(shown_as, "folder")]
    for name in names:
        if not name.endswith(ENDING):
            continue
        mistake = trouble_with(folder / name, f"{shown_as}/{_plain(name)}", of)
        if mistake:
            mistakes.append(mistake)
        else:
            files.append(folder / name)
    return files, mistakes


def _plain(name: str) -> str:
    """A file name as a message may have it: one line, which can be printed."""
    text = os.fsencode(name).decode("utf-8", "backslashreplace")
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)


def trouble_with(path: Path, shown: str, of: str) -> Mistake | None:
    """Why a file of `of` cannot be read; none is opened that would keep us waiting."""
    if _plain(path.name) != path.name:
        what, mend = (
            "the name of this file is not UTF-8, or cannot be shown",
            "rename it",
        )
        return Mistake(path=shown, what=what, mend=mend)
    try:
        kind = kind_of(path)
    except OSError as error:
        if not path.is_symlink():
            return _unreadable(shown, "file", error)
        what, mend = "this link leads nowhere", "delete it, or bring back its file"
        return Mistake(path=shown, what=what, mend=mend)
    if kind:
        what = f"this is {kind}, and no file of {of}"
        return Mistake(path=shown, what=what, mend="move it away, or rename it")
    try:
        with open(path, "rb") as file:
            return _other_format(shown, file.read(32))
    except OSError as error:
        return _unreadable(shown, "file", error)


def kind_of(path: Path) -> str:
    """What lies there that is no file; empty for a file."""
    mode = path.stat().st_mode
    return next((kind for is_kind, kind in _KINDS if is_kind(mode)), "")


def _unreadable(shown: str, kind: str, error: OSError | None = None) -> Mistake:
    why = error.strerror if error and error.strerror else "Permission denied"
    what = f"this {kind} cannot be read ({why})"
    return Mistake(
        path=shown, what=what, mend=f"give yourself access: chmod u+rX {shown}"
    )


def _other_format(shown: str, start: bytes) -> Mistake | None:
    for begin, what, mend in _OTHERS:
        if start.startswith(begin):
            return Mistake(path=shown, line=1, what=what, mend=mend)
    return None


def blocks(file: BinaryIO) -> Iterator[bytes]:
    """The rest of a file in blocks of whole lines; the last may end without its end."""
    parts: list[bytes] = []
    while data := file.read(BLOCK):
        cut = data.rfind(b"\n") + 1
        if cut:
            yield b"".join((*parts, data[:cut]))
            parts = []
        if cut < len(data):
            parts.append(data[cut:])
    if parts:
        yield b"".join(parts)


def lines_of(block: bytes) -> list[bytes]:
    """The lines of a block, whatever ends them; one after the last end as well."""
    if b"\r" in block:
        block = block.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return block.split(b"\n")


def add_lines(block: bytes, add: Add) -> None:
    """Add the lines of a block. Raises `NoObservation` for any that is none."""
    for line in lines_of(block):
        if line.strip():
            line = line.removeprefix(BOM)
            series, row = parse(_text(line))
            add(series, row, line_sum(line))


def _text(line: bytes) -> str:
    try:
        return line.decode()
    except UnicodeDecodeError:
        raise NoObservation("it is not UTF-8") from None


def find_mistakes(
    path: Path, shown: str, now: datetime | None, add: Add | None = None
) -> list[Mistake]:
    """The mistakes in the lines of a file; those that are none are given to `add`.

    A last line without its end that is no observation is passed over: a builder was
    killed while it wrote.
    """
    found: list[Mistake] = []
    more = first = 0
    for number, line, whole in numbered_lines(path):
        row, why = None, ""
        try:
            series, row = parse(_text(line))
            why = ahead(row, now)
        except NoObservation as error:
            if not whole:
                continue
            why = str(error)
        if not why:
            if add is not None and row is not None:
                add(series, row, line_sum(line))
        elif len(found) < MOST:
            text = line.decode(errors="replace")
            found.append(mistake_in(shown, number, text, row, why))
        else:
            more, first = more + 1, first or number
    if more:
        found.append(and_more(shown, first, more))
    return found


def and_more(shown: str, first: int, more: int) -> Mistake:
    """What is said of the wrong lines of a file that are not named."""
    what = f"from here on {count_of(more, 'line')} more of this file are wrong"
    return Mistake(path=shown, line=first, what=what, mend="see above")


def numbered_lines(path: Path) -> Iterator[tuple[int, bytes, bool]]:
    """The lines that hold anything, with numbers, and whether they have an end."""
    number = 0
    with open(path, "rb") as file:
        for block in blocks(file):
            lines = lines_of(block)
            last = lines.pop()  # what stands after the last end
            for line in lines:
                number += 1
                if line.strip():
                    yield number, line.removeprefix(BOM), True
            if last.strip():
                yield number + 1, last.removeprefix(BOM), False
