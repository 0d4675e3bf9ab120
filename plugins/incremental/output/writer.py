"""The writer that Pelican is given: keeps what has not changed, queues the rest.

Pelican asks it for every page and feed. It works out the fingerprint of each, which is
a digest of all that its template can read; a file of the last build with the same one
is kept unread. The others are rendered at the end, on all cores.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from pelican.contents import Content
from pelican.utils import get_relative_path, path_to_url, sanitised_join
from pelican.writers import FileOverwriteFailedError

from .. import signals
from ..fingerprints.fingerprints import Fingerprints
from ..fingerprints.text_edits import TextEdits
from ..system.digests import digest_of
from .list_cache import ListCache
from .paginated import PagedWriter
from .render_queue import Job, RenderQueue
from .replay import WriteCall, local_of, normal, rendered
from .tree import OutputFile, OutputTree

IN_ORDER = "get_summary tells which page asked first"


class WrittenTwice(FileOverwriteFailedError):
    """The file `name` was asked for by two, and neither is meant to override."""

    def __init__(self, name: str, what: str) -> None:
        super().__init__(f'"{name}" {what}')
        self.name = name


class IncrementalWriter(PagedWriter):
    """Pelican's writer, for one build. `shared` is the context that posts look into."""

    def __init__(self, output_path: str, settings: Any = None) -> None:
        super().__init__(output_path, settings=settings)

    def begin(
        self,
        tree: OutputTree,
        fingerprints: Fingerprints,
        shared: dict[str, Any],
        *,
        at_once: bool,
        changes: bool,
        in_order: frozenset[str],
        texts: TextEdits | None,
        lists: ListCache,
    ) -> None:
        """`at_once`: others look at each file when it is written. `changes`: and they
        may change posts when these are about to be written. `in_order`: templates that
        show what files before theirs have said. `texts`: nothing but these has
        changed. `lists`: what is known of paged lists."""
        self.tree, self.fingerprints, self.shared = tree, fingerprints, shared
        self.at_once, self.changes, self.texts = at_once, changes, texts
        self.lists = lists
        held = bool(self.settings.get("INCREMENTAL_HOLD"))
        self.one_by_one = held or at_once or changes or texts is not None
        self.in_order = in_order
        self.calls: dict[str, WriteCall] = {}
        self.queue = RenderQueue(tree=tree, shared=shared, alone=at_once)

    # --- files that no template makes -----------------------------------------------

    def leave(self, name: str, text: str) -> None:
        """Write the file `name` with this text; it is kept while it says the same."""
        if not self._may_write(name, override=False):
            return
        data = text.encode()
        fingerprint = f"text={digest_of(data).hex()}"
        claim = self.tree.claim(name, fingerprint, "the text of a plugin", "")
        if claim.kept:
            self.tree.lay_out(name)
        else:
            claim.lies = self.tree.put(name, data)

    # --- pages ----------------------------------------------------------------------

    def _page(
        self,
        name: str,
        template: Any,
        context: dict[str, Any],
        relative: bool,
        override: bool,
        kwargs: dict[str, Any],
    ) -> None:
        before = self.shared["localsiteurl"]
        siteurl = context.get("localsiteurl", None)
        if relative:
            siteurl = path_to_url(get_relative_path(name))
        if siteurl:
            context["localsiteurl"] = siteurl
        seen = self.shared["localsiteurl"]

        if not self._may_write(name, override):
            return
        if self.settings.get("INCREMENTAL_HOLD"):
            given = (name, template, context, relative, override, kwargs)
            self.calls[normal(name)] = WriteCall(IncrementalWriter._page, given, before)
        if self.changes:
            self.fingerprints.forget()
        if self.texts is not None:
            reads = self.fingerprints.reads(template, context, kwargs)
            decided = self.texts.decide(reads, context, kwargs)
            if not decided and self._stands(name):
                return
        place = (siteurl, relative, seen)
        fingerprint, reason = None, IN_ORDER
        if not self._asks_first(template, context, kwargs):
            fingerprint, reason = self.fingerprints.of_page(
                name, template, context, kwargs, place
            )
        if fingerprint is None:
            # Files are attached by rendering, which comes late, or elsewhere.
            for value in kwargs.values():
                if isinstance(value, Content) and "attach}" in (value._content or ""):
                    _ = value.content
        local = partial(local_of, context, siteurl, relative, name, kwargs)
        render = partial(rendered, template, local)
        name = normal(name)
        self._decide(name, fingerprint, template.name, reason, seen, render)
        if self.at_once:
            path = f"{self.tree.staged}/{name}"
            signals.pelican.content_written.send(path, context=local())

    def _asks_first(self, template: Any, context: Any, given: Any) -> bool:
        """Whether a page may be the first that asks for a summary, and decide on it."""
        reads = self.fingerprints.reads(template, context, given)
        return not self.in_order.isdisjoint(reads.templates)

    def _may_write(self, name: str, override: bool) -> bool:
        """Pelican's rules for two writes to one file; false if this one is dropped."""
        if name in self._overridden_files:
            if override:
                raise WrittenTwice(name, "is overridden a second time")
            return False
        if name in self._written_files and not override:
            raise WrittenTwice(
                name, "is written twice; one of them must be meant to override"
            )
        self.queue.settle(normal(name))
        if override:
            self._overridden_files.add(name)
        if name.startswith("/") or ".." in name:
            sanitised_join(self.output_path, name)
        self._written_files.add(name)
        return True

    def _decide(
        self,
        name: str,
        fingerprint: str | None,
        why: str,
        reason: str,
        seen: str,
        render: Callable[[], str | None],
    ) -> None:
        claim = self.tree.claim(name, fingerprint, why, reason)
        if claim.kept:
            self._keep(name, claim)
            return
        self.queue.add(Job(name, seen, claim, render))
        if self.at_once:
            self.queue.finish()

    def _stands(self, name: str) -> bool:
        """Keep a file that shows nothing that has changed, if it is as it was left."""
        known = self.tree.previous.get(name)
        if known is None or not known[0]:
            return False
        claim = self.tree.claim(name, known[0], known[2], "")
        if claim.kept:
            self._keep(name, claim)
        return claim.kept

    def _keep(self, name: str, claim: OutputFile) -> None:
        if claim.notes:
            signals.page_notes.send(name, notes=claim.notes)
        self.tree.lay_out(name)

    # --- feeds ----------------------------------------------------------------------

    def write_feed(
        self,
        elements: Any,
        context: Any,
        path: str | None = None,
        url: Any = None,
        feed_type: str = "atom",
        override_output: bool = False,
        feed_title: Any = None,
    ) -> Any:
        """As Pelican's; a feed that is written to a file is not returned."""

        def usual(to: str | None) -> Any:
            return super(IncrementalWriter, self).write_feed(
                elements, context, to, url, feed_type, override_output, feed_title
            )

        if not path:
            return usual(path)
        if not self._may_write(path, override_output):
            return None
        if self.at_once:
            self.tree.claim(path, None, f"{feed_type} feed", "a plugin listens to it")
            return usual(path)
        seen = self.shared["localsiteurl"]
        if self.settings.get("INCREMENTAL_HOLD"):
            more = (url, feed_type, override_output, feed_title)
            given = (elements, context, path, *more)
            self.calls[normal(path)] = WriteCall(
                IncrementalWriter.write_feed, given, seen
            )
        posts = elements[: self.settings["FEED_MAX_ITEMS"]]
        if self.texts is not None:
            if not self.texts.among(posts) and self._stands(path):
                return None
        fingerprint, reason = None, IN_ORDER
        if not self.in_order:  # or it may be the first that asks for a summary
            fingerprint, reason = self.fingerprints.of_feed(
                path, posts, context, (url, feed_type, feed_title, seen)
            )

        def render() -> None:
            usual(path)

        self._decide(path, fingerprint, f"{feed_type} feed", reason, seen, render)
        return None

    def _open_w(self, filename: str, encoding: str, override: bool = False) -> Any:
        # Whether it may be written was decided when it was queued.
        return open(filename, "w", encoding=encoding)
