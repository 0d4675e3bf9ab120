"""The addresses that posts and pages have had: `content/data/addresses.txt`.

A line for each: the source, the address, and the file that answers there, with tabs
between them. The lines of a source stand together, the first address first. A line is
added only when a post is new or its address is another one, so the file belongs into
the repository; git keeps every line of both sides of a merge.
"""

from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple, Self

from ..model.errors import Mistake, Mistakes
from . import atomic_write

FILE = "addresses.txt"
_MARKERS = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")
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
        mistakes = []
        try:
            lines = path.read_text("utf-8").split("\n")
        except FileNotFoundError:
            lines = []
        for number, line in enumerate(lines, 1):
            parts = line.split("\t")
            if len(parts) == 3 and all(parts):
                found = book.by_source.setdefault(parts[0], [])
                if (one := Address(parts[1], parts[2])) not in found:
                    found.append(one)
            elif line and not line.startswith("#"):
                mistakes.append(_mistake(path, number, line))
        if mistakes:
            raise Mistakes(mistakes)
        return book

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
    try:
        return sha256((data / FILE).read_bytes()).hexdigest()
    except OSError:
        return ""


def _mistake(path: Path, line: int, text: str) -> Mistake:
    what, mend = "this is no line of addresses", "delete it, or take the file from git"
    if text.startswith(_MARKERS):
        what = "a merge has left both sides in this file"
        mend = "keep the lines of both, and delete this one"
    shown = "/".join(path.parts[-3:])
    return Mistake(path=shown, line=line, what=what, mend=mend)
