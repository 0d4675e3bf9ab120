"""frame: what stands around the posts and is nobody's number.

The languages of the interface, where to read on, who counts the visits, where readers
subscribe, and what a page may load at all. It knows nothing of numbers;
put "frame" into PLUGINS. README.md says what can be set.
"""

__all__ = ["register"]


def register() -> None:
    """Connect the plugin to Pelican's signals."""
    from . import plugin

    plugin.register()
