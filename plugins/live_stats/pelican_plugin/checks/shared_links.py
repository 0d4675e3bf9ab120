"""Finds where a link was written that no post has: in the settings, or in a template.

Many pages have it, and none of them is to blame.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

_SETTINGS_FILES = ("*conf*.py", "*settings*.py")
_TEMPLATES = (".html", ".xml", ".jinja", ".j2", ".txt")


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedLinks:
    """Where to look: files of settings in `folder`, and templates in `themes`.

    `address` is that of the site, which may stand before a link.
    """

    folder: Path
    themes: Sequence[str]
    address: str

    def place_of(self, href: str) -> tuple[str, int] | None:
        """The file and line that a link of a page comes from; None if it is unknown."""
        path = href.removeprefix(self.address) if self.address else href
        core = re.sub(r"^(\.{1,2}/)+", "", path).strip("/")
        if not core:
            return None
        # As a whole: what goes before it is a quote, or ends with a slash.
        pattern = re.compile(rf"(?:[\"'/}}]|^){re.escape(core)}(?=[/\"'])")
        for file in self._files():
            text = file.read_text(encoding="utf-8", errors="replace")
            if match := pattern.search(text):
                line = text.count("\n", 0, match.start()) + 1
                return self._display_path(file), line
        return None

    def _files(self) -> Iterator[Path]:
        for pattern in _SETTINGS_FILES:
            yield from sorted(self.folder.glob(pattern))
        for theme in self.themes:
            folder = Path(theme)
            found = sorted(folder.rglob("*")) if folder.is_dir() else []
            yield from (one for one in found if one.suffix in _TEMPLATES)

    def _display_path(self, file: Path) -> str:
        file = file.absolute()
        if file.is_relative_to(self.folder):
            return file.relative_to(self.folder).as_posix()
        return str(file)
