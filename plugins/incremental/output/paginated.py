"""The pages of a list that is too long for one, and whether they show what they showed.

A tag has many pages, and most of them show nothing that an edit has touched. All that
any page of a list can show has one digest; while it is the same, so are the pages.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from jinja2 import Template
from pelican.paginator import Paginator

from ..fingerprints.fingerprints import Fingerprints
from .list_cache import ListCache, given_of, list_digest
from .tree import OutputTree, normal


class PaginatedList:
    """The posts that one template shows on several pages, as Pelican cuts them.

    `name` is the file of the first page and `url` its address, `values` the lists by
    the names that the template has for them.
    """

    def __init__(
        self,
        name: str,
        url: Any,
        values: Mapping[str, Any],
        settings: Mapping[str, Any],
        per_page: int,
    ) -> None:
        self.name = name
        self.paginators = {
            key: Paginator(name, url, value, settings, per_page)
            for key, value in values.items()
        }

    @property
    def files(self) -> list[str]:
        """The files of all pages: as many as the first list has, named as the last."""
        first, *_, last = [*self.paginators.values()] * 2
        return [last.page(number).save_as for number in first.page_range]

    def pages(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """The file of each page, and the values that a template knows of as
        `articles_page` and so on.

        Pelican cuts each page out thrice: for itself and for both of its neighbours.
        """
        last = next(iter(self.paginators.values())).num_pages
        cut = {
            key: [*map(one.page, range(1, last + 1))]
            for key, one in self.paginators.items()
        }
        for number in range(last):
            values: dict[str, Any] = {}
            for key, paginator in self.paginators.items():
                pages, page = cut[key], cut[key][number]
                final = number + 1 >= paginator.num_pages
                values[f"{key}_paginator"], values[f"{key}_page"] = paginator, page
                values[f"{key}_previous_page"] = pages[number - 1] if number else None
                values[f"{key}_next_page"] = None if final else pages[number + 1]
            yield page.save_as, values


class PaginatedLists:
    """Decides whether a list is kept as a whole, without a look at each of its pages.

    `shared` is the context that posts look into.
    """

    def __init__(
        self,
        tree: OutputTree,
        fingerprints: Fingerprints,
        lists: ListCache,
        shared: Mapping[str, Any],
    ) -> None:
        self._tree, self._lists = tree, lists
        self._fingerprints, self._shared = fingerprints, shared

    def values_of(self, paged: PaginatedList) -> dict[str, Any]:
        """What the template is given of a list, as its first page has it."""
        return given_of(paged.paginators)

    def digest(
        self,
        paged: PaginatedList,
        template: Template,
        context: dict[str, Any],
        kwargs: dict[str, Any],
    ) -> str:
        """The digest of all that any page can show; empty if more decides on it."""
        place = (context.get("localsiteurl"), False, self._shared["localsiteurl"])
        return list_digest(
            self._fingerprints, template, context, kwargs, paged.paginators, place
        )

    def is_unchanged(self, paged: PaginatedList, digest: str, files: list[str]) -> bool:
        """Whether all pages lie there as they were left, and show what they showed."""
        if not digest or self._lists.known(paged.name) != digest:
            return False
        return all(self._tree.is_untouched(normal(file)) for file in files)

    def remember(
        self, paged: PaginatedList, digest: str, files: list[str], *, replaced: bool
    ) -> None:
        """Remember the digest of a list whose pages were claimed just now.

        Without one, it is the old one if all pages are kept. None is remembered if some
        files are `replaced` by those of others.
        """
        claims = {file: self._tree.claims.get(file) for file in map(normal, files)}
        if not digest and all(one is not None and one.kept for one in claims.values()):
            digest = self._lists.known(paged.name)
        self._lists.put(paged.name, "" if replaced else digest, claims)
