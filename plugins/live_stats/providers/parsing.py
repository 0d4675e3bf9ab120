"""Parses replies strictly: a missing or odd count is an error, never a zero.

A reply is anybody's: any value may stand anywhere in it. So providers look at replies
through these functions alone, which raise ChangedShape. Whatever else is raised while a
reply is read is a bug of ours, and nobody catches it.
"""

import re
from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from ..model.errors import ChangedShape, Hidden, NoCount
from ..model.values import MAX_COUNT, Reading, Span
from .base import Metric, Query

__all__ = [
    "count",
    "counts",
    "either",
    "epoch_time",
    "field",
    "find",
    "iso_time",
    "limit_in_words",
    "rows",
    "seconds_in_words",
    "stamped_day",
    "text",
    "token",
]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ABSENT = object()
_LIMIT_WORDS = re.compile(
    r"(?:rate|request|call|usage|quota)s?[ _-]?limit|"
    r"limit (?:your )?(?:requests|calls)|"
    r"too many (?:api )?(?:requests|calls|queries)|too (?:often|quickly|fast)|"
    r"simultaneous (?:request|connection)|\bthrottl|\bslow down|quota (?:is )?exceeded|"
    r"\b(?:limit|requests?) (?:exceeded|reached)",
    re.I,
)


def field(reply: Any, *path: str | int) -> Any:
    """The value at `path` in a reply; ChangedShape, with the path, if there is none."""
    for depth, step in enumerate(path):
        reply = _step(reply, step)
        if reply is _ABSENT:
            way = ".".join(str(part) for part in path[: depth + 1])
            raise ChangedShape(f"the answer has no {way}")
    return reply


def find(reply: Any, *path: str | int) -> Any:
    """The value at `path`, None where there is none: for what a reply may leave out."""
    for step in path:
        reply = _step(reply, step)
    return None if reply is _ABSENT else reply


def _step(value: Any, step: str | int) -> Any:
    """The value behind a name of an object, or an index of a list; else _ABSENT."""
    if isinstance(step, str):
        return value.get(step, _ABSENT) if isinstance(value, dict) else _ABSENT
    here = isinstance(value, list) and step < len(value)
    return value[step] if here else _ABSENT


def text(value: Any) -> str:
    """A text that can be sent and shown; ChangedShape for anything else."""
    if not isinstance(value, str) or not value or not value.isprintable():
        raise ChangedShape(f"the answer has {_odd(value)} where a word belongs")
    return value


def token(value: Any) -> str:
    """A text that may stand in a header: ASCII, no space; else ChangedShape."""
    if not text(value).isascii() or " " in value:
        raise ChangedShape("the answer has no token that can be sent")
    return str(value)


def iso_time(value: Any) -> datetime:
    """A time in ISO 8601 (without an offset: UTC), in UTC; else ChangedShape."""
    try:
        time = datetime.fromisoformat(text(value))
        return (time if time.tzinfo else time.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise ChangedShape("the answer has no time that we can read") from None


def epoch_time(value: Any) -> datetime:
    """A time in seconds since 1970, as a number or its digits; else ChangedShape."""
    seconds = value if isinstance(value, float) else count(value)
    try:
        return _EPOCH + timedelta(seconds=seconds)
    except (ValueError, OverflowError):  # not a number, or after the year 9999
        raise ChangedShape("the answer has no time that we can read") from None


def stamped_day(value: Any, form: str) -> date:
    """A day written in `form`, as `strptime` knows it; else ChangedShape."""
    try:
        return datetime.strptime(text(value), form).date()
    except ValueError:
        raise ChangedShape("the answer has no day that we can read") from None


def count(value: Any) -> int:
    """A count: a whole number from 0, or its digits as text. Else ChangedShape.

    NoCount for null: the number has its place, and the platform does not say it.
    """
    if value is None:
        raise NoCount("the answer has nothing where a count belongs")
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
        found = reply
        for step in _steps(path):
            found = _step(found, step)
        if found is not _ABSENT:
            return found
    raise ChangedShape(f"the answer has no {' or '.join(paths.split())}")


def _steps(path: str) -> list[str | int]:
    return [int(step) if step.isdigit() else step for step in path.split(".")]


def rows(reply: Any, *path: str | int) -> list[Any]:
    """The list at `path`; ChangedShape if there is something else."""
    found = field(reply, *path)
    if not isinstance(found, list):
        way = ".".join(map(str, path))
        raise ChangedShape(f"the answer has no list {way}".rstrip())
    return found


def seconds_in_words(words: str) -> float | None:
    """The seconds that a platform asks for in a sentence; None if there is none.

    "more requests available in 90 seconds" (Stack Exchange), "retry after 35"
    (Telegram).
    """
    found = re.search(r"(?:available in|retry.after\"?:?) ?(\d{1,7})\b", words, re.I)
    return float(found[1]) if found else None


def limit_in_words(words: str) -> bool:
    """Whether a sentence says that we ask too often.

    Other limits, such as that of the length of a question, are none of these.
    """
    return bool(_LIMIT_WORDS.search(words))


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
    kept. Where an owner may hide a number, `hidden` is the text of the Hidden that it
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
            raise Hidden(f"{hidden} ({metric.name})")
        yield Reading(
            metric=metric.name,
            value=count(either(reply, metric.path)),
            exactness=metric.exactness,
            span=span,
        )
