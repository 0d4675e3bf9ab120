"""Paths as a state keeps them: relative to its own folder, where they lie in the site.

So a site that was copied or moved together with its state finds itself in there, and
the state of a copy names no file of the original.
"""

import os
from pathlib import Path
from urllib.parse import quote


class KeptPaths:
    """Paths in the state that lies in `folder`.

    `home` is the folder of the site: where the command was started, if the state lies
    there too. Else it is empty, and all paths are kept absolute.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = os.path.abspath(folder)
        here = os.path.join(os.getcwd(), "")
        self.home = here.rstrip(os.sep) if self._folder.startswith(here) else ""
        self._inside = here if self.home else ""
        up = os.path.relpath(self.home, self._folder) if self.home else ""
        self._up = os.path.join(up, "")

    def kept(self, path: str) -> str:
        """An absolute path as the state keeps it."""
        if self._inside and path.startswith(self._inside):
            return self._up + path[len(self._inside) :]
        return self._up if self.home and path == self.home else path

    def whole(self, path: str) -> str:
        """The absolute path of one that `kept` gave, here or in another folder."""
        if self._inside and path.startswith(self._up):
            return (
                self._inside + path[len(self._up) :] if path != self._up else self.home
            )
        if path.startswith(os.pardir):
            return os.path.normpath(os.path.join(self._folder, path))
        return path

    def are_named_in(self, text: str | bytes) -> bool:
        """Whether a text says where the site lies, and so is true only here."""
        if not self.home:
            return False
        names = {self.home, quote(self.home)}
        if isinstance(text, str):
            return any(name in text for name in names)
        return any(os.fsencode(name) in text for name in names)
