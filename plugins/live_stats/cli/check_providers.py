"""`live`: fetch a number of every kind that needs no key, and check the answers.

For people with a network, never for tests: only a request shows whether a platform
still answers as it is documented.
"""

import argparse
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from ..collection.planner import Planner
from ..collection.scheduler import Task, run_tasks
from ..model.errors import ChangedShape
from ..model.settings import Settings
from ..model.values import Reference
from ..providers import PROVIDERS
from ..providers.base import unavailable
from ..references.catalogue import parse
from ..storage.history import History
from ..storage.state import CollectionState
from .platforms import check_names

AGENT = "live_stats/live (checking the shape of public answers, once)"


def live_command(options: argparse.Namespace) -> int:
    """Print a line for each number.

    The exit code is 1 if an answer has another shape, or if there is none at all.
    """
    check_names(options.names)
    tasks = _tasks(list(_examples(options.names)))
    print(f"{len(tasks)} requests, for at most {options.seconds:g} seconds")
    changed = silent = read_any = 0
    for answer in run_tasks(tasks, AGENT, options.seconds):
        read = {reading.metric: reading.value for reading in reversed(answer.readings)}
        for reference in answer.task.references:
            if reference.metric in read:
                print(f"ok       {reference.series}  {read[reference.metric]:,}")
                read_any += 1
                continue
            shape = isinstance(answer.failure, ChangedShape)
            changed, silent = changed + shape, silent + (not shape)
            word = "changed" if shape else "silent"
            print(f"{word:<8} {reference.series}  {answer.failure}")
    print(f"{read_any} as documented, {changed} in another shape, {silent} silent")
    return 1 if changed or not read_any else 0


def _examples(names: list[str]) -> Iterator[Reference]:
    """Each number that needs no key, of the subject that its provider declares."""
    for provider in PROVIDERS:
        if provider.name == "all" or (names and provider.name not in names):
            continue
        for kind in provider.kinds:
            if kind.needs or kind.needs_server:
                continue
            for metric in kind.metrics:
                if not unavailable(provider, kind.name, metric.name):
                    subject = quote(kind.example, safe="")
                    yield parse(f"{provider.name}/{kind.name}/{subject}/{metric.name}")[
                        0
                    ]


def _tasks(references: list[Reference]) -> list[Task]:
    with tempfile.TemporaryDirectory() as folder:
        plan = Planner(
            history=History(Path(folder)),
            state=CollectionState(),
            settings=Settings(),
            environment={},
            now=datetime.now(UTC),
        )
        tasks = plan.tasks(tuple(references))
    # The days of the window are enough to see the shape.
    return [replace(task, query=replace(task.query, since=None)) for task in tasks]
