"""Finds what a text contains and a policy blocks: a page must not break silently.

It asks the policy that is sent. Browsers only say in their console what they blocked,
where neither the author nor readers look.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urlsplit

from .csp import Policy, hash_of

_SUSPECT = re.compile(
    r"<\s*(?:iframe|frame|script|style|object|embed|applet|base|meta|link)\b"
    r"|<[^>]*\s(?:style|on[a-z]+|srcdoc|ping)\s*="
    r"|<[^>]*\s(?:src|srcset|poster|data|action|formaction|background|href|xlink:href)"
    r"\s*=\s*(?:[\"']?\s*(?:(?!https?:)[a-z][a-z0-9+.-]*:|//)|[^>\s]*&)"
    r"|<(?!a\b)[^>]*\s(?:src|srcset|poster|data|action|formaction|href|xlink:href)"
    r"\s*=[^>]*?//",
    re.IGNORECASE,
)
"""What a text has at least, if anything in it is blocked: by far most have not."""

_SCRIPT_TYPES = ("", "module", "text/javascript", "application/javascript")
_LINKS = {
    "stylesheet": "style-src",
    "icon": "img-src",
    "manifest": "manifest-src",
    "modulepreload": "script-src",
}
_SOURCES = {
    ("img", "src"): "img-src",
    ("img", "srcset"): "img-src",
    ("source", "srcset"): "img-src",
    ("video", "poster"): "img-src",
    ("image", "href"): "img-src",
    ("image", "xlink:href"): "img-src",
    ("video", "src"): "media-src",
    ("audio", "src"): "media-src",
    ("source", "src"): "media-src",
    ("track", "src"): "media-src",
    ("iframe", "src"): "frame-src",
    ("frame", "src"): "frame-src",
    ("script", "src"): "script-src",
    ("object", "data"): "object-src",
    ("applet", "code"): "object-src",
    ("embed", "src"): "object-src",
    ("form", "action"): "form-action",
    ("button", "formaction"): "form-action",
    ("input", "formaction"): "form-action",
    ("a", "ping"): "connect-src",
    ("input", "src"): "img-src",
}
_FOLLOWED = {("a", "href"), ("area", "href"), ("a", "xlink:href")}
_INSTEAD = {
    "img-src": "put the picture into the content and write {static}/images/…",
    "media-src": "put the file into the content and write {static}/…",
    "frame-src": "write a link",
    "object-src": "write a link, or <video> or <audio> with a file of your own",
    "script-src": "put the script into the theme",
    "style-src": "put the rules into the style sheets of the theme",
    "form-action": "write a link to the page that has the form",
    "connect-src": "take it out",
    "manifest-src": "take it out",
}
_NOT_FETCHED = ("form-action", "base-uri", "frame-ancestors")
_SPACE = re.compile("[\t\n\r]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocked:
    """Something that browsers will not do. `needles` are words by which its place in
    the source may be found, the best first."""

    needles: tuple[str, ...]
    what: str
    mend: str


def find(text: str, policy: Policy, site: str) -> list[Blocked]:
    """What of the HTML `text` the policy blocks on a page of the site at `site`."""
    if not _SUSPECT.search(text):
        return []
    parser = _Parser(policy, site)
    parser.feed(text)
    parser.close()
    return parser.found


def sources_of(policy: Policy, directive: str) -> tuple[str, ...]:
    """The sources that a directive allows, its fallback's if it is not written."""
    if directive in policy or directive in _NOT_FETCHED:
        return policy.get(directive, ("*",))
    return policy.get("default-src", ("*",))


def allows(sources: Sequence[str], address: str, site: str) -> bool:
    """Whether one of the sources is that of an address.

    Raises ValueError for what is no address. What has no scheme and no host is of the
    site, and so is what Pelican makes an address of: "{static}/images/a.png".
    """
    address = _SPACE.sub("", address.strip())
    if not address or address.startswith(("{", "|")):
        return "'self'" in sources or "*" in sources
    parts = urlsplit(f"https:{address}" if address.startswith("//") else address)
    if not parts.scheme:
        return "'self'" in sources or "*" in sources
    own = urlsplit(site)
    if own.netloc and (parts.scheme, parts.netloc) == (own.scheme, own.netloc):
        if "'self'" in sources:
            return True
    return any(
        _matches(one, parts.scheme.lower(), parts.netloc, parts.path) for one in sources
    )


def _matches(source: str, scheme: str, host: str, path: str) -> bool:
    """Whether one source of a policy is that of an address, by the rules of CSP 3."""
    if source == "*":
        return scheme in ("http", "https", "ws", "wss")
    if source.startswith("'"):
        return False
    if source.endswith(":"):
        wanted = source.lower()[:-1]
        return scheme == wanted or (wanted, scheme) == ("http", "https")
    parts = urlsplit(source if "//" in source else f"//{source}")
    if parts.scheme and scheme != parts.scheme:
        if (parts.scheme, scheme) != ("http", "https"):
            return False
    name, _, port = host.lower().rpartition("@")[2].partition(":")
    known, _, known_port = parts.netloc.lower().partition(":")
    if known_port not in ("*", port):
        return False
    fits = name.endswith(known[1:]) if known.startswith("*.") else name == known
    if not fits or not parts.path or parts.path == "/":
        return fits
    return (
        path.startswith(parts.path) if parts.path.endswith("/") else path == parts.path
    )


