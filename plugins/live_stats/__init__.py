"""Adds live social-media figures to Pelican: fetches, stores and publishes them.

Pelican calls `register`. The import is late so that `refresh`, a command of
`live-stats`, starts without loading Pelican.
"""


def register() -> None:
    """Connect the plugin to Pelican's signals."""
    from .pelican_plugin import plugin

    plugin.register()
