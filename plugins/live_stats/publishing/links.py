"""Broken links inside the site, found in the tree that Pelican wrote."""

import html
import posixpath
import re
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

_VALUE = r"""("[^"]*+"|'[^']*+'|[^\s"'>]++)"""
# Attributes before the one that is looked for; their values may have any words.
_BEFORE = rf"""(?:\s++[^\s"'<>=]++(?:\s*+=\s*+{_VALUE.replace("(", "(?:", 1)})?+)*?"""
_LINK = re.compile(rf"<[a-z][^\s<>/]*+{_BEFORE}\s++(?:href|src)\s*+=\s*+{_VALUE}", re.I)
_SET = re.compile(rf"<[a-z][^\s<>/]*+{_BEFORE}\s++srcset\s*+=\s*+{_VALUE}", re.I)
_MEDIA = re.compile(
    rf"<(?:video{_BEFORE}\s++poster|object{_BEFORE}\s++data)\s*+=\s*+{_VALUE}", re.I
)
_ID = re.compile(rf"\s(?:id|name)\s*+=\s*+{_VALUE}", re.I)
_NEXT = re.compile(r"[\s,]*([^\s,]\S*)")
_NOT_READ = re.compile(r"<!--.*?-->|<script\b[^>]*>.*?</script>", re.S | re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """A link of the page `file` that leads to nothing; `href` is as in the page.

    `target` is the file of the site that it means. Where that is there, but has no id
    that the link names, `fragment` is this id, and `ids` are those that it has.
    """

    file: str
    href: str
    target: str
    fragment: str = ""
    ids: frozenset[str] = frozenset()


def broken(file: str, text: str, files: Set[str], address: str) -> Iterator[Broken]:
    """The broken links of one page. `address` is the address of the site."""
    for href, path in _hrefs(file, text, address):
        if not leads(path, files):
            yield Broken(file=file, href=href, target=path)


def targets(file: str, text: str, address: str) -> list[str]:
    """The files of the site that a page links to, each once."""
    return list(dict.fromkeys(path for _, path in _hrefs(file, text, address)))


def fragments(file: str, text: str, address: str) -> Iterator[tuple[str, str, str]]:
    """The links of a page to a place in a page: (link, file, id).

    Those to places that this page itself has are left out.
    """
    for href in dict.fromkeys(addresses(_NOT_READ.sub("", text))):
        path, _, fragment = href.partition("#")
        if not fragment or fragment.startswith(":~:"):
            continue
        page = target(file, href, address) if path else file
        if page is None or fragment.lower() == "top":
            continue
        page = page if page.endswith((".html", ".htm")) else f"{page}/index.html"
        if page != file or not has_id(text, unquote(fragment)):
            yield href, page, unquote(fragment)


def has_id(text: str, name: str) -> bool:
    """Whether a page has a place of this name."""
    return f'id="{name}"' in text or name in ids(text)


def ids(text: str) -> set[str]:
    """The names of all places of a page that a link can lead to."""
    return {_value(match[1]) for match in _ID.finditer(_NOT_READ.sub("", text))}


def leads(target: str, files: Set[str]) -> bool:
    """Whether there is such a file, or a page of this folder."""
    return target in files or f"{target}/index.html" in files


def lost(targets: Iterable[str], files: Set[str]) -> bool:
    """Whether any of these files is not there."""
    return not all(leads(path, files) for path in targets)


def addresses(text: str) -> Iterator[str]:
    """Every address that a text in HTML links to or loads, as written there."""
    for match in _LINK.finditer(text):
        yield _value(match[1])
    if "srcset" in text:
        for match in _SET.finditer(text):
            yield from candidates(_value(match[1]))
    if "<video" in text or "<object" in text:
        for match in _MEDIA.finditer(text):
            yield _value(match[1])


def candidates(srcset: str) -> Iterator[str]:
    """The addresses in the value of a `srcset`. They may have commas, but at an end."""
    place = 0
    while match := _NEXT.match(srcset, place):
        yield match[1].rstrip(",")
        place = match.end()
        if not match[1].endswith(","):
            place = (srcset.find(",", place) + 1) or len(srcset)


def _value(quoted: str) -> str:
    bare = quoted[1:-1] if quoted[0] in "\"'" else quoted
    return html.unescape(bare).strip()


def _hrefs(file: str, text: str, address: str) -> Iterator[tuple[str, str]]:
    """Every link of a page into the site, with the file that it means."""
    seen: set[str] = set()
    for href in addresses(_NOT_READ.sub("", text)):
        if href not in seen:
            seen.add(href)
            path = target(file, href, address)
            if path is not None:
                yield href, path


def target(file: str, href: str, address: str) -> str | None:
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
