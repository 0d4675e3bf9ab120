"""Parses replies strictly: a missing or odd count is an error, never a zero."""

from collections.abc import Collection, Iterator
from typing import Any

from ..model.errors import ChangedShape, NoCount
from ..model.values import MAX_COUNT, Reading, Span
from .base import Metric, Query

__all__ = ["count", "counts", "either", "field", "rows"]


def field(reply: Any, *path: str | int) -> Any:
    """The value at `path` in a reply; ChangedShape, with the path, if there is none."""
    for depth, step in enumerate(path):
        try:
            reply = reply[step]
        except (LookupError, TypeError):
            way = ".".join(str(part) for part in path[: depth + 1])
            raise ChangedShape(f"the answer has no {way}") from None
    return reply


def count(value: Any) -> int:
    """A count: a whole number from 0, or its digits as text. Else ChangedShape."""
    if type(value) is str and value.isascii() and value.isdigit() and len(value) < 17:
        value = int(value)
    if type(value) is not int or not 0 <= value <= MAX_COUNT:
        raise ChangedShape(f"the answer has {_odd(value)} where a count belongs")
    return value


def _odd(value: Any) -> str:
    # Only numbers are repeated: whatever else a reply holds may be anybody's.
    if type(value) in (int, float):
        return f"{value:.6g}" if abs(value) < 1e300 else "a huge number"
    return {str: "text", type(None): "nothing", bool: "a yes or no"}.get(
        type(value), "something else"
    )


def either(reply: Any, paths: str) -> Any:
    """The value at the first of `paths` that a reply has: platforms rename fields.

    `paths` are separated by spaces, the steps of each by dots; a number is the index of
    a list item. ChangedShape if the reply has none of them.
    """
    for path in paths.split():
        try:
            return field(reply, *_steps(path))
        except ChangedShape:
            continue
    raise ChangedShape(f"the answer has no {' or '.join(paths.split())}")


def _steps(path: str) -> list[str | int]:
    return [int(step) if step.isdigit() else step for step in path.split(".")]


def rows(reply: Any, *path: str | int) -> list[Any]:
    """The list at `path`; ChangedShape if there is something else."""
    found = field(reply, *path)
    if not isinstance(found, list):
        raise ChangedShape(f"the answer has no list {'.'.join(map(str, path))}")
    return found


def counts(
    reply: Any,
    query: Query,
    span: Span | None = None,
    *,
    hidden: str = "",
    hideable: Collection[str] | None = None,
) -> Iterator[Reading]:
    """A reading for each metric of the query, from the `path` of the metric.

    A metric that the reply lacks comes last, so that the readings of the others are
    kept. Where an owner may hide a number, `hidden` is the text of the NoCount that it
    raises. `hideable` are the metrics that can be hidden (None: all); another one that
    is lacking was renamed, and is ChangedShape.
    """

    def lacking(metric: Metric) -> bool:
        try:
            return either(reply, metric.path) is None
        except ChangedShape:
            return True

    for metric in sorted(query.metrics, key=lacking):
        may_hide = hidden and (hideable is None or metric.name in hideable)
        if may_hide and lacking(metric):
            raise NoCount(f"{hidden} ({metric.name})")
        yield Reading(
            metric=metric.name,
            value=count(either(reply, metric.path)),
            exactness=metric.exactness,
            span=span,
        )
