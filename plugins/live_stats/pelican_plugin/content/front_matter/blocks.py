"""Finds the front matter of a post: Pelican's own form, or YAML between `---` lines.

A file whose first line that is not empty is `---` has YAML; so has no post in Pelican's
form, where that line would be a key.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markdown.extensions.meta import META_MORE_RE, META_RE

PELICAN, YAML, TOML = "pelican", "yaml", "toml"

_END = re.compile(r"(?:---|\.\.\.)\s*\Z")
OTHER_NAMES: Mapping[str, str] = {
    **dict.fromkeys(("aliases", "redirect_from", "permalink", "url"), "alias"),
    **dict.fromkeys(("excerpt", "description"), "summary"),
    **dict.fromkeys(("lastmod", "last_modified_at", "date_updated"), "modified"),
    **dict.fromkeys(("publishdate", "date_published"), "date"),
    "categories": "category",
    "language": "lang",
}
"""What other generators call the same, in YAML."""

YAML_KEY = re.compile(
    r"(?P<key>\"[^\"]*\"|'[^']*'|[^\s#\-'\"\[\]{}&*!|>%@`,?:][^:#]*?)\s*:(?:\s|\Z)"
)
"""A line of YAML that begins with a key of the topmost mapping."""


@dataclass(frozen=True, slots=True)
class Field:
    """One line of a front matter: its key as written, and in lower case; its line.

    `value` is a text, or what YAML makes of it: a list, a mapping, a number.
    """

    key: str
    name: str
    line: int
    value: Any


@dataclass(frozen=True, slots=True)
class Block:
    """The place of a front matter in the lines of a file.

    It is `lines[start:end]`, and the text begins at `lines[text]`. An `unclosed` block
    of YAML has no line that ends it.
    """

    form: str
    lines: list[str]
    start: int
    end: int
    text: int
    unclosed: bool = False

    @property
    def markdown(self) -> str:
        """What Python-Markdown is to read: it takes Pelican's form apart itself."""
        if self.form == PELICAN:
            return "\n".join(self.lines[self.start :])
        # The empty line keeps it from looking for its own front matter in the text.
        return "\n".join(["", *self.lines[self.text :]])

    @property
    def source(self) -> str:
        """The front matter itself."""
        return "\n".join(self.lines[self.start : self.end])


def block_of(raw: str) -> Block:
    """The front matter of a text; that of Pelican's form may have no line."""
    lines = raw.split("\n")
    first = next((n for n, line in enumerate(lines) if line.strip()), 0)
    mark = lines[first].rstrip()
    if mark == "+++":
        ends = _first(lines, first + 1, lambda line: line.rstrip() == "+++")
        end = len(lines) if ends is None else ends
        return Block(TOML, lines, first + 1, end, end + 1)
    if mark == "---":
        ends = _first(lines, first + 1, lambda line: bool(_END.match(line)))
        if ends is not None:
            return Block(YAML, lines, first + 1, ends, ends + 1)
        empty = _first(lines, first + 1, lambda line: not line.strip())
        end = len(lines) if empty is None else empty
        return Block(YAML, lines, first + 1, end, end, unclosed=True)
    if mark.startswith("---"):  # Python-Markdown takes it for a beginning as well
        first += 1
    end = first
    while end < len(lines) and _is_pelican_line(lines, end, first):
        end += 1
    return Block(PELICAN, lines, first, end, end)


def pelican_fields(block: Block) -> list[Field]:
    """The lines of Pelican's form, as Python-Markdown's extension "meta" reads them."""
    found: list[Field] = []
    for number, line in enumerate(block.lines[block.start : block.end], 1):
        match = META_RE.match(line.expandtabs(4))
        if match:
            key = match["key"].strip()
            value = match["value"].strip()
            found.append(Field(key, key.lower(), block.start + number, value))
        else:
            last = found.pop()
            more = f"{last.value}\n{line.strip()}"
            found.append(Field(last.key, last.name, last.line, more))
    return found


def key_lines(raw: str) -> Mapping[str, int]:
    """The first line of each key of a front matter, by its name in lower case."""
    block = block_of(raw)
    if block.form == PELICAN:
        fields = [(one.name, one.line) for one in pelican_fields(block)]
    else:
        fields = [
            (match["key"].strip("\"'").strip().lower(), number)
            for number, line in enumerate(
                block.lines[block.start : block.end], block.start + 1
            )
            if (match := YAML_KEY.match(line))
        ]
    lines: dict[str, int] = {}
    for name, number in fields:
        lines.setdefault(name, number)
    if block.form == YAML:
        for other, name in OTHER_NAMES.items():
            if other in lines:
                lines.setdefault(name, lines[other])
    return lines


def metadata_line(raw: str, *names: str) -> int:
    """The line of a post's front matter with the first of `names` that it has.

    1 if it has none of them.
    """
    found = key_lines(raw)
    return next((found[one] for one in map(str.lower, names) if one in found), 1)


def _is_pelican_line(lines: list[str], at: int, first: int) -> bool:
    line = lines[at].expandtabs(4)
    if not line.strip():
        return False
    return bool(META_RE.match(line) or (at > first and META_MORE_RE.match(line)))


def _first(lines: list[str], start: int, is_it: Any) -> int | None:
    return next((n for n in range(start, len(lines)) if is_it(lines[n])), None)
