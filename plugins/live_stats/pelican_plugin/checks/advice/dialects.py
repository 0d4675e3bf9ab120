"""Advice on what other programs' Markdown has and ours has not: it is shown as written.

Authors who come from GitHub, Hugo, Jekyll or WordPress bring it along.
"""

import html
import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import Any

from ....model.errors import Advice
from .post import Post

_ITEM = re.compile(r"(?P<indent> *)(?:[-*+]|\d{1,3}\.)\s+\S")
_FENCE = re.compile(r"\s+(?:`{3,}|~{3,})\s*(?P<language>[\w+#-]*)\s*$")
_EMOJI = re.compile(r"(?<![\w:]):[a-z0-9_+-]+:(?![\w:])")
_QUOTE = re.compile("[\"'“”‘’«»„]")

_AS_CODE = "write Markdown in its place, or put it into `code` if readers are to see it"
_LIQUID = (
    "highlight|endhighlight|include|include_relative|post_url|link|gist|figure|image|"
    "img|youtube|vimeo|video|tweet|twitter"
)
_SIGNS = (
    (re.compile(r"\{\{[<%]\s*/?[\w-][^}\n]*\}\}"), "a shortcode of Hugo", _AS_CODE),
    (re.compile(rf"\{{%-?\s*(?:{_LIQUID})\b[^%\n]*%\}}"), "a tag of Liquid", _AS_CODE),
    (
        re.compile(r"\[(?:gallery|caption|embed|audio|video|playlist)\b[^\]\n]*\]"),
        "a shortcode of WordPress",
        _AS_CODE,
    ),
    (
        re.compile(r"(?<![*\w\\])\*\*[^\s*][^*\n]*(?<=\S)\*\*"),
        "Markdown inside HTML",
        'write markdown="1" into the element of HTML around it: <div markdown="1">',
    ),
    (
        re.compile(r"(?<![*\w\\])\*\*[^\s*][^*\n]*\s\*\*(?!\*)"),
        "bold text with a space before its end",
        "delete the space",
    ),
    (
        re.compile(r"\{:[^}\n]*\}"),
        "a list of attributes that was not read",
        "write it right behind a link or a picture; or in a line of its own below a "
        "paragraph",
    ),
    (
        re.compile(r"\[!(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]"),
        "an alert of GitHub",
        "write !!! note, and the text below it with four spaces before each line",
    ),
    (
        re.compile(r"\^\[[^\]\n]+\]"),
        "a footnote inside the text",
        "write [^1] in its place, and a line [^1]: with its words below",
    ),
    (re.compile(r"(?<!=)==[^\s=][^=\n]*(?<=\S)==(?!=)"), "marked text", "write <mark>"),
    (re.compile(r"(?<=\w)~\w{1,3}~"), "a subscript", "write <sub>"),
    (re.compile(r"(?<=\w)\^\w{1,3}\^"), "a superscript", "write <sup>"),
    (
        re.compile(r"\$\$[^$]+\$\$"),
        "a formula",
        "formulas are not drawn here: write it as `code`, or show a picture of it",
    ),
)


def find(post: Post) -> Iterator[Advice]:
    """All advice on one text in Markdown."""
    if not post.path.lower().endswith(".md"):
        return
    yield from _signs(post)
    yield from _emoji(post)
    yield from _paragraphs(post)
    yield from _table_of_contents(post)
    yield from _nesting(post)
    yield from _indented_code(post)


def _signs(post: Post) -> Iterator[Advice]:
    given = set()
    for text in post.outline.words:
        for pattern, what, mend in _SIGNS:
            for match in pattern.finditer(text):
                words = _QUOTE.split(match[0])[0].split("\n")[0]
                if words in given:
                    continue
                given.add(words)
                yield from post.advice(
                    "other-markdown",
                    post.having(words),
                    f'"{words}" is {what}, which is shown as it is written',
                    mend,
                )


