"""The names of what publishing leaves for the next run, in the folder `.build`."""

BUILD_FOLDER = ".build"
"""Beside the output."""

INDEX_FILE = "index.sqlite"
"""What every written file holds: its slots, links and digests."""

SITE_FOLDER = "site"
"""The tree that Pelican writes: files whose slots are still empty."""

INCREMENTAL_FOLDER = "incremental"
"""What the plugin `incremental` remembers of that tree."""

SEARCH_FOLDER = "search"
"""What the search index of an output was made from."""

SHOWN_FILE = "shown"
"""One line, which is another one when a file of the output is, but for `status/`."""
