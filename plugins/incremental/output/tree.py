"""The files of the site: which are kept, which are new, which are no longer made.

A build makes its files in a folder of its own, or writes them over spares that nobody
sees (`spares.py`), and only those that it cannot keep. When all are made they are put
in place one by one, each whole; what is no longer made goes last. So a build that fails
or is killed leaves a site that can be served.
"""

import logging
import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from ..state.copied import digest_of_file
from ..state.store import FileRow
from ..system.directory_scan import DirectoryScan
from ..system.filesystem import (
    format_stat,
    holds,
    in_the_way,
    make_room,
    remove_empty,
    same,
    walk,
    write,
)
from ..system.kept_paths import KeptPaths
from ..system.swap import SwapFiles

logger = logging.getLogger(__name__)

Location = Literal["staged", "spare", "same"]
"""Where a file lies that was made: in a folder of this build, or among the spares of
the site; or it says what the site's own file says, and is not needed."""


class InTheWay(Exception):
    """Somebody else's files lie where the site needs a file: whoever may move them."""


def normal(name: str) -> str:
    """The path of a file as the tree knows it."""
    return os.path.normpath(name) if "//" in name or "./" in name else name


@dataclass(slots=True)
class OutputFile:
    """A file of this build: kept as it lies there, or made, for a reason."""

    fingerprint: str
    made_from: str
    kept: bool
    notes: Any = None
    reason: str = ""
    location: Location = "staged"
    result: Any = None