@cache
def _emoji_signs() -> dict[str, str]:
    """The names that GitHub gives to emoji, with their characters."""
    gemoji_db = import_module("pymdownx.gemoji_db")  # large, and rarely needed

    signs: dict[str, Any] = gemoji_db.emoji
    names = dict(gemoji_db.aliases)
    found = {name: one["unicode"] for name, one in signs.items() if "unicode" in one}
    found |= {name: found[other] for name, other in names.items() if other in found}
    return {
        name: "".join(chr(int(code, 16)) for code in codes.split("-"))
        for name, codes in found.items()
    }


def _emoji(post: Post) -> Iterator[Advice]:
    names = [name for text in post.outline.words for name in _EMOJI.findall(text)]
    for name in dict.fromkeys(names):
        if name in _emoji_signs():
            yield from post.advice(
                "emoji-name",
                post.having(name),
                f'"{name}" is the name of an emoji, which is shown as it is written',
                f"write {_emoji_signs()[name]}",
            )


def _paragraphs(post: Post) -> Iterator[Advice]:
    for text in post.outline.paragraphs:
        broken = next((o for o in text.split("\n")[:-1] if o.endswith("\\")), "")
        if broken:
            yield from post.advice(
                "other-markdown",
                post.having(broken),
                "the \\ at the end of this line is shown, and breaks no line",
                "write two spaces in its place",
            )
        rows = [o for o in text.split("\n") if re.match(r"\|.*\|\s*$", o)]
        if len(rows) > 1 and not any(re.match(r"[|\s:–—-]+$", o) for o in rows):
            yield from post.advice(
                "unread-table",
                post.having(rows[0]),
                "these lines look like a table, and are a paragraph",
                "put a line |---|---| below the first of them",
            )
        items = [o for o in text.split("\n") if re.match(r"\d{1,2}\) ", o)]
        if len(items) > 1:
            yield from post.advice(
                "unread-list",
                post.having(items[0]),
                "these lines look like a list, and are a paragraph",
                'write "1." in place of "1)"',
            )


def _table_of_contents(post: Post) -> Iterator[Advice]:
    yield from post.advice(
        "other-markdown",
        post.line_of(lambda line: line.strip() in ("{:toc}", "{: toc}", "{:toc .toc}")),
        "this makes a table of contents in kramdown, and none here",
        "write [TOC] in place of this line and the item above it",
    )


def _nesting(post: Post) -> Iterator[Advice]:
    """Items that are to be inside of another one, with less than four spaces each."""
    above: int | None = None  # the indent of the item before, in the same list
    after_blank, told = True, False
    for number, line in enumerate(post.lines, 1):
        item = _ITEM.match(line)
        if item is None:
            outside = re.match(r" {1,3}\S", line) and after_blank
            if outside and above is not None and not told:
                yield from _too_few(post, number, "paragraph")
            if outside or (line.strip() and not line.startswith(" ")):
                above = None
            after_blank = not line.strip()
            continue
        indent = len(item["indent"])
        if above is None and (not after_blank or indent > 3):
            continue  # it begins no list
        told = told and above is not None
        if told:
            continue
        if above is not None and indent >= above + 2 and indent // 4 == above // 4:
            yield from _too_few(post, number, "item")
            told = True
        above, after_blank = indent, False


def _too_few(post: Post, number: int, part: str) -> Iterator[Advice]:
    line = post.lines[number - 1]
    spaces = len(line) - len(line.lstrip())
    yield from post.advice(
        "unread-nesting",
        number,
        f"this {part} has {spaces} spaces before it, too few to be inside of the item "
        "above",
        "write four spaces for each level",
    )


def _indented_code(post: Post) -> Iterator[Advice]:
    rows = post.raw.split("\n")
    for number, (row, below) in enumerate(zip(rows, rows[1:], strict=False), 1):
        fence = _FENCE.match(row)
        if not fence or not below.strip():
            continue
        first = re.escape(html.escape(below.strip(), quote=False))
        language = re.escape(fence["language"])
        if re.search(rf"<code>{language}\s*{first}", _without_blocks(post.html)):
            yield from post.advice(
                "unread-code",
                number,
                "this block of code was not recognised, for there are spaces before it",
                "begin its lines at the margin; in a list, write eight spaces before "
                "each line of code in place of the signs around it",
            )


def _without_blocks(text: str) -> str:
    return re.sub(r"<pre\b.*?</pre>", "", text, flags=re.DOTALL)
