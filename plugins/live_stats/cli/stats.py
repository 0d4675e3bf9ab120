"""`stats`: how the last collections went."""

import argparse
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from ..collection.health import PlatformStatus, health_of
from ..model.messages import count_of
from ..publishing.run import load_history_and_state
from .built_site import load_built_site
from .report import unknown


def stats_command(options: argparse.Namespace) -> int:
    """Print the condition of each platform, and what was spent of its budgets."""
    index, about = load_built_site()
    index.close()
    history, state = load_history_and_state(Path(about.data), datetime.now(UTC))
    if state.damaged:
        print(state.damaged, file=sys.stderr)
    platforms = health_of(about.series, history, state, about.settings)
    at = f"{_format_time(state.collected_at)} UTC" if state.collected_at else "never"
    print(f"last fetched: {at}")
    width = max((len(one.label) for one in platforms), default=0)
    for one in platforms:
        print(f"  {one.label:<{width}}  {'; '.join(_facts(one))}")
    failing = {
        series.series: series.failure
        for one in platforms
        for series in one.series
        if (record := state.series.get(series.series)) and record.unknown
    }
    for line in unknown(failing, about.places):
        print(line)
    return 0


def _facts(one: PlatformStatus) -> Iterator[str]:
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
