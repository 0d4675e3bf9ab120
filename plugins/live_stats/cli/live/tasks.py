"""References as tasks of a collection that remembers nothing."""

import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from ...collection.planner import Planner
from ...collection.scheduler import Task
from ...model.settings import Settings
from ...model.values import Reference, Window
from ...storage.history import History
from ...storage.state import CollectionState


def tasks_of(
    references: Iterable[Reference], variables: Mapping[str, str]
) -> list[Task]:
    """The tasks for these references, by no history and no state, of which none is
    kept. Without the days before the window: those in it are enough to see the shape.
    """
    with tempfile.TemporaryDirectory() as folder:
        planner = Planner(
            history=History(Path(folder)),
            state=CollectionState(),
            settings=Settings(),
            environment=variables,
            now=datetime.now(UTC),
        )
        # Each window by itself: one may be read from the answer for another, and each
        # is to be asked for.
        by_window: dict[Window, list[Reference]] = {}
        for reference in references:
            by_window.setdefault(reference.window, []).append(reference)
        tasks = [
            task
            for group in by_window.values()
            for task in planner.tasks(tuple(group), everything=True)
        ]
    return [replace(task, query=replace(task.query, since=None)) for task in tasks]
