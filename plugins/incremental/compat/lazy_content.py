"""Texts of unchanged posts, which are decoded when they are read.

Most posts of a build are shown by their titles and dates alone, and a text takes longer
to decode than to read from the disk, and more memory. So a post that is made of what is
remembered has no `_content` of its own: Pelican, and every plugin, gets it from the
bytes each time, by an attribute of the class. What is assigned hides that.
"""

from typing import Any, Protocol

from pelican.contents import Content

_TEXT = "_incremental_text"


class LazyContent(Protocol):
    """The text of a post as it is remembered: in bytes, or read just now."""

    raw: str | bytes
    digest: str

    @property
    def content(self) -> str: ...


class _LazyText:
    """The attribute of the class, which is read where an instance has none."""

    def __get__(self, post: Any, kind: Any = None) -> Any:
        if post is None:
            return self
        known = vars(post).get(_TEXT)
        if known is None:
            raise AttributeError("_content")
        return known.content


def install() -> None:
    """Let the class `Content` have `_content`, for posts that have none of their own.

    Pelican (4.11 and 4.12) sets it in `Content.__init__`, and has no such attribute of
    the class, so nothing changes for other posts. It is not taken away at the end of a
    build: posts outlive it, in plugins and in a process that holds the site.
    """
    Content._content = _LazyText()  # type: ignore[assignment]  # it gives a str


def set_lazy_content(post: Content, known: LazyContent) -> None:
    """Give a post its text, which is decoded when it is read."""
    if isinstance(known.raw, str):
        post._content = known.raw
    else:
        vars(post)[_TEXT] = known


def lazy_content_of(post: Content) -> LazyContent | None:
    """The text of a post as it was given, if nobody has given it another."""
    return None if "_content" in vars(post) else vars(post).get(_TEXT)
