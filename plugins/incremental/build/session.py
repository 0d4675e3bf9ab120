"""One run of Pelican, from what is known of the last to what is kept for the next."""

import gc
import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, suppress
from datetime import datetime
from typing import Any

from pelican.contents import Content
from pelican.writers import Writer

from .. import signals
from ..compat import listeners
from ..compat.pelican_speedups import linear
from ..compat.url_cache import addresses
from ..content_cache.source_cache import SourceCache, of_entry
from ..fingerprints.digest_cache import PostDigestCache
from ..fingerprints.fingerprints import Fingerprints
from ..fingerprints.text_edits import (
    TextEdits,
    can_trust_previous,
    only_texts_changed,
    shows_shared_summaries,
    stock_posts,
)
from ..output.list_cache import ListCache
from ..output.tree import OutputTree
from ..output.writer import IncrementalWriter
from ..report import BuildReport, Mode
from ..state import settings_digest
from ..state.audit import recorded_access
from ..state.file_stamps import digest_in, renewed
from ..state.inputs import BuildInputs, place_of, why_full
from ..state.store import UnusableState, Written, anew, of_written, opened, written
from ..system.swap import SwapFiles
from .nested import NestedSites
from .record_inputs import inputs_of, next_at

STAGED, PAGES = "next", "pages"


