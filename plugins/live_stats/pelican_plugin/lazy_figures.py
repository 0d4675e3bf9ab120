"""Gives a post its figures when a template reads them first.

Where a few posts were edited, few pages are rendered, and each shows few posts. The
figures of all others are what the last build resolved. So such a post has no
attributes `figures` and `figure`: the class `Content` has descriptors, which resolve
them.
"""

from collections.abc import Callable
from typing import Any

from pelican.contents import Content

from pelican.plugins import incremental

_RESOLVE = "_live_stats_resolve"


class _LazyAttribute:
    """An attribute of a post that comes by resolving it. An assigned value hides it."""

    incremental_own = True  # figures follow from what is kept beside a text

    def __init__(self, name: str) -> None:
        self.name = name

    def __get__(self, post: Any, kind: Any = None) -> Any:
        if post is None:
            return self
        resolve = vars(post).pop(_RESOLVE, None)
        if resolve is None:
            raise AttributeError(self.name)
        resolve(post)
        return vars(post)[self.name]


def install() -> None:
    """Add `figures` and `figure` to Pelican's class `Content`.

    A line "Figure:" of the front matter becomes an attribute of the post itself, which
    hides the descriptor until the post is resolved.
    """
    for name in ("figures", "figure"):
        incremental.add_content_attribute(name, _LazyAttribute(name))


def resolve_lazily(post: Content, resolve: Callable[[Content], Any]) -> None:
    """Have `resolve` set `figures` and `figure` of a post when one of them is read."""
    vars(post)[_RESOLVE] = resolve
