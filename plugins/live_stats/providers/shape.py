"""Reading replies strictly: a missing or strange count is never a zero."""

from collections.abc import Iterator, Mapping
from typing import Any

from ..errors import ChangedShape
from ..model import Exactness, Reading
from .base import Question

LARGEST = 10**15


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
    if type(value) is not int or not 0 <= value <= LARGEST:
        raise ChangedShape(f"the answer has {str(value)[:20]!r} where a count belongs")
    return value


def either(reply: Any, *names: str) -> Any:
    """The first of `names` that a reply has: platforms rename what they mean."""
    for name in names:
        if isinstance(reply, dict) and name in reply:
            return reply[name]
    raise ChangedShape(f"the answer has no {' or '.join(names)}")


def rows(reply: Any, *path: str | int) -> list[Any]:
    """The list at `path`; ChangedShape where there is something else."""
    found = field(reply, *path)
    if not isinstance(found, list):
        raise ChangedShape(f"the answer has no list {'.'.join(map(str, path))}")
    return found


def counts(
    reply: Any, names: Mapping[str, str], question: Question
) -> Iterator[Reading]:
    """A reading of all time for each metric asked; `names` has the platform's words.

    Several words for one metric are tried in turn, with a space between them. What a
    reply lacks comes last, so that it costs nothing else.
    """
    has = set(reply) if isinstance(reply, dict) else set()
    there = sorted(question.metrics, key=lambda m: not has & set(names[m].split()))
    for metric in there:
        value = count(either(reply, *names[metric].split()))
        yield Reading(metric=metric, value=value, exactness=Exactness.EXACT)
