"""What differs between the versions of Pelican that this plugin works with."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pelican.writers import FileOverwriteFailedError as OverwriteError
else:
    from pelican import writers

    # Pelican 4.12 has a class for it, which its generators catch; 4.11 has the base.
    OverwriteError = getattr(writers, "FileOverwriteFailedError", RuntimeError)

__all__ = ["OverwriteError"]
