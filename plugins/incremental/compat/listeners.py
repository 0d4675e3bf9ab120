"""Plugins that look at what is written, and know nothing of pages that are kept.

Some open each page as it is written, or walk through the output at the end. For them a
build is made complete: kept pages are laid out as they were rendered and announced like
all others, so such a plugin sees what it would see in an empty folder, and what it does
to the files is done to all of them. Only rendering is saved.
"""

from typing import Any

from blinker import ANY, Signal

from pelican.plugins import signals

CHANGES_POSTS = ("article_generator_write_article", "page_generator_write_page")
READS_PAGES = (
    "content_written",
    "feed_written",
    "feed_generated",
    "article_writer_finalized",
    "page_writer_finalized",
)
READS_ALL = ("finalized",)

PLUGIN = __name__.removesuffix(".compat.listeners")


def is_ours(module: str) -> bool:
    """Whether a module of this name belongs to this plugin."""
    return module == PLUGIN or module.startswith(f"{PLUGIN}.")


def listeners_of(names: tuple[str, ...]) -> list[str]:
    """The plugins that listen to any of these signals, by module."""
    found: set[str] = set()
    for name in names:
        for receiver in getattr(signals, name).receivers_for(None):
            if not _aware(receiver):
                found.add(getattr(receiver, "__module__", str(receiver)))
    return sorted(found)


def any_unaware_listener() -> bool:
    """Whether somebody may do anything, anywhere, because of what a post's text is."""
    known = [one for one in vars(signals).values() if isinstance(one, Signal)]
    return any(
        not _aware(receiver)
        and not getattr(receiver, "incremental_textless", False)
        and not is_ours(receiver.__module__)
        for one in known
        for receiver in one.receivers_for(ANY)
    )


def _aware(receiver: Any) -> bool:
    """Whether a receiver says that it knows of kept pages."""
    return bool(getattr(receiver, "incremental_aware", False))
