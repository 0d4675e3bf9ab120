"""Reads the line "Alias:" of a post: other addresses that lead to it."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from ...storage.addresses import Address
from .encoding import encoded

FIELDS = ("alias", "aliases")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\\]")
_LONGEST = 200  # bytes of a name: disks take 255, and some add to them


class AliasError(NamedTuple):
    """Why a text is no alias, and how to mend it."""

    what: str
    mend: str


def aliases_of(metadata: Any) -> Iterator[str]:
    """The aliases in the front matter of a post, as they are written.

    A list, or a text with commas between them.
    """
    for name in FIELDS:
        value = metadata.get(name) or ()
        for text in value if isinstance(value, list | tuple | set) else [value]:
            yield from filter(None, (part.strip() for part in str(text).split(",")))


def parse_alias(text: str, site: str) -> Address | AliasError:
    """The address that an alias means; `site` is the address of the site."""
    path = text
    if site and path.startswith(f"{site}/"):
        path = path.removeprefix(site)
    elif (root := urlsplit(site).path.rstrip("/")) and path.startswith(f"{root}/"):
        path = path.removeprefix(root)
    if re.match(r"[a-z][a-z0-9+.-]*:|//", path, re.I):
        return AliasError(
            "it leads out of this site", "write an address of this site: /old/address/"
        )
    if "?" in path or "#" in path:
        return AliasError(
            "what follows ? or # does not reach the server of a static site",
            "write the address without it",
        )
    return _checked(unquote(path).removeprefix("/"))


def _checked(path: str) -> Address | AliasError:
    names = path.removesuffix("/").split("/")
    if not path or any(name in ("", ".", "..") for name in names):
        return AliasError("it is no path below the site", "write it as /old/address/")
    if _CONTROL.search(path) or "\ufffd" in path:
        return AliasError(
            "it has a character that no address has", "write it as /old/address/"
        )
    if any(name.startswith((".", "_")) for name in names):
        return AliasError(
            "servers hide names that begin with . or _", "write another address"
        )
    if any(len(name.encode()) > _LONGEST for name in names):
        return AliasError(f"a name in it is over {_LONGEST} bytes long", "shorten it")
    if path.endswith((".html", ".htm")):
        return Address(encoded(path), path)
    if not path.endswith("/") and "." in names[-1]:
        return AliasError(
            "a page cannot be served there",
            "only addresses that end with / or .html can be: for others, write a rule "
            "for your server",
        )
    path = path.removesuffix("/")
    return Address(f"{encoded(path)}/", f"{path}/index.html")
