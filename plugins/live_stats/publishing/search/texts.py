"""Prepares pages for Pagefind: one language for all, and words where none are spaced.

Pagefind keeps an index for each language, and a search asks only that of its own page:
a German post was not to be found on an English site. So all pages go into one index,
in the language that most of them have; what is stemmed by rules of another language is
still found by its own words, because the query is stemmed by the same rules.

Pagefind parts words at spaces. Japanese and Chinese have none inside a sentence, so a
space is put before each of their letters. `search.js` does the same with what is sought
and asks for the letters in a row, so that any part of a sentence is found. Pagefind's
own segmentation goes by the language of the whole page, knows only the words of its
dictionaries, and costs two seconds a run. For Thai and its neighbours this does not
work: Pagefind finds no letters in a row that carry marks.
"""

import re
from collections import Counter
from collections.abc import Iterable

FORM = "2"
"""Which edition of these rules an index was made by: another makes a new index."""

# The same ranges are in theme/static/search.js.
UNSPACED = (
    "\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9d\U00020000-\U0003ffff"
)
"""Letters of Japanese and Chinese, for a character class."""

MARKS = "\u3001-\u303f\uff01-\uff65"
"""Their punctuation, behind which there is no space either."""

# The first bytes of those in UTF-8: most pages have none of them.
_ANY = re.compile(rb"[\xe3-\xe9\xef\xf0]")
_START = re.compile(
    rf"(?<=[^\s<>])(?=[{UNSPACED}])|(?<=[{UNSPACED}{MARKS}])(?=[^\W{UNSPACED}])"
)
_TAG = re.compile(
    r"(<!--.*?-->|<(?:script|style)\b.*?</(?:script|style)\s*>|<[^>]*>)", re.S
)
_LANG = re.compile(rb"<html\b[^>]*?\blang=[\"']?([\w-]+)", re.I)


def language_of(pages: Iterable[bytes]) -> str:
    """The language that most pages say they are in; `en` where none says any."""
    found = Counter(
        match[1].decode().lower() for match in map(_LANG.search, pages) if match
    )
    if not found:
        return "en"
    return min(found, key=lambda lang: (-found[lang], lang))


def separated(page: bytes) -> bytes:
    """A page with a space before each letter of Japanese and Chinese."""
    if not _ANY.search(page):
        return page
    pieces = _TAG.split(page.decode())
    pieces[::2] = [_START.sub(" ", text) for text in pieces[::2]]
    return "".join(pieces).encode()
