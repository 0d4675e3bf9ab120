"""The names of what publishing leaves for the next run, in the folder `.build`."""

from pathlib import Path

BUILD_FOLDER = ".build"
"""Beside the output."""

INDEX_FILE = "index.sqlite"
"""What every written file holds: its slots, links and digests."""

SITE_FOLDER = "site"
"""The tree that Pelican writes: files whose slots are still empty."""

HISTORY_FILE = "history.sqlite"
"""The index of the history. `publish`, `check` and `dev` share one."""

INCREMENTAL_FOLDER = "incremental"
"""What the plugin `incremental` remembers of that tree."""

SEARCH_FOLDER = "search"
"""What the search index of an output was made from."""

SHOWN_FILE = "shown"
"""One line, which is another one when a file of the output is, but for `status/`."""


def history_index(build: Path) -> Path:
    """Where the index of the history is, for a build with this folder `.build`."""
    home = Path(BUILD_FOLDER).absolute()
    return (home if build.is_relative_to(home) else build) / HISTORY_FILE
