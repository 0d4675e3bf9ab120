"""Gives themes what surrounds the posts: languages, related posts, services, headers.

The languages of the interface, the posts to read next, who counts the visits, where
readers subscribe, and what a page may load. It knows nothing of numbers; put
"theme_support" into PLUGINS. README.md has the settings.
"""

__all__ = ["register"]


def register() -> None:
    """Connect the plugin to Pelican's signals."""
    from . import plugin

    plugin.register()
