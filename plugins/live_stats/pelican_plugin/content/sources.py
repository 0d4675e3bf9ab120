"""Keeps the sources of a build: the Markdown files that were read, with their figures.

A source has the links to live figures that were found in it, and its mistakes.
"""

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ...model.errors import Mistake
from .code_blocks import without_code
from .front_matter.decoding import decoded


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureLink:
    """A live figure as its author wrote it: link text, address and title.

    `number` is that of its slot, `line` is 0 if it is unknown. It stands `in_text`, or
    in the front matter.
    """

    text: str
    address: str
    title: str
    number: int
    in_text: bool
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbedLink:
    """A post or video of others: its address, the number of its slot, and its line."""

    url: str
    number: int
    line: int


@dataclass(slots=True, kw_only=True)
class Source:
    """One Markdown file: the figures found in it, and its mistakes.

    `path` names it in messages, `file` is where it is. `kept` are its figures as plain
    values, if an earlier build has read it: of most posts no more is needed than how
    many there are.
    """

    path: str
    file: str = ""
    kept: Sequence[Sequence[Any]] = ()
    mistakes: list[Mistake] = field(default_factory=list)
    text: str | None = None
    _found: list[FigureLink] | None = None
    _linked: str | None = None  # the text, without code
    _embeds: list[EmbedLink] | None = None

    @property
    def found(self) -> list[FigureLink]:
        """The figures of the file, in the order in which they were found."""
        if self._found is None:
            self._found = [
                FigureLink(
                    text=text,
                    address=address,
                    title=title,
                    number=number,
                    in_text=in_text,
                    line=line,
                )
                for text, address, title, number, in_text, line in self._rows(6)
            ]
        return self._found

    @property
    def embeds(self) -> list[EmbedLink]:
        """The posts and videos of others that the file shows, in order."""
        if self._embeds is None:
            self._embeds = [
                EmbedLink(url=url, number=number, line=line)
                for url, number, line in self._rows(3)
            ]
        return self._embeds

    def _rows(self, length: int) -> list[Sequence[Any]]:
        """Of what was kept, the figures (6 values) or the embeds (3)."""
        return [row for row in self.kept if len(row) == length]

    @property
    def count(self) -> int:
        """The number of figures."""
        return len(self._rows(6) if self._found is None else self._found)

    @property
    def has_head(self) -> bool:
        """Whether its text begins with a slot: its figures may share a day."""
        return sum(one.in_text for one in self.found) > 1

    @property
    def raw(self) -> str:
        """The text of the file, which is read when it is first needed.

        If it is not UTF-8, it is what it probably should be.
        """
        if self.text is None:
            self.text = decoded(Path(self.file).read_bytes()).text
        return self.text

    @property
    def lines(self) -> list[str]:
        """The lines as editors count them: only a newline ends one."""
        return self.raw.split("\n")

    def wrong(self, line: int, what: str, mend: str) -> None:
        """Add a mistake; `line` counts from 1, 0 if it is unknown."""
        self.mistakes.append(Mistake(path=self.path, line=line, what=what, mend=mend))

    def line_of_text(self, text: str) -> int:
        """The first line that has `text`, 0 if none has it."""
        for pattern in (_whole(text), re.escape(text)):
            if match := re.search(pattern, self.raw):
                return self.raw.count("\n", 0, match.start()) + 1
        return 0

    def line_of_definition(self, address: str) -> int:
        """The line `[label]: address`, if the only place of `address` is that."""
        if self.raw.count(address) != 1 or "]:" not in self.raw:
            return 0
        pattern = rf"(?m)^ {{0,3}}\[[^\]\n]+\]:\s*<?{re.escape(address)}"
        match = re.search(pattern, self.raw)
        return self.raw.count("\n", 0, match.start()) + 1 if match else 0

    def line_of(self, text: str, address: str, turn: int) -> int:
        """The line of a figure by its address and text; 0 if they are not found.

        `turn` is how many figures of the file have had the same address before it.
        """
        words = r"\s+".join(re.escape(word) for word in text.split())
        patterns = [_whole(address), re.escape(address)]
        if words:
            patterns.insert(0, rf"\[[^\[\]]*{words}[^\[\]]*\][(\[]")
        if self._linked is None:
            self._linked = without_code(self.raw)
        return _line_in(self._linked, patterns, address, turn) or _line_in(
            self.raw, patterns, address, turn
        )


def _whole(address: str) -> str:
    """A pattern of an address that ends there, and is not the start of another."""
    return rf"{re.escape(address)}(?=[\s)>\"'\]]|$)"


def _line_in(raw: str, patterns: list[str], address: str, turn: int) -> int:
    """The line in which a text has the first pattern that tells one; 0 if none has."""
    lines, whole = raw.split("\n"), re.compile(_whole(address))
    for pattern in patterns:
        places = [
            raw.count("\n", 0, match.start()) + 1 for match in re.finditer(pattern, raw)
        ]
        if len(places) == 1 or (places and pattern is patterns[-1]):
            return places[min(turn, len(places) - 1)]
        close = [n for n in places if whole.search(lines[n - 1])]
        if close:
            return close[min(turn, len(close) - 1)]
    return 0


@dataclass(slots=True, kw_only=True)
class SourceFiles:
    """The Markdown files of a site. `content` is the folder that they are in.

    `by_path` has them by their absolute paths. `base` is the folder that the paths in
    messages are relative to, with a slash at its end.
    """

    content: Path
    by_path: dict[str, Source] = field(default_factory=dict)
    base: str = field(init=False)

    def __post_init__(self) -> None:
        self.base = f"{self.content.parent}{os.sep}"

    def add(self, path: str) -> Source:
        """A new source for the file at `path`, which is about to be read."""
        file = Path(path)
        source = Source(path=self.display_path(file), file=str(file))
        self.by_path[os.path.abspath(path)] = source
        return source

    def restore(self, path: str, kept: Sequence[Sequence[Any]]) -> None:
        """Add the source that an earlier build has read, with its figures."""
        path = os.path.abspath(path)
        # Not `display_path`: this runs for every post of a site.
        relative = path.removeprefix(self.base).replace(os.sep, "/")
        self.by_path[path] = Source(path=relative, file=path, kept=kept)

    def display_path(self, file: Path) -> str:
        """The path of a file as messages have it."""
        return display_path(file, self.content)


def display_path(file: Path, content: Path) -> str:
    """The path of a content file in messages: relative to the parent of `content`.

    A file that is elsewhere keeps its absolute path.
    """
    try:
        return file.absolute().relative_to(content.parent).as_posix()
    except ValueError:
        return str(file)
