"""Where Pelican takes quadratic time, the same answer in linear time.

Pelican asks "is this post in that list?" for every post and every tag, and again when
it sorts out translations. Posts are compared by identity, so a set of identities gives
the same answer. Only these questions are replaced, for as long as a build runs.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pelican import generators
from pelican.contents import Content


class Members(list[Any]):
    """A list of posts that knows at once whether a post is in it."""

    __slots__ = ("_ids", "_size")

    def __contains__(self, item: object) -> bool:
        if not isinstance(item, Content) or type(item).__eq__ is not object.__eq__:
            return list.__contains__(self, item)
        if getattr(self, "_size", -1) != len(self):
            self._ids = {id(one) for one in self}
            self._size = len(self)
        return id(item) in self._ids


def quick(pairs: list[tuple[Any, list[Any]]]) -> list[tuple[Any, list[Any]]]:
    return [(name, Members(posts)) for name, posts in pairs]


def quicken(generator: Any) -> None:
    """Give the lists of an articles generator, by tag and so on, their quick form."""
    for tag, posts in generator.tags.items():
        generator.tags[tag] = Members(posts)
    generator.categories = quick(generator.categories)
    generator.authors = quick(generator.authors)
    generator._update_context(("tags", "categories", "authors"))


@contextmanager
def linear() -> Iterator[None]:
    """Sort out translations in linear time within the block."""
    usual = generators.process_translations

    def process(posts: list[Any], translation_id: Any = None) -> Any:
        if len(posts) < 200:
            return usual(posts, translation_id)
        return _process(usual, posts, translation_id)

    generators.process_translations = process
    try:
        yield
    finally:
        generators.process_translations = usual


def _process(usual: Any, posts: list[Any], translation_id: Any) -> Any:
    """Pelican's own answer, group by group: within a group lists are short."""
    if not translation_id or not isinstance(translation_id, str):
        return usual(posts, translation_id)
    groups: dict[Any, list[Any]] = {}
    try:
        for post in posts:
            groups.setdefault(getattr(post, translation_id), []).append(post)
        order = sorted(groups)
    except (AttributeError, TypeError):
        return usual(posts, translation_id)
    originals, translations = [], []
    for name in order:
        some, others = usual(groups[name], translation_id)
        originals += some
        translations += others
    posts[:] = [post for name in order for post in groups[name]]
    return originals, translations
