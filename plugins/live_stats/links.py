"""Broken links inside the site, found in the tree that Pelican wrote."""

import html
import posixpath
import re
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

_LINK = re.compile(r"""<[a-z][^>]*?\s(?:href|src)\s*=\s*("[^"]*"|'[^']*')""", re.I)
_NOT_READ = re.compile(r"<!--.*?-->|<script\b[^>]*>.*?</script>", re.S | re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """A link of the page `file` that leads to nothing; `href` as it stands there."""

    file: str
    href: str


def broken(file: str, text: str, files: Set[str], address: str) -> Iterator[Broken]:
    """The broken links of one page. `address` is where the site will stand."""
    for href, target in _hrefs(file, text, address):
        if not _exists(target, files):
            yield Broken(file=file, href=href)


def targets(file: str, text: str, address: str) -> list[str]:
    """The files of the site that a page links to, each once."""
    return list(dict.fromkeys(target for _, target in _hrefs(file, text, address)))


def lost(targets: Iterable[str], files: Set[str]) -> bool:
    """Whether any of these files is not there."""
    return not all(_exists(target, files) for target in targets)


def _hrefs(file: str, text: str, address: str) -> Iterator[tuple[str, str]]:
    """Every link of a page into the site, with the file that it means."""
    seen: set[str] = set()
    for match in _LINK.finditer(_NOT_READ.sub("", text)):
        href = html.unescape(match[1][1:-1]).strip()
        if href not in seen:
            seen.add(href)
            target = _target(file, href, address)
            if target is not None:
                yield href, target


def _target(file: str, href: str, address: str) -> str | None:
    """The path in the site that a link means; None if it leads elsewhere."""
    root = urlsplit(address).path.rstrip("/") + "/"
    if href.startswith(address.rstrip("/") + "/") and address:
        href = href[len(address.rstrip("/")) :]
        root = "/"
    try:
        parts = urlsplit(href)
    except ValueError:
        return href
    if parts.scheme or parts.netloc or not parts.path:
        return None
    path = unquote(parts.path)
    if path.startswith("/"):
        if not path.startswith(root):
            return None
        path = path[len(root) :]
    else:
        path = posixpath.join(posixpath.dirname(file), path)
    folder = path.endswith(("/", "/.", "/..")) or path in ("", ".", "..")
    normal = posixpath.normpath(path) if path else "."
    return (
        posixpath.normpath(posixpath.join(normal, "index.html")) if folder else normal
    )


def _exists(target: str, files: Set[str]) -> bool:
    return target in files or f"{target}/index.html" in files
