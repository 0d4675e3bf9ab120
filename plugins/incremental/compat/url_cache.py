"""The addresses of posts, which Pelican formats anew each time they are printed.

What follows from a post's source and the settings is remembered with the post from
build to build, unless somebody may have changed the post. Checked with Pelican 4.11 and
4.12.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from pelican.contents import Content

from pelican import contents
from pelican.plugins import signals

from .pelican_speedups import replaced

_ADDRESSES = "_incremental_addresses"
_POSTS = (contents.Article, contents.Page)


@contextmanager
def urls_remembered(*, from_source: bool) -> Iterator[None]:
    """Within the block addresses of posts are made once: nothing changes them there.

    `Content.get_url_setting` formats an address from the settings each time `url` or
    `save_as` is read. It is as ever if a plugin listens to the writing of each post,
    for it may change them. If posts follow `from_source` alone, the addresses that
    they have brought from the last build are used.
    """
    hooks = (signals.article_generator_write_article, signals.page_generator_write_page)
    if any(hook.receivers for hook in hooks):
        yield
        return
    with replaced(Content, "get_url_setting", _kept if from_source else _remembered):
        yield


def urls_of(post: Any) -> dict[str, str] | None:
    """The addresses that were made for a post; None for none."""
    found: dict[str, str] | None = vars(post).get(_ADDRESSES)
    return found


def restore_urls(post: Any, known: dict[str, str]) -> None:
    """Give a post the addresses that it had in the last build."""
    vars(post)[_ADDRESSES] = known


def _remembered(usual: Callable[..., str]) -> Callable[..., str]:
    known: dict[tuple[int, str], tuple[str, Any]] = {}

    def get_url_setting(self: Any, key: str) -> str:
        found = known.get((id(self), key))
        if found is None or isinstance(self, contents.Static):
            found = known[id(self), key] = (usual(self, key), self)
        return found[0]

    return get_url_setting


def _kept(usual: Callable[..., str]) -> Callable[..., str]:
    """The same, where posts keep theirs from build to build."""

    def get_url_setting(self: Any, key: str) -> str:
        own = vars(self)
        known = own.get(_ADDRESSES)
        found = None if known is None else known.get(key)
        if found is None or type(self) not in _POSTS:
            found = usual(self, key)
            if type(self) in _POSTS:
                own[_ADDRESSES] = {**(known or {}), key: found}
        return found

    return get_url_setting
