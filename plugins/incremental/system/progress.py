"""A bar on a terminal for what takes longer than a second; nothing elsewhere."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

PATIENCE = 1.0  # seconds before a bar is worth showing


@contextmanager
def progress(what: str, total: int) -> Iterator[Callable[[], None]]:
    """Call what this gives once for each of `total` things that is done."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import Progress

    started, done = time.monotonic(), 0
    bar = Progress(console=Console(stderr=True), transient=True)

    def step() -> None:
        nonlocal done
        done += 1
        if bar.tasks:
            bar.update(bar.task_ids[0], completed=done)
        elif time.monotonic() - started > PATIENCE:
            bar.start()
            bar.add_task(what, total=total, completed=done)

    try:
        yield step
    finally:
        if bar.tasks:
            bar.stop()
