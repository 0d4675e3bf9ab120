"""References as tasks of a collection that remembers nothing."""

import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from ...collection.planner import Planner
from ...collection.scheduler import Task
from ...model.settings import Settings
from ...model.values import Reference
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
        tasks = planner.tasks(tuple(references), everything=True)
    return [replace(task, query=replace(task.query, since=None)) for task in tasks]
