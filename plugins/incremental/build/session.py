"""One run of Pelican, from what is known of the last to what is kept for the next."""

import gc
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime
from typing import Any, ClassVar

from pelican.contents import Content

from .. import signals
from ..compat import listeners
from ..compat.pelican_run import forget_old_texts, redirected
from ..compat.pelican_speedups import SourcePaths, sped_up
from ..compat.url_cache import urls_remembered
from ..content_cache.source_cache import to_row
from ..fingerprints.fingerprints import Fingerprints
from ..fingerprints.text_edits import (
    TextEdits,
    can_trust_previous,
    only_texts_changed,
    shows_shared_summaries,
    stock_posts,
)
from ..output.tree import OutputTree
from ..output.writer import IncrementalWriter
from ..report import BuildReport, Mode
from ..state.audit import AccessLog, before_builds, recorded_access
from ..state.explain import difference
from ..state.file_stamps import digest_in, renewed
from ..state.store import FileRow, UnusableState
from ..system.swap import SwapFiles
from .last_build import Changes, LastBuild, Site, named
from .nested import NestedSite
from .record_inputs import inputs_of, next_at

STAGED, PAGES = "next", "pages"


class BuildSession(NestedSite):
    """The state of one run. Made when Pelican starts to run, saved when it has run.

    `texts`: nothing but these texts has changed, unless it is None. `trusted`: posts
    that were not read anew are what they were. `own_posts`: nothing but their sources
    and the settings decides on posts. `in_order`: templates whose pages depend on those
    before them. `rows` are the new ones of the files, once the build has ended.
    """

    mode: ClassVar[Mode | None] = None  # follows from what was done

    def __init__(
        self, site: Site, last: LastBuild, outer: NestedSite | None, now: int
    ) -> None:
        super().__init__(outer, site.folder)
        self.site, self.last, self.now = site, last, now
        self.reading = last.reading
        self.fingerprints = Fingerprints(site.settings)
        self.fingerprints.analyses = last.analyses
        self.source_paths = SourcePaths()
        self.tree = self._make_tree()
        self.writer: IncrementalWriter | None = None
        self.texts: TextEdits | None = None
        self.trusted = self.own_posts = False
        self.in_order: frozenset[str] = frozenset()
        self.shared: dict[str, Any] = {}
        self.generators: list[Any] = []
        self.rows: dict[str, FileRow] = {}
        self.statics: dict[str, str] = {}
        self.next_at: float | None = None
        self.report: BuildReport | None = None
        self.before = AccessLog()
        self._patches = ExitStack()

    @classmethod
    def start(
        cls, pelican: Any, outer: NestedSite | None, report: Callable[[str], None]
    ) -> "BuildSession":
        """The session of a `Pelican` that is about to run; `report` tells one line."""
        now = time.time_ns()
        site = Site.of(pelican, outer, report)
        session = cls(site, LastBuild.load(site, now), outer, now)
        session.before = before_builds.end()
        return session

    def _make_tree(self) -> OutputTree:
        site, last = self.site, self.last
        spares = SwapFiles.of_state(self.folder)
        stats = ((name, row.stat) for name, row in last.files.items())
        for name in spares.doubted(stats):
            last.files[name] = last.files[name]._replace(stat="")
        tree = OutputTree(
            final=site.final,
            ahead=site.settings.get("INCREMENTAL_AHEAD"),
            staged=str(self.folder / STAGED),
            spares=spares,
            previous=last.files,
            owned=bool(site.settings["DELETE_OUTPUT_DIRECTORY"]),
            retained=frozenset(site.settings["OUTPUT_RETENTION"]),
            pages=str(self.folder / PAGES) if site.complete else "",
            at=self.minute(),
            difference=self.difference,
            paths=last.store.paths,
        )
        if last.why_full:
            tree.forget()
        return tree

    def minute(self) -> str:
        """The time of this build, for people."""
        return f"{datetime.fromtimestamp(self.now / 1e9):%Y-%m-%d %H:%M}"

    def difference(self, old: str, new: str) -> str:
        """Which parts of two fingerprints differ, in words."""
        known, new_ones = (
            self.last.known.build.get("shared", {}),
            self.fingerprints.shared,
        )
        return difference(old, new, lambda key: new_ones.get(key) or known.get(key, {}))

    # --- the run --------------------------------------------------------------------

    def run(self, run: Callable[[], None]) -> None:
        """Build: `run` reads and writes, and what it wrote is put in place.

        Whatever it raises leaves the site as it was.
        """
        forget_old_texts()
        self.tree.start()
        done = False
        try:
            with self._redirected(), _garbage_kept():
                with recorded_access() as seen, sped_up(self.source_paths):
                    seen.take_in(self.before)
                    with self._patches:
                        run()
                done = True
                self.fingerprints.forget()
                self.tree.gather()
                signals.before_commit.send(self.tree)
                if self.tree.checking:
                    raise RuntimeError("a build that only checks was not stopped")
                self._commit(seen)
                hold = self.site.settings.get("INCREMENTAL_HOLD")
                if self.last.why_full and not hold:
                    # What follows a first build wants the memory.
                    self.reading.forget()
                self.report = self._report()
                signals.after_commit.send(self.tree, report=self.report)
                self.ended()
        finally:
            if self.writer is not None:
                self.writer.queue.close()
            if not done:
                self._save_what_was_read()
            self.last.store.close()

    def _redirected(self) -> Any:
        return redirected(self.site.pelican, self.tree.staged, self.make_writer)

    def _save_what_was_read(self) -> None:
        """Save the posts that a failed build has read.

        They need not be read again, if they were read as the last build, which still is
        in place, would have read them. But no page shows them yet.
        """
        if self.last.why_full or not self.reading.new:
            return
        store = self.last.store
        with suppress(UnusableState):  # then the next build finds it so
            own = store.keys("own")  # of other posts than these
            rows = {"posts": self._posts(), "inputs": [self.last.interrupted]}
            store.save(rows, {"own": own})
            self.reading.saved(store, self.last.known.build["built_at"])

    def make_writer(self, settings: dict[str, Any]) -> IncrementalWriter:
        """The writer of this build, which it keeps."""
        self.writer = IncrementalWriter(
            self.tree.staged,
            settings,
            tree=self.tree,
            fingerprints=self.fingerprints,
            shared=self.shared,
            at_once=self.site.at_once or self.site.changes,
            changes=self.site.changes,
            in_order=self.in_order,
            texts=self.texts,
            lists=self.last.lists,
        )
        return self.writer

    def trust_posts(self) -> None:
        """Tell those who digest posts what is known of them."""
        changed = self.site.changes or listeners.any_unaware_listener()
        self.own_posts = not changed and stock_posts()
        settled = self.reading.settled if self.own_posts else {}
        self.last.post_digests.begin(settled, self.reading.new, sure=self.trusted)
        self.fingerprints.texts = self.reading.digests
        self.fingerprints.own = self.last.post_digests
        self._patches.enter_context(urls_remembered(from_source=self.own_posts))

    def posts(self) -> list[Content]:
        """All that were read."""
        return [one for one in self.shared["generated_content"].values() if one]

    def content_read(self, generators: list[Any]) -> None:
        """Everything is read, and plugins have changed in it what they wanted to."""
        self.generators, edited = generators, None
        self.next_at = next_at(self)  # before anybody takes posts out
        usual = not (self.last.why_full or self.site.complete or self.site.changes)
        if usual and self.site.settings.get("INCREMENTAL_TEXTS", True):
            self.trusted = can_trust_previous(self.last.known, self.now)
        if self.trusted:
            known, posts = self.last.known, self.posts()
            self.texts = only_texts_changed(known, self.reading, posts, self.now)
            self.tree.partial = self.texts is not None
            edited = [post for post in posts if self.reading.is_edited(post)]
        self.trust_posts()
        self.in_order = shows_shared_summaries(self.site.settings, generators)
        entries = self.reading.entries
        signals.content_ready.send(
            self.tree,
            generators=generators,
            edited=edited,
            sources={path: entries[path].sources for path in self.reading.used},
        )

    def keep_static(self, source: str, name: str) -> bool:
        """Whether a static file is kept; if not, Pelican copies it."""
        stamp = renewed(source, self.last.known.files.get(source, ""), self.now)
        self.statics[source] = stamp
        if self.site.complete:
            return False
        fingerprint = f"source={digest_in(stamp)}"
        return self.tree.claim(name, fingerprint, "a static file", "").kept

    def finish_queue(self) -> None:
        """Render what is queued: nothing more will be."""
        if self.writer is not None:
            self.writer.queue.finish()

    # --- the end --------------------------------------------------------------------

    def _report(self) -> BuildReport:
        """What this build did, once it is in place."""
        tree, changed = self.tree, set(self.tree.changed)
        claims = tree.claims.items()
        return BuildReport(
            mode=self._mode(),
            why_full=self.last.why_full,
            texts_only=self.texts is not None,
            compared=tuple(self.writer.compared) if self.writer is not None else (),
            rendered=tuple(name for name in tree.rendered if name in tree.claims),
            changed=tuple(tree.changed),
            kept=tuple(name for name in tree.names if tree.claims[name].kept),
            removed=tuple(tree.removed),
            why={n: one.reason for n, one in claims if not one.kept or n in changed},
        )

    def _mode(self) -> Mode:
        if self.mode is not None:
            return self.mode
        if not (self.tree.rendered or self.tree.changed or self.tree.removed):
            return "nothing"
        return "full" if self.last.why_full else "partial"

    def _commit(self, seen: AccessLog) -> None:
        """Put everything in place, and save what the next build has to know."""
        tree, last = self.tree, self.last
        if tree.changed or tree.removed:
            # Killed from here on, the next build finds that this one did not end.
            new = [name for name in tree.changed if name not in tree.previous]
            begun: Changes = {"inputs": [last.interrupted], "files": named(new)}
            last.save(begun, {"files": last.elsewhere}, self._names)
        tree.commit()
        inputs = self.inputs = inputs_of(self, seen)
        self.rows = rows = tree.new_rows()
        old, used, paths = last.keys("posts"), self.reading.used, last.store.paths
        # One that was read anew may have had another key.
        again = {key for p in self.reading.new for key in (p, paths.kept(p))}
        old = {key for key in old if paths.whole(key) not in used} | again
        own, unused = last.post_digests.end(whole=self.texts is None)
        if last.why_full:
            unused = last.keys("own") - {key for key, *_ in own}
        known = last.known.rows(paths)
        changes: Changes = {
            "own": own,
            "files": ((name, None, row.encode()) for name, row in rows.items()),
            "posts": self._posts(),
            "inputs": [
                ("tree", tree.stats()),
                ("lists", last.lists.end(tree.claims)),
                *self.fingerprints.analyses.new_rows(),
                *((k, v) for k, v in inputs.rows(paths).items() if known.get(k) != v),
            ],
        }
        gone = {"files": {*tree.old_names(), *last.elsewhere}}
        last.save(changes, gone | {"posts": old, "own": unused}, self._names)
        last.elsewhere = set()
        tree.spares.settle()
        if self.site.settings.get("INCREMENTAL_HOLD"):
            self.reading.saved(last.store, inputs.build["built_at"])

    def _names(self) -> set[str]:
        return {*self.tree.previous, *self.tree.claims}

    def _posts(self) -> Iterator[tuple[Any, ...]]:
        if self.own_posts:
            self.reading.know_addresses()
        new, paths = self.reading.new.items(), self.last.store.paths
        return (to_row(path, one, paths) for path, one in new)


@contextmanager
def _garbage_kept() -> Iterator[None]:
    """Within the block nobody looks for cycles of objects: a site has all its posts in
    memory, and looking through them again and again costs a tenth of the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
