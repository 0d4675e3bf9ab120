"""Finds links of the settings that lead to nothing: of the menu and of the foot.

They are on every page, so what looks at pages would blame the theme.
"""

from collections.abc import Container, Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from ...model.errors import Mistake

_SETTINGS = ("MENUITEMS", "LINKS", "SOCIAL")


def broken_settings_links(
    site: Mapping[str, Any], names: Container[str]
) -> dict[str, Mistake]:
    """By address, the mistakes in links of the settings. `names` are the site's files.

    The mistakes name their setting first, so that its line is found.
    """
    found = {}
    for setting in _SETTINGS:
        for label, address, *_ in site.get(setting) or ():
            parts = urlsplit(address)
            if parts.scheme or address.startswith("//"):
                continue
            path = unquote(parts.path).strip("/")
            if path not in names and f"{path}/index.html".lstrip("/") not in names:
                what = (
                    f'{setting} has "{label}", whose address {address} leads to nothing'
                )
                mend = "name a page of the site, as in about/, or a web address"
                found[address] = Mistake(path="pelicanconf.py", what=what, mend=mend)
    return found


def without_pages_of(
    broken: Mapping[str, Mistake], mistakes: list[Mistake], authors: str
) -> list[Mistake]:
    """The mistakes, but for those of pages that show a broken link of the settings.

    What is written below `authors`, "content/", is a mistake of its own.
    """
    ends = tuple(f'{address.lstrip("/")}" leads to nothing' for address in broken)
    return [
        one
        for one in mistakes
        if one.path.startswith(authors) or not any(end in one.what for end in ends)
    ]
