"""What is known of the last build of a site, and the state that it comes from."""

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..compat import listeners
from ..content_cache.source_cache import SourceCache
from ..fingerprints.digest_cache import PostDigestCache
from ..output.list_cache import ListCache
from ..state import settings_digest
from ..state.inputs import (
    BuildFacts,
    BuildInputs,
    facts_kept,
    place_of,
    why_full,
)
from ..state.store import FileRow, Store, UnusableState, anew, opened
from ..system.kept_paths import KeptPaths
from ..template_analysis import analysis_cache
from ..template_analysis.analysis_cache import AnalysisCache
from .nested import NestedSite, state_folder

Changes = dict[str, Iterable[tuple[Any, ...]]]
"""New rows by their table: a key, plain values or None, and maybe a text or bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What is built, and what others do to it: the same for every build of a run.

    `final` is the folder of the site and `folder` that of its state; `digests` are
    those of the settings. `at_once`: plugins look at each page as it is written.
    `changes`: they may change posts as these are written. `complete`: they look at the
    output as a whole. `report` tells the author one line.
    """

    pelican: Any
    settings: dict[str, Any]
    final: str
    folder: Path
    digests: dict[str, str]
    at_once: bool
    changes: bool
    complete: bool
    report: Callable[[str], None]

    @classmethod
    def of(
        cls, pelican: Any, outer: NestedSite | None, report: Callable[[str], None]
    ) -> "Site":
        """The site of a `Pelican` that is about to run, maybe within an `outer` run."""
        settings = pelican.settings
        final = os.path.abspath(settings["OUTPUT_PATH"])
        at_once = bool(listeners.listeners_of(listeners.READS_PAGES))
        reads_all = bool(listeners.listeners_of(listeners.READS_ALL))
        folder = state_folder(final, settings.get("INCREMENTAL_PATH"), outer)
        return cls(
            pelican=pelican,
            settings=settings,
            final=final,
            folder=folder,
            digests=settings_digest.digests(settings, KeptPaths(folder).home),
            at_once=at_once,
            changes=bool(listeners.listeners_of(listeners.CHANGES_POSTS)),
            # An outer run looks at the whole output, as those plugins do.
            complete=reads_all or at_once or outer is not None,
            report=report,
        )

    @property
    def place(self) -> str:
        """Where the site lies, seen from its state."""
        return place_of(self.final, self.folder)


@dataclass(slots=True, kw_only=True)
class LastBuild:
    """The last build of a site, as far as it can be used, and the store that has it.

    `known` are its inputs, `files` the rows of its files, and `elsewhere` the names of
    files that another folder has. `why_full` says why nothing else of it can be used.
    """

    site: Site
    store: Store
    known: BuildInputs
    files: dict[str, FileRow]
    elsewhere: set[str]
    why_full: str
    reading: SourceCache
    post_digests: PostDigestCache
    lists: ListCache
    analyses: AnalysisCache

    @classmethod
    def load(cls, site: Site, now: int) -> "LastBuild":
        """What the state of a site says; one of no use is thrown away, and said so."""
        store = opened(site.folder, site.report)
        try:
            return cls._loaded(site, store, now)
        except UnusableState as trouble:
            store.close()
            return cls._loaded(site, anew(site.folder, trouble, site.report), now)

    @classmethod
    def _loaded(cls, site: Site, store: Store, now: int) -> "LastBuild":
        known = BuildInputs.load(store)
        rows = ((row.key, FileRow.decode(row.data)) for row in store.rows("files"))
        # Those of a site that was moved, or copied with its state, are known by name:
        # nothing else of it is believed. Others are files of another folder.
        here = known.build.get("place") == site.place
        files = dict(rows) if here else {}
        why = why_full(
            known,
            site.settings,
            site.final,
            site.digests,
            store.paths.home,
            site.complete,
            now,
        )
        if why and (known.known or files):
            site.report(f"building everything: {why}")
        lists = None if why else store.row("inputs", "lists")
        analyses = None if why else store.row("inputs", analysis_cache.ROW)
        return cls(
            site=site,
            store=store,
            known=known,
            files=files,
            elsewhere=set() if here else store.keys("files"),
            why_full=why,
            reading=SourceCache((), now)
            if why
            else SourceCache.load(store, known.build["built_at"], now),
            post_digests=PostDigestCache(() if why else store.rows("own"), store.paths),
            lists=ListCache(lists if isinstance(lists, dict) else {}),
            analyses=AnalysisCache(analyses),
        )

    @property
    def interrupted(self) -> tuple[str, BuildFacts]:
        """The row that says that the last build is no longer all there is."""
        place, build = self.site.place, BuildFacts()
        if self.known.build.get("place") == place:
            build = facts_kept(self.known.build, self.store.paths)
        build["place"], build["complete"] = place, False
        return "build", build

    def keys(self, table: str) -> set[str]:
        """The keys of a table; none if the state has to be thrown away."""
        try:
            return self.store.keys(table)
        except UnusableState as trouble:
            self._throw_away(trouble)
            return set()

    def save(
        self,
        changes: Changes,
        gone: Mapping[str, Iterable[str]],
        names: Callable[[], Iterable[str]],
    ) -> None:
        """Save rows, and remove those of the keys that are `gone`.

        A state that takes none is begun anew, and then has the `names` of all files: so
        the next build makes everything, and knows which are of a build.
        """
        try:
            self.store.save(changes, dict(gone))
        except UnusableState as trouble:
            known = set(names())
            self._throw_away(trouble)
            inputs = [self.interrupted]
            self.store.save({"files": named(known), "inputs": inputs}, {})

    def _throw_away(self, trouble: UnusableState) -> None:
        """Begin a new state; nothing of the old one counts as known."""
        self.store.close()
        self.store = anew(self.site.folder, trouble, self.site.report)
        self.known, self.elsewhere = BuildInputs(), set()


def named(names: Iterable[str]) -> list[tuple[str, None, str]]:
    """Rows of files of which it is only known that a build makes them."""
    pending = FileRow().encode()
    return [(name, None, pending) for name in names]
