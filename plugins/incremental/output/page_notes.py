"""What is noted while a page is rendered, for plugins that listen to rendering.

A template may do more than give text: it may call a function of a plugin that has to
know of each call. A page that is kept is not rendered, and one that is rendered in
another process tells nobody here. So the plugin notes plain values; they are kept
with the page, and sent again whenever the page is part of a build and not rendered
here.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

_page: ContextVar[list[Any] | None] = ContextVar("incremental_page_notes", default=None)
"""What was noted of the page that is being rendered."""


def note(value: Any) -> None:
    """Keep a plain value (as JSON has them) with the page that is being rendered.

    Nothing is kept where none is, and a value that was noted before is kept once.
    """
    page = _page.get()
    if page is not None and value not in page:
        page.append(value)


@contextmanager
def noting() -> Iterator[list[Any]]:
    """Gather what is noted within the block."""
    page: list[Any] = []
    before = _page.set(page)
    try:
        yield page
    finally:
        _page.reset(before)
