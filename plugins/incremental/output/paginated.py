"""The part of the writer that Pelican calls: one page, or a list on many.

A list that shows what it showed is kept as a whole, without a look at each page.
"""

from collections.abc import Mapping
from typing import Any

from pelican.paginator import Paginator
from pelican.writers import Writer

from ..fingerprints.fingerprints import Fingerprints
from .list_cache import ListCache, given_of, sign_of
from .page_patterns import names, parts
from .render_queue import RenderQueue
from .replay import normal
from .tree import OutputTree


class PagedWriter(Writer):
    """`one_by_one`: lists are not looked at as a whole."""

    tree: OutputTree
    fingerprints: Fingerprints
    lists: ListCache
    queue: RenderQueue
    shared: dict[str, Any]
    one_by_one: bool

    def _page(
        self,
        name: str,
        template: Any,
        context: dict[str, Any],
        relative: bool,
        override: bool,
        kwargs: dict[str, Any],
    ) -> None:
        raise NotImplementedError

    def _asks_first(self, template: Any, context: Any, given: Any) -> bool:
        raise NotImplementedError

    def _may_write(self, name: str, override: bool) -> bool:
        raise NotImplementedError

    def _stands(self, name: str) -> bool:
        raise NotImplementedError

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
        if paginated is None:
            paginated = {k: v for k, v in kwargs.items() if k in ("articles", "dates")}
        per_template = self.settings["PAGINATED_TEMPLATES"]
        if not paginated or template_name not in per_template:
            self._page(name, template, context, relative_urls, override_output, kwargs)
            return
        per_page = per_template[template_name] or self.settings["DEFAULT_PAGINATION"]
        cut = {
            key: Paginator(name, url, value, self.settings, per_page)
            for key, value in paginated.items()
        }
        sign = ""
        whole = not (relative_urls or self.one_by_one)
        given = {**kwargs, **given_of(cut)}
        if whole and not self._asks_first(template, context, given):
            sign = self._sign(template, context, kwargs, cut)
        files = names(cut)
        if not (sign and self._stand(name, sign, override_output, files)):
            rest = template, context, relative_urls, override_output
            for part, more in parts(cut):
                self._page(part, *rest, {**kwargs, **more})
        self._know(name, sign, override_output, files)
        self.queue.begin()

    def _sign(
        self,
        template: Any,
        context: dict[str, Any],
        kwargs: dict[str, Any],
        cut: Mapping[str, Paginator],
    ) -> str:
        place = (context.get("localsiteurl"), False, self.shared["localsiteurl"])
        return sign_of(self.fingerprints, template, context, kwargs, cut, place)

    def _stand(self, name: str, sign: str, override: bool, files: list[str]) -> bool:
        """Keep all pages of a list that shows what it showed."""
        if self.lists.known(name) != sign:
            return False
        if not all(self.tree.stands(normal(file)) for file in files):
            return False
        for file in files:
            if self._may_write(file, override):
                self._stands(normal(file))
        return True

    def _know(self, name: str, sign: str, override: bool, files: list[str]) -> None:
        """What decides on these files has this digest, or the one that it had."""
        claims = {file: self.tree.claims.get(file) for file in map(normal, files)}
        if not sign and all(one is not None and one.kept for one in claims.values()):
            sign = self.lists.known(name)
        if not override and not self._overridden_files.isdisjoint(files):
            sign = ""  # some of the files are others'
        self.lists.put(name, sign, claims)
