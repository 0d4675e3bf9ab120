"""Finds files that must not be published: links lead to them, or posts show them.

Those of the content lead out of the content folder. Those of the theme may, for where
its maker keeps them is their own affair, but not to what is hidden beside the content.
"""

import os
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ...model.errors import Mistake
from ..content import content_files
from ..content.content_files import ContentFiles
from ..content.drafts import UnpublishedContent, files_of
from ..content.sources import display_path

_ENVIRONMENT = ".env"


def _is_suspect(path: str) -> bool:
    return os.path.islink(path) or os.path.basename(path).startswith(_ENVIRONMENT)


def _hidden_in(home: str, path: str) -> str:
    """What of the folder `home` nobody may see and this path shows; empty if nothing.

    That is the folder itself, `.env`, and all that is hidden beside it but packages.
    """
    real = os.path.realpath(path)
    if os.path.basename(path).startswith(_ENVIRONMENT):
        return os.path.basename(path)
    if os.path.commonpath([real, home]) == real:
        return "the folder of the site"
    first = os.path.relpath(real, home).split(os.sep)[0]
    return first if first.startswith(".") and first not in (os.pardir, ".venv") else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsideFiles:
    """What to check: all files of the `generators`, and what `contents` link to.

    `content` is the content folder, which has all of `files`.
    """

    content: Path
    files: ContentFiles
    generators: list[Any]
    contents: list[Any]

    def find(
        self,
        unpublished: UnpublishedContent,
        sources: Mapping[str, Collection[str]],
    ) -> Iterator[Mistake]:
        """The mistakes for symbolic links and paths that lead out of the content.

        `sources` has the files that each post was read from, by its path.
        """
        left_out = {content.source_path for content in unpublished.contents}
        paths = {
            path
            for path in content_files.included(sources, left_out)
            if path.startswith(f"{self.content}{os.sep}")
        }
        for generator in self.generators:
            statics = getattr(generator, "staticfiles", ())
            paths |= {os.path.join(self.content, one.source_path) for one in statics}
        outside = self.files.check(paths)
        yield from self.files.wrong.values()
        for content in self.contents if outside else ():
            for link in files_of(content):
                target = outside.get(os.path.normpath(self.content / link))
                if target is not None:
                    yield self._mistake(Path(content.source_path), link, target)

    def of_theme(self, settings: Mapping[str, Any]) -> Iterator[Mistake]:
        """The mistakes for links in the theme's static files that lead to secrets."""
        home = os.path.realpath(self.content.parent)
        for name in settings["THEME_STATIC_PATHS"]:
            root = os.path.join(settings["THEME"], name)
            for folder, folders, files in os.walk(root):
                for path in (os.path.join(folder, one) for one in folders + files):
                    hidden = _hidden_in(home, path) if _is_suspect(path) else ""
                    if hidden:
                        yield Mistake(
                            path=display_path(Path(path), self.content),
                            what=f"this file would publish {hidden}",
                            mend="take it away",
                        )

    def _mistake(self, file: Path, link: str, target: str) -> Mistake:
        lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
        name = os.path.basename(link)
        return Mistake(
            path=display_path(file, self.content),
            line=next((n for n, line in enumerate(lines, 1) if name in line), 0),
            what=f"a link leads out of {self.content.name}/, to {target}",
            mend="put the file into the content, and link it there",
        )
