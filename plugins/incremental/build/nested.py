"""Sites that are built while another one is: a plugin runs Pelican in Pelican's run.

The usual way to a site in several languages. What such a run writes goes into the
output of the outer one, which takes it for what a plugin wrote. Its state lies in that
of the outermost, so that its posts are not read again; and what it has looked at is an
input of the outer build too, for that decides whether anything has to be built at all.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from ..state.file_stamps import add
from ..state.inputs import BuildInputs, place_of
from ..system.digests import digest_of

SITES = "sites"


class NestedSite:
    """A run that may lie in an outer one, and have inner ones.

    `folder` has its state, and `inputs` what it has looked at, once it has ended.
    """

    def __init__(self, outer: "NestedSite | None", folder: Path) -> None:
        self.outer, self.folder = outer, folder
        self.inner: list[NestedSite] = []
        self.inputs = BuildInputs()

    def ended(self) -> None:
        """Tell the outer run; the outermost removes states that no run used."""
        if self.outer is not None:
            self.outer.inner.append(self)
            return
        sites = self.folder / SITES
        if sites.is_dir():
            used = {one.folder for one in self._all_inner()}
            for folder in set(sites.iterdir()) - used:
                shutil.rmtree(folder, ignore_errors=True)

    @property
    def outermost(self) -> "NestedSite":
        return self if self.outer is None else self.outer.outermost

    def _all_inner(self) -> Iterator["NestedSite"]:
        for one in self.inner:
            yield one
            yield from one._all_inner()


def state_folder(final: str, usual: str | None, outer: NestedSite | None) -> Path:
    """The folder for the state of the site that is built to `final`.

    `usual` is the setting INCREMENTAL_PATH, which counts for the outermost site alone.
    """
    if outer is not None:
        own = outer.outermost.folder
        return own / SITES / digest_of(place_of(final, own).encode()).hex()
    default = Path(final).parent / ".incremental" / Path(final).name
    return Path(usual or default).absolute()


def take_in(inputs: BuildInputs, inner: BuildInputs, ignored: tuple[str, ...]) -> None:
    """Add what an inner build has looked at, and when it would be another."""
    for path, stamp in inner.files.items():
        if not f"{path}{os.sep}".startswith(ignored):
            add(inputs.files, path, stamp)
    pairs = ((inputs.folders, inner.folders), (inputs.code, inner.code))
    for known, new in pairs:
        for path, stamp in new.items():
            if not f"{path}{os.sep}".startswith(ignored):
                known.setdefault(path, stamp)
    build, more = inputs.build, inner.build
    due = [when for when in (build["next_at"], more["next_at"]) if when]
    build["next_at"] = min(due, default=None)
    build["by_time"] = build["by_time"] or more["by_time"]
    build["unknown"] = build["unknown"] or more["unknown"]
