"""Makes summaries of words: what lists, feeds and descriptions show of a post.

Pelican cuts the HTML of a text, with its headings, ids, footnote marks and tables. In a
list they stand twice, or lead to nothing.
"""

import html
import re
from html.parser import HTMLParser

from pelican import contents

from ...rendering import slots

_SKIPPED = frozenset(
    "h1 h2 h3 h4 h5 h6 table pre figure figcaption script style template nav math svg "
    "video audio iframe object canvas form button select textarea sup-note div-note "
    "details dialog".split()
)
"""Elements of which a summary has nothing; lists of notes are among them."""

_BLOCKS = frozenset(
    "p li dt dd blockquote div section article aside header footer ul ol dl main "
    "address hr body".split()
)
_INLINE = frozenset(
    "a abbr b bdi bdo cite code del dfn em i ins kbd mark q s samp small span strong "
    "sub sup time u var wbr".split()
)
_KEPT = {"a": ("href", "title"), "abbr": ("title",), "time": ("datetime",)}
_KEPT_EVERYWHERE = ("lang", "dir")
_VOID = frozenset(
    "area base br col embed hr img input link meta source track wbr".split()
)
_PART = 1000
"""Characters that are parsed before it is asked whether there are enough words."""

_SPACES = " \t\r\n\f"  # those inside numbers do not break, and stay as they are
_SPACE = re.compile(f"[{_SPACES}]+")
_SIGNS = "\u2e80-\u2fdf\u3005-\u30ff\u3400-\u9fff\uf900-\ufaff"
_CHINESE = re.compile(f"[{_SIGNS}]")
_PIECES = re.compile(f"[{_SPACES}]+|[{_SIGNS}]|[^{_SPACES}{_SIGNS}]+")
"""Spaces, signs that are words by themselves (Chinese, Japanese), and other words."""

_NOTE = re.compile(
    r"\b(?:footnote|footnote-ref|toc|headerlink|admonition-title|embed)(?![\w-])"
)
"""Classes of what is no text of the post: marks, titles, cards of others' posts."""


def install() -> None:
    """Have Pelican make summaries by `words_of`; again is the same as once.

    Pelican (4.11 and 4.12) calls this function, by this name, for a post without a line
    "Summary:".
    """
    contents.truncate_html_words = words_of  # type: ignore[attr-defined, assignment]


def words_of(text: str, length: int, end: str = "…") -> str:
    """The first `length` words of an HTML text, as paragraphs of plain text.

    A live figure counts as a word and stays whole. `end` follows what was cut.
    """
    if int(length) <= 0:
        return ""
    text = slots.without_head(text)  # it is nothing but on the page of the text
    words = _Words(int(length))
    for start in range(0, len(text), _PART):
        words.feed(text[start : start + _PART])
        if words.cut:
            break
    else:
        words.close()
    return words.paragraphs(end)


def cleaned(summary: str) -> tuple[str, str]:
    """A summary that its author wrote, HTML, with words and marks within them alone.

    Links stay; ids and headings as such do not. And the name of an element with
    something that no list can show, as of a picture; empty if there is none.
    """
    if "<" not in summary:
        return summary, ""
    cleaner = _Cleaner()
    cleaner.feed(summary)
    cleaner.close()
    return "".join(cleaner.parts).strip(), cleaner.lost


class _Skipping(HTMLParser):
    """Knows whether a text stands in an element that a summary leaves out."""

    skipped = _SKIPPED

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._outside: list[str] = []  # the elements left out that are open

    def begin(self, tag: str, attrs: list[tuple[str, str | None]]) -> bool:
        """Whether an element that starts here is left out."""
        if self._outside:
            if tag not in _VOID:
                self._outside.append(tag)
            return True
        css = dict(attrs).get("class") or ""
        if tag in self.skipped or (css and _NOTE.search(css)) or _is_mark(tag, attrs):
            if tag not in _VOID:
                self._outside.append(tag)
            return True
        return tag in _VOID and tag not in ("br", "hr", "wbr")

    def end(self, tag: str) -> bool:
        """Whether an element that ends here was left out."""
        if not self._outside:
            return False
        if tag in self._outside:
            while self._outside.pop() != tag:
                pass
        return True


def _is_mark(tag: str, attrs: list[tuple[str, str | None]]) -> bool:
    """Whether an element is the mark of a footnote."""
    return tag == "sup" and (dict(attrs).get("id") or "").startswith("fnref")


class _Words(_Skipping):
    def __init__(self, length: int) -> None:
        super().__init__()
        self.left = length
        self.cut = False
        self.found: list[list[str]] = [[]]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not self.begin(tag, attrs):
            if tag in _BLOCKS:
                self.found.append([])
            elif tag == "br":
                self.handle_data(" ")

    def handle_endtag(self, tag: str) -> None:
        if not self.end(tag) and tag in _BLOCKS:
            self.found.append([])

    def handle_data(self, data: str) -> None:
        if self._outside or self.cut:
            return
        for piece in _PIECES.findall(data):
            if piece[0] in _SPACES:
                self.found[-1].append(" ")
            elif self._continues(piece):
                self.found[-1].append(piece)
            elif self.left > 0:
                self.left -= bool(re.search(r"\w", piece)) or slots.has_any(piece)
                self.found[-1].append(piece)
            else:
                self.cut = True
                return

    def _continues(self, piece: str) -> bool:
        """Whether a piece is part of the word before it: that is never cut."""
        row = self.found[-1]
        if not row or row[-1] == " ":
            return False
        return not _CHINESE.match(piece) and not _CHINESE.match(row[-1])

    def paragraphs(self, end: str) -> str:
        rows = [_SPACE.sub(" ", "".join(row)).strip() for row in self.found]
        rows = [row for row in rows if row]
        if self.cut and rows:
            rows[-1] = f"{rows[-1]} {end}".strip()
        return "\n".join(f"<p>{html.escape(row, quote=False)}</p>" for row in rows)


class _Cleaner(_Skipping):
    skipped = _SKIPPED - {"h1", "h2", "h3", "h4", "h5", "h6"}

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.lost = ""
        self._open = False  # a paragraph

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.begin(tag, attrs):
            self.lost = self.lost or tag
            return
        if tag in _INLINE or tag == "br":
            self._paragraph()
            names = (*_KEPT.get(tag, ()), *_KEPT_EVERYWHERE)
            kept = "".join(
                f' {name}="{html.escape(value or "")}"'
                for name, value in attrs
                if name in names
            )
            self.parts.append(f"<{tag}{kept}>")
        else:
            self._end()

    def handle_endtag(self, tag: str) -> None:
        if self.end(tag):
            return
        if tag in _INLINE and tag not in _VOID:
            self.parts.append(f"</{tag}>")
        elif tag != "br":
            self._end()

    def handle_data(self, data: str) -> None:
        if self._outside:
            return
        if data.strip():
            self._paragraph()
        if self._open:
            self.parts.append(html.escape(data, quote=False))

    def close(self) -> None:
        super().close()
        self._end()

    def _paragraph(self) -> None:
        if not self._open:
            self.parts.append("<p>")
            self._open = True

    def _end(self) -> None:
        if self._open:
            self.parts.append("</p>")
            self._open = False
