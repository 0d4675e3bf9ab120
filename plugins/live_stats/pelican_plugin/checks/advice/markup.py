"""Advice on Markdown that was not recognised, and is shown to readers as it is."""

import re
from collections.abc import Iterator

from ....model.errors import Advice
from .post import Post

_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,2}[.)])\s+\S")
_ROW = re.compile(r"\s*\|?[\s:|–—-]*[–—-][\s:|–—-]*\|[\s:|–—-]*$")
_LINK = re.compile(r"\]\s?\((?:https?:|mailto:|\{|\.{0,2}/|#)[^()\s]*\)")
_FENCE = re.compile(r" {0,3}(?:`{3,}|~{3,})")
_CONFLICT = re.compile(r"(?:<{7}|>{7}) \S")


def find(post: Post) -> Iterator[Advice]:
    """All advice on what one text shows of its own markup."""
    yield from _conflict(post)
    for text in post.outline.paragraphs:
        lines = text.split("\n")
        yield from _list(post, lines)
        yield from _table(post, lines)
        yield from _fence(post, lines)
    yield from _link(post)


def _list(post: Post, lines: list[str]) -> Iterator[Advice]:
    items = [line for line in lines if _ITEM.match(line)]
    if len(items) < 2 or _ITEM.match(lines[0]):
        return
    first = re.findall(r"\w+", items[0])
    yield from post.advice(
        "unread-list",
        post.line_of(
            lambda line: _ITEM.match(line) and re.findall(r"\w+", line) == first
        ),
        "these lines look like a list, and are part of the paragraph above",
        "put an empty line before the first of them",
    )


def _table(post: Post, lines: list[str]) -> Iterator[Advice]:
    rows = [n for n, line in enumerate(lines) if n and _ROW.match(line)]
    if not rows:
        return
    head = re.findall(r"\w+", lines[rows[0] - 1])
    yield from post.advice(
        "unread-table",
        post.line_of(lambda line: "|" in line and re.findall(r"\w+", line) == head),
        "these lines look like a table, and are part of a paragraph",
        "put an empty line before its first row",
    )


def _fence(post: Post, lines: list[str]) -> Iterator[Advice]:
    fences = [n for n, line in enumerate(lines) if _FENCE.match(line)]
    if not fences:
        return
    near = _words_around(lines, fences[0])
    rows = post.raw.split("\n")
    same = [n for n, row in enumerate(rows) if row.strip() == lines[fences[0]].strip()]
    close = [n for n in same if not near.isdisjoint(_words_around(rows, n))]
    yield from post.advice(
        "unread-code",
        next(iter(close or same), -1) + 1,
        "this block of code was not recognised, and is shown with its signs",
        "close it with the same signs in a line of their own, and begin both lines at "
        "the margin",
    )


def _words_around(lines: list[str], number: int) -> set[tuple[str, ...]]:
    """The words of the lines before and after one."""
    around = [*lines[max(0, number - 1) : number], *lines[number + 1 : number + 2]]
    return {words for line in around if (words := tuple(re.findall(r"\w+", line)))}


def _link(post: Post) -> Iterator[Advice]:
    for text in post.outline.words:
        for match in _LINK.finditer(text):
            yield from post.advice(
                "unread-link",
                post.having(match[0]),
                f'"…{match[0]}" did not become a link',
                "write [words](address) with nothing between ] and (, and give an "
                'element of HTML around it markdown="1"',
            )


def _conflict(post: Post) -> Iterator[Advice]:
    line = post.line_of(_CONFLICT.match)
    yield from post.advice(
        "conflict-marker",
        line,
        "a merge has left both sides in this text",
        "keep one of them, and delete the lines of <, = and >",
    )
