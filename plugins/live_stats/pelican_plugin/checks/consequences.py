"""Knows what follows from a mistake, so that one mistake is told once.

A post with a mistake may be missing from the site, or have another address, category or
tag than its author meant. A link to that is no mistake of its own.
"""

import os
import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pelican.utils import slugify

from ...model.errors import Mistake
from ..content.figures import cards_number, head_number
from ..content.sources import Source

_SLUG = [(r"[^\w\s-]", ""), (r"[-\s]+", "-")]
_FIELD = re.compile(r"^:?[\w-]+\s*:\s*(?P<value>.*)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class MistakenSources:
    """The sources with mistakes: their absolute paths, and the words of their heads.

    `words` are slugs: of titles, tags and whatever else the front matter names.
    """

    paths: frozenset[str] = frozenset()
    words: frozenset[str] = field(default_factory=frozenset)

    def explain(self, path: Path | None, target: str) -> bool:
        """Whether a link to the source `path`, or the file `target`, may lead nowhere
        because of a mistake that is told anyway."""
        if path is not None and os.path.normpath(path) in self.paths:
            return True
        name = target.removesuffix("/index.html").rpartition("/")[2]
        return _slug(name.removesuffix(".html")) in self.words


def mistaken_sources(
    mistakes: Iterable[Mistake], base: str, read: Container[str]
) -> MistakenSources:
    """The sources that have one of these mistakes; their paths begin with `base`.

    Of those that were `read`, only mistakes in the front matter have consequences.
    """
    lines: dict[str, list[int]] = {}
    for one in mistakes:
        lines.setdefault(os.path.normpath(f"{base}{one.path}"), []).append(one.line)
    paths: set[str] = set()
    words: set[str] = set()
    for path in filter(os.path.isfile, lines):
        head = list(_head(Path(path)))
        if path not in read or min(lines[path]) <= len(head):
            paths.add(path)
            words.update(_words(path, head))
    return MistakenSources(paths=frozenset(paths), words=frozenset(words - {""}))


def mistaken_slots(sources: Iterable[Source]) -> frozenset[int]:
    """The numbers of the slots in sources with mistakes: some have nothing to show."""
    found: set[int] = set()
    for source in sources:
        if source.mistakes:
            found |= {head_number(source.path), cards_number(source.path)}
            found |= {figure.number for figure in source.found}
            found |= {embed.number for embed in source.embeds}
    return frozenset(found)


def _head(path: Path) -> Iterator[str]:
    """The lines of a front matter."""
    raw = path.read_text(encoding="utf-8-sig", errors="replace")
    for number, line in enumerate(raw.split("\n"), 1):
        if number > 1 and not line.strip("-. \t"):
            return
        yield line


def _words(path: str, head: Iterable[str]) -> Iterator[str]:
    yield _slug(Path(path).stem)
    for line in head:
        # Where a field is misspelt there may be no colon, or another sign.
        match = _FIELD.match(line)
        value = match["value"] if match else line
        yield _slug(value)
        yield from map(_slug, re.split("[,;]", value))


def _slug(text: str) -> str:
    return slugify(text.strip(" \"'[]-"), regex_subs=_SLUG)
