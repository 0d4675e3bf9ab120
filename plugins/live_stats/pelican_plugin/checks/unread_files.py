"""Finds what looks like a post, and is not read for its name or its folder."""

import os
from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from ...model.errors import Mistake
from ..content.content_files import is_unpublished_name
from ..content.front_matter.blocks import PELICAN, block_of, key_lines
from ..content.front_matter.decoding import decoded
from ..content.sources import display_path

_MARKDOWN = frozenset(
    {".md", ".markdown", ".mkd", ".mdown", ".mkdn", ".mdwn", ".mdx", ".mdtext"}
)
_TEXTS = frozenset({".txt", ".text", ".rst"})
_KEYS = frozenset({"title", "date", "category", "tags", "slug", "status"})


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadFiles:
    """What to look through: the `content` folder, but for what was `read`.

    `read` has absolute paths: of posts, of what they include, of files that are copied.
    `suffixes` are those of posts, without the dot. `apart` are folders that have no
    posts: the history, the output, the theme.
    """

    settings: Mapping[str, Any]
    content: Path
    apart: Container[str]
    read: Collection[str]
    suffixes: Container[str]

    def find(self) -> Iterator[Mistake]:
        """A mistake for each file that looks like a post, and of which none is made."""
        real: set[str] | None = None
        for path in self._texts(str(self.content)):
            below = os.path.relpath(path, self.content)
            if path not in self.read and not self._is_excluded(below):
                mistake = self._mistake(Path(path), below)
                if mistake is None:
                    continue
                if real is None:  # by a link, a file may be read under another path
                    real = set(map(os.path.realpath, self.read))
                if os.path.realpath(path) not in real:
                    yield mistake

    def _texts(self, folder: str) -> Iterator[str]:
        """The files below a folder whose names end as those of texts do."""
        with os.scandir(folder) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
        for entry in found:
            ignored = self.settings["IGNORE_FILES"]
            if is_unpublished_name(entry.name):
                continue
            if any(fnmatch(entry.name, one) for one in ignored):
                continue
            if entry.is_dir(follow_symlinks=False):
                if entry.path not in self.apart:
                    yield from self._texts(entry.path)
            elif entry.is_file(follow_symlinks=False):
                suffix = os.path.splitext(entry.name)[1].lower()
                if suffix in _MARKDOWN or suffix in _TEXTS:
                    yield entry.path

    def _is_excluded(self, below: str) -> bool:
        """Whether the settings say that a file is not to be read.

        Pelican adds the paths of posts to what is excluded from pages, and the other
        way round; where one of these is the whole content, that excludes nothing.
        """
        excluded = [*self.settings["ARTICLE_EXCLUDES"], *self.settings["PAGE_EXCLUDES"]]
        return any(
            one != "." and one not in self._folders and _is_below(below, one)
            for one in map(os.path.normpath, excluded)
        )

    @property
    def _folders(self) -> list[str]:
        """The folders of posts, and those of pages."""
        paths = [*self.settings["ARTICLE_PATHS"], *self.settings["PAGE_PATHS"]]
        return [os.path.normpath(one) for one in paths]

    def _mistake(self, file: Path, below: str) -> Mistake | None:
        stem, suffix = os.path.splitext(file.name)
        is_read_there = any(_is_below(below, one) for one in self._folders)
        if is_read_there and suffix[1:] in self.suffixes:
            return None  # Pelican has refused it, and has said why
        if not (is_read_there and suffix.lower() in _MARKDOWN):
            if not _looks_like_post(file):
                return None
        name = f"{stem}.md"
        if is_read_there:
            what = f'no page is made of a file whose name ends in "{suffix}"'
            mend = f"rename it to {name}"
        else:
            name_of = self.content.name
            articles = [f"{name_of}/{one}/" for one in self.settings["ARTICLE_PATHS"]]
            pages = [f"{name_of}/{one}/" for one in self.settings["PAGE_PATHS"]]
            kinds = (("posts", articles), ("pages", pages))
            read = [f"{kind} are read from {', '.join(at)}" for kind, at in kinds if at]
            what = f"no page is made of this file: {', '.join(read)}"
            mend = f"move it to {(articles or pages)[0]}{name}"
        path = display_path(file, self.content)
        return Mistake(path=path, line=1, what=what, mend=mend)


def unread_files(
    settings: Mapping[str, Any],
    content: Path,
    apart: Iterable[Path],
    generators: Iterable[Any],
    opened: Mapping[str, Iterable[str]],
) -> Iterator[Mistake]:
    """The mistakes for files that look like posts, once all posts were read.

    `opened` has by the path of each post the files that were opened to read it.
    """
    read = {path for paths in opened.values() for path in paths} | set(opened)
    suffixes: set[str] = set()
    for generator in generators:
        for static in getattr(generator, "staticfiles", ()):
            read.add(os.path.normpath(content / static.source_path))
        if hasattr(generator, "readers"):
            suffixes |= set(generator.readers.extensions) - {"static"}
    yield from UnreadFiles(
        settings=settings,
        content=content,
        apart={str(path.absolute()) for path in apart},
        read=read,
        suffixes=suffixes,
    ).find()


def _looks_like_post(file: Path) -> bool:
    """Whether a file begins as a post does, with a front matter."""
    with file.open("rb") as opened:
        text = decoded(opened.read(4000)).text
    block = block_of(text)
    if block.form != PELICAN and block.text > block.start:
        return True
    return not _KEYS.isdisjoint(key_lines(text))


def _is_below(path: str, folder: str) -> bool:
    return folder in ("", ".") or path == folder or path.startswith(folder + os.sep)
