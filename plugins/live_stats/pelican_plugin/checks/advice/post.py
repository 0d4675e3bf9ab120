"""One post or page that advice is given on: its source, and what it became."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from ....model.errors import Advice, Severity
from ...content.code_blocks import without_code
from .outline import Outline, outline_of
from .rules import NOTES


@dataclass(kw_only=True)  # no slots: `cached_property` wants a place
class Post:
    """A source with the HTML that was made of it.

    `raw` is its text, `path` as in messages. What is not found in `raw` was made by a
    plugin or a theme, so it is not the author's, and nothing is said of it.
    """

    path: str
    title: str
    raw: str
    html: str

    @cached_property
    def outline(self) -> Outline:
        return outline_of(self.html)

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the text: blank for front matter, code and comments."""
        lines = without_code(self.raw).split("\n")
        body = body_start(lines)
        return [""] * body + lines[body:]

    def line_of(self, *tests: Callable[[str], object]) -> int:
        """The line, from 1, for which the first of `tests` holds that holds for any.

        0 if there is none.
        """
        for test in tests:
            for number, line in enumerate(self.lines, 1):
                if test(line):
                    return number
        return 0

    def having(self, text: str) -> int:
        """The first line that has `text`; 0 if none has it."""
        return self.line_of(lambda line: text in line)

    def advice(self, rule: str, line: int, what: str, mend: str) -> Iterator[Advice]:
        """One piece of advice; none if the line is unknown."""
        if line:
            severity = Severity.NOTE if rule in NOTES else Severity.WARNING
            yield Advice(
                path=self.path,
                line=line,
                what=what,
                mend=mend,
                rule=rule,
                severity=severity,
            )


def body_start(lines: list[str]) -> int:
    """How many lines the front matter has, with the one that ends it; 0 for none."""
    if not re.match(r"\s*(?:-{3,}\s*$|[\w-]+:)", lines[0]):
        return 0
    for number, line in enumerate(lines):
        if number and not line.strip("-. \t"):
            return number + 1
    return len(lines)
