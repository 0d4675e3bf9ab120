"""Checks the slots and feeds of new skeletons before they are put in place."""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from pelican.plugins.incremental import BuildTree

from ...model.errors import Mistake
from ...publishing.index import SiteIndex
from ...publishing.skeletons import Skeleton, is_empty_feed, is_fillable


def drop_empty_feeds(tree: BuildTree) -> None:
    """Take feeds without entries out of the site: feed readers take them for broken."""
    for name in [name for name in tree.names if name.endswith(".xml")]:
        if not tree.is_kept(name) and is_empty_feed(Path(tree.path(name))):
            tree.drop(name)


def has_lost_slots(new: Mapping[str, Skeleton], index: SiteIndex) -> bool:
    """Whether a page that was rendered again has fewer slots than it had."""

    def numbers(slots: Iterable[tuple[int, int, int, str]]) -> set[int]:
        return {number for _, _, number, _ in slots}

    return any(
        not numbers(index.files.slots(name)) <= numbers(skeleton.slots)
        for name, skeleton in new.items()
    )


def cut_slots(
    new: Mapping[str, Skeleton], specs: Container[str], mistaken: Container[int]
) -> Iterator[Mistake]:
    """The pages whose template took a slot apart, so that it cannot be filled.

    `mistaken` are the slots of figures with a mistake of their own.
    """
    for name, skeleton in new.items():
        slots = tuple(one for one in skeleton.slots if one[2] not in mistaken)
        if not is_fillable(replace(skeleton, slots=slots), specs):
            yield Mistake(
                path=f"output/{name}",
                what="a slot was cut or respelled, so no number can fill it",
                mend="print what `stats` and the figures give whole: "
                "do not slice, shorten or convert it in the template",
            )
