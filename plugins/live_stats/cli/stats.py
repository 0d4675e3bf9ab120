"""`stats`: how the last collections went."""

import argparse
import shlex
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from ..collection.health import (
    PlatformStatus,
    SeriesStatus,
    health_of,
    why_failing,
)
from ..model.freshness import Condition
from ..model.messages import count_of
from ..publishing.figure_places import FigurePlaces
from ..publishing.run import load_history_and_state
from ..storage.paths import BUILD_FOLDER
from ..storage.state import CollectionState
from .built_site import load_built_site
from .report import failing_lines


def stats_command(options: argparse.Namespace) -> int:
    """Print the condition of each platform, and what was spent of its budgets."""
    index, about = load_built_site()
    index.close()
    folder = Path(BUILD_FOLDER).absolute()
    history, state = load_history_and_state(Path(about.data), datetime.now(UTC), folder)
    if state.damaged:
        print(state.damaged, file=sys.stderr)
    platforms = health_of(about.series, history, state, about.settings)
    at = f"{_format_time(state.collected_at)} UTC" if state.collected_at else "never"
    print(f"last fetched: {at}")
    width = max((len(one.label) for one in platforms), default=0)
    for one in platforms:
        print(f"  {one.label:<{width}}  {'; '.join(_facts(one))}")
    places = FigurePlaces(folder)
    for one in platforms:
        for line in failing_lines(dict(_troubles(one, state)), places):
            print(line)
    return 0


def _troubles(one: PlatformStatus, state: CollectionState) -> Iterator[tuple[str, str]]:
    """The series of a platform that are not as they should be, and why."""
    for series in one.series:
        record = state.series.get(series.series)
        accepted = record is not None and record.accepted
        why_held = why_failing(series.series, series.failure, series.held, accepted)
        if series.condition in (Condition.HELD, Condition.FAILING):
            yield series.series, why_held
        elif series.condition is Condition.STALE and series.checked_at:
            why = f"; {_rejected(series)}" if series.rejected is not None else ""
            yield series.series, f"stale since {_format_time(series.checked_at)}{why}"
        elif series.failure:
            yield series.series, f"still fresh, but the last attempt failed: {why_held}"
        elif series.rejected is not None:
            yield series.series, _rejected(series)


def _rejected(series: SeriesStatus) -> str:
    command = f"make accept ref={shlex.quote(series.series)}"
    return f"{series.rejected:,} was rejected: left out; if it is right: {command}"


def _facts(one: PlatformStatus) -> Iterator[str]:
    if one.condition is Condition.PARTIAL:
        yield f"{one.current} of {count_of(one.fetched, 'number')} current"
    else:
        yield f"{count_of(len(one.series), 'number')}, {one.condition}"
    if one.answered_at:
        yield f"last answer {_format_time(one.answered_at)}"
    if one.failure and one.failed_at:
        yield f"last failure {_format_time(one.failed_at)}: {one.failure}"
    if one.due_at:
        yield f"due {_format_time(one.due_at)}"
    for budget in one.budgets:
        span = "today" if budget.days == 1 else f"in {budget.days} days"
        if budget.unit == "dollars":
            yield f"${budget.spent} of ${budget.most} spent {span}"
        else:
            yield f"{budget.spent} of {budget.most} {budget.unit} {span}"


def _format_time(time: datetime) -> str:
    return f"{time:%Y-%m-%d %H:%M}"
