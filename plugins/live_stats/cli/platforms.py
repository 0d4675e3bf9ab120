"""`platforms`: what can be counted on which platform, and what that needs."""

import argparse
from collections.abc import Iterator
from itertools import groupby

from ..model.errors import Mistake, Mistakes
from ..model.messages import count_of
from ..providers import BY_NAME
from ..providers.environment import credentials_of, environment, options_of
from ..references import coverage
from ..references.repairs import platform_meant


def platforms_command(options: argparse.Namespace) -> int:
    """Print what each platform counts, over which spans, how exactly, and its needs."""
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
    platforms = count_of(len({row.platform for row in shown}), "platform")
    print(f"{platforms}, {count_of(numbers, 'number')}")
    return 0


def _lines(row: coverage.CoverageRow, have: dict[str, str]) -> Iterator[str]:
    what = f"{row.kind}: {', '.join(map(_with_words, row.metrics, row.words))}"
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


def _with_words(metric: str, words: tuple[str, ...]) -> str:
    """A metric, and what the platform calls it: reposts (or retweets)."""
    return f"{metric} (or {', '.join(words)})" if words else metric


def check_names(names: list[str]) -> None:
    """Raise `Mistakes` for names that no platform has."""
    mistakes = []
    for name in names:
        if name not in BY_NAME:
            mend = platform_meant(name) or "make platforms lists them"
            if "/" in name:
                mend = "name platforms only; of one number: make live ref=ADDRESS"
            mistakes.append(Mistake(path=name, what="unknown platform", mend=mend))
    if mistakes:
        raise Mistakes(mistakes)
