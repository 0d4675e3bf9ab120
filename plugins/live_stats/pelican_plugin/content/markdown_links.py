"""Finds links, references and footnotes of a Markdown source that became none.

Markdown leaves what it cannot resolve in the text, and drops a definition that nothing
uses: both without a word.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from .code_blocks import without_code
from .sources import Source

_EMPTY = re.compile(r"(?<![\w\\])!?\[(?P<text>[^\[\]]*)\]\(\s*(?:<\s*>)?\s*\)")
_EMPTY_HTML = re.compile(
    r"""<(?:a|img|source|video|audio)\b[^<>]*?\s(?P<what>(?:href|src)\s*=\s*"""
    r"""(?:"\s*"|'\s*'))""",
    re.I,
)
_MAYBE_EMPTY = re.compile(r"\]\(\s*(?:<\s*>)?\s*\)|=\s*(?:\"\s*\"|'\s*')")
_DEFINITION = re.compile(
    r"^ {0,3}\[(?P<label>[^\[\]\n]+)\]:[ \t]*(?P<rest>.*)$", re.MULTILINE
)
_FOOTNOTE = re.compile(r"(?<!\\)\[\^(?P<label>\w[^\[\]\n]*)\]")
_USE = re.compile(
    r"(?<![\w\]\\])!?\[(?P<text>[^\[\]]+)\]\s?\[(?P<label>[^\[\]^][^\[\]]*|)\](?![(\[])"
)
_BRACKETS = re.compile(r"(?<!\\)\[(?P<label>[^\[\]]+)\]")
_RANGE = re.compile(r"\w-\w")  # [^a-z] is a pattern, and no footnote
_COMMENT = ("//", "comment")
"""Labels of definitions that are written so that nobody sees them."""


class _Definition(NamedTuple):
    label: str
    line: int
    end: int  # the place in the text that follows its label
    rest: str


def check_links(source: Source, texts: Callable[[], str]) -> None:
    """Add what leads nowhere to the mistakes of `source`.

    `texts` gives the words of the page outside its code: what still stands there as
    brackets has become no link.
    """
    raw = source.raw
    if "[" not in raw and "<" not in raw:
        return
    if "](" in raw or "<" in raw:
        _check_empty(source, raw)
    if not any(sign in raw for sign in ("[^", "]:", "][", "] [", "]\n[")):
        return
    text = without_code(raw)
    definitions = [
        _Definition(match["label"], _line(text, match.start()), match.end("label"), r)
        for match in _DEFINITION.finditer(text)
        for r in [match["rest"].strip()]
    ]
    _check_repeated(source, definitions)
    shown = cache(texts)
    _check_footnotes(source, text, shown, definitions)
    _check_references(source, text, shown, definitions)


def _check_empty(source: Source, raw: str) -> None:
    if not _MAYBE_EMPTY.search(raw):
        return
    text = without_code(raw)
    for match in _EMPTY.finditer(text):
        source.wrong(
            _line(text, match.start()),
            f"{match[0]} has no address",
            "write it between the round brackets, or take the link away",
        )
    for match in _EMPTY_HTML.finditer(text):
        source.wrong(
            _line(text, match.start("what")),
            f"{match['what']} has no address",
            "write it between the quotes, or take the element away",
        )


def _check_repeated(source: Source, definitions: list[_Definition]) -> None:
    first: dict[str, _Definition] = {}
    for one in definitions:
        other = first.setdefault(_normal(one.label), one)
        is_note = one.label.startswith("^")
        if other is not one and (is_note or one.rest != other.rest):
            if _normal(one.label) in _COMMENT:
                continue
            source.wrong(
                one.line,
                f"[{one.label}] is defined in line {other.line} too, and one is lost",
                "give it another name, here and where it is used",
            )


def _check_footnotes(
    source: Source,
    text: str,
    shown: Callable[[], str],
    definitions: list[_Definition],
) -> None:
    notes = {_normal(one.label[1:]) for one in definitions if one.label[0] == "^"}
    defined_at = {one.end for one in definitions}
    used = set()
    for match in _FOOTNOTE.finditer(text):
        label = match["label"]
        if match.end("label") in defined_at:
            continue
        used.add(_normal(label))
        unknown = _normal(label) not in notes and f"[^{label}]" in shown()
        if unknown and not _RANGE.fullmatch(label):
            source.wrong(
                _line(text, match.start()),
                f"the footnote [^{label}] has no definition",
                f"add a line [^{label}]: and its text, or mend the name",
            )
    for one in definitions:
        if one.label[0] == "^" and _normal(one.label[1:]) not in used:
            source.wrong(
                one.line,
                f"nothing uses [{one.label}], so this footnote is lost",
                f"write [{one.label}] where it belongs, or delete it",
            )


def _check_references(
    source: Source,
    text: str,
    shown: Callable[[], str],
    definitions: list[_Definition],
) -> None:
    known = {_normal(one.label) for one in definitions}
    for match in _USE.finditer(text):
        label = match["label"] or match["text"]
        if _normal(label) in known or not _is_shown(match["label"], shown):
            continue
        if match["text"].isdigit() and label.isdigit():
            continue  # [1][2] are two sources
        if "][" not in match[0] and not re.search(r"\d", match["text"]):
            continue  # [sic] [x]: two words, unless it is a claim that has a number
        source.wrong(
            _line(text, match.start()),
            f"{' '.join(match[0].split())} has no definition",
            f"add a line [{label}]: stat:… or [{label}]: /address/, or mend the name",
        )
    used = set(_used(text, {one.end for one in definitions}))
    for one in definitions:
        if one.label[0] == "^" or one.rest.lower().startswith(("stat:", "<stat:")):
            continue  # of a figure `source_checks` says more
        if _normal(one.label) in used or _normal(one.label) in _COMMENT:
            continue
        if one.rest.split(" ")[0] in ("#", "<>"):
            continue  # a comment too
        source.wrong(
            one.line,
            f"nothing uses [{one.label}], and readers do not see this line",
            f"write [the text][{one.label}] where the link belongs, or delete it",
        )


def _used(text: str, defined_at: set[int]) -> Iterator[str]:
    for match in _BRACKETS.finditer(text):
        if match.end("label") not in defined_at:
            yield _normal(match["label"])
    # A picture in a link, and brackets in a text, have their label behind them.
    for found in re.finditer(r"\]\s?\[(?P<label>[^\[\]]+)\]", text):
        yield _normal(found["label"])


def _is_shown(label: str, shown: Callable[[], str]) -> bool:
    """Whether a label stands in the text, where a link would have taken it away.

    Typographic quotes and dashes may have replaced others in it.
    """
    return f"[{label}]" in shown() or bool(re.search("[\"'.-]", label))


def _normal(label: str) -> str:
    return " ".join(label.split()).casefold()


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1
