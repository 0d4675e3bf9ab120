"""Finds the links in the source of a post, each with its line.

Markdown and Pelican make other addresses of them, but a broken link is reported where
its author wrote it.
"""

import html
import re
from bisect import bisect_right
from collections.abc import Iterator

from ...publishing.links import candidates
from ..content.code_blocks import without_code

_INLINE = re.compile(
    r"\]\(\s*(?:<(?P<angle>[^<>\n]*)>|"
    r"(?P<plain>(?:\\.|[^()\\]|\((?:\\.|[^()\\])*\))*?))"
    r"(?:\s+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?\s*\)"
)
_DEFINED = re.compile(
    r"^ {0,3}\[[^\]\n]+\]:\s*(?:<(?P<angle>[^<>\n]*)>|(?P<plain>\S+))"
)
_HTML = re.compile(
    r"""\b(?P<name>href|src|srcset|poster|data)\s*=\s*"""
    r"""(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'>]+))""",
    re.I,
)
_META = re.compile(r"^ {0,3}(?:[\w-]+:)?[ \t]*(?P<plain>\S.*?)[ \t]*$")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()<>#+\-.!])")


def links_in(raw: str) -> Iterator[tuple[str, int]]:
    """Every address in a source, as Markdown understands it, with its line from 1.

    Links and images, their definitions, attributes of HTML, and whole values of the
    front matter, which a template may show as one. There are none in code.
    """
    text = without_code(raw)
    starts = [match.end() for match in re.finditer("\n", text)]
    for match in _INLINE.finditer(text):
        group = "plain" if match["angle"] is None else "angle"
        yield _clean(match[group]), bisect_right(starts, match.start(group)) + 1
    for match in _HTML.finditer(text):
        group = next(g for g in ("double", "single", "bare") if match[g] is not None)
        line = bisect_right(starts, match.start(group)) + 1
        value = html.unescape(match[group])
        several = match["name"].lower() == "srcset"
        for one in candidates(value) if several else [value.strip()]:
            yield one, line
    head = True
    for number, row in enumerate(text.split("\n"), 1):
        if defined := _DEFINED.match(row):
            group = "plain" if defined["angle"] is None else "angle"
            yield _clean(defined[group]), number
        head = head and (number == 1 or bool(row.strip("-. \t")))
        if head and (meta := _META.match(row)):
            value = meta["plain"].strip("\"'")
            if re.search("[./{|]", value):  # other words are no addresses
                yield value, number


def line_of(raw: str, address: str) -> int:
    """The first line that has an address in any form; 0 if none has it."""
    position = raw.find(address)
    return raw.count("\n", 0, position) + 1 if address and position >= 0 else 0


def _clean(address: str) -> str:
    return html.unescape(_ESCAPED.sub(r"\1", address)).strip()
