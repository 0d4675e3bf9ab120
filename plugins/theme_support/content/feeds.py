"""Makes a post's HTML fit for feeds, whose readers know no style sheet of the site."""

import re

from . import tags
from .tables import SCROLLED

_BOX = re.compile(
    rf'<div class="{SCROLLED}" [^>]*>(?P<table><table.*?</table>)</div>', re.S
)
_CELL = re.compile(rf"<(?P<cell>t[hd])(?P<attributes>{tags.ATTRIBUTES})\s*>", re.I)
_FOCUS = re.compile(r'(<pre\b[^>]*?) tabindex="0"')


def for_feeds(text: str) -> str:
    """The HTML `text` with tables as they are without a style sheet.

    Cells get `align`, which feed readers keep and HTML has given up; boxes that scroll
    and places for the keyboard go. Private-use characters stay as they are.
    """
    if "<table" in text:
        text = _BOX.sub(lambda match: match["table"], text)
        text = _CELL.sub(_aligned, text)
    return _FOCUS.sub(r"\1", text) if "<pre" in text else text


def _aligned(match: re.Match[str]) -> str:
    if "align-" not in match["attributes"]:
        return match[0]
    values = tags.attributes(match["attributes"])
    for one in (values.get("class") or "").split():
        if one in ("align-left", "align-right", "align-center"):
            values["align"] = one.removeprefix("align-")
            if values["class"] == one:
                del values["class"]
            return tags.tag(match["cell"], values)
    return match[0]
