"""Which files of the output are not as the last run left them.

To compare the stats of ten thousand files takes longer than all else that a run does
where one number has changed. So another process does it, which is started before the
other modules are loaded.
"""

import os
from contextlib import closing
from pathlib import Path

from pelican.plugins.incremental.system.background import BackgroundTask

from ..storage.paths import BUILD_FOLDER, INDEX_FILE


class OutputScan:
    """Compares the output with what the last run left, from when this is made."""

    def __init__(self) -> None:
        folder = Path(BUILD_FOLDER).absolute()
        self._task = BackgroundTask(lambda: scan(folder))

    def lost(self) -> list[str] | None:
        """The files that are gone or changed, by name; None if that is not known."""
        lost: list[str] | None = self._task.result()
        return lost


def scan(folder: Path) -> list[str] | None:
    """See `OutputScan.lost`. `folder` has the index, which nobody writes meanwhile.

    It reads the database itself: to load `SiteIndex` takes as long as the comparison.
    """
    import json
    import sqlite3

    from pelican.plugins.incremental.system.filesystem import format_stat
    from pelican.plugins.incremental.system.kept_paths import KeptPaths

    try:
        uri = f"{(folder / INDEX_FILE).as_uri()}?mode=ro"
        with closing(sqlite3.connect(uri, uri=True)) as db:
            about = db.execute("select value from about where key = 'site'").fetchone()
            if about is None:
                return None
            rows = db.execute("select name, output from files").fetchall()
    except sqlite3.Error:
        return None
    try:
        output = KeptPaths(folder).whole(json.loads(about[0])["output"])
        os.chdir(output)  # the shorter a path, the sooner found
    except (OSError, ValueError, TypeError, LookupError, AttributeError):
        return None  # whoever checks the index says what is wrong with it
    return [name for name, left in rows if format_stat(name) != left]
