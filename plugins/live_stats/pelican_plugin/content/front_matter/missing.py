"""Says what a post lacks that Pelican demands, and where to write it."""

import re
from collections.abc import Sequence

from .blocks import YAML, block_of
from .dates import EXAMPLE

_HEADING = re.compile(r"#\s+(?P<title>[^#\n]+)")


def missing(raw: str, names: Sequence[str]) -> tuple[int, str, str]:
    """The line for what is missing, what is wrong, and how to correct it.

    `raw` is the file, and `names` are the keys that it has not.
    """
    block = block_of(raw)
    is_yaml = block.form == YAML
    lines = []
    for name in names:
        value = EXAMPLE if name == "date" else "…"
        if name == "title":
            heading = next(filter(None, map(_HEADING.match, block.lines)), None)
            value = heading["title"].strip() if heading else value
        key = name if is_yaml else name.capitalize()
        quoted = f'"{value}"' if is_yaml and name == "title" else value
        lines.append(f"{key}: {quoted}")
    what = f"this file has no {' and no '.join(names)}"
    plural = "lines" if len(lines) > 1 else "a line"
    place = "below the line ---" if is_yaml else "at the top"
    mend = f"add {plural} {place}: {' and '.join(lines)}"
    return (block.start if is_yaml else 1), what, mend
