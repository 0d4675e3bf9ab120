"""Says what a post lacks that Pelican demands, and where to write it."""

import re
import unicodedata
from collections.abc import Sequence

from .blocks import YAML, block_of
from .dates import EXAMPLE

_HEADING = re.compile(r"#\s+(?P<title>[^#\n]+)")

_NEARLY = re.compile(
    r"[\W_]*(?P<key>title|date)[\W_]*?[:：=][\W_]*?(?P<value>\w[^\"{}]*)", re.IGNORECASE
)


def missing(raw: str, names: Sequence[str]) -> tuple[int, str, str]:
    """The line for what is missing, what is wrong, and how to correct it.

    `raw` is the file, and `names` are the keys that it has not.
    """
    block = block_of(raw)
    is_yaml = block.form == YAML
    if not is_yaml and (found := _elsewhere(block.lines, names)):
        return found
    lines = []
    for name in names:
        value = EXAMPLE if name == "date" else "…"
        if name == "title":
            heading = next(filter(None, map(_HEADING.match, block.lines)), None)
            value = heading["title"].strip() if heading else value
        key = name if is_yaml else name.capitalize()
        quoted = f'"{value}"' if is_yaml and name == "title" else value
        lines.append(f"{key}: {quoted}")
    what = "this file has no " + " and no ".join(f"'{name}'" for name in names)
    plural = "lines" if len(lines) > 1 else "a line"
    place = "below the line ---" if is_yaml else "at the top"
    mend = f"add {plural} {place}: {' and '.join(lines)}"
    return (block.start if is_yaml else 1), what, mend


def _elsewhere(lines: list[str], names: Sequence[str]) -> tuple[int, str, str] | None:
    """A line that was to be what is missing, but is none of the front matter."""
    for number, line in enumerate(lines[:40], 1):
        match = _NEARLY.match(line)
        if match and match["key"].lower() in names:
            first = line.lstrip()[:1]
            if unicodedata.category(first) == "Cf":
                what = f"the invisible character U+{ord(first):04X} begins this line"
                return number, what, "delete it"
            key, value = match["key"].capitalize(), match["value"].strip(" \"',")
            what = f'"{line.strip()[:60]}" is no line of a front matter'
            mend = f"write it as {key}: {value} at the top of the file, "
            mend += "with nothing above and no empty line between the keys"
            return number, what, mend
    return None
