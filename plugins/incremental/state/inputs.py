"""The inputs of the last build, and which of them are not as they were.

Needs neither Pelican nor Markdown, so a command that has nothing to do ends at once.
"""

import os
import sys
import time
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypedDict, TypeGuard

from ..system.filesystem import format_stat
from ..system.kept_paths import KeptPaths
from ..system.swap import SwapFiles
from . import settings_digest
from .audit import UNTIMED, changed_at
from .file_stamps import (
    PACKAGES,
    add,
    differs,
    holds,
    is_kind,
    is_package,
    listing_of,
    renewed,
)
from .store import NAME, FileRow, Store, UnusableState

CHANGED = "changed"
"""The listing of a folder that nobody has seen as it is; that of none there is."""


class BuildFacts(TypedDict, total=False):
    """What a build depends on that is no file; of one that was interrupted, less.

    `final` is the folder of the site, `place` the same seen from the state's. Times are
    in seconds since 1970: the build's, and of the next post that is due. `pages`: other
    plugins look at what is written. `settings` and `raw` are digests by name, as
    Pelican has the settings and as the file has them. `by_time`: dates of posts are
    those of the files. `unknown` says why some page is rendered every time. `shared`
    has the parts of the digests that many fingerprints share.
    """

    python: str
    final: str
    place: str
    complete: bool
    pages: bool
    built_at: float
    next_at: float | None
    settings: dict[str, str]
    raw: dict[str, str]
    by_time: bool
    unknown: str
    shared: dict[str, dict[str, str]]


@dataclass(slots=True)
class BuildInputs:
    """Files and code with their stamps as text, folders with their listings.

    `build` has what is no file. All paths are absolute; `paths` says how they are kept.
    """

    files: dict[str, str] = field(default_factory=dict)
    folders: dict[str, str] = field(default_factory=dict)
    code: dict[str, str] = field(default_factory=dict)
    build: BuildFacts = field(default_factory=BuildFacts)

    @classmethod
    def load(cls, store: Store) -> "BuildInputs":
        """What the state says; of a build of which it does not say all, the place."""
        rows = {key: value for key, value, _ in store.rows("inputs")}
        build: dict[str, Any] = rows.get("build") or {}
        build = build if isinstance(build, dict) else {}
        looked: list[Any] = [rows.get(name) for name in ("files", "folders", "code")]
        if all(map(_are_texts, looked)) and _is_build(build):
            files, folders, code = (_paths(store.paths.whole, one) for one in looked)
            build["final"] = store.paths.whole(build["final"])
            return cls(files, folders, code, build)
        place = build.get("place")
        return cls(build={"place": place} if isinstance(place, str) else {})

    @property
    def known(self) -> bool:
        """Whether it is of a build at all."""
        return "python" in self.build

    def rows(self, paths: KeptPaths) -> dict[str, Any]:
        """What the state keeps."""
        return {
            "files": _paths(paths.kept, self.files),
            "folders": _paths(paths.kept, self.folders),
            "code": _paths(paths.kept, self.code),
            "build": facts_kept(self.build, paths),
        }

    def gather(
        self,
        opened: Iterable[str],
        listed: Mapping[str, int],
        looked: Mapping[str, str],
        ignored: tuple[str, ...],
        known: "BuildInputs",
        now: int,
    ) -> None:
        """Take in what a build has looked at, and the code that ran."""
        for path in {os.path.abspath(path) for path in opened}:
            if not f"{path}/".startswith(ignored) and not is_package(path):
                self.files[path] = renewed(path, known.files.get(path, ""), now)
        for folder, at in listed.items():
            path = os.path.abspath(folder)
            if not f"{path}/".startswith((*ignored, *PACKAGES)):
                names = listing_of(path).hex()
                # What came after it was listed is in no page yet: look again.
                unchanged = at in (UNTIMED, changed_at(path))
                self.folders[path] = names if unchanged else CHANGED
        for path, kind in looked.items():
            path = path if path in self.files else os.path.abspath(path)
            if path in self.folders or f"{path}/".startswith(ignored):
                continue
            if not is_package(path):
                add(self.files, path, kind)
        for path in code_files():
            self.code[path] = renewed(path, known.code.get(path, ""), now)
            self.files.pop(path, None)

    def changed(self, now: int, apart: Container[str] = ()) -> Iterator[str]:
        """The files and folders that are not as they were, but for those `apart`."""
        by_time = self.build.get("by_time", False)
        for path, stamp in self.files.items():
            if path in apart:
                continue
            if holds(path, stamp):
                continue
            if by_time and not is_kind(stamp) or differs(path, stamp, now):
                yield path
        for path, names in self.folders.items():
            if listing_of(path).hex() != names:
                yield f"{path}/"

    def changed_code(self, now: int) -> Iterator[str]:
        for path, stamp in self.code.items():
            if not holds(path, stamp) and differs(path, stamp, now):
                yield path


_BUILD = {
    "python": str,
    "final": str,
    "place": str,
    "complete": bool,
    "pages": bool,
    "built_at": float,
    "next_at": float | None,
    "settings": dict,
    "raw": dict,
    "by_time": bool,
    "unknown": str,
    "shared": dict,
}


