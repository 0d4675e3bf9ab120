"""Reading replies strictly: a missing or strange count is never a zero."""

from collections.abc import Collection, Iterator
from typing import Any

from ..model.errors import ChangedShape, NoCount
from ..model.values import MAX_COUNT, Reading, Span
from .base import Metric, Query


def field(reply: Any, *path: str | int) -> Any:
    """What lies at `path` in a reply; ChangedShape, naming the path, where nothing."""
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
    """What lies at the first of `paths` that a reply has: platforms rename things.

    `paths` are apart by spaces; the steps of each by dots, numbers count list items.
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
    """The list at `path`; ChangedShape where there is something else."""
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
    """A reading for each metric asked, from where its `path` says.

    What a reply lacks comes last, so that it costs nothing else. Where an owner may
    hide a number, `hidden` says so in words; such a number is NoCount. `hideable` are
    the metrics that can be hidden (None: all): another that is lacking was renamed.
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
