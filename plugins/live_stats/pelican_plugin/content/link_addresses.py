"""Finds addresses of links in a Markdown source that no reader's browser can open.

A slip in `https://`, a file of the author's own computer, code of another program's
templates: a check for missing pages passes over them, for they name no page.
"""

import re

from ...model.suggestions import nearest
from .code_blocks import without_code
from .sources import Source

_ADDRESS = re.compile(
    r"(?P<picture>!\[[^\]\n]*)?\]\(\s*<?(?P<inline>\{\{[^}\n]*\}\}[^)\s]*|\{%[^%\n]*%\}[^)\s]*|[^\s()<>]+)|"
    r"^ {0,3}\[[^\]\n]+\]:[ \t]*<?(?P<defined>\{\{.*\}\}\S*|[^\s<>]+)|"
    r"\bhref\s*=\s*[\"'](?P<html>[^\"'\n]+)[\"']",
    re.MULTILINE,
)
_LIKELY = re.compile(r"\{\{|\{%|file:|mailto:|[\w.-]+:/", re.I)
"""Nearly no text without one of these has such an address; `https://` alone is none."""
_SLIP = re.compile(r"(?P<scheme>[a-z][a-z0-9+.-]*)(?P<signs>:/{1,3})(?P<rest>.+)")
_WEB = ("http", "https")
_OTHER = ("ftp", "ftps", "sftp", "ssh", "git", "svn", "irc", "ircs", "magnet", "ipfs")


def check_addresses(source: Source) -> None:
    """Add links that nobody can follow to the mistakes of `source`."""
    raw = source.raw
    if not any(map(_is_unusual, _LIKELY.finditer(raw))):
        return
    text = without_code(raw)
    for match in _ADDRESS.finditer(text):
        address = match["inline"] or match["defined"] or match["html"]
        if match["picture"] and address.lower().startswith("file:"):
            continue  # the policy has a line for it
        if found := _problem(address.strip()):
            line = text.count("\n", 0, match.start(match.lastgroup or 0)) + 1
            source.wrong(line, f'the link "{address.strip()}" {found[0]}', found[1])


def _is_unusual(match: re.Match[str]) -> bool:
    after = match.string[match.end() : match.end() + 2]
    usual = match[0] in ("https:/", "http:/") and after[:1] == "/" != after[1:]
    return not usual


def _problem(address: str) -> tuple[str, str] | None:
    """What is wrong with an address, and how to mend it; None if nothing is known."""
    small = address.lower()
    if address.startswith(("{{", "{%")):
        rest = re.sub(r"^\{\{.*?\}\}|^\{%.*?%\}", "", address)
        example = rest if rest.startswith("/") else "{filename}name-of-the-post.md"
        what = "begins with code of templates, which is not run in a text"
        return what, f"write an address: {example}"
    if small.startswith("file:"):
        what = "leads to a file of your own computer, which readers have not"
        return what, "put the file into content/images/ and write {static}/images/…"
    if small.startswith("mailto:"):
        if "@" in small or "?" in small:
            return None
        return "has no address of an e-mail", "write mailto:ada@example.org"
    slip = _SLIP.match(small)
    if slip is None or slip["scheme"] in _OTHER:
        return None
    scheme, signs = slip["scheme"], slip["signs"]
    if scheme in _WEB:
        if signs == "://":
            return None
        near = scheme
    elif "//" not in signs or "." in scheme:
        return None
    else:
        near = nearest(scheme, _WEB)
    if not near:
        return None
    rest = address[slip.start("rest") :]
    return "begins with no https:// as it should", f"write {near}://{rest}"
