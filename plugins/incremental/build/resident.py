"""Builds the last site of this process again, if texts alone have changed since.

An author's server builds after every save, and has in memory all that Pelican has read.
So the post is read again and its text put in the place of the old one; the pages that
may show it are written by the calls that wrote them before. What a build in another
process would find out is found out here too, but for posts that somebody changes and
tells nobody: those the next whole build sees.
"""

import logging
import os
import time
from collections.abc import Iterable
from typing import Any

from pelican.contents import Article, Page

from pelican.plugins import signals

from ..content_cache import post_cache
from ..fingerprints.text_edits import can_trust_previous, only_texts_changed
from ..output.tree import OutputFile, OutputTree
from ..output.writer import IncrementalWriter
from ..state.store import FileRow, opened
from .last_build import LastBuild
from .session import BuildSession

log = logging.getLogger(__name__)

_SIGNALS = {
    Article: (signals.article_generator_preread, signals.article_generator_context),
    Page: (signals.page_generator_preread, signals.page_generator_context),
}


class MoreThanTextsChanged(Exception):
    """More than texts has changed: only a whole build will do."""


def can_stay_resident(last: BuildSession) -> bool:
    """Whether what a build wrote can be written again by what is in memory.

    What came there past the writer, such as the theme's own files, is not of any text:
    no plugin writes files, or it is known to do so for the text alone.
    """
    site = last.site
    more = site.complete or site.changes or last.in_order or last.inner
    return not (more or last.outer or last.writer is None)


def rows_of(last: BuildSession) -> dict[str, FileRow]:
    """What is known of each file, after a build."""
    previous = last.tree.previous
    return {name: previous.get(name, FileRow()) for name in last.tree.names} | last.rows


class ResidentRebuild(BuildSession):
    """The session of one more build: only `paths` are known to have changed.

    It takes over what the last session has in memory: the site, what was read, the
    generators, and the calls of its writer.
    """

    mode = "resident"

    def __init__(self, last: BuildSession, paths: Iterable[str]) -> None:
        now = time.time_ns()
        self._earlier_tree, self._earlier_writer = last.tree, _writer_of(last)
        known = LastBuild(
            site=last.site,
            store=opened(last.folder, last.site.report),
            known=last.inputs,
            files=rows_of(last),
            elsewhere=set(),
            why_full="",
            reading=last.reading.without(paths, now),
            post_digests=last.last.post_digests,
            lists=last.last.lists,
            analyses=last.fingerprints.analyses,
        )
        super().__init__(last.site, known, None, now)
        self.fingerprints.templates_of(last.fingerprints)
        self.in_order, self.shared = last.in_order, last.shared
        self.generators, self.statics = last.generators, last.statics
        self.next_at, self.source_paths = last.next_at, last.source_paths

    def _make_tree(self) -> OutputTree:
        earlier = self._earlier_tree
        tree = OutputTree(
            final=earlier.final,
            staged=earlier.staged,
            spares=earlier.spares,
            previous=self.last.files,
            owned=earlier.owned,
            retained=earlier.retained,
            at=self.minute(),
            difference=self.difference,
            paths=self.last.store.paths,
            partial=True,
        )
        for name, row in self.last.files.items():
            tree.claims[name] = OutputFile(
                row.fingerprint, row.made_from, True, row.decoded_notes()
            )
        return tree

    def rebuild(self) -> None:
        """Build the site. Raises `MoreThanTextsChanged`, and then nothing is done."""
        self.run(self._replay)
        # The session after this one needs nothing more of the one before.
        del self._earlier_tree, self._earlier_writer

    def _replay(self) -> None:
        """Read what has changed, and write what may show it."""
        posts = self.posts()
        by_path = {str(post.source_path): post for post in posts}
        try:
            for path in self.reading.stale:
                self._read(by_path[path])
        except MoreThanTextsChanged:
            raise
        except Exception:  # a whole build meets it too, and says where
            log.debug("a post cannot be read again alone", exc_info=True)
            raise MoreThanTextsChanged from None
        known = self.last.known
        self.trusted = can_trust_previous(known, self.now)
        if self.trusted:
            self.texts = only_texts_changed(known, self.reading, posts, self.now)
        if self.texts is None or any(known.changed_code(self.now)):
            raise MoreThanTextsChanged
        for path, entry in self.reading.new.items():
            by_path[path]._content = entry.content
        self.trust_posts()
        calls = self._earlier_writer.calls
        writer = self.make_writer(self._earlier_writer.settings)
        writer.calls = calls
        for name, call in list(calls.items()):
            row = self.tree.previous.get(name)
            known_file = row is not None and row.fingerprint
            if not known_file or call.may_show(self.texts, self.fingerprints):
                self.tree.claims.pop(name, None)
                call.repeat(writer)
        writer.queue.finish()

    def _read(self, post: Any) -> None:
        """Have Pelican read a post once more; what comes of it goes to `reading`."""
        kind = type(post)
        name = "articles" if kind is Article else "pages"
        for generator in self.generators:
            below = os.path.abspath(generator.path)
            if hasattr(generator, name) and post.source_path.startswith(below):
                break
        else:
            raise MoreThanTextsChanged
        self.reading.attach(generator.readers)
        post_cache.attach(generator, self.reading, self.source_paths)
        preread, context = _SIGNALS[kind]
        file = os.path.relpath(post.source_path, below)
        if generator.get_cached_data(file, None) is not None:
            raise MoreThanTextsChanged
        again = generator.readers.read_file(
            base_path=generator.path,
            path=file,
            content_class=kind,
            context=generator.context,
            preread_signal=preread,
            preread_sender=generator,
            context_signal=context,
            context_sender=generator,
        )
        if type(again) is not kind or not again.is_valid():
            raise MoreThanTextsChanged
        generator.cache_data(file, again)
        self.reading.settled.pop(id(again), None)


def _writer_of(last: BuildSession) -> IncrementalWriter:
    assert last.writer is not None  # or it could not stay resident
    return last.writer
