"""Finds links to a heading, or another place of a page, that is not there.

What a theme links to is left alone: its scripts may make the place.
"""

from collections.abc import Container, Iterator, Mapping
from functools import cache
from pathlib import Path

from pelican.plugins.incremental import BuildTree

from ...publishing import links
from ...publishing.index import SiteIndex
from ...publishing.links import Broken
from ...publishing.skeletons import Skeleton

_FOOTNOTES = ("fn:", "fnref")


def find_lost_fragments(
    tree: BuildTree,
    new: Mapping[str, Skeleton],
    index: SiteIndex,
    authored: Container[str],
    address: str,
) -> Iterator[Broken]:
    """The links of `authored` pages to an id that their target lacks.

    Looked at are all new pages, and those that lead to an id of a new one. `address` is
    that of the site.
    """

    @cache
    def text_of(name: str) -> str:
        return Path(tree.path(name)).read_text(encoding="utf-8", errors="replace")

    names = set(tree.names)
    known = {name: one.fragments for name, one in new.items() if name in authored}
    for name in (index.needing_ids_of(set(new)) & names) - known.keys():
        if name in authored:
            known[name] = tuple(links.fragments(name, text_of(name), address))
    for name in sorted(known):
        for href, page, fragment in known[name]:
            if fragment.startswith(_FOOTNOTES):
                continue  # `check_links` tells of them
            if page in names and not links.has_id(text_of(page), fragment):
                yield Broken(
                    file=name,
                    href=href,
                    target=page,
                    fragment=fragment,
                    ids=frozenset(links.ids(text_of(page))),
                )
