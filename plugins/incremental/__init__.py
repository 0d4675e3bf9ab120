"""incremental: Pelican reads and writes only what changed, on every core.

It knows nothing of what a site is about. Put "incremental" into PLUGINS; README.md says
what it keeps, what makes it build anew, and what plugins see of pages that are kept.
"""

from .notes import note

__all__ = ["note", "register"]


def register() -> None:
    from . import plugin

    plugin.register()
