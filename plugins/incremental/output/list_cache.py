"""The digests of paginated lists: of all that any page of a list can show."""

import logging
from collections.abc import Mapping
from typing import Any

from pelican.paginator import Paginator

from ..fingerprints.fingerprints import Fingerprints
from ..fingerprints.unknown import UnknownValue
from ..system.digests import hashed
from ..template_analysis.access import EACH, Access, AccessTree
from .tree import OutputFile

log = logging.getLogger(__name__)

PARTS = ("paginator", "page", "previous_page", "next_page")
"""What a template is given of a list, by the ends of the names."""

_PLAIN = frozenset(
    {
        *("number", "url", "save_as", "name", "base_name", "base_url", "full_name"),
        *("has_next", "has_previous", "has_other_pages", "extension"),
        *("next_page_number", "previous_page_number", "start_index", "end_index"),
        *("num_pages", "count", "page_range", "per_page", "orphans"),
    }
)
"""Parts of a page, or of all pages, that follow from names, settings and lengths."""


class ListCache:
    """The digests of the lists of one build, by the file of the first page.

    `known` are those of the last: they hold while each file of the list is the one that
    was made for it.
    """

    def __init__(self, known: Mapping[str, str]) -> None:
        self._known = known
        self._claims: dict[str, tuple[str, dict[str, OutputFile | None]]] = {}

    def known(self, name: str) -> str:
        return self._known.get(name, "")

    def put(self, name: str, digest: str, claims: dict[str, OutputFile | None]) -> None:
        """A list has this digest, and these are its files."""
        self._claims.pop(name, None)
        if digest:
            self._claims[name] = digest, claims

    def end(self, claims: Mapping[str, OutputFile]) -> dict[str, str]:
        """The digests that the next build may believe, with all files of this one."""
        return {
            name: digest
            for name, (digest, files) in self._claims.items()
            if all(
                one is not None and one.fingerprint and claims.get(file) is one
                for file, one in files.items()
            )
        }


def list_digest(
    fingerprints: Fingerprints,
    template: Any,
    context: dict[str, Any],
    kwargs: dict[str, Any],
    paginators: Mapping[str, Paginator],
    place: tuple[Any, ...],
) -> str:
    """The digest of a list; empty if more than digests decides on its pages.

    `place` is as for `Fingerprints.of_page`, and the same for all of them.
    """
    env = template.environment
    more = given_of(paginators)
    given = {**kwargs, **more}
    reads = fingerprints.reads(template, context, given)
    if reads.unknown:
        return ""
    values = fingerprints.values(env)
    values.use_siteurl(place[2])
    try:
        shared = fingerprints.context(reads, env, context, given, place[2], values)
        parts: list[Any] = [reads.sources, shared, repr(place)]
        for name, use in reads.names.items():
            if name in kwargs and name not in more:
                parts += [name, values.digest(kwargs[name], use)]
        for key, one in paginators.items():
            about = one.name, one.url, one.count, one.per_page, one.orphans
            parts += [key, repr(about)]
            for part in PARTS:
                shown = reads.names.get(f"{key}_{part}")
                for items in items_of(shown) if shown is not None else ():
                    parts += [part, values.each(one.object_list, items)]
    except (UnknownValue, ValueError):  # more decides than can be digested
        return ""
    except Exception:  # each page meets the trouble, and knows what it means
        log.debug("%s: a list has no digest", template.name, exc_info=True)
        return ""
    return hashed(*parts).hex()


def given_of(paginators: Mapping[str, Paginator]) -> dict[str, Any]:
    """What a template is given of a list: as its first page has it, for all pages."""
    more: dict[str, Any] = {f"{k}_{part}": None for k in paginators for part in PARTS}
    for key, one in paginators.items():
        more[f"{key}_paginator"], more[f"{key}_page"] = one, one.page(1)
    return more


_COUNTED = {Access.TRUTH, Access.DECIDED, Access.LENGTH}


def items_of(use: AccessTree) -> list[AccessTree]:
    """How the posts of a page are read, or of all pages.

    ValueError if more is read of it than posts, names, numbers and lengths.
    """
    found: list[AccessTree] = []
    if Access.WHOLE in use.ways:
        raise ValueError("a page is read as a whole")
    for (kind, *rest), part in use.parts.items():
        name = rest[0] if kind in ("attr", "item") else ""
        if name == "object_list":
            if part.ways - _COUNTED or part.parts.keys() - {EACH}:
                raise ValueError("more than each post is read of a list")
            found += part.parts.values()
        elif name == "paginator":
            found += items_of(part)
        elif name not in _PLAIN:
            raise ValueError(f"{name or kind} of a page is read")
    return found
