"""Small sites that are built as large ones are."""

from contextlib import contextmanager
from unittest import mock

from pelican.plugins.incremental.output import render_queue
from pelican.plugins.incremental.system import process_pool, swap


@contextmanager
def large(yes=True):
    """Pages are begun early, rendered in other processes, written over spares."""
    with (
        mock.patch.object(render_queue, "MANY", 1 if yes else render_queue.MANY),
        mock.patch.object(swap, "FEW", 0 if yes else swap.FEW),
        mock.patch.object(
            process_pool, "WORTH_FORKING", 1 if yes else process_pool.WORTH_FORKING
        ),
    ):
        yield
