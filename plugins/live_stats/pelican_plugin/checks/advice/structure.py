"""Advice on headings, tables, ids and titles: what a text is built of."""

import re
from collections.abc import Iterator

from ....model.errors import Advice
from ...content.front_matter.blocks import metadata_line
from .outline import Heading
from .post import Post

LONGEST_TITLE = 120
"""Characters. Search engines and cards cut titles at half of that."""

_ATX = re.compile(r" {0,3}#{1,6}(?P<text>.*)")
_HTML = re.compile(r"<h[1-6]\b", re.I)
_UNDERLINE = re.compile(r" {0,3}(=+|-+)\s*$")
_HASHTAG = re.compile(r" {0,3}#[^\W\d]\w*")
_EMPTY_ROW = re.compile(r"[\s|]*\|[\s|]*$")
_SEPARATOR = re.compile(r"[\s|:-]*-[\s|:-]*$")


def find(post: Post) -> Iterator[Advice]:
    """All advice on the structure of one text."""
    yield from _headings(post)
    yield from _tables(post)
    yield from _ids(post)
    if len(post.title) > LONGEST_TITLE:
        yield from post.advice(
            "long-title",
            metadata_line(post.raw, "title"),
            f"the title has {len(post.title)} characters, and most places that show "
            "it cut it",
            "say the rest in Summary: or in the text",
        )


def _headings(post: Post) -> Iterator[Advice]:
    level = 1  # the title
    for heading, line in zip(
        post.outline.headings, heading_lines(post, post.outline.headings), strict=True
    ):
        words = " ".join(heading.text.split())
        if not words:
            yield from post.advice(
                "empty-heading", line, "this heading has no words", "delete it"
            )
        if heading.quoted:
            continue
        if heading.level == 1:
            yield from _second_title(post, words, line)
        elif heading.level > level + 1:
            above = "the title" if level == 1 else f"a heading of level {level}"
            yield from post.advice(
                "heading-jump",
                line,
                f'"{words}" is a heading of level {heading.level}, and before it comes '
                f"{above}",
                f"write {'#' * (level + 1)} or add the heading between them",
            )
        level = heading.level


def _second_title(post: Post, words: str, line: int) -> Iterator[Advice]:
    what = (
        f'"{words}" is a heading of the first level, and the title of the page is one'
    )
    mend = "write ## and one # more for all below it"
    if words.casefold() == post.title.casefold():
        what, mend = f'the heading "{words}" repeats the title', "delete it"
    elif _HASHTAG.match(post.lines[line - 1]) if line else False:
        mend += r"; or \# if a hashtag is meant"
    yield from post.advice("second-title", line, what, mend)


def heading_lines(post: Post, headings: list[Heading]) -> list[int]:
    """The line of each heading; 0 where it is not found."""
    candidates = list(_written_headings(post.lines))
    if len(candidates) == len(headings):
        return candidates
    found = []
    for heading in headings:
        words = re.findall(r"\w+", heading.text)[:3]
        near = (
            line
            for line in candidates
            if line not in found and words == _words(post.lines[line - 1])[: len(words)]
        )
        found.append(next(near, 0) if words else 0)
    return found


def _words(line: str) -> list[str]:
    return re.findall(r"\w+", re.sub(r"<[^>]*>", " ", line))


def _written_headings(lines: list[str]) -> Iterator[int]:
    """The lines that look like headings in Markdown or HTML."""
    for number, line in enumerate(lines, 1):
        below = lines[number] if number < len(lines) else ""
        underlined = line.strip() and _UNDERLINE.match(below) and "|" not in line
        if _ATX.match(line) or _HTML.search(line) or underlined:
            yield number


def _tables(post: Post) -> Iterator[Advice]:
    for table in post.outline.tables:
        if table.head.strip() or table.layout or not table.text.strip():
            continue
        first = table.text.strip().splitlines()[0].strip()
        yield from post.advice(
            "table-without-head",
            _empty_head(post) or _line_of_table(post, first),
            "the columns of this table have no names",
            "write them into its first row",
        )


def _line_of_table(post: Post, first: str) -> int:
    """The line of a table in HTML whose first cell is `first`; 0 if there is none."""
    starts = [n for n, line in enumerate(post.lines) if "<table" in line.lower()]
    for start in starts:
        for number, line in enumerate(post.lines[start : start + 5], start + 1):
            if first in line:
                return number
    return 0 if starts else post.having(first)


def _empty_head(post: Post) -> int:
    """The line of a table in Markdown whose first row is empty; 0 if there is none."""
    for number, (line, below) in enumerate(
        zip(post.lines, post.lines[1:], strict=False), 1
    ):
        if _EMPTY_ROW.match(line) and _SEPARATOR.match(below):
            return number
    return 0


def _ids(post: Post) -> Iterator[Advice]:
    ids = post.outline.ids
    for one in dict.fromkeys(ids):
        if ids.count(one) < 2:
            continue
        written = re.compile(rf"""(?:\bid\s*=\s*["']?|\{{[^}}]*#){re.escape(one)}\b""")
        lines = [n for n, line in enumerate(post.lines, 1) if written.search(line)]
        yield from post.advice(
            "duplicate-id",
            lines[-1] if lines else 0,
            f'the id "{one}" is given twice, so a link to it may lead to the wrong one',
            "give one of them another",
        )
