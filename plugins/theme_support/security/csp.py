"""Makes the Content-Security-Policy: what a page may load and send, and who embeds it.

Nothing is allowed but what is named, and no script or style may be inline unless its
hash is named.
"""

import base64
import hashlib
from collections.abc import Mapping, Sequence

from ..values import Analytics, Newsletter

Policy = dict[str, tuple[str, ...]]

# A <meta> cannot say who may embed a page.
_HEADER_ONLY = {"frame-ancestors"}
# Not in the <meta> either: all sources are of the site or https already, and a preview
# on http://localhost would load its own stylesheets by https.
UPGRADE: Policy = {"upgrade-insecure-requests": ()}
"""What a site adds that browsers come to by https, and no other: by http it would lose
its style sheets and pictures, which browsers would ask for by https."""


def policy(
    *,
    hashes: Sequence[str] = (),
    analytics: Analytics | None,
    search: bool,
    embeddable: bool = False,
    newsletter: Newsletter | None = None,
    sources: Mapping[str, Sequence[str]] | None = None,
    frames: Sequence[str] = (),
) -> Policy:
    """The sources of each directive, in the order in which they are written.

    `hashes` are those of inline scripts, as `hash_of` gives them. `search` allows
    WebAssembly, which reads the search index. `embeddable` is for pages that any page
    may show in a frame. `sources` are what a site allows besides, by directive,
    `frames` the sources of the videos' players on the pages.
    """
    added = dict(analytics.sources) if analytics else {}
    wasm = ("'wasm-unsafe-eval'",) if search else ()
    form = (newsletter.source,) if newsletter else ()
    usual = {
        "default-src": ("'none'",),
        "base-uri": ("'none'",),
        "form-action": ("'self'", *form),
        "frame-ancestors": ("*",) if embeddable else ("'none'",),
        "img-src": ("'self'", *added.get("img-src", ())),
        "style-src": ("'self'",),
        "script-src": ("'self'", *hashes, *wasm, *added.get("script-src", ())),
        "connect-src": ("'self'", *added.get("connect-src", ())),
        "font-src": ("'self'",),
        "media-src": ("'self'",),
        "manifest-src": ("'self'",),
        **({"frame-src": tuple(frames)} if frames else {}),
    }
    for directive, more in (sources or {}).items():
        there = usual.get(directive, ())
        usual[directive] = (*there, *(one for one in more if one not in there))
    return usual


def as_header(policy: Mapping[str, Sequence[str]]) -> str:
    """The value of the header `Content-Security-Policy`."""
    return "; ".join(
        " ".join((directive, *sources)) for directive, sources in policy.items()
    )


def as_meta(policy: Mapping[str, Sequence[str]]) -> str:
    """The same for a `<meta http-equiv>`, without what belongs in a header only."""
    return as_header({k: v for k, v in policy.items() if k not in _HEADER_ONLY})


def hash_of(script: str) -> str:
    """The source that allows one inline script: every character between its tags."""
    digest = hashlib.sha256(script.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
