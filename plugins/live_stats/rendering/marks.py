"""The mark by which the theme's `live.js` finds in a page what filled a slot.

Only pages of a site that says how often it is refreshed carry it: on all others it
would be bytes for nothing.
"""

import re

MARK = "data-live"

_ROOT = re.compile(r"<[a-zA-Z][^\s/>]*")


def marked(markup: str) -> str:
    """A fragment whose root element carries the mark.

    One without an element, or with nothing at all, gets one around it: a place where
    there is nothing yet must be found again too.
    """
    root = _ROOT.match(markup)
    if root is None:
        return f"<span {MARK}>{markup}</span>"
    return f"{root[0]} {MARK}{markup[root.end() :]}"
