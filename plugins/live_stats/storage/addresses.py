"""The addresses that posts and pages have had: `content/data/addresses.txt`.

A line for each: the source, the address, and the file that answers there, with tabs
between them. The lines of a source stand together, the first address first. A line is
added only when a post is new or its address is another one, so the file belongs into
the repository; git keeps every line of both sides of a merge.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple, Self

from ..model.errors import Mistake, Mistakes
from . import atomic_write
from .observations.files import MOST, and_more, kind_of, numbered_lines, trouble_with

FILE = "addresses.txt"
_MARKERS = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")
_CONTROL = re.compile("[\x00-\x1f\x7f\ufffd]")  # and what is not UTF-8
_LONGEST = 255  # bytes of a name, on every disk
_HEAD = (
    "# Addresses that posts have had: their links and feed ids live on. Commit it.\n"
)


class Address(NamedTuple):
    """An address below the site, as it is printed, and the file that answers there."""

    url: str
    file: str


@dataclass(slots=True, kw_only=True)
class AddressBook:
    """All addresses by their sources, which are paths below the content."""

    path: Path
    by_source: dict[str, list[Address]] = field(default_factory=dict)

    @classmethod
    def load(cls, data: Path) -> Self:
        """The book in the folder `data`; raises `Mistakes` for lines that are none."""
        path = data / FILE
        book = cls(path=path)
        if not os.path.lexists(path):
            return book
        shown = "/".join(path.parts[-3:])
        trouble = trouble_with(path, shown, "addresses")
        mistakes = [trouble] if trouble else [*book._read(shown)]
        if mistakes:
            raise Mistakes(mistakes)
        return book

    def _read(self, shown: str) -> Iterator[Mistake]:
        """Add what the file has; what is wrong with its lines."""
        wrong = first = 0
        for number, line, _ in numbered_lines(self.path):
            text = line.decode(errors="replace")
            source, *address = text.split("\t")
            if _is_address(source, address):
                found = self.by_source.setdefault(source, [])
                if (one := Address(*address)) not in found:
                    found.append(one)
            elif not text.startswith("#"):
                wrong += 1
                if wrong <= MOST:
                    yield _mistake(shown, number, text)
                else:
                    first = first or number
        if first:
            yield and_more(shown, first, wrong - MOST)

    @property
    def text(self) -> str:
        lines = [
            f"{source}\t{one.url}\t{one.file}\n"
            for source in sorted(self.by_source)
            for one in self.by_source[source]
        ]
        return _HEAD + "".join(lines)

    @property
    def digest(self) -> str:
        """What `digest_of` gives once this is saved."""
        return sha256(self.text.encode()).hexdigest()

    def save(self) -> bool:
        """Write the file if it is not the same; true if it was written."""
        return atomic_write.write_if_changed(self.path, self.text.encode())


def digest_of(data: Path) -> str:
    """The digest of the file in the folder `data`; empty if there is none."""
    path = data / FILE
    try:
        return "" if kind_of(path) else sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def _is_address(source: str, address: list[str]) -> bool:
    """Whether these can be a source and its address, whose file is one of the site.

    The file is written and removed by its name, so it must not lead out of the output.
    """
    if len(address) != 2 or not source or not all(address):
        return False
    url, file = address
    names = re.split(r"[/\\]", file)
    return not _CONTROL.search(f"{url}{file}") and not any(
        name in ("", ".", "..") or len(name.encode()) > _LONGEST for name in names
    )


def _mistake(shown: str, line: int, text: str) -> Mistake:
    what, mend = "this is no line of addresses", "delete it, or take the file from git"
    if text.startswith(_MARKERS):
        what = "a merge has left both sides in this file"
        mend = "keep the lines of both, and delete this one"
    return Mistake(path=shown, line=line, what=what, mend=mend)
