"""Defines the source of a post: its live figures, and its mistakes, with lines."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ...model.errors import Mistake


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureLink:
    """A live figure in a post: its link text, address and title, and its slot."""

    text: str
    address: str
    title: str
    number: int
    line: int


@dataclass(slots=True, kw_only=True)
class Source:
    """One Markdown file: the figures found in it, and its mistakes.

    `kept` are its figures as plain values, if an earlier build has read it: of most
    posts no more is needed than how many there are.
    """

    path: str
    file: str = ""
    kept: Sequence[Sequence[Any]] = ()
    mistakes: list[Mistake] = field(default_factory=list)
    text: str | None = None
    _found: list[FigureLink] | None = None

    @property
    def found(self) -> list[FigureLink]:
        if self._found is None:
            self._found = [
                FigureLink(
                    text=text, address=address, title=title, number=number, line=line
                )
                for text, address, title, number, line in self.kept
            ]
        return self._found

    @property
    def count(self) -> int:
        return len(self.kept if self._found is None else self._found)

    @property
    def raw(self) -> str:
        """The text of the file, which is read when it is first needed."""
        if self.text is None:
            self.text = Path(self.file).read_text(encoding="utf-8-sig")
        return self.text

    @property
    def lines(self) -> list[str]:
        """The lines as editors count them: only a newline ends one."""
        return self.raw.split("\n")

    def wrong(self, line: int, what: str, mend: str) -> None:
        """Add a mistake; `line` counts from 1, 0 if it is unknown."""
        self.mistakes.append(Mistake(path=self.path, line=line, what=what, mend=mend))

    def line_of(self, text: str, address: str, turn: int) -> int:
        """The line of the `turn`-th figure with this address, best by its text."""
        lines = self.lines
        words = r"\s+".join(re.escape(word) for word in text.split())
        patterns = [re.escape(address)]
        if words:
            patterns.insert(0, rf"\[[^\[\]]*{words}[^\[\]]*\][(\[]")
        for pattern in patterns:
            places = [
                self.raw.count("\n", 0, match.start()) + 1
                for match in re.finditer(pattern, self.raw)
            ]
            if len(places) == 1 or (places and pattern is patterns[-1]):
                return places[min(turn, len(places) - 1)]
            close = [n for n in places if address in lines[n - 1]]
            if close:
                return close[min(turn, len(close) - 1)]
        return 0
