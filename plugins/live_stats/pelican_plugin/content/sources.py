"""Keeps the sources of one build: the Markdown files that were read, by their paths."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .figure_links import Source


@dataclass(slots=True, kw_only=True)
class SourceFiles:
    """The Markdown files of a site. `content` is the folder that they are in.

    `by_path` has them by their absolute paths. `base` is the folder that the paths in
    messages are relative to, with a slash at its end.
    """

    content: Path
    by_path: dict[str, Source] = field(default_factory=dict)
    base: str = field(init=False)

    def __post_init__(self) -> None:
        self.base = f"{self.content.parent}{os.sep}"

    def add(self, path: str) -> Source:
        """A new source for the file at `path`, which is about to be read."""
        file = Path(path)
        source = Source(path=self.display_path(file), file=str(file))
        self.by_path[os.path.abspath(path)] = source
        return source

    def restore(self, path: str, kept: Sequence[Sequence[Any]]) -> None:
        """Add the source that an earlier build has read, with its figures."""
        path = os.path.abspath(path)
        # Not `display_path`: this runs for every post of a site.
        relative = path.removeprefix(self.base).replace(os.sep, "/")
        self.by_path[path] = Source(path=relative, file=path, kept=kept)

    def display_path(self, file: Path) -> str:
        """The path of a file as messages have it."""
        return display_path(file, self.content)


def display_path(file: Path, content: Path) -> str:
    """The path of a content file in messages: relative to the parent of `content`.

    A file that is elsewhere keeps its absolute path.
    """
    try:
        return file.absolute().relative_to(content.parent).as_posix()
    except ValueError:
        return str(file)
