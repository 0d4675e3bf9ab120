"""The inputs of the last build, and which of them are not as they were.

Needs neither Pelican nor Markdown, so that "nothing is new" is said at once.
"""

import os
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from . import site_settings
from .stamps import (
    ABSENT,
    PACKAGES,
    Stamp,
    is_package,
    listing_of,
    renewed,
    stamp_of,
    stat_of,
)
from .store import Store, of_stamp, to_stamp

BUILD = "#build"


@dataclass(slots=True)
class Inputs:
    """Files with their stamps, folders with their listings, code with its stamps.

    `build` has what is no file: settings, Python, times.
    """

    files: dict[str, Stamp] = field(default_factory=dict)
    folders: dict[str, str] = field(default_factory=dict)
    code: dict[str, Stamp] = field(default_factory=dict)
    build: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def load(cls, store: Store) -> "Inputs":
        found = cls()
        for key, row in store.rows("inputs"):
            if key == BUILD:
                found.build = row
            elif row[0] == "file":
                found.files[key] = to_stamp(row[1])
            elif row[0] == "folder":
                found.folders[key] = row[1]
            elif row[0] == "code":
                found.code[key[1:]] = to_stamp(row[1])
        return found

    def rows(self) -> dict[str, Any]:
        found: dict[str, Any] = {BUILD: self.build}
        found |= {key: ["file", of_stamp(stamp)] for key, stamp in self.files.items()}
        found |= {key: ["folder", names] for key, names in self.folders.items()}
        found |= {f"*{key}": ["code", of_stamp(s)] for key, s in self.code.items()}
        return found

    def gather(
        self,
        opened: Iterable[str],
        listed: Iterable[str],
        ignored: tuple[str, ...],
        known: "Inputs",
        now: int,
    ) -> None:
        """Take in what a build has looked at, and the code that ran."""
        for path in {os.path.abspath(path) for path in opened}:
            if not path.startswith(ignored) and not is_package(path):
                self.files[path] = current(path, known.files.get(path), now)
        for path in {os.path.abspath(path) for path in listed}:
            if not f"{path}/".startswith((*ignored, *PACKAGES)):
                self.folders[path] = listing_of(path).hex()
        for path in code_files():
            self.code[path] = current(path, known.code.get(path), now)
            self.files.pop(path, None)

    def changed(self, now: int) -> Iterator[str]:
        """The files and folders that are not as they were."""
        stale = self.build.get("by_time", False)
        for path, stamp in self.files.items():
            if stamp.sure and (stat_of(path) or ABSENT.stat) == stamp.stat:
                continue
            today = stamp_of(path, now)
            if today.digest != stamp.digest or (stale and today.stat != stamp.stat):
                yield path
        for path, names in self.folders.items():
            if listing_of(path).hex() != names:
                yield f"{path}/"

    def changed_code(self, now: int) -> Iterator[str]:
        for path, stamp in self.code.items():
            if renewed(path, stamp, now).digest != stamp.digest:
                yield path


def current(path: str, known: Stamp | None, now: int) -> Stamp:
    return renewed(path, known, now) if known else stamp_of(path, now)


def code_files() -> set[str]:
    """The files of all modules that are loaded, but for installed packages."""
    files = [getattr(module, "__file__", None) for module in list(sys.modules.values())]
    found = {os.path.abspath(file) for file in files if file}
    return {path for path in found if not path.startswith(PACKAGES)}


def python() -> str:
    """The version of Python and of every package, as one line."""
    installed = [listing_of(folder).hex() for folder in sorted(PACKAGES)]
    return " ".join([sys.version, sys.prefix, *installed])


def nothing_new(
    folder: Path, settings_file: str, final: str, now: float | None = None
) -> str:
    """Why a build is needed; empty if the last one still stands, to the last file.

    `folder` holds the state, `final` the built site. Raises nothing: in doubt, a build
    is needed.
    """
    from .store import NAME, Foreign

    if not (folder / NAME).is_file():
        return "no build is remembered"
    try:
        store = Store(folder)
    except Foreign:
        return "the state cannot be read"
    try:
        known = Inputs.load(store)
        return why_build(known, settings_file, final, store, now or time.time())
    except Foreign:
        return "the state cannot be read"
    finally:
        store.close()


def why_build(
    known: Inputs, settings_file: str, final: str, store: Store, now: float
) -> str:
    build = known.build
    if build.get("python") != python():
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
        names = site_settings.changed(build["raw"], site_settings.run(settings_file))
        if names:
            return f"{', '.join(names)} changed"
    at = time.time_ns()
    for path in (*known.changed_code(at), *known.changed(at)):
        return f"{os.path.relpath(path)} changed"
    for name, row in store.rows("files"):
        if row[1] is None or stat_of(f"{final}/{name}") != tuple(row[1]):
            return f"{name} was changed in the built site"
    return ""