@dataclass(slots=True, kw_only=True)
class OutputTree:
    """One build's files. `final` is the site, `staged` where this build writes.

    `pages` has the pages as they were rendered, if others do something to them
    afterwards; else it is empty, and pages are kept where they lie. `paths` are those
    of the state.
    """

    final: str
    staged: str
    spares: SwapFiles
    previous: dict[str, FileRow]
    owned: bool = False
    retained: frozenset[str] = frozenset()
    pages: str = ""
    at: str = ""  # the time of this build, for people
    difference: Callable[[str, str], str]
    paths: KeptPaths
    ahead: DirectoryScan | None = None
    claims: dict[str, OutputFile] = field(default_factory=dict)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    rendered: list[str] = field(default_factory=list)
    partial: bool = False  # only pages that show changed texts were looked at
    checking: bool = False  # it is not put in place: it ends when all is checked
    failed: set[str] = field(default_factory=set)  # pages with an error that is told
    _seen: Mapping[str, str] | None = None
    all_unknown: bool = False  # nothing is known of what lies in the site

    def start(self) -> None:
        shutil.rmtree(self.staged, ignore_errors=True)
        os.makedirs(self.staged)

    def forget(self) -> None:
        """Keep no file; that they were made before is still known."""
        self.all_unknown = True
        rows = self.previous.items()
        self.previous = {name: row._replace(stat="") for name, row in rows}

    @property
    def kept_in(self) -> str:
        return self.pages or self.final

    def lay_out(self, name: str) -> None:
        """Put a kept page among the new ones, for those who look at all of them."""
        if self.pages:
            target = f"{self.staged}/{name}"
            os.makedirs(os.path.dirname(target), exist_ok=True)
            shutil.copyfile(f"{self.pages}/{name}", target)

    def expect(self, many: int) -> None:
        """So many pages are about to be put."""
        if not self.pages:
            self.spares.begin(self.final, many)

    def put(self, name: str, data: bytes) -> Location:
        """Write a new page; gives where it lies."""
        staged = f"{self.staged}/{name}"
        if self.pages:
            write(f"{self.pages}/{name}", data)
        elif holds(f"{self.final}/{name}", data):
            return "same"
        elif self.spares.ready and not os.path.lexists(staged):
            self.spares.write(name, data)
            return "spare"
        write(staged, data)
        return "staged"

    def claim(
        self, name: str, fingerprint: str | None, made_from: str, reason: str
    ) -> OutputFile:
        """Decide on one file: kept if its fingerprint is that of the last build."""
        known = self.previous.get(name)
        kept, notes = False, None
        if fingerprint is None:
            pass
        elif known is None:
            reason = "it is new"
        elif known.fingerprint != fingerprint:
            reason = self.difference(known.fingerprint, fingerprint)
        elif not known.stat:
            reason = (
                "everything was made again" if self.all_unknown else "the power was off"
            )
        elif self._stat_now(name) != known.stat:
            reason = "it was missing or changed by hand"
        else:
            kept, reason = True, ""
            notes = known.decoded_notes()
        if not kept:
            logger.info("%s is made: %s", name, reason)
        claim = OutputFile(fingerprint or "", made_from, kept, notes, reason)
        self.claims[name] = claim
        return claim

    def is_untouched(self, name: str) -> bool:
        """Whether a file lies there as the last build left it, which knew it."""
        known = self.previous.get(name)
        if known is None or not known.fingerprint or not known.stat:
            return False
        return self._stat_now(name) == known.stat

    def _stat_now(self, name: str) -> str:
        if self._seen is None:
            found = self.ahead.below(self.kept_in) if self.ahead else None
            self._seen = found or {}
        return self._seen.get(name) or format_stat(f"{self.kept_in}/{name}")

    # --- what others want to know of one file -----------------------------------------

    def is_kept(self, name: str) -> bool:
        """Whether a file of this build is the one that the last build left."""
        return self.claims[name].kept

    def kept_stat(self, name: str) -> str:
        """The stat of a file that is kept, as text; empty if it is not kept."""
        return self.previous[name].stat if self.claims[name].kept else ""

    def page_result(self, name: str) -> Any:
        """What a receiver of `page_rendered` returned for a page; None if none did."""
        return self.claims[name].result

    # --- the end --------------------------------------------------------------------

    def gather(self) -> None:
        """Say what this build consists of, once everything is made.

        A staged file that says what the site's own file says is dropped.
        """
        staged = dict.fromkeys(walk(self.staged))
        for name, claim in list(self.claims.items()):
            if name in staged:
                claim.location = "staged"
            elif claim.location == "spare":
                self.changed.append(name)
            elif not claim.kept and claim.location == "staged":
                del self.claims[name]  # nothing came of it
        for name in staged:
            plugins_own = OutputFile("", "", False, None, "a plugin wrote it")
            claim = self.claims.setdefault(name, plugins_own)
            if not self.pages:
                claim.kept = False
            if same(f"{self.staged}/{name}", f"{self.final}/{name}"):
                os.unlink(f"{self.staged}/{name}")
            else:
                self.changed.append(name)
        self.names = sorted(self.claims)
        kept_files = sum(claim.kept for claim in self.claims.values())
        logger.info("%d files made, %d kept", len(self.names) - kept_files, kept_files)
        gone = [name for name in self.previous if name not in self.claims]
        if self.owned and self.all_unknown:
            gone += [
                name
                for name in walk(self.final)
                if name not in self.claims
                and name not in self.previous
                and name.split("/")[0] not in self.retained
            ]
        self.removed = [n for n in gone if os.path.lexists(f"{self.final}/{n}")]
        self.changed.sort()
        if not self.owned and os.path.lexists(self.final):
            self._refuse()

    def _refuse(self) -> None:
        for name in self.changed:
            for other in in_the_way(self.final, name):
                if other not in self.previous:
                    raise InTheWay(
                        f"{self.final}/{other}: no build made this, and it lies where "
                        "the site needs a file; move it away, then build again"
                    )

    def path(self, name: str) -> str:
        """Where a file of this build lies until the build is in place."""
        claim = self.claims.get(name)
        if claim is not None and claim.location == "spare":
            return self.spares.path(name)
        staged = f"{self.staged}/{name}"
        return staged if os.path.exists(staged) else f"{self.final}/{name}"

    def drop(self, name: str) -> None:
        """Leave a file out of this build after all."""
        if name in self.changed:
            self.changed.remove(name)
            os.unlink(self.path(name))
        del self.claims[name]
        self.names.remove(name)
        if os.path.lexists(f"{self.final}/{name}"):
            self.removed.append(name)

    def commit(self) -> None:
        """Put the new files in place, then take away the old ones."""
        at_once = not os.path.lexists(self.final)
        if at_once:
            os.makedirs(os.path.dirname(self.final), exist_ok=True)
            os.rename(self.staged, self.final)
        for name in self.changed:
            target = f"{self.final}/{name}"
            if self.claims[name].location == "spare":
                make_room(target)
                self.spares.swap(name, target)
            elif not at_once:
                make_room(target)
                os.replace(f"{self.staged}/{name}", target)
        for name in self.removed:
            target = f"{self.final}/{name}"
            self.spares.drop(name)
            if os.path.isdir(target) and not os.path.islink(target):
                continue
            if os.path.lexists(target):
                os.unlink(target)
            remove_empty(os.path.dirname(target), self.final)
            if self.pages and os.path.isfile(f"{self.pages}/{name}"):
                os.unlink(f"{self.pages}/{name}")
        shutil.rmtree(self.staged, ignore_errors=True)

    def _stat(self, name: str) -> str:
        """The stat of the file as it is kept."""
        if self.pages and os.path.exists(f"{self.pages}/{name}"):
            return format_stat(f"{self.pages}/{name}")
        return format_stat(f"{self.final}/{name}")

    def new_rows(self) -> dict[str, FileRow]:
        """The rows of this build that differ from those of the last one."""
        rows = {}
        for name in self.names:
            claim = self.claims[name]
            if claim.kept:
                continue
            row = FileRow.of(
                fingerprint=claim.fingerprint,
                stat=self._stat(name),
                made_from=claim.made_from,
                reason=f"{self.at} {claim.reason}".strip(),
                digest=digest_of_file(f"{self.final}/{name}", self.paths),
                notes=claim.notes,
            )
            if row != self.previous.get(name):
                rows[name] = row
        return rows

    def old_names(self) -> list[str]:
        """The files of the last build that are none of this one."""
        return [name for name in self.previous if name not in self.claims]

    def stats(self) -> dict[str, str]:
        """The stats of the site's files, where those in the rows are of other files."""
        if not self.pages:
            return {}
        return {name: format_stat(f"{self.final}/{name}") for name in self.names}
