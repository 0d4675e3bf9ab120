"""What a page says while it is rendered, for plugins that listen to rendering.

A template may do more than give text: it may ask a plugin for something the plugin has
to know of. A page that is kept is not rendered, and one that is rendered in another
process does so unheard. So the plugin notes plain values; they are kept with the page,
and told again whenever the page is part of a build without being rendered here.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_pages: list[list[Any]] = []


def note(value: Any) -> None:
    """Keep a plain value (as JSON has them) with the page that is being rendered."""
    if _pages and value not in _pages[-1]:
        _pages[-1].append(value)


@contextmanager
def noting() -> Iterator[list[Any]]:
    """Gather what is noted within the block."""
    page: list[Any] = []
    _pages.append(page)
    try:
        yield page
    finally:
        _pages.pop()
