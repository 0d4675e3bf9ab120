"""`platforms` and `stats`: what can be counted, and how the collections went."""

import argparse
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

from ..collection.health import PlatformStatus, health_of
from ..model.errors import Mistake, Mistakes
from ..model.messages import count_of
from ..model.suggestions import suggestion
from ..providers import BY_NAME
from ..providers.environment import credentials_of, environment, options_of
from ..publishing.index import SiteIndex
from ..publishing.run import load_history_and_state
from ..references import coverage
from ..storage.paths import BUILD_FOLDER


def platforms_command(options: argparse.Namespace) -> int:
    """Every platform: what it counts, in which spans, how sure, and what it needs."""
    check_names(options.names)
    variables = environment()
    have = {
        name: value
        for provider in BY_NAME.values()
        for name, value in (
            credentials_of(provider, variables) | options_of(provider, variables)
        ).items()
        if value
    }
    shown = [
        row
        for row in coverage.coverage_rows()
        if not options.names or row.platform in options.names
    ]
    for name, group in groupby(shown, key=lambda row: row.platform):
        rows = list(group)
        print(f"{name}  {rows[0].label}  {rows[0].docs}".rstrip())
        for row in rows:
            for line in _lines(row, have):
                print(f"  {line}")
    numbers = sum(len(row.metrics) for row in shown if not row.closed)
    print(f"{len({row.platform for row in shown})} platforms, {numbers} numbers")
    return 0


def _lines(row: coverage.CoverageRow, have: dict[str, str]) -> Iterator[str]:
    what = f"{row.kind}: {', '.join(row.metrics)}"
    if row.closed:
        yield f"{what}  (no official count: {row.closed.reason})"
        return
    parts = [what, row.windows, row.exactness]
    if row.needs:
        parts.append(
            "needs "
            + ", ".join(
                f"{name} ({'set' if have.get(name) else 'not set'})"
                for name in row.needs
            )
        )
    else:
        parts.append("no key needed")
    if row.cost:
        parts.append(row.cost)
    yield "  ·  ".join(parts)
    yield f"    stat:{row.example}"


def stats_command(options: argparse.Namespace) -> int:
    """The last collection: each platform's condition, and what was spent of budgets."""
    index = SiteIndex.load(Path(BUILD_FOLDER).absolute())
    about = index.about if index else None
    if about is None:
        raise Mistakes(
            [
                Mistake(
                    path=BUILD_FOLDER,
                    what="no site was built here",
                    mend="make publish",
                )
            ]
        )
    data = Path(about.data)
    history, state = load_history_and_state(data, datetime.now(UTC))
    if state.damaged:
        print(state.damaged, file=sys.stderr)
    platforms = health_of(about.series, history, state, about.settings)
    at = f"{state.collected_at:%Y-%m-%d %H:%M} UTC" if state.collected_at else "never"
    print(f"last asked: {at}")
    width = max((len(one.label) for one in platforms), default=0)
    for one in platforms:
        print(f"  {one.label:<{width}}  {'; '.join(_said(one))}")
    return 0


def _said(one: PlatformStatus) -> Iterator[str]:
    yield f"{count_of(len(one.series), 'number')}, {one.condition}"
    if one.answered_at:
        yield f"last answer {_at(one.answered_at)}"
    if one.failure and one.failed_at:
        yield f"last failure {_at(one.failed_at)}: {one.failure}"
    if one.due_at:
        yield f"due {_at(one.due_at)}"
    for budget in one.budgets:
        span = "today" if budget.days == 1 else f"in {budget.days} days"
        if budget.unit == "dollars":
            yield f"${budget.spent} of ${budget.most} spent {span}"
        else:
            yield f"{budget.spent} of {budget.most} {budget.unit} {span}"


def _at(time: datetime) -> str:
    return f"{time:%Y-%m-%d %H:%M}"


def check_names(names: list[str]) -> None:
    """Raise for a platform that does not exist."""
    mistakes = []
    for name in names:
        if name not in BY_NAME:
            mend = suggestion(name, BY_NAME, otherwise="make platforms lists them")
            mistakes.append(Mistake(path=name, what="is no platform here", mend=mend))
    if mistakes:
        raise Mistakes(mistakes)
