"""What is looked at before new skeletons are put in place: slots, links, feeds."""

from collections.abc import Container, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from pelican.plugins.incremental import BuildTree

from ...model.errors import Mistake
from ...publishing import links
from ...publishing.index import SiteIndex
from ...publishing.skeletons import Skeleton, is_empty_feed, is_fillable
from .link_blame import LinkBlame

MANY = 4
"""A link that so many pages have is told of once: it is one mistake, not many."""


def drop_empty_feeds(tree: BuildTree) -> None:
    """A feed of nothing is no file of the site: readers would take it for broken."""
    for name in [name for name in tree.names if name.endswith(".xml")]:
        if not tree.is_kept(name) and is_empty_feed(Path(tree.path(name))):
            tree.drop(name)


def fewer_slots(new: Mapping[str, Skeleton], index: SiteIndex) -> bool:
    """Whether a page that was made anew shows fewer numbers than it did."""

    def numbers(slots: list[list[int]]) -> set[int]:
        return {number for _, _, number, _ in slots}

    return any(
        not numbers(index.slots(name)) <= numbers(skeleton.slots)
        for name, skeleton in new.items()
    )


def cut_slots(new: Mapping[str, Skeleton], specs: Container[str]) -> Iterator[Mistake]:
    """The pages whose template took a slot apart."""
    for name, skeleton in new.items():
        if not is_fillable(skeleton, specs):
            yield Mistake(
                path=f"output/{name}",
                what="a slot was cut or respelled, so no number can fill it",
                mend="print what `stats` and the figures give whole: "
                "do not slice, shorten or convert it in the template",
            )


def broken_links(
    tree: BuildTree, new: Mapping[str, Skeleton], index: SiteIndex, blame: LinkBlame
) -> list[Mistake]:
    """Broken links, each at its source; on other pages only if no source has it."""
    names = set(tree.names)
    suspects = {
        name for name, skeleton in new.items() if links.lost(skeleton.targets, names)
    }
    gone = {name for name in index.names() if name not in names}
    if gone:
        gone |= {name.removesuffix("/index.html") for name in gone}
        suspects |= index.leading_to(gone) & names
    found = []
    for name in sorted(suspects):
        text = Path(tree.path(name)).read_text(encoding="utf-8", errors="replace")
        found += links.broken(name, text, names, blame.address)
    if not found:
        return []
    told, left = blame.find(found, names)
    for href, pages in left.items():
        told += _once(
            [
                Mistake(
                    path=f"output/{name}",
                    what=f'the link "{href}" leads to nothing',
                    mend="mend the address or add the page",
                )
                for name in pages
            ]
        )
    return told


def _once(mistakes: list[Mistake]) -> list[Mistake]:
    """One line for a link that many pages have: a template has it, most likely."""
    many = len({mistake.path for mistake in mistakes})
    if many < MANY:
        return mistakes
    first = mistakes[0]
    return [
        replace(
            first,
            what=f"{first.what}, here and on {many - 1} more pages",
            mend="mend it in the theme's templates, where it probably stands, or add "
            "the page",
        )
    ]
