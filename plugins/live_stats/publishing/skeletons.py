"""The parts of a skeleton: its slots with their places, and its links."""

from collections.abc import Container, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pelican.plugins.incremental.system import process_pool

from ..rendering import slots
from . import links

KINDS = {
    ".html": "html",
    ".htm": "html",
    ".xml": "xml",
    ".atom": "xml",
    ".rss": "xml",
    ".xsl": "xml",
    ".svg": "xml",
    ".json": "json",
    ".webmanifest": "json",
    ".txt": "text",
    ".css": "text",
    ".js": "text",
    ".csv": "text",
    ".png": "text",
    ".sqlite3": "text",
}
"""The files that may hold slots, by suffix, and how their text is tokenised."""

BINARY = (".png", ".sqlite3")


@dataclass(frozen=True, slots=True, kw_only=True)
class Skeleton:
    """One file as Pelican wrote it. `torn`: a template has cut one of its slots.

    `slots` are (start, end, number, encoding) in characters, `targets` the files of
    the site that it links to. `fragments` are its links to an id of another page, or to
    one that it lacks, as (link, file, id).
    """

    slots: tuple[tuple[int, int, int, str], ...] = ()
    targets: tuple[str, ...] = ()
    torn: bool = False
    fragments: tuple[tuple[str, str, str], ...] = ()

    @property
    def link_targets(self) -> list[str]:
        """The files that it links to; and those of which it needs an id, with a `#`."""
        pages = dict.fromkeys(f"{page}#" for _, page, _ in self.fragments)
        return [*self.targets, *pages]


def read(path: Path, name: str, address: str) -> Skeleton:
    """Read the skeleton `name` from `path`; `address` is the address of the site."""
    suffix = Path(name).suffix.lower()
    kind = KINDS.get(suffix)
    # These hold a slot only as a whole: real ones are longer, and not read.
    if kind is None or (suffix in BINARY and path.stat().st_size > 100):
        return Skeleton()
    return of_text(name, path.read_bytes().decode("utf-8", "replace"), address)


def of_text(name: str, text: str, address: str) -> Skeleton:
    """Parse the text of the skeleton `name`."""
    kind = KINDS.get(Path(name).suffix.lower())
    if kind is None:
        return Skeleton()
    targets: tuple[str, ...] = ()
    fragments: tuple[tuple[str, str, str], ...] = ()
    if kind == "html":
        targets = tuple(links.targets(name, text, address))
        fragments = tuple(links.fragments(name, text, address))
    if not slots.has_any(text):
        return Skeleton(targets=targets, fragments=fragments)
    return Skeleton(
        slots=tuple(slots.places(text, kind)),
        targets=targets,
        torn=slots.torn(text),
        fragments=fragments,
    )


def plain(skeleton: Skeleton) -> Any:
    """A skeleton as plain values."""
    return skeleton.slots, skeleton.targets, skeleton.torn, skeleton.fragments


def from_plain(values: Any) -> Skeleton:
    marks, targets, torn, fragments = values
    return Skeleton(slots=marks, targets=targets, torn=torn, fragments=fragments)


def read_all(
    paths: Mapping[str, Path], address: str, parsed: Mapping[str, Any]
) -> dict[str, Skeleton]:
    """Read many skeletons on all cores, except those that were `parsed` before."""
    found = {name: from_plain(values) for name, values in parsed.items() if values}
    left = {name: path for name, path in paths.items() if name not in found}
    if process_pool.can_fork(len(left) // 16):

        def work(name: str) -> Any:
            return plain(read(paths[name], name, address))

        for name, result in process_pool.map_forked(work, list(left)):
            if result is not None:
                found[name] = from_plain(result)
                del left[name]
    for name, path in left.items():
        found[name] = read(path, name, address)
    return found


def is_fillable(skeleton: Skeleton, known: Container[str]) -> bool:
    """Whether every slot of a skeleton is one that something can fill."""
    return not skeleton.torn and all(
        str(number) in known for _, _, number, _ in skeleton.slots
    )


def is_empty_feed(path: Path) -> bool:
    """Whether a feed has no entry: the feed library dates such a one with the build."""
    text = path.read_text(encoding="utf-8", errors="replace")
    feed = "<feed " in text or "<rss " in text
    return feed and "<entry" not in text and "<item>" not in text
