"""The writer that Pelican is given: keeps what has not changed, queues the rest.

Pelican asks it for every page and feed. It works out the fingerprint of each, which is
a digest of all that its template can read; a file of the last build with the same one
is kept unread. The others are rendered at the end, on all cores.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from pelican.contents import Content
from pelican.utils import get_relative_path, path_to_url, sanitised_join
from pelican.writers import Writer

from .. import signals
from ..compat.versions import OverwriteError
from ..fingerprints.fingerprints import Fingerprints
from ..fingerprints.text_edits import TextEdits
from ..system.digests import digest_of
from .list_cache import ListCache
from .paginated import PaginatedList, PaginatedLists
from .render_queue import Job, RenderQueue
from .replay import FeedRequest, PageRequest, WriteCall, rendered
from .tree import OutputFile, OutputTree, normal

IN_ORDER = "get_summary tells which page asked first"


class WrittenTwice(OverwriteError):
    """The file `name` was asked for by two, and neither is meant to override."""

    def __init__(self, name: str, what: str) -> None:
        super().__init__(f'"{name}" {what}')
        self.name = name


class IncrementalWriter(Writer):
    """Pelican's writer, for one build. `shared` is the context that posts look into.

    `at_once`: others look at each file when it is written. `changes`: and they may
    change posts when these are about to be written. `in_order`: the templates that show
    what files before theirs have left. `texts`: nothing but these has changed. `lists`:
    the digests of paginated lists. `calls` has each request by its file, if the site is
    held in memory, and `compared` the pages whose fingerprints were made.
    """

    def __init__(
        self,
        output_path: str,
        settings: dict[str, Any],
        *,
        tree: OutputTree,
        fingerprints: Fingerprints,
        shared: dict[str, Any],
        at_once: bool,
        changes: bool,
        in_order: frozenset[str],
        texts: TextEdits | None,
        lists: ListCache,
    ) -> None:
        super().__init__(output_path, settings=settings)  # type: ignore[no-untyped-call]  # Pelican's
        self.tree, self.fingerprints, self.shared = tree, fingerprints, shared
        self.at_once, self.changes, self.texts = at_once, changes, texts
        self.in_order = in_order
        self.hold = bool(settings.get("INCREMENTAL_HOLD"))
        self.calls: dict[str, WriteCall] = {}
        self.compared: list[str] = []
        self.queue = RenderQueue(tree=tree, shared=shared, alone=at_once)
        self._lists = PaginatedLists(tree, fingerprints, lists, shared)
        # Where each page is looked at for itself, lists are not looked at as a whole.
        self._page_by_page = self.hold or at_once or changes or texts is not None

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
            claim.location = self.tree.put(name, data)

    # --- pages ----------------------------------------------------------------------

    def write_file(
        self,
        name: Any,
        template: Any,
        context: Any,
        relative_urls: bool = False,
        paginated: Mapping[str, Any] | None = None,
        template_name: str | None = None,
        override_output: bool = False,
        url: Any = None,
        **kwargs: Any,
    ) -> None:
        """As Pelican's: the file `name`, rendered with `context` and `kwargs`."""
        if not name:
            return
        page = PageRequest(
            name, template, context, relative_urls, override_output, kwargs
        )
        if paginated is None:
            paginated = {k: v for k, v in kwargs.items() if k in ("articles", "dates")}
        per_template = self.settings["PAGINATED_TEMPLATES"]
        if not paginated or template_name not in per_template:
            self.write_page(page)
            return
        per_page = per_template[template_name] or self.settings["DEFAULT_PAGINATION"]
        paged = PaginatedList(name, url, paginated, self.settings, per_page)
        self._write_list(page, paged)
        self.queue.begin()

    def _write_list(self, page: PageRequest, paged: PaginatedList) -> None:
        """Write all pages of a list; `page` is the request for it as a whole."""
        digest, files = "", paged.files
        if not (page.relative or self._page_by_page):
            given = {**page.kwargs, **self._lists.values_of(paged)}
            if not self._may_ask_first(page._replace(kwargs=given)):
                digest = self._lists.digest(
                    paged, page.template, page.context, page.kwargs
                )
        if self._lists.is_unchanged(paged, digest, files):
            for file in files:
                if self._may_write(file, page.override):
                    self._keep_untouched(normal(file))
        else:
            for file, values in paged.pages():
                self.write_page(
                    page._replace(name=file, kwargs={**page.kwargs, **values})
                )
        others = not (page.override or self._overridden_files.isdisjoint(files))
        self._lists.remember(paged, digest, files, replaced=others)

    def write_page(self, page: PageRequest) -> None:
        """Keep one file, or queue it to be rendered."""
        before = self.shared["localsiteurl"]
        siteurl = _site_url(page)
        if siteurl:
            page.context["localsiteurl"] = siteurl
        seen = self.shared["localsiteurl"]  # it may be another context
        if not self._may_write(page.name, page.override):
            return
        name = normal(page.name)
        if self.hold:
            self.calls[name] = WriteCall(page, before)
        if self.changes:
            self.fingerprints.forget()
        if self._shows_no_edit(page) and self._keep_untouched(page.name):
            return
        fingerprint, reason = self._fingerprint(page, (siteurl, page.relative, seen))
        if fingerprint is None:
            _attach_files(page)
        local = partial(page.local_context, siteurl)
        render = partial(rendered, page.template, local)
        self._decide(name, fingerprint, page.template.name, reason, seen, render)
        if self.at_once:
            path = f"{self.tree.staged}/{name}"
            signals.pelican.content_written.send(path, context=local())

    def _shows_no_edit(self, page: PageRequest) -> bool:
        """Whether only texts have changed, and a page shows none of these."""
        if self.texts is None:
            return False
        return not page.may_show(self.texts, self.fingerprints)

    def _fingerprint(
        self, page: PageRequest, place: tuple[str | None, bool, str]
    ) -> tuple[str | None, str]:
        """The fingerprint of a page, or None and why it has none."""
        if self._may_ask_first(page):
            return None, IN_ORDER
        self.compared.append(page.name)
        return self.fingerprints.of_page(
            page.name, page.template, page.context, page.kwargs, place
        )

    def _may_ask_first(self, page: PageRequest) -> bool:
        """Whether a page may be the first that asks for a summary, and decide on it."""
        if not self.in_order:
            return False
        reads = self.fingerprints.reads(page.template, page.context, page.kwargs)
        return not self.in_order.isdisjoint(reads.templates)

    def _may_write(self, name: str, override: bool) -> bool:
        """Pelican's rules for two writes to one file; false if this one is dropped."""
        if self.tree.checking and name in self._written_files:
            return False  # why is told already
        if name in self._overridden_files:
            if override:
                raise WrittenTwice(name, "is overridden a second time")
            return False
        if name in self._written_files and not override:
            raise WrittenTwice(
                name, "is written twice; one of them must be meant to override"
            )
        self.queue.release(normal(name))
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
        made_from: str,
        reason: str,
        seen: str,
        render: Callable[[], str | None],
    ) -> None:
        claim = self.tree.claim(name, fingerprint, made_from, reason)
        if claim.kept:
            self._keep(name, claim)
            return
        self.queue.add(Job(name, seen, claim, render))
        if self.at_once:
            self.queue.finish()

    def _keep_untouched(self, name: str) -> bool:
        """Keep a file that shows nothing that has changed, if it is as it was left."""
        known = self.tree.previous.get(name)
        if known is None or not known.fingerprint:
            return False
        claim = self.tree.claim(name, known.fingerprint, known.made_from, "")
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
            return super(IncrementalWriter, self).write_feed(  # type: ignore[no-untyped-call]  # Pelican's
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
        if self.hold:
            feed = FeedRequest(
                elements, context, path, url, feed_type, override_output, feed_title
            )
            self.calls[normal(path)] = WriteCall(feed, seen)
        posts = elements[: self.settings["FEED_MAX_ITEMS"]]
        if self.texts is not None:
            if not self.texts.among(posts) and self._keep_untouched(path):
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


def _site_url(page: PageRequest) -> Any:
    """What the links of posts are made for on a page."""
    if page.relative:
        return path_to_url(get_relative_path(page.name))
    return page.context.get("localsiteurl", None)


def _attach_files(page: PageRequest) -> None:
    """Attach the files of a page's posts now, as its rendering would.

    That comes later, or in another process, and the address of an attached file is that
    of the first page that shows it.
    """
    for value in page.kwargs.values():
        if isinstance(value, Content) and "attach}" in (value._content or ""):
            _ = value.content
