"""Makes tables that no page is too narrow for, and that a policy leaves aligned.

Python-Markdown aligns cells by the attribute `style`, which a Content-Security-Policy
without 'unsafe-inline' forbids: browsers then ignore it. Classes say the same.
"""

import html
import re
from collections.abc import Callable

from . import tags

SCROLLED = "table-scroll"
"""The class of the box that a wide table scrolls in."""

_LABEL_LENGTH = 80
_CELL = tags.pattern(rf"<(?P<cell>t[hd])(?P<attributes>{tags.ATTRIBUTES})\s*>")
_TABLE = tags.pattern(
    rf"<table(?P<attributes>{tags.ATTRIBUTES})\s*>(?P<inside>(?:(?!<table\b).)*?)</table>"
)
_ALIGN = re.compile(r"\s*text-align\s*:\s*(left|right|center)\s*;?\s*", re.IGNORECASE)
_CAPTION = re.compile(r"<caption\b[^>]*>(.*?)</caption>", re.DOTALL | re.IGNORECASE)
_HEAD = re.compile(r"<th\b[^>]*>(.*?)</th>", re.DOTALL | re.IGNORECASE)
# Private-use characters are of other plugins: what they mark may be there only once.
_MARKUP = re.compile("<[^>]*>|[\ue000-\uf8ff]+")

Label = Callable[[int, str], str]
"""The name of a table for those who hear it: of its number, and its heads in words."""


def made_fit(text: str, label: Label) -> str:
    """The HTML `text` with its tables aligned by classes, each in a box of its own.

    The box can be reached by the keyboard, which scrolls it then, so it has a name.
    """
    if "<table" not in text:
        return text
    number = 0

    def table(match: re.Match[str]) -> str:
        nonlocal number
        if "docutils footnote" in match["attributes"]:
            return match[0]  # reStructuredText writes footnotes as tables
        number += 1
        name = tags.escaped(label(number, _words(match["inside"])))
        return (
            f'<div class="{SCROLLED}" role="region" aria-label="{name}" tabindex="0">'
            f"{match[0]}</div>"
        )

    return tags.replaced(_TABLE, tags.replaced(_CELL, text, _aligned), table)


def _aligned(match: re.Match[str]) -> str:
    if "style" not in match["attributes"].lower():
        return match[0]
    values = tags.attributes(match["attributes"])
    align = _ALIGN.fullmatch(values.get("style") or "")
    if align is None:
        return match[0]
    del values["style"]
    classes = (values.get("class") or "").split()
    values["class"] = " ".join([*classes, f"align-{align[1].lower()}"])
    return tags.tag(match["cell"], values)


def _words(inside: str) -> str:
    """What a table is about: its caption, or its heads; empty if it has neither."""
    caption = _CAPTION.search(inside)
    found = [caption[1]] if caption else _HEAD.findall(inside)
    texts = (" ".join(_MARKUP.sub("", one).split()) for one in found)
    words = html.unescape(", ".join(filter(None, texts)))
    if len(words) > _LABEL_LENGTH:
        words = f"{words[:_LABEL_LENGTH].rsplit(' ', 1)[0]} …"
    return words
