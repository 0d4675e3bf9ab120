"""Builds the last site of this process again, if texts alone have changed since.

An author's server builds after every save, and has in memory all that Pelican has read.
So the post is read again and its text put in the place of the old one; the pages that
may show it are written by the calls that wrote them before. What a build in another
process would find out is found out here too, but for posts that somebody changes and
tells nobody: those the next whole build sees.
"""

import json
import os
import time
from collections.abc import Iterable
from typing import Any

from pelican.contents import Article, Page

from pelican.plugins import signals

from ..compat.url_cache import addresses
from ..content_cache import post_cache
from ..fingerprints.fingerprints import Fingerprints
from ..fingerprints.text_edits import can_trust_previous, only_texts_changed
from ..output.tree import OutputFile, OutputTree
from ..report import Mode
from ..state.store import of_written, opened, written
from .session import BuildSession

_SIGNALS = {
    Article: (signals.article_generator_preread, signals.article_generator_context),
    Page: (signals.page_generator_preread, signals.page_generator_context),
}


class MoreThanTextsChanged(Exception):
    """More than texts has changed: only a whole build will do."""


def can_stay_resident(last: BuildSession) -> bool:
    """Whether what a build wrote can be written again by what is in memory.

    What came there past the writer, such as the theme's own files, is not of any text:
    nobody else is at work, or `changed_alone` says so.
    """
    more = last.complete or last.changes or last.in_order or last.inner
    return not (more or last.outer or last.writer is None)


def rows_of(last: BuildSession) -> dict[str, list[str]]:
    """What is known of each file, after a build."""
    known = {name: last.tree.previous.get(name, []) for name in last.tree.names}
    return known | {name: written(of_written(row)) for name, row in last.rows.items()}


class ResidentRebuild(BuildSession):
    """The session of one more build: only `paths` are known to have changed."""

    def __init__(self, last: BuildSession, paths: Iterable[str]) -> None:
        vars(self).update(vars(last))
        self.now, self.why_full, self.texts = time.time_ns(), "", None
        self.store, self.known = opened(self.folder, self.say), last.inputs
        self.reading = last.reading.without(paths, self.now)
        self.fingerprints = Fingerprints(self.settings)
        self.fingerprints.templates_of(last.fingerprints)
        rows = rows_of(last)
        self.tree = OutputTree(
            final=last.tree.final,
            staged=last.tree.staged,
            spares=last.tree.spares,
            previous=rows,
            owned=last.tree.owned,
            retained=last.tree.retained,
            at=self._said_now(),
            difference=self._difference,
            partial=True,
        )
        for name, (print_of, _, why, _, notes) in rows.items():
            noted = json.loads(notes) if notes else None
            self.tree.claims[name] = OutputFile(print_of, why, True, noted)

    def replay(self) -> None:
        """Read again, and write what may show it. Raises `NotAlone`."""
        last, posts = self.writer, self.posts()
        by_path = {post.source_path: post for post in posts}
        try:
            for path in self.reading.stale:
                self._read(by_path[path])
        except Exception:  # a whole build meets it too, and says where
            raise MoreThanTextsChanged from None
        self.stands = can_trust_previous(self.known, self.now)
        if self.stands:
            self.texts = only_texts_changed(self.known, self.reading, posts, self.now)
        if self.texts is None or any(self.known.changed_code(self.now)):
            raise MoreThanTextsChanged
        for path, entry in self.reading.new.items():
            by_path[path]._content = entry.content
        self.know_posts()
        self._stack.enter_context(addresses(settled=self.alone))
        self.writer = self.made_writer(last.settings)
        self.writer.calls = last.calls
        for name, call in list(last.calls.items()):
            row = self.tree.previous.get(name)
            if (
                row is None
                or not row[0]
                or call.may_show(self.texts, self.fingerprints)
            ):
                self.tree.claims.pop(name, None)
                call.again(self.writer)
        self.writer.queue.finish()

    def _mode(self) -> Mode:
        return "resident"

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
        post_cache.attach(generator, self.reading)
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
