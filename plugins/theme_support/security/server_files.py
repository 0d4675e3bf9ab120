"""Writes the files that servers read: `_headers`, and those of nginx and Caddy.

`_headers` must be in the root of a site to be found there, so it is published. The
other two are for the operator of a server, who includes them: they are written beside
what the build remembers, and no reader can fetch them. They have no secret: every
response has what they say. Even so, who includes them does not send `_headers`.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pelican.generators import Generator

from pelican.plugins import incremental

from ..settings import ThemeSettings
from . import headers

FOLDER = "server"
WRITERS = {"nginx.conf": headers.nginx, "Caddyfile": headers.caddy}


class ServerFiles(Generator):
    """Writes the table of headers, in a file for each kind of server."""

    def generate_output(self, writer: Any) -> None:
        theme = ThemeSettings.read(self.settings)
        address = urlsplit(
            self.settings.get("SITE_ADDRESS") or self.settings["SITEURL"]
        )
        rules = headers.table(
            theme.page_policy(self.context.get("PLAYER_SOURCES", ())),
            theme.embed_policy(),
            root=f"{address.path.rstrip('/')}/",
            theme=self.settings["THEME_STATIC_DIR"],
            secure=address.scheme == "https",
        )
        _write(Path(self.output_path) / "_headers", headers.netlify(rules))
        if not incremental.is_nested():  # then one server has them for both sites
            write(folder_of(self.settings), rules)


def folder_of(settings: Mapping[str, Any]) -> Path:
    """The folder of the files for nginx and Caddy: `server/` in the folder `.build`."""
    state = settings.get("INCREMENTAL_PATH") or ".build/incremental"
    return Path(state).absolute().parent / FOLDER


def write(folder: Path, rules: Sequence[headers.Rule]) -> None:
    """Write the files for nginx and Caddy into `folder`, unless they are there."""
    for name, text in WRITERS.items():
        _write(folder / name, text(rules))


def _write(file: Path, text: str) -> None:
    if file.is_file() and file.read_bytes() == text.encode():
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