def _is_build(value: dict[str, Any]) -> TypeGuard[BuildFacts]:
    """Whether this is what a build leaves: a state is only believed as a whole."""
    kinds = all(isinstance(value.get(name, ...), kind) for name, kind in _BUILD.items())
    return kinds and all(map(_are_texts, value["shared"].values()))


def _are_texts(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(v, str) for v in value.values())


def _paths(change: Callable[[str], str], stamps: dict[str, str]) -> dict[str, str]:
    return {change(path): stamp for path, stamp in stamps.items()}


def facts_kept(build: BuildFacts, paths: KeptPaths) -> BuildFacts:
    """What is no file, as the state keeps it."""
    kept = build.copy()
    if "final" in kept:
        kept["final"] = paths.kept(kept["final"])
    return kept


def place_of(final: str, folder: Path) -> str:
    """Where the site lies, seen from its state: the same where both were moved."""
    try:
        return os.path.relpath(final, folder)
    except ValueError:  # another drive of Windows
        return final


def code_files() -> set[str]:
    """The files of all modules that are loaded, but for installed packages."""
    files = [getattr(module, "__file__", None) for module in list(sys.modules.values())]
    found = {os.path.abspath(file) for file in files if file}
    return {path for path in found if not path.startswith(PACKAGES)}


def python(home: str) -> str:
    """The version of Python and of every package, and its locale, as one line."""
    installed = [listing_of(folder).hex() for folder in sorted(PACKAGES)]
    names = ("LC_ALL", "LC_TIME", "LANG", "TZ")  # dates are written by these
    locale = [os.environ.get(name, "") for name in names]
    return " ".join([sys.version, sys.prefix.removeprefix(home), *installed, *locale])


def why_build_again(
    folder: Path,
    settings_file: str,
    final: str,
    now: float | None = None,
    *,
    served: bool = True,
) -> str:
    """Why a build is needed; empty if the last one is still valid, to the last file.

    `folder` holds the state, `final` the built site. If that is not `served`, but only
    what another one is made from, its own files are not looked at. Raises nothing: in
    doubt, a build is needed.
    """
    if not (folder / NAME).is_file():
        return "no build is remembered"
    try:
        store = Store(folder)
    except UnusableState:
        return "the state cannot be read"
    try:
        known = BuildInputs.load(store)
        now = now or time.time()
        why = why_build(known, settings_file, final, store.paths.home, now)
        if not why and SwapFiles.of_state(folder).doubtful:
            return "the computer has been started anew"
        return why or (_touched(store, final) if served else "")
    except UnusableState:
        return "the state cannot be read"
    finally:
        store.close()


def changed_inputs(folder: Path) -> list[str]:
    """The inputs of the last build that are new, changed or gone, by absolute path.

    Code comes first; folders, in which a file came or went, end with a slash. `folder`
    holds the state. Empty if nothing is known; raises nothing of its own.
    """
    if not (folder / NAME).is_file():
        return []
    now = time.time_ns()
    try:
        store = Store(folder)
    except UnusableState:
        return []
    try:
        known = BuildInputs.load(store)
    except UnusableState:
        return []
    finally:
        store.close()
    return [*known.changed_code(now), *known.changed(now)]


def why_full(
    known: BuildInputs,
    settings: Mapping[str, Any],
    final: str,
    digests: dict[str, str],
    home: str,
    complete: bool,
    now: int,
) -> str:
    """Why nothing of the last build can be used; empty if something can."""
    build = known.build
    if not known.known:
        return "nothing is remembered of an earlier build"
    if settings.get("INCREMENTAL_FRESH"):
        return "asked for"
    if build.get("final") != final:
        return "the output is another folder"
    if build.get("python") != python(home):
        return "Python or a package has changed"
    names = settings_digest.changed(build["settings"], digests)
    if names:
        return f"settings changed: {', '.join(names)}"
    if build.get("pages") != complete:
        return "other plugins look at what is written"
    for path in known.changed_code(now):
        return f"{os.path.relpath(path)} changed"
    return ""


def why_build(
    known: BuildInputs, settings_file: str, final: str, home: str, now: float
) -> str:
    build = known.build
    if not known.known:
        return "no build is remembered"
    if build.get("python") != python(home):
        return "Python or a package has changed"
    if build.get("final") != final:
        return "the site is built to another place"
    if not build.get("complete"):
        return "the last build did not end"
    if build.get("unknown"):
        return f"{build['unknown']}, so it is rendered every time"
    if not build["built_at"] <= now < (build.get("next_at") or now + 1):
        return "a dated post is due"
    if settings_file:
        names = settings_digest.changed(
            build["raw"], settings_digest.run(settings_file)
        )
        if names:
            return f"{', '.join(names)} changed"
    at = time.time_ns()
    for path in (*known.changed_code(at), *known.changed(at)):
        return f"{os.path.relpath(path)} changed"
    return ""


def apart_of(store: Store) -> dict[str, str]:
    """The stats of the site's files, where those in their rows are of other files."""
    row = store.row("inputs", "tree")
    return row if _are_texts(row) else {}


def _touched(store: Store, final: str) -> str:
    """What was done to the built site since; empty for nothing."""
    rows = ((row.key, FileRow.decode(row.data).stat) for row in store.rows("files"))
    for name, stat in apart_of(store).items() or rows:
        if format_stat(f"{final}/{name}") != stat:
            return f"{name} was changed in the built site"
    return ""