class _Parser(HTMLParser):
    """Walks through a text and notes in `found` what is blocked."""

    def __init__(self, policy: Policy, site: str) -> None:
        super().__init__()
        self._policy, self._site = policy, site
        self.found: list[Blocked] = []
        self._inline: str | None = None  # the element whose text is being read
        self._text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in reversed(attrs)}
        for name, value in values.items():
            self._attribute(tag, name, value, values)
        if tag == "base":
            self._add(
                ("<base",), "<base> would move every link of the page", "take it out"
            )
        elif tag == "meta" and "http-equiv" in values:
            self._add(
                ("http-equiv", "<meta"),
                f'<meta http-equiv="{values["http-equiv"]}"> has no place in a text',
                "take it out: what a server says of a page stands in its settings",
            )
        elif tag == "style":
            self._inline = tag
        elif tag == "script" and "src" not in values:
            if values.get("type", "").strip().lower() in _SCRIPT_TYPES:
                self._inline = tag
        elif tag == "link":
            self._link(values)

    def handle_data(self, data: str) -> None:
        if self._inline:
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag != self._inline:
            return
        directive, text = f"{tag}-src", "".join(self._text)
        self._inline, self._text = None, []
        hashed = hash_of(text)
        if self._allows_inline(directive, hashed):
            return
        setting = (
            f'POLICY_HASHES = ["{hashed}"]'
            if tag == "script"
            else f'POLICY_SOURCES = {{"style-src": ["{hashed}"]}}'
        )
        first = next((line for line in text.splitlines() if line.strip()), "")
        self._add(
            (f"<{tag}", first.strip()),
            f"the site's policy ({directive}) blocks the <{tag}> in this text",
            f"{_INSTEAD[directive]}, or allow it: {setting}",
        )

    def _attribute(self, tag: str, name: str, value: str, all_: dict[str, str]) -> None:
        directive = _SOURCES.get((tag, name))
        if directive is not None:
            many = value.split() if name == "ping" else [value]
            for one in _candidates(value) if name == "srcset" else many:
                self._address(tag, name, one, directive)
        elif (tag, name) in _FOLLOWED:
            self._followed(value)
        elif name == "style" and value.strip():
            if not self._allows_inline("style-src", hash_of(value), attribute=True):
                self._add(
                    (f'style="{value}"', value, f"<{tag}", "style="),
                    f'the site\'s policy (style-src) blocks style="{value}"',
                    "write a class, and its rules into the style sheets of the theme, "
                    "or allow all: "
                    """POLICY_SOURCES = {"style-src": ["'unsafe-inline'"]}""",
                )
        elif name.startswith("on") and len(name) > 3:  # noqa: PLR2004
            if not self._allows_inline("script-src", hash_of(value), attribute=True):
                self._add(
                    (f'{name}="{value}"', f"{name}=", name),
                    f'the site\'s policy (script-src) blocks {name}="{value}"',
                    "take it out: a script of the theme can listen for that",
                )
        elif name == "srcdoc" and tag == "iframe":
            for inside in find(value, self._policy, self._site):
                self.found.append(inside)

    def _link(self, values: dict[str, str]) -> None:
        for relation in values.get("rel", "").lower().split():
            if relation in _LINKS and "href" in values:
                self._address("link", "href", values["href"], _LINKS[relation])

    def _address(self, tag: str, name: str, address: str, directive: str) -> None:
        if tag in ("iframe", "frame") and address.strip() in ("", "about:blank"):
            return
        sources = sources_of(self._policy, directive)
        try:
            if allows(sources, address, self._site):
                return
            source = _source_of(address)
        except ValueError:
            return  # of no address: a broken link
        shown = address if len(address) <= 100 else f"{address[:100]}…"  # noqa: PLR2004
        mend = _INSTEAD[directive]
        if source:
            mend += f', or allow it: POLICY_SOURCES = {{"{directive}": ["{source}"]}}'
        elif address.startswith("http:"):
            mend += ", or write https:// if it is there too"
        self._add(
            (address, shown.rstrip("…"), f"<{tag}"),
            f'the site\'s policy ({directive}) blocks <{tag} {name}="{shown}">',
            mend,
        )

    def _followed(self, address: str) -> None:
        scheme = _SPACE.sub("", address.strip()).partition(":")[0].lower()
        if scheme == "javascript":
            if not self._allows_inline("script-src", ""):
                self._add(
                    (address, "javascript:"),
                    f'the site\'s policy (script-src) blocks the link "{address}"',
                    "write an address, or take the link out",
                )
        elif scheme == "data" and ":" in address:
            self._add(
                (address[:100], "data:"),
                f'browsers do not follow the link "{address[:40]}…"',
                "save what it holds as a file in the content, and link to that",
            )

    def _allows_inline(
        self, directive: str, hashed: str, *, attribute: bool = False
    ) -> bool:
        """Whether a script or style in the page itself is allowed."""
        sources = sources_of(self._policy, directive)
        if hashed in sources and (not attribute or "'unsafe-hashes'" in sources):
            return True
        named = any(one.startswith(("'sha", "'nonce")) for one in sources)
        return "'unsafe-inline'" in sources and not named

    def _add(self, needles: tuple[str, ...], what: str, mend: str) -> None:
        self.found.append(
            Blocked(needles=needles, what=" ".join(what.split()), mend=mend)
        )


def _source_of(address: str) -> str:
    """The source that would allow an address; empty if none can be recommended."""
    address = _SPACE.sub("", address.strip())
    parts = urlsplit(f"https:{address}" if address.startswith("//") else address)
    if parts.scheme == "https" and parts.netloc:
        return f"https://{parts.netloc.lower().rpartition('@')[2]}"
    return f"{parts.scheme}:" if parts.scheme in ("data", "blob") else ""


def _candidates(srcset: str) -> Iterator[str]:
    for part in re.split(r",\s+", srcset):
        words = part.split()
        if words:
            yield words[0]
