"""Has Pelican resolve the addresses in a `srcset`, for the page that shows the picture.

Changes `Content._update_content`, which resolves `{static}` in other attributes; it is
the only place that knows for which page a text is made. Checked with Pelican 4.11 and
4.12.
"""

import re
from typing import Any
from urllib.parse import quote

from pelican.contents import Content

from . import tags
from .pictures import FOLDER, SCALED, without_spaces

_SET = tags.pattern(r"""<(?:img|source)\b[^>]*?\ssrcset="(?P<set>[^"]*[{|][^"]*)\"""")
_PARTS = re.compile(r"\s*(?P<address>\S*[^\s,])(?P<width>\s+[^\s,]+)?\s*(?:,|\Z)")


def install() -> None:
    """Replace the method, for all builds of this process; again is the same as once."""
    usual = Content._update_content
    if getattr(usual, "resolves_sets", False):
        return

    def _update_content(post: Any, content: str, siteurl: str) -> str:
        if content and "srcset=" in content:
            content = tags.replaced(
                _SET, content, lambda match: one(post, match, siteurl)
            )
        return usual(post, content, siteurl)

    def one(post: Any, match: re.Match[str], siteurl: str) -> str:
        def address(part: re.Match[str]) -> str:
            return f"{resolved(post, part['address'], siteurl)}{part['width'] or ''}"

        sizes = ", ".join(map(address, _PARTS.finditer(match["set"])))
        start, end = (
            match.start("set") - match.start(),
            match.end("set") - match.start(),
        )
        return f"{match[0][:start]}{sizes}{match[0][end:]}"

    def resolved(post: Any, address: str, siteurl: str) -> str:
        if address.startswith(SCALED):
            folder = f"{post.settings['THEME_STATIC_DIR']}/{FOLDER}"
            return f"{siteurl}/{quote(f'{folder}/{address.removeprefix(SCALED)}')}"
        before, after = '<img src="', '">'
        text = usual(post, f"{before}{address}{after}", siteurl)
        return without_spaces(text.removeprefix(before).removesuffix(after))

    _update_content.resolves_sets = True  # type: ignore[attr-defined]
    # For `incremental`: what decides is what decides in the usual method. Without this
    # an edited text would have all pages looked at.
    _update_content.incremental_own = True  # type: ignore[attr-defined]
    owner: Any = Content
    owner._update_content = _update_content
