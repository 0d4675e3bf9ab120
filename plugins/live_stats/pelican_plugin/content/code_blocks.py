"""Finds the code and comments of a Markdown file, where nothing is a link."""

import re

_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
_CODE_OR_COMMENT = re.compile(
    r"<!--(?:[^\n]|\n)*?(?:-->|\Z)|"
    r"(?<![\\`])(`+)(?!`)(?:[^\n]|\n(?!\s*\n))+?(?<!`)\1(?!`)"
)


def without_code(raw: str) -> str:
    """A source with blanks in place of code and comments; its lines stay the same."""
    code = code_lines(raw)
    lines = enumerate(raw.split("\n"), 1)
    text = "\n".join("" if number in code else line for number, line in lines)
    return _CODE_OR_COMMENT.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)


def code_lines(raw: str) -> set[int]:
    """The numbers of the lines inside fenced code, its fences among them."""
    inside, fence = set(), ""
    for number, line in enumerate(raw.split("\n"), 1):
        match = _FENCE.match(line)
        if fence:
            inside.add(number)
            if match and match[1].startswith(fence):
                fence = ""
        elif match:
            fence = match[1]
            inside.add(number)
    return inside
