"""What other plugins may listen to, beside Pelican's own signals.

`doubted`: (inputs) only the text of some posts has changed, it seems; a receiver that
knows of more says what: then every page is looked at.
`noted`: (name, notes) what a page that is not rendered here had noted.
`ready`: (tree) all files are made and none is in place; a receiver that raises stops
the build and leaves the site as it was.
`committed`: (tree) the site is in place.
"""

from blinker import signal
from pelican.plugins import signals as pelican

__all__ = ["committed", "doubted", "noted", "pelican", "ready"]

doubted = signal("incremental_doubted")
noted = signal("incremental_noted")
ready = signal("incremental_ready")
committed = signal("incremental_committed")
