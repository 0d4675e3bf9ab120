"""Fill: the skeletons that Pelican wrote become the site in `output/`.

Publish and refresh share this one function, so the same content, history and state
give the same bytes. A file is made if its skeleton is new, if a number that it shows
has moved, or if it does not lie there as it was left; all others are not even read.
Files are written only where their bytes differ, whole or not at all; what vanished is
removed last. Files that no build wrote are somebody else's, and stay.
"""

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from pelican.plugins.incremental.system import process_pool
from pelican.plugins.incremental.system.digests import digest_of
from pelican.plugins.incremental.system.filesystem import (
    Stat,
    in_the_way,
    remove_empty,
    stat_of,
    walk,
)
from pelican.plugins.incremental.system.swap import SwapFiles

from ..model.errors import Mistake, Mistakes
from ..rendering import slots
from ..rendering.slots import Rendered
from ..storage import atomic_write
from ..storage.output_manifest import Manifest
from .file_table import Known
from .index import SiteIndex, said
from .output_scan import OutputScan

EVERYTHING = "*"
"""The series of a slot that depends on all of them, and on when they were asked."""

HISTORY = "history"
"""The series of a slot that shows the observations themselves, whatever they are of."""

DRAWN = "drawn"
"""The series of a slot that depends on what draws it."""

NONE = "none"
"""The series of a slot that shows none: it depends on our code alone."""


ALWAYS_KEPT = frozenset({".git", ".nojekyll", "CNAME"})
"""What hosts and git want at the top of an output stays, even if all there is ours."""

Made = tuple[bool, int, Stat | None, str]
"""Whether a file was written, how many gave way to it; its stat, and its digest."""


class Incomplete(Exception):
    """A skeleton is not where the index says: only publish can mend that."""


class Renders(Protocol):
    """What fills slots: `spec` gives a slot in plain values, by its number."""

    spec: Callable[[int], Any]

    def load(self) -> None: ...

    def rendered(self, number: int, file: str) -> Rendered: ...


@dataclass(slots=True, kw_only=True)
class Filled:
    """How many files of `output/` were written, removed and left alone.

    `replaced` are files that no known build had written, and that say something else
    now; `others` such that stay, if nothing is known of any earlier build.
    """

    written: int = 0
    removed: int = 0
    same: int = 0
    replaced: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)


