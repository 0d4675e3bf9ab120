"""Makes Pelican write addresses that work, whatever the name of a file is.

Pelican (4.11 and 4.12) puts names into addresses as they are: a space, `#`, `?` or `%`
ends one or means something else. It compares names byte by byte, but macOS writes an
accent as a sign of its own. And it takes the `&amp;` of a category as its name has it.
"""

import html
import os
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable
from typing import Any
from urllib.parse import quote, unquote

from pelican.contents import Content, Static

_SAFE = "/:@!$*()+,;=~"
_RESERVED = "%?#&'[]"
"""What an address that its author wrote may have besides."""

_KINDS = {
    "filename": ("generated_content", "static_content"),
    "static": ("static_content",),
    "attach": ("static_content",),
}
_WORDS = ("tag", "category", "author")


def install() -> None:
    """Change Pelican's class `Content`; again is the same as once.

    The usual methods stay below the new ones: what others replace is not lost.
    """
    if getattr(Content, "_live_stats_addresses", False):
        return
    Content._live_stats_addresses = True  # type: ignore[attr-defined]
    changes: tuple[tuple[str, Callable[[Any], Any]], ...] = (
        ("get_url_setting", _encoding),
        ("_link_replacer", _finding),
        ("get_static_links", _spelling),
    )
    for name, changed in changes:
        method = changed(getattr(Content, name))
        # For `incremental`: what decides is what decides in the usual method.
        method.incremental_own = True
        setattr(Content, name, method)


def encoded(path: str) -> str:
    """The address of a path, with everything encoded that is not itself in one."""
    return path if _is_plain(path) else quote(path, safe=_SAFE)


def in_ascii(address: str) -> str:
    """An address with letters other than ASCII encoded, as sitemaps want it."""
    return address if address.isascii() else quote(address, safe=_SAFE + _RESERVED)


def _is_plain(path: str) -> bool:
    return re.fullmatch(r"[\w/.:@~+-]*", path, re.ASCII) is not None


def _encoding(usual: Callable[..., str]) -> Callable[..., str]:
    def get_url_setting(self: Any, key: str) -> str:
        found = usual(self, key)
        if key != "url" or not found or _is_plain(found):
            return found
        written = hasattr(self, "override_url") and not isinstance(self, Static)
        return quote(found, safe=_SAFE + (_RESERVED if written else ""))

    return get_url_setting


class _Link:
    """A match of Pelican's pattern for links, with another value."""

    def __init__(self, match: re.Match[str], value: str) -> None:
        self._match, self._value = match, value

    def group(self, name: str) -> str:
        return self._value if name == "value" else self._match.group(name)


def _finding(usual: Callable[..., str]) -> Callable[..., str]:
    def _link_replacer(self: Any, siteurl: str, m: Any) -> str:
        what, value = m.group("what"), m.group("value")
        if what in _WORDS:
            if "&" in value or "%" in value:
                m = _Link(m, unquote(html.unescape(value)))
        elif what in _KINDS and not _is_plain(value):
            known = [self._context[key] for key in _KINDS[what]]
            m = _Link(m, _respelt(self, value, known))
        return usual(self, siteurl, m)

    return _link_replacer


def _respelt(content: Any, value: str, known: list[Collection[str]]) -> str:
    """A link as Pelican finds its file, whatever signs and forms of accents it has."""
    path, rest = _split(html.unescape(value))
    path = unquote(path)
    if path.startswith("/"):
        below = path[1:]
    else:
        joined = os.path.join(content.relative_dir, path)
        below = content.get_relative_source_path(joined)
    for files in known:
        name = below if below in files else _same_name(below, files)
        if name:
            return f"/{quote(name)}{rest}"
    return value


def _split(address: str) -> tuple[str, str]:
    """An address without its query and fragment, and these."""
    path = re.split("[?#]", address, maxsplit=1)[0]
    return path, address[len(path) :]


def _same_name(name: str, names: Iterable[str]) -> str:
    """The one of `names` that differs from `name` in the form of accents alone."""
    wanted = unicodedata.normalize("NFC", name)
    for one in names:
        if not one.isascii() and unicodedata.normalize("NFC", one) == wanted:
            return one
    return ""


def _spelling(usual: Callable[..., set[str]]) -> Callable[..., set[str]]:
    def get_static_links(self: Any) -> set[str]:
        base = self.settings["PATH"]
        return {
            link if _is_plain(link) else _on_disk(base, link) for link in usual(self)
        }

    return get_static_links


def _on_disk(base: str, link: str) -> str:
    """A path below `base` as the disk has it; as it was if there is no such file."""
    if os.path.lexists(os.path.join(base, link)):
        return link
    found = ""
    for part in unquote(html.unescape(link)).split("/"):
        place = os.path.join(base, found)
        if os.path.lexists(os.path.join(place, part)):
            found = os.path.join(found, part)
            continue
        try:
            name = _same_name(part, os.listdir(place)) or part
        except OSError:
            return link
        found = os.path.join(found, name)
    return found if os.path.lexists(os.path.join(base, found)) else link
