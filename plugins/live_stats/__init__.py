"""Live social-media figures for Pelican: ask, remember, say.

Pelican finds `register` here; the shell finds the command `live-stats`. The import is
late so that `refresh` starts without loading Pelican.
"""


def register() -> None:
    """Connect the plugin to Pelican's signals."""
    from .pelican_plugin import plugin

    plugin.register()
