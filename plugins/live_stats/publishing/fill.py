"""Fill: the skeletons that Pelican wrote become the site in `output/`.

Publish and refresh share this, so the same content, history and state give the same
bytes. A file is made if its skeleton is new, if a number that it shows has changed, or
if the file in the output is not as the last run left it; all others are not even read.
Files are written only where their bytes differ, whole or not at all; files that the
site no longer has are removed last. Files that no build wrote stay.
"""

import os
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, Protocol

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
from ..rendering.slots import DRAWN, SlotContent
from ..storage import atomic_write
from ..storage.output_manifest import Manifest
from .file_table import Known, format_known_stat
from .index import SiteIndex
from .output_scan import OutputScan


def _tell(text: str, *values: object) -> None:
    """Log what was decided. Where nobody has loaded `logging`, nobody listens.

    A refresh that says nothing does without it.
    """
    if "logging" in sys.modules:
        sys.modules["logging"].getLogger(__name__).info(text, *values)


ALWAYS_KEPT = frozenset({".git", ".nojekyll", "CNAME"})
"""What hosts and git want at the top of an output stays, even if all there is ours."""


class Made(NamedTuple):
    """One file of the output: whether it was written, how many files gave way to it.

    `stat` is None where the file lies there as it was left.
    """

    written: bool
    removed: int
    stat: Stat | None
    digest: str


class Incomplete(Exception):
    """A skeleton is not as the index has it: only publish can make it again."""


class Renders(Protocol):
    """A renderer of slots: `spec` returns what a slot is, by its number."""

    spec: Callable[[int], Any]

    def load(self) -> None: ...

    def rendered(self, number: int, file: str) -> SlotContent: ...


