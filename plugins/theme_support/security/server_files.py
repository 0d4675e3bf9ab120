"""Writes the files that servers read: `_headers`, and those of nginx and Caddy.

All three are published. `_headers` must be in the root of a site to be found; the other
two are in `server/`, where whoever copies `output/` to a server has those of the same
build. They have no secret: every response has what they say. Even so the servers that
include them do not send them.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pelican.generators import Generator

from ..settings import ThemeSettings
from . import headers

WRITERS = {
    "_headers": headers.netlify,
    "server/nginx.conf": headers.nginx,
    "server/Caddyfile": headers.caddy,
}


class ServerFiles(Generator):
    """Writes the table of headers, in a file for each kind of server."""

    def generate_output(self, writer: Any) -> None:
        theme = ThemeSettings.read(self.settings)
        address = self.settings.get("SITE_ADDRESS") or self.settings["SITEURL"]
        rules = headers.table(
            theme.page_policy(self.context.get("PLAYER_SOURCES", ())),
            theme.embed_policy(),
            root=f"{urlsplit(address).path.rstrip('/')}/",
            theme=self.settings["THEME_STATIC_DIR"],
        )
        write(Path(self.output_path), rules)


def write(output: Path, rules: Sequence[headers.Rule]) -> None:
    """Write all files below `output`."""
    for name, text in WRITERS.items():
        file = output / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text(rules), encoding="utf-8")
