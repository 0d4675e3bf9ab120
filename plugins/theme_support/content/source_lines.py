"""Finds the line of a source that something in its HTML comes from.

Readers keep no line numbers, so the text of the file is searched for what the HTML has.
"""

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
_CODE_OR_COMMENT = re.compile(
    r"<!--(?:[^\n]|\n)*?(?:-->|\Z)|"
    r"(?<![\\`])(`+)(?!`)(?:[^\n]|\n(?!\s*\n))+?(?<!`)\1(?!`)"
)
# live_stats has the same in content/code_blocks.py; this plugin must work without it.


class SourceLines:
    """The lines of one file. What is found once is found at its next place then."""

    def __init__(self, path: str) -> None:
        raw = Path(path).read_text(encoding="utf-8-sig", errors="replace")
        self._text = _without_code(raw)
        self._found: Counter[str] = Counter()

    def line_of(self, needles: Sequence[str]) -> int:
        """The line of the first of `needles` that the file has; 0 if it has none."""
        for needle in needles:
            places = [
                match.start()
                for match in re.finditer(re.escape(needle), self._text, re.IGNORECASE)
            ]
            if needle and places:
                turn = min(self._found[needle], len(places) - 1)
                self._found[needle] += 1
                return self._text.count("\n", 0, places[turn]) + 1
        return 0


def _without_code(raw: str) -> str:
    """A text with blanks in place of code and comments; its lines stay the same."""
    lines, fence = [], ""
    for line in raw.split("\n"):
        match = _FENCE.match(line)
        if fence:
            if match and match[1].startswith(fence):
                fence = ""
            line = ""  # noqa: PLW2901
        elif match:
            fence, line = match[1], ""  # noqa: PLW2901
        lines.append(line)
    return _CODE_OR_COMMENT.sub(
        lambda match: re.sub(r"[^\n]", " ", match[0]), "\n".join(lines)
    )
