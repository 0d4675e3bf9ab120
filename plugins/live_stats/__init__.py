"""Live social-media figures for Pelican: ask, remember, say.

Pelican finds `register` here; the shell finds `python -m live_stats`. The import is
late so that `refresh` starts without loading Pelican.
"""


def register() -> None:
    """Connect the plugin to Pelican's signals."""
    from . import pelican_plugin

    pelican_plugin.register()
