"""Fill: the skeletons that Pelican wrote become the site in `output/`.

Publish and refresh share this one function, so the same content, history and state
give the same bytes. A file is made if its skeleton is new, if a number that it shows
has moved, or if it does not lie there as it was left; all others are not even read.
Files are written only where their bytes differ, whole or not at all; what vanished is
removed last.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from incremental import workers
from incremental.stamps import Stat, stat_of
from incremental.tree import walk

from . import files, slots
from .index import Index
from .slots import Rendered

EVERYTHING = "*"
"""The series of a slot that depends on all of them."""


class Renders(Protocol):
    """What fills slots: `spec` gives a slot in plain values, by its number."""

    spec: Callable[[int], Any]

    def load(self) -> None: ...

    def rendered(self, number: int, file: str) -> Rendered: ...


@dataclass(slots=True, kw_only=True)
class Filled:
    """How many files of `output/` were written, removed and left alone."""

    written: int = 0
    removed: int = 0
    same: int = 0


def tree(folder: Path) -> list[str]:
    """Every file below `folder`, as sorted paths with slashes."""
    return sorted(walk(str(folder)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Fill:
    """One filling. `site` is the skeleton tree, `output` what is served."""

    site: Path
    output: Path
    index: Index
    fragments: Renders

    def run(self, moved: set[str], keep: set[str] | None) -> Filled:
        """Make what needs making. `moved` are series whose pages must be made again.

        `keep` names what may stay at the top of `output/` besides the site's files;
        None removes nothing.
        """
        filled, due, known = Filled(), [], self.index.names()
        moved = moved | {EVERYTHING}
        for name, (_, output, series) in known.items():
            intact = output is not None and stat_of(f"{self.output}/{name}") == output
            if not intact or not moved.isdisjoint(series):
                due.append(name)
            else:
                filled.same += 1
        stats: dict[str, Stat | None] = {}
        for name, (written, removed, stat) in self._made(due):
            filled.written += written
            filled.removed += removed
            filled.same += not written
            stats[name] = tuple(stat)
        self.index.put_outputs(stats)
        if keep is not None:
            self._remove_others(known.keys(), keep, filled)
        return filled

    def _made(self, due: list[str]) -> Iterator[tuple[str, tuple[bool, int, Stat]]]:
        """Make files on all cores; one that a worker did not make is made here."""
        left = dict.fromkeys(due)
        if workers.can_fork(len(due) // 8):
            placed = {name: self.index.slots(name) for name in due}
            self.fragments.load()
            self.fragments.spec = self.index.specs()

            def work(name: str) -> tuple[bool, int, Stat]:
                return self._make(name, placed[name])

            for name, result in workers.spread(work, due):
                if result is not None:
                    del left[name]
                    yield name, result
        for name in left:
            yield name, self._make(name, self.index.slots(name))

    def _make(self, name: str, placed: list[slots.Place]) -> tuple[bool, int, Stat]:
        data = (self.site / name).read_bytes()
        if placed:

            def render(number: int) -> Rendered:
                return self.fragments.rendered(number, name)

            data = slots.splice(data.decode(), placed, render).encode()
        path = self.output / name
        removed = _make_room(path)
        written = files.write(path, data)
        stat = stat_of(str(path))
        assert stat is not None
        return written, removed, stat

    def _remove_others(self, names, keep: set[str], filled: Filled) -> None:
        output = str(self.output)
        folders = set()
        for name in walk(output):
            if name in names or name.split("/")[0] in keep:
                continue
            os.unlink(f"{output}/{name}")
            folders.add(os.path.dirname(name))
            # A half-written file of a killed run was never part of the site.
            filled.removed += not name.endswith(files.SUFFIX)
        for top, _, _ in os.walk(output, topdown=False):
            if top != output and not os.listdir(top):
                first = os.path.relpath(top, output).split(os.sep)[0]
                if first not in keep:
                    os.rmdir(top)


def _make_room(path: Path) -> int:
    """Yesterday's folder where a file is needed today, and the other way round."""
    removed = 0
    if path.is_dir() and not path.is_symlink():
        for name in tree(path):
            (path / name).unlink()
            removed += 1
        for top, _, _ in os.walk(path, topdown=False):
            os.rmdir(top)
    elif not path.parent.is_dir():
        for parent in path.parents:
            if parent.is_file():
                parent.unlink()
                removed += 1
    return removed