@dataclass(slots=True, kw_only=True)
class Filled:
    """How many files of `output/` were written, removed and left alone.

    `replaced` are files that no known build had written and that were written over;
    `others` are such that stay, if nothing is known of any earlier build.
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
    """One filling. `site` is the folder of the skeletons, `output` what is served.

    `fragments` returns the same renderer each time, and is called only if a file with
    slots is due. The stats of the files in `output` are read unless they are known:
    from `output_stats`, or from a `scan` that runs in another process. `manifest` has
    the files there that a build wrote; with `owned` all count as such.
    """

    site: Path
    output: Path
    index: SiteIndex
    fragments: Callable[[], Renders]
    spares: SwapFiles
    manifest: Manifest
    owned: bool = False
    output_stats: Mapping[str, str] | None = None
    scan: OutputScan | None = None

    def run(self, moved: set[str], keep: Collection[str] | None) -> Filled:
        """Make what needs making. `moved` are series whose pages must be made again.

        `keep` names what stays at the top of `output/` whoever wrote it; None removes
        nothing. Raises `Mistakes` where files of others are in the way, `Incomplete`
        where a skeleton is not as the index has it.
        """
        files = self.index.files
        lost, known = self._find_lost(removes=keep is not None)
        due = list(dict.fromkeys([*lost, *files.showing(moved)]))
        if known is None:
            known = files.rows(due)
        filled = Filled(same=files.count - len(due))
        self.spares.begin(str(self.output), len(due))
        for name in due:
            stat = format_known_stat(stat_of(f"{self.site}/{name}"))
            if stat != known[name].skeleton:
                raise Incomplete(name)
        if not self.owned:
            self._refuse(lost)
        is_first, foreign = not self.manifest.known, set[str]()
        if keep is not None:
            foreign = self._foreign(lost, known)
            self.manifest.put(self.manifest.names.union(known))
        outputs: dict[str, tuple[Stat, str]] = {}
        _tell("new, or not as they were left: %s", lost or "none")
        _tell("to be filled: %s", due or "none")
        for name, made in self._make_all(due, set(lost), known):
            filled.written += made.written
            filled.removed += made.removed
            filled.same += not made.written
            if made.written and name in foreign:
                filled.replaced.append(name)
            if made.stat:
                outputs[name] = made.stat, made.digest
        files.put_outputs(outputs)
        self.spares.settle()
        if keep is not None:
            others = self._remove_vanished(known, keep, filled)
            filled.others = others if is_first else []
            self.manifest.put(known)
        return filled

    def _find_lost(self, *, removes: bool) -> tuple[list[str], Known | None]:
        """The files that do not lie there as they were left, and all files if read."""
        if self.scan and not removes and not self.spares.doubtful:
            lost = self.scan.lost()
            if lost is not None:
                return lost, None
        known = self.index.files.names()
        return self._lost(known), known

    def _foreign(self, lost: Iterable[str], known: Known) -> set[str]:
        """Those of the `lost` files that lie there and that no build wrote."""
        return {
            name
            for name in lost
            if not self._is_ours(name, known)
            and os.path.lexists(f"{self.output}/{name}")
        }

    def _is_ours(self, name: str, known: Known) -> bool:
        """Whether a file was written by a build; half of it, by one that was killed."""
        folder, _, last = name.rpartition("/")
        if last.startswith(".") and last.endswith(atomic_write.PARTIAL_SUFFIX):
            whole = last[1 : -len(atomic_write.PARTIAL_SUFFIX)]
            name = f"{folder}/{whole}" if folder else whole
            return name in known or name in self.manifest.names
        return name in self.manifest.names or bool(name in known and known[name].output)

    def _refuse(self, names: Iterable[str]) -> None:
        """Raise `Mistakes` for what others have put where these files have to be."""
        try:
            if not os.listdir(self.output):
                return
        except OSError:
            return
        lying = {one for n in names for one in in_the_way(str(self.output), n)}
        known = self.index.files.rows(lying)
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
        lost, folder, stats = [], f"{self.output}/", self.output_stats
        doubted = self.spares.doubted((name, row.output) for name, row in known.items())
        for name, row in known.items():
            if stats is None:
                stat = format_known_stat(stat_of(folder + name))
            else:
                stat = stats.get(name, "")
            if stat != row.output or not stat or name in doubted:
                lost.append(name)
        return lost

    def _make_all(
        self, due: list[str], lost: set[str], known: Known
    ) -> Iterator[tuple[str, Made]]:
        """Make files on all cores; one that a worker did not make is made here.

        What it takes to fill slots is loaded for all workers if there are many to fill;
        an image takes as long as eight other files.
        """
        files = self.index.files
        series = {name: known[name].series or () for name in due}
        left_as = {name: known[name].digest for name in due if name not in lost}
        slotless = [name for name in due if not series[name]]
        drawn = sum(DRAWN in shown for shown in series.values())
        jobs = (len(due) - len(slotless) + 7 * drawn) // 8
        if process_pool.can_fork(jobs):
            fragments = self.fragments()
            fragments.load()
            fragments.spec = self.index.specs()
            shared, slots_of = due, files.all_slots()
        else:
            jobs = len(slotless) // 8
            shared, slots_of = slotless, _no_slots
        left = dict.fromkeys(due)

        def make(name: str) -> tuple[str, Made]:
            left.pop(name, None)
            return name, self._make(name, files.slots(name), left_as.get(name, ""))

        if process_pool.can_fork(jobs):

            def work(name: str) -> tuple[Any, ...]:
                # Plain values, for they come from another process.
                return tuple(self._make(name, slots_of(name), left_as.get(name, "")))

            elsewhere = set(shared)
            here = [name for name in due if name not in elsewhere]
            for name, result in process_pool.map_forked(work, shared):
                if result is not None:
                    del left[name]
                    yield name, Made(*result)
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

            def render(number: int) -> SlotContent:
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
            return Made(False, 0, None, made)
        if left_as:  # so it is there and differs: no need to read it
            over(path, data)
            return Made(True, 0, stat_of(path), made)
        removed = _make_room(path)
        written = atomic_write.write_if_changed(path, data, over)
        return Made(written, removed, stat_of(path), made)

    def _remove_vanished(
        self, known: Known, keep: Collection[str], filled: Filled
    ) -> list[str]:
        """Remove what builds wrote and no longer make; returns the files of others."""
        output, others = str(self.output), []
        for name in walk(output) if self.output_stats is None else self.output_stats:
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
            _tell("%s removed: the site has it no more", name)
            # A half-written file of a killed run was never part of the site.
            filled.removed += not name.endswith(atomic_write.PARTIAL_SUFFIX)
            remove_empty(os.path.dirname(f"{output}/{name}"), output)
        return sorted(others)


def _no_slots(name: str) -> list[slots.Place]:
    return []


def _make_room(path: str) -> int:
    """Remove a folder where a file is needed, or a file where a folder is needed.

    Returns how many files were removed.
    """
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
