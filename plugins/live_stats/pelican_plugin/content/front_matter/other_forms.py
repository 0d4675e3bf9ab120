"""Checks the keys, dates and languages of posts in reStructuredText and HTML.

Pelican reads these itself, so their values cannot be put right here: a code such as
pt_BR is a mistake in them.
"""

import re

from ....i18n import language_tags
from ..sources import Source
from . import dates, keys

_FIELD = re.compile(r"^:(?P<key>[\w-]+):[ \t]+(?P<value>.*)$", re.MULTILINE)
_META = re.compile(
    r"<meta\s+name=\"(?P<key>[^\"]+)\"\s+contents?=\"(?P<value>[^\"]*)\"", re.IGNORECASE
)


def check(source: Source) -> None:
    """Find what is wrong in the front matter of a source that is not Markdown."""
    is_html = source.path.lower().endswith((".html", ".htm"))
    head = source.raw.partition("<body" if is_html else "\n\n\n")[0]
    found = list((_META if is_html else _FIELD).finditer(head))
    present = {match["key"].lower() for match in found}
    for match in found:
        line = head.count("\n", 0, match.start()) + 1
        key, value = match["key"], match["value"].strip()
        _check_field(source, line, key, value, present)


def _check_field(
    source: Source, line: int, key: str, value: str, present: set[str]
) -> None:
    name = key.lower()
    if name not in keys.NAMES:
        if usual := keys.meant(name, present).lower():
            what = f"{key}: is no key that is known"
            source.wrong(line, what, f'did you mean "{usual}"?')
        elif name == "draft":
            source.wrong(line, "draft is no key that is known", "write status: draft")
    elif name in ("date", "modified") and (problem := dates.problem(value)):
        source.wrong(line, f"{key}: {problem[0]}", problem[1])
    elif name == "lang" and value.lower() != language_tags.canonical(value).lower():
        near = language_tags.canonical(value) or language_tags.suggested(value)
        source.wrong(
            line,
            f'{key}: "{value}" is no code of a language that is known',
            f'did you mean "{near}"?' if near else "write one as en, de or pt-BR",
        )
