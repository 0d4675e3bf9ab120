"""Writes a page at each old address that leads to the new one, without any script.

The page says where it leads to browsers, to search engines and to readers; `_redirects`
says the same to hosts that read it (Netlify, Cloudflare Pages, GitLab Pages).
"""

import html
from typing import Any
from urllib.parse import urlsplit

from pelican.generators import Generator, StaticGenerator

from ...rendering import slots
from .moved import MovedPages, Redirect

HOSTS_FILE = "_redirects"


class RedirectGenerator(Generator):
    """Writes them. `moved` is set once all content is read.

    `own_file`: the site's author has a file for hosts, which is left alone.
    """

    moved: MovedPages | None = None
    own_file = False

    def generate_output(self, writer: Any) -> None:
        redirects = self.moved.redirects if self.moved is not None else {}
        address = str(self.settings.get("SITE_ADDRESS") or "")
        for redirect in redirects.values():
            writer.leave(redirect.file, page(redirect, address))
        if redirects and not self.own_file:
            root = urlsplit(address or str(self.settings["SITEURL"])).path.rstrip("/")
            writer.leave(HOSTS_FILE, rules(redirects.values(), root))


def page(redirect: Redirect, address: str) -> str:
    """The page at an old address. It has the title of the new one, and no words else,
    so nothing in it is to be translated."""
    content = redirect.content
    up = "../" * redirect.file.count("/") or "./"
    target = html.escape(f"{up}{content.url}")
    canonical = html.escape(f"{address}/{content.url}") if address else target
    title = html.escape(slots.plain(content.title))
    return f"""<!doctype html>
<html lang="{html.escape(content.lang)}">
<head>
<meta charset="utf-8">
<title>{title}</title>
<meta name="robots" content="noindex">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="canonical" href="{canonical}">
<meta http-equiv="refresh" content="0; url={target}">
</head>
<body>
<p><a href="{target}">{title}</a></p>
</body>
</html>
"""


def rules(redirects: Any, root: str) -> str:
    """`_redirects`: the old and the new address of each, below `root`."""
    lines = [f"{root}/{one.url} {root}/{one.content.url} 301" for one in redirects]
    return "\n".join(lines) + "\n"


def has_own_file(generators: list[Any]) -> bool:
    """Whether the author of the site has a file `_redirects`, which is left alone."""
    return any(
        static.get_url_setting("save_as") == HOSTS_FILE
        for generator in generators
        if isinstance(generator, StaticGenerator)
        for static in generator.staticfiles
    )
