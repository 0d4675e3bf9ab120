"""Which sources differ from those of the last build; a refresh does not use them."""

import os
from pathlib import Path

from pelican.plugins.incremental import changed_inputs
from pelican.plugins.incremental.system.background import BackgroundTask


class SourceScan:
    """Looks for changed sources in another process, from when this is made.

    It compares the stats of all files that the last build has read, and runs none of
    them. `state` is the folder with what the build has recorded.
    """

    def __init__(self, state: Path) -> None:
        self._state = state
        self._task = BackgroundTask(lambda: changed_sources(state))

    def changed(self) -> list[str]:
        """The settings, posts, templates and code that are new, changed or gone.

        Folders end with a slash: a file was put there or removed. Paths are relative to
        the working directory where they lie below it.
        """
        found: list[str] | None = self._task.result()
        return changed_sources(self._state) if found is None else found


def changed_sources(state: Path) -> list[str]:
    """The same as `SourceScan.changed`, at once."""
    here = os.getcwd() + os.sep
    return [path.removeprefix(here) for path in changed_inputs(state)]


def describe_changes(changed: list[str]) -> str:
    """One sentence about changed sources; empty for none."""
    if not changed:
        return ""
    if len(changed) == 1:
        return f"{changed[0]} changed since the last build; make publish uses it"
    return (
        f"{changed[0]} and {len(changed) - 1} more changed since the last build; "
        "make publish uses them"
    )