class BuildSession(NestedSites):
    """The state of one run. Made when Pelican starts to run, saved when it has run."""

    def __init__(self, pelican: Any, say: Callable[[str], None], outer: Any) -> None:
        super().__init__(outer)
        self.pelican, self.say = pelican, say
        self.settings = settings = pelican.settings
        self.final = os.path.abspath(settings["OUTPUT_PATH"])
        self.folder = self.room_for(self.final, settings.get("INCREMENTAL_PATH"))
        self.now = time.time_ns()
        self.store = opened(self.folder, self.say)
        self.at_once = bool(listeners.listeners_of(listeners.READS_PAGES))
        self.changes = bool(listeners.listeners_of(listeners.CHANGES_POSTS))
        everything = listeners.listeners_of(listeners.READS_ALL)  # as an outer run does
        self.complete = bool(everything or self.at_once or outer)
        self.digests = settings_digest.digests(settings)
        try:
            previous = self._load()
        except UnusableState as trouble:
            self._throw_away(trouble)
            previous = self._load()
        self.fingerprints = Fingerprints(settings)
        spares = SwapFiles.beside(self.folder)
        for name in spares.doubted((n, row[1]) for n, row in previous.items()):
            previous[name][1] = ""
        self.tree = OutputTree(
            final=self.final,
            ahead=settings.get("INCREMENTAL_AHEAD"),
            staged=str(self.folder / STAGED),
            spares=spares,
            previous=previous,
            owned=bool(settings["DELETE_OUTPUT_DIRECTORY"]),
            retained=frozenset(settings["OUTPUT_RETENTION"]),
            pages=str(self.folder / PAGES) if self.complete else "",
            at=self._said_now(),
            difference=self._difference,
        )
        if self.why_full:
            self.tree.forget()
        self.writer: IncrementalWriter | None = None
        self.texts: TextEdits | None = None
        self.stands = self.alone = False
        self.in_order: frozenset[str] = frozenset()
        self.shared: dict[str, Any] = {}
        self.generators: list[Any] = []
        self.rows: dict[str, Written] = {}
        self.statics: dict[str, str] = {}
        self.next_at: float | None = None
        self.report: BuildReport | None = None

    def _load(self) -> dict[str, list[str]]:
        """What is known of the last build; gives the fields of its files."""
        self.known = BuildInputs.load(self.store)
        files = ((name, written(text)) for name, _, text in self.store.rows("files"))
        # Those of a site that was moved, or copied with its state, are known by name:
        # nothing else of it is believed. Others are files of another folder.
        here = self.known.build.get("place") == place_of(self.final, self.folder)
        previous = dict(files) if here else {}
        self.elsewhere = set() if here else self.store.keys("files")
        self.why_full = why_full(
            self.known,
            self.settings,
            self.final,
            self.digests,
            self.complete,
            self.now,
        )
        if self.why_full and (self.known.known or previous):
            self.say(f"building everything: {self.why_full}")
        if self.why_full:
            self.reading, self.own, self.lists = (
                SourceCache((), self.now),
                PostDigestCache(),
                ListCache({}),
            )
        else:
            build = self.known.build["built_at"]
            self.reading = SourceCache.load(self.store, build, self.now)
            self.own = PostDigestCache(self.store.rows("own"))
            lists = self.store.row("inputs", "lists")
            self.lists = ListCache(lists if isinstance(lists, dict) else {})
        return previous

    def _throw_away(self, trouble: UnusableState) -> None:
        """Begin a new state; nothing of the old one counts as known."""
        self.store.close()
        self.store = anew(self.folder, trouble, self.say)
        self.known, self.elsewhere = BuildInputs(), set()

    def _keys(self, table: str) -> set[str]:
        try:
            return self.store.keys(table)
        except UnusableState as trouble:
            self._throw_away(trouble)
            return set()

    def _save(self, changes: Any, gone: Any) -> None:
        """Save rows. A state that takes none is begun anew, and then has the names of
        the files: so the next build makes everything, and knows which are of a build.
        """
        try:
            self.store.save(changes, gone)
        except UnusableState as trouble:
            names = {*self.tree.previous, *self.tree.claims}
            self._throw_away(trouble)
            self.store.save({"files": _named(names), "inputs": [self._begun]}, {})

    def _said_now(self) -> str:
        return f"{datetime.fromtimestamp(self.now / 1e9):%Y-%m-%d %H:%M}"

    def _difference(self, old: str, new: str) -> str:
        from ..state.explain import difference

        known, new_ones = self.known.build.get("shared", {}), self.fingerprints.shared
        return difference(old, new, lambda key: new_ones.get(key) or known.get(key, {}))

    # --- the run --------------------------------------------------------------------

    def run(self, run: Callable[[], None]) -> None:
        for name in ("get_content", "get_summary"):
            vars(Content)[name].cache.clear()  # they would keep every post for ever
        self.tree.start()
        self.settings["OUTPUT_PATH"] = self.pelican.output_path = self.tree.staged
        self.pelican.delete_outputdir = False
        get_writer = self.pelican._get_writer
        self.pelican._get_writer = self._writer_for(get_writer)
        collecting = gc.isenabled()
        gc.disable()
        done = False
        try:
            with recorded_access() as seen, linear(), ExitStack() as self._stack:
                run()
            done = True
            self.fingerprints.forget()
            self.tree.gather()
            signals.before_commit.send(self.tree)
            self._commit(seen)
            if self.why_full and not self.settings.get("INCREMENTAL_HOLD"):
                self.reading.forget()  # what follows a first build wants the memory
            self.report = self._report()
            signals.after_commit.send(self.tree, report=self.report)
            self.ended()
        finally:
            if collecting:
                gc.enable()
            if self.writer is not None:
                self.writer.queue.close()
            # What was read need not be read again, if it was read as the last build,
            # which still stands, would have read it. But no page shows it yet.
            if not done and not self.why_full and self.reading.new:
                with suppress(UnusableState):  # then the next build finds it so
                    own = self.store.keys("own")  # of other posts than these
                    rows = {"posts": self._posts(), "inputs": [self._begun]}
                    self.store.save(rows, {"own": own})
                    self.reading.saved(self.store, self.known.build["built_at"])
            self.pelican._get_writer = get_writer
            self.settings["OUTPUT_PATH"] = self.pelican.output_path = self.final
            self.store.close()

    def _writer_for(self, usual: Callable[[], Any]) -> Callable[[], Any]:
        def get_writer() -> Any:
            writer = usual()
            if type(writer) is not Writer:
                return writer
            self.writer = self.made_writer(writer.settings)
            return self.writer

        return get_writer

    def made_writer(self, settings: Any) -> IncrementalWriter:
        writer = IncrementalWriter(self.tree.staged, settings)
        writer.begin(
            self.tree,
            self.fingerprints,
            self.shared,
            at_once=self.at_once or self.changes,
            changes=self.changes,
            in_order=self.in_order,
            texts=self.texts,
            lists=self.lists,
        )
        return writer

    def know_posts(self) -> None:
        """Tell those who digest posts what is known of them."""
        self.alone = (
            not (self.changes or listeners.any_unaware_listener()) and stock_posts()
        )
        settled, new = self.reading.settled if self.alone else {}, self.reading.new
        self.own.begin(settled, new, sure=self.stands)
        self.fingerprints.texts = self.reading.digests
        self.fingerprints.own = self.own

    def posts(self) -> list[Content]:
        """All that were read."""
        return [one for one in self.shared["generated_content"].values() if one]

    def writing(self, generators: list[Any]) -> None:
        """All is read, and all plugins have had their say in what was read."""
        self.generators, edited = generators, None
        self.next_at = next_at(self)  # before anybody takes posts out
        usual = not (self.why_full or self.complete or self.changes)
        if usual and self.settings.get("INCREMENTAL_TEXTS", True):
            self.stands = can_trust_previous(self.known, self.now)
        if self.stands:
            known, posts = self.known, self.posts()
            self.texts = only_texts_changed(known, self.reading, posts, self.now)
            self.tree.partial = self.texts is not None
            edited = [post for post in posts if self.reading.is_edited(post)]
        self.know_posts()
        self._stack.enter_context(addresses(settled=self.alone))
        self.in_order = shows_shared_summaries(self.settings, generators)
        entries = self.reading.entries
        signals.content_ready.send(
            self.tree,
            generators=generators,
            edited=edited,
            sources={path: entries[path].sources for path in self.reading.used},
        )

    def static(self, source: str, name: str) -> bool:
        """Whether a static file is kept; if not, Pelican copies it."""
        stamp = renewed(source, self.known.files.get(source, ""), self.now)
        self.statics[source] = stamp
        if self.complete:
            return False
        fingerprint = f"source={digest_in(stamp)}"
        return self.tree.claim(name, fingerprint, "a static file", "").kept

    def _report(self) -> BuildReport:
        """What this build did, once it is in place."""
        tree, changed = self.tree, set(self.tree.changed)
        claims = tree.claims.items()
        return BuildReport(
            mode=self._mode(),
            why_full=self.why_full,
            texts_only=self.texts is not None,
            rendered=tuple(name for name in tree.rendered if name in tree.claims),
            changed=tuple(tree.changed),
            kept=tuple(name for name in tree.names if tree.claims[name].kept),
            removed=tuple(tree.removed),
            why={n: one.reason for n, one in claims if not one.kept or n in changed},
        )

    def _mode(self) -> Mode:
        if not (self.tree.rendered or self.tree.changed or self.tree.removed):
            return "nothing"
        return "full" if self.why_full else "partial"

    def finish_queue(self) -> None:
        """Render what is queued: nothing more will be."""
        if self.writer is not None:
            self.writer.queue.finish()

    # --- the end --------------------------------------------------------------------

    def _commit(self, seen: Any) -> None:
        tree = self.tree
        if tree.changed or tree.removed:
            # Killed from here on, the next build finds that this one did not end.
            new = [name for name in tree.changed if name not in tree.previous]
            begun = {"inputs": [self._begun], "files": _named(new)}
            self._save(begun, {"files": self.elsewhere})
        tree.commit()
        inputs = self.inputs = inputs_of(self, seen)
        rows, gone = tree.written()
        self.rows = rows
        old = self._keys("posts") - self.reading.used
        own, unused = self.own.end(whole=self.texts is None)
        if self.why_full:
            unused = self._keys("own") - {key for key, *_ in own}
        known, fresh = self.known.rows(), inputs.rows()
        self._save(
            {
                "own": own,
                "files": ((name, None, of_written(row)) for name, row in rows.items()),
                "posts": self._posts(),
                "inputs": [
                    ("tree", tree.stats()),
                    ("lists", self.lists.end(tree.claims)),
                    *((k, v) for k, v in fresh.items() if known.get(k) != v),
                ],
            },
            {"files": {*gone, *self.elsewhere}, "posts": old, "own": unused},
        )
        self.elsewhere = set()
        tree.spares.settle()
        if self.settings.get("INCREMENTAL_HOLD"):
            self.reading.saved(self.store, inputs.build["built_at"])

    @property
    def _begun(self) -> tuple[str, Any]:
        """The row that says that the last build is no longer all there is."""
        here = place_of(self.final, self.folder)
        known = self.known.build if self.known.build.get("place") == here else {}
        return "build", known | {"place": here, "complete": False}

    def _posts(self) -> Iterator[tuple[Any, ...]]:
        if self.alone:
            self.reading.know_addresses()
        return ((path, *of_entry(one)) for path, one in self.reading.new.items())


def _named(names: Iterable[str]) -> list[tuple[str, None, str]]:
    """Rows of files of which it is only known that a build makes them."""
    pending = of_written(Written(fingerprint="", stat="", notes=None))
    return [(name, None, pending) for name in names]
