"""Fill: the skeletons that Pelican wrote become the site in `output/`.

Publish and refresh share this one function, so the same content, history and state
give the same bytes. Files are written only where their bytes differ, whole or not at
all; what vanished is removed last.
"""

import os
from collections.abc import Container, Iterable
from dataclasses import dataclass
from pathlib import Path

from . import files, slots
from .errors import Mistake
from .fragments import Fragments
from .index import Index

KINDS = {
    ".html": "html",
    ".htm": "html",
    ".xml": "xml",
    ".atom": "xml",
    ".rss": "xml",
    ".xsl": "xml",
    ".svg": "xml",
    ".json": "json",
    ".webmanifest": "json",
    ".txt": "text",
    ".css": "text",
    ".js": "text",
    ".csv": "text",
}
"""The files that may hold slots, by suffix, and how their text is tokenised."""


@dataclass(slots=True, kw_only=True)
class Filled:
    """How many files of `output/` were written, removed and left alone."""

    written: int = 0
    removed: int = 0
    same: int = 0


def tree(folder: Path) -> list[str]:
    """Every file below `folder`, as sorted paths with slashes."""
    return sorted(
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file()
    )


def with_slots(
    site: Path, names: Iterable[str], known: Container[str]
) -> tuple[list[str], list[Mistake]]:
    """Which skeletons hold slots, and which hold slots that a template has torn."""
    found, mistakes = [], []
    for name in names:
        if Path(name).suffix.lower() not in KINDS:
            continue
        text = (site / name).read_text(encoding="utf-8", errors="replace")
        if not slots.has_any(text):
            continue
        found.append(name)
        whole = all(str(slot.number) in known for slot in slots.tokens(text))
        if slots.torn(text) or not whole:
            mistakes.append(
                Mistake(
                    path=f"output/{name}",
                    what="a slot was cut or respelled, so no number can fill it",
                    mend="print what `stats` and the figures give whole: "
                    "do not slice, shorten or convert it in the template",
                )
            )
    return found, mistakes


def fill_all(
    site: Path, names: list[str], index: Index, fragments: Fragments, keep: set[str]
) -> Filled:
    """Make `output/` the filled image of the skeletons; `keep` names what may stay.

    `names` are all skeletons. Whatever else lies in `output/` goes, except the
    top-level names in `keep`.
    """
    output, filled, slotted = Path(index.output), Filled(), set(index.files)
    for name in names:
        if name in slotted:
            data = _filled(site, name, index, fragments)
        else:
            data = (site / name).read_bytes()
        _write(output / name, data, filled)
    _remove_others(output, set(names), keep, filled)
    return filled


def fill_slots(site: Path, index: Index, fragments: Fragments) -> Filled:
    """Fill only the files that have slots: what a refresh does."""
    filled = Filled()
    for name in index.files:
        data = _filled(site, name, index, fragments)
        _write(Path(index.output) / name, data, filled)
    return filled


def _filled(site: Path, name: str, index: Index, fragments: Fragments) -> bytes:
    text = (site / name).read_bytes().decode()
    kind = KINDS[Path(name).suffix.lower()]
    return slots.fill(text, kind, fragments.renderer(index.specs, name)).encode()


def _write(path: Path, data: bytes, filled: Filled) -> None:
    if path.is_dir() and not path.is_symlink():
        _clear(path, filled)
    for parent in path.parents:
        if parent.is_file():  # yesterday's file where today a folder is needed
            parent.unlink()
            filled.removed += 1
    if files.write(path, data):
        filled.written += 1
    else:
        filled.same += 1


def _clear(folder: Path, filled: Filled) -> None:
    for name in tree(folder):
        (folder / name).unlink()
        filled.removed += 1
    for top, _, _ in os.walk(folder, topdown=False):
        os.rmdir(top)


def _remove_others(
    output: Path, names: set[str], keep: set[str], filled: Filled
) -> None:
    for top, _, found in os.walk(output, topdown=False):
        here = Path(top).relative_to(output)
        if here.parts[:1] and here.parts[0] in keep:
            continue
        for name in found:
            path = (here / name).as_posix()
            if path not in names and path not in keep:
                os.unlink(output / path)
                # A half-written file of a killed run was never part of the site.
                filled.removed += not name.endswith(files.SUFFIX)
        if here.parts and not os.listdir(top):
            os.rmdir(top)