def tree(folder: Path) -> list[str]:
    """Every file below `folder`, as sorted paths with slashes."""
    return sorted(walk(str(folder)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Fill:
    """One filling. `site` is the skeleton tree, `output` what is served.

    `fragments` gives the same each time; mostly nothing is due, and nobody asks. If
    somebody has looked a moment ago, `seen` has the stats of all that lies in `output`,
    or `standing` what does not lie there as it was left. `manifest` says what is ours
    there; everything is if it is `owned`.
    """

    site: Path
    output: Path
    index: SiteIndex
    fragments: Callable[[], Renders]
    spares: SwapFiles
    manifest: Manifest
    owned: bool = False
    seen: Mapping[str, str] | None = None
    standing: OutputScan | None = None

    def run(self, moved: set[str], keep: Collection[str] | None) -> Filled:
        """Make what needs making. `moved` are series whose pages must be made again.

        `keep` names what stays at the top of `output/` whoever wrote it; None removes
        nothing. Raises `Mistakes` where files of others are in the way.
        """
        lost = None
        if self.standing and keep is None and not self.spares.doubtful:
            lost = self.standing.lost()
        if lost is None:
            known = self.index.names()
            lost = self._lost(known)
        else:
            known = None
        due = list(dict.fromkeys([*lost, *self.index.showing(moved)]))
        known = known or self.index.rows(due)
        filled = Filled(same=self.index.count - len(due))
        self.spares.begin(str(self.output), len(due))
        for name in due:
            if said(stat_of(f"{self.site}/{name}")) != known[name][0]:
                raise Incomplete(name)
        if not self.owned:
            self._refuse(lost)
        theirs, first = set(), not (keep is None or self.manifest.known)
        if keep is not None:
            foreign = (name for name in lost if not self._is_ours(name, known))
            theirs = {n for n in foreign if os.path.lexists(f"{self.output}/{n}")}
            self.manifest.put(self.manifest.names.union(known))
        outputs: dict[str, tuple[Stat, str]] = {}
        shown = {name: known[name][2] or () for name in due}
        slotless = [name for name in due if not shown[name]]
        drawn = sum(DRAWN in series for series in shown.values())
        as_left = {name: known[name][3] for name in set(due).difference(lost)}
        for name, (written, removed, stat, made) in self._made(
            due, slotless, drawn, as_left
        ):
            filled.written += written
            filled.removed += removed
            filled.same += not written
            if written and name in theirs:
                filled.replaced.append(name)
            if stat:
                outputs[name] = tuple(stat), made
        self.index.put_outputs(outputs)
        self.spares.settle()
        if keep is not None:
            others = self._remove_vanished(known, keep, filled)
            filled.others = others if first else []
            self.manifest.put(known)
        return filled

    def _is_ours(self, name: str, known: Known) -> bool:
        """Whether a file was written by a build; half of it, by one that was killed."""
        folder, _, last = name.rpartition("/")
        if last.startswith(".") and last.endswith(atomic_write.PARTIAL_SUFFIX):
            whole = last[1 : -len(atomic_write.PARTIAL_SUFFIX)]
            name = f"{folder}/{whole}" if folder else whole
            return name in known or name in self.manifest.names
        return name in self.manifest.names or bool(name in known and known[name][1])

    def _refuse(self, names: Iterable[str]) -> None:
        """Raise `Mistakes` for what others have put where these files have to be."""
        try:
            if not os.listdir(self.output):
                return
        except OSError:
            return
        lying = {one for n in names for one in in_the_way(str(self.output), n)}
        known = self.index.rows(lying)
        what = "no build made this, and it lies where the site needs a file"
        mend = "move it away, then publish again"
        found = [
            Mistake(path=f"{self.output.name}/{one}", what=what, mend=mend)
            for one in lying
            if not self._is_ours(one, known)
        ]
        if found:
            raise Mistakes(found)

    def _lost(self, known: Known) -> list[str]:
        """The files that do not lie there as they were left."""
        lost, folder, seen = [], f"{self.output}/", self.seen
        doubted = self.spares.doubted((name, row[1]) for name, row in known.items())
        for name, (_, output, *_) in known.items():
            if seen is None:
                lies = said(stat_of(folder + name))
            else:
                lies = seen.get(name, "")
            if lies != output or not output or name in doubted:
                lost.append(name)
        return lost

    def _made(
        self,
        due: list[str],
        slotless: list[str],
        drawn: int,
        as_left: Mapping[str, str],
    ) -> Iterator[tuple[str, Made]]:
        """Make files on all cores; one that a worker did not make is made here.

        What it takes to fill slots is loaded for all workers if there are many to fill;
        an image, of which there are `drawn`, takes as long as eight other files.
        `as_left` has the digests of files that lie there as they were left.
        """
        left, parted, slots_of = dict.fromkeys(due), due, self.index.slots
        jobs = (len(due) - len(slotless) + 7 * drawn) // 8
        if process_pool.can_fork(jobs):
            fragments, slots_of = self.fragments(), self.index.all_slots()
            fragments.load()
            fragments.spec = self.index.specs()
        else:
            parted, slots_of = slotless, lambda name: []
            jobs = len(slotless) // 8

        def make(name: str) -> tuple[str, Made]:
            left.pop(name, None)
            placed, left_as = self.index.slots(name), as_left.get(name, "")
            return name, self._make(name, placed, left_as)

        if process_pool.can_fork(jobs):

            def work(name: str) -> Made:
                return self._make(name, slots_of(name), as_left.get(name, ""))

            there = set(parted)
            here = [name for name in due if name not in there]
            for name, result in process_pool.map_forked(work, parted):
                if result is not None:
                    del left[name]
                    yield name, result
                while here:  # others are at work on theirs
                    yield make(here.pop())
        for name in list(left):
            yield make(name)

    def _make(self, name: str, placed: list[slots.Place], left_as: str) -> Made:
        try:
            with open(f"{self.site}/{name}", "rb") as file:
                data = file.read()
        except OSError:
            raise Incomplete(name) from None
        if placed:
            fragments = self.fragments()

            def render(number: int) -> Rendered:
                return fragments.rendered(number, name)

            whole = render(placed[0][2]).data if placed[0][3] == slots.WHOLE else None
            if whole is None:
                whole = slots.splice(data.decode(), placed, render).encode()
            data = whole

        def over(path: str, data: bytes) -> None:
            if not self.spares.put(name, path, data):
                atomic_write.replace_file(path, data)

        path, made = f"{self.output}/{name}", digest_of(data).hex()
        if left_as == made:
            return False, 0, None, made
        if left_as:  # so it is there, and says something else: no need to read it
            over(path, data)
            return True, 0, stat_of(path), made
        removed = _make_room(path)
        written = atomic_write.write_if_changed(path, data, over)
        return written, removed, stat_of(path), made

    def _remove_vanished(
        self, known: Known, keep: Collection[str], filled: Filled
    ) -> list[str]:
        """Remove what builds wrote and no longer make; gives what others have there."""
        output, others = str(self.output), []
        for name in walk(output) if self.seen is None else self.seen:
            top = name.split("/")[0]
            if name in known or top in keep:
                continue
            usual = top in ALWAYS_KEPT
            if not (self._is_ours(name, known) or self.owned and not usual):
                others += [] if usual else [name]
                continue
            self.spares.drop(name)
            try:
                os.unlink(f"{output}/{name}")
            except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
                continue  # it has made room for a file, or for a folder
            # A half-written file of a killed run was never part of the site.
            filled.removed += not name.endswith(atomic_write.PARTIAL_SUFFIX)
            remove_empty(os.path.dirname(f"{output}/{name}"), output)
        return sorted(others)


def _make_room(path: str) -> int:
    """Yesterday's folder where a file is needed today, and the other way round."""
    removed = 0
    if os.path.isdir(path) and not os.path.islink(path):
        for name in tree(Path(path)):
            os.unlink(f"{path}/{name}")
            removed += 1
        for top, _, _ in os.walk(path, topdown=False):
            os.rmdir(top)
    elif not os.path.lexists(path):
        for parent in Path(path).parents if not _is_free(path) else ():
            if parent.is_file():
                parent.unlink()
                removed += 1
    return removed


def _is_free(path: str) -> bool:
    """Whether no file stands where a folder is needed."""
    parent = os.path.dirname(path)
    while not os.path.lexists(parent):
        parent = os.path.dirname(parent)
    return os.path.isdir(parent)
