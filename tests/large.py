"""Small sites that are built as large ones are."""

from contextlib import contextmanager
from unittest import mock

from incremental import queue, spares, workers


@contextmanager
def large(yes=True):
    """Pages are begun early, rendered in other processes, written over spares."""
    with (
        mock.patch.object(queue, "MANY", 1 if yes else queue.MANY),
        mock.patch.object(spares, "FEW", 0 if yes else spares.FEW),
        mock.patch.object(
            workers, "WORTH_FORKING", 1 if yes else workers.WORTH_FORKING
        ),
    ):
        yield
