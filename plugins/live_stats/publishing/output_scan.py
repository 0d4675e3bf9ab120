"""Which files of the site do not lie there as they were left.

To ask that of ten thousand files takes a run longer than all else it does where one
number has moved. So it is asked in a process beside, before the rest of us is loaded.
"""

import os
from pathlib import Path

from pelican.plugins.incremental.system.background import BackgroundTask

from ..storage.paths import BUILD_FOLDER, INDEX_FILE


class OutputScan:
    """A look at the output of the last run, begun when this is made."""

    def __init__(self) -> None:
        folder = Path(BUILD_FOLDER).absolute()
        self._look = BackgroundTask(lambda: look(folder))

    def lost(self) -> list[str] | None:
        """The files that are gone or changed, by name; None if nobody has looked."""
        return self._look.result()


def look(folder: Path) -> list[str] | None:
    """See `Standing.lost`. `folder` has the index, which nobody writes meanwhile.

    The database is asked itself: loading what knows it takes as long as looking does.
    """
    import json
    import sqlite3

    from pelican.plugins.incremental.system.filesystem import format_stat

    try:
        db = sqlite3.connect(f"{(folder / INDEX_FILE).as_uri()}?mode=ro", uri=True)
        about = db.execute("select value from about where key = 'site'").fetchone()
        if about is None:
            return None
        rows = db.execute("select name, output from files").fetchall()
    except sqlite3.Error:
        return None
    try:
        os.chdir(json.loads(about[0])["output"])  # the shorter a path, the sooner found
    except OSError:
        return None
    return [name for name, left in rows if format_stat(name) != left]
