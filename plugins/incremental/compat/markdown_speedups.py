"""Markdown's inline patterns, tried only on text in which they can match.

Python-Markdown tries each of some twenty patterns on every piece of text; most of the
time of reading a post goes there, and nearly all of it finds nothing. A pattern that
needs a character which the text does not have need not be tried. Which characters those
are is read from the pattern itself, so it holds for those of extensions too.

Nothing here changes what a text becomes: a property test compares.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from importlib import import_module
from typing import Any

InlineProcessor: Any = None
ops: Any = None
parser: Any = None
try:
    from markdown import inlinepatterns
    from markdown.treeprocessors import InlineProcessor
    from markdown.util import AtomicString
except ImportError:  # a site may do without Markdown
    pass
try:  # private modules, of which there are no types
    ops = import_module("re._constants")
    parser = import_module("re._parser")
except ImportError:  # a Python that parses patterns in another way: all are tried
    pass

HANDLE, APPLY = "_InlineProcessor__handleInline", "_InlineProcessor__applyPattern"


class Plan:
    """The patterns of one processor, and which of them a text can match at all."""

    def __init__(self, patterns: Any) -> None:
        self.patterns = list(patterns)
        self._needs = [_needed_by(pattern) for pattern in self.patterns]
        marks = sorted(set().union(*(needs for needs in self._needs if needs)))
        marked = f"[{re.escape(''.join(marks))}]" if marks else "(?!)"
        self._marks = re.compile(marked).findall
        self._known: dict[frozenset[str], tuple[int, ...]] = {}

    def tries(self, text: str) -> tuple[int, ...]:
        """The places of the patterns to try, in order."""
        there = frozenset(self._marks(text))
        found = self._known.get(there)
        if found is None:
            found = self._known[there] = tuple(
                place
                for place, needs in enumerate(self._needs)
                if needs is None or not needs.isdisjoint(there)
            )
        return found


@contextmanager
def inline_patterns_filtered() -> Iterator[None]:
    """Within the block Markdown tries patterns only where they can match.

    Replaces `InlineProcessor.run` and its private method `__handleInline`. Checked with
    Markdown 3.7 to 3.10; one without these methods is left as it is, and so is all of
    it on a Python whose parser of patterns lies elsewhere.
    """
    known = vars(InlineProcessor) if InlineProcessor is not None else {}
    if parser is None or HANDLE not in known or APPLY not in known:
        yield
        return
    usual, run = known[HANDLE], known["run"]
    setattr(InlineProcessor, HANDLE, _handle(known[APPLY]))
    InlineProcessor.run = _planned(run)
    try:
        yield
    finally:
        setattr(InlineProcessor, HANDLE, usual)
        InlineProcessor.run = run


def _planned(run: Callable[..., Any]) -> Callable[..., Any]:
    def planned(self: Any, *arguments: Any, **options: Any) -> Any:
        # Extensions may have changed the patterns since the last text.
        self.incremental_plan = Plan(self.inlinePatterns)
        return run(self, *arguments, **options)

    return planned


def _handle(apply: Callable[..., Any]) -> Callable[..., Any]:
    def handle(self: Any, data: str, first: int = 0) -> str:
        if isinstance(data, AtomicString):
            return data
        plan, start = self.incremental_plan, 0
        if len(plan.patterns) != len(self.inlinePatterns):
            plan = self.incremental_plan = Plan(self.inlinePatterns)
        tries = plan.tries(data)
        at = bisect_left(tries, first)
        while at < len(tries):
            place = tries[at]
            data, matched, start = apply(self, plan.patterns[place], data, place, start)
            if matched:  # once more, in a text that is another now
                tries = plan.tries(data)
                at = bisect_left(tries, place)
                start = start if tries[at : at + 1] == (place,) else 0
            else:
                at += 1
        return data

    return handle


# --- what a pattern needs -----------------------------------------------------------


def _needed_by(pattern: Any) -> frozenset[str] | None:
    """What a pattern's own expression needs; None if it may look for another one."""
    kinds = (inlinepatterns.Pattern, inlinepatterns.InlineProcessor)
    asked = type(pattern).getCompiledRegExp
    if asked not in [kind.getCompiledRegExp for kind in kinds]:
        return None
    return needed(pattern.getCompiledRegExp())


@lru_cache(1024)
def needed(expression: re.Pattern[str]) -> frozenset[str] | None:
    """Characters of which every match holds one at least; None if none are known."""
    try:
        tree = parser.parse(expression.pattern, expression.flags)
    except re.error:
        return None
    found = _needs(tree, expression.flags)
    return frozenset(found) if found else None


def _needs(tree: Any, flags: int) -> set[str] | None:
    """The rarest set of characters that a sequence cannot do without."""
    found = [needs for op, value in tree if (needs := _need(op, value, flags))]
    return min(found, key=_commonness, default=None)


def _need(op: Any, value: Any, flags: int) -> set[str] | None:
    if op is ops.LITERAL:
        return _as_is({chr(value)}, flags)
    if op is ops.IN and all(kind is ops.LITERAL for kind, _ in value):
        return _as_is({chr(one) for _, one in value}, flags)
    if op is ops.SUBPATTERN:
        _, added, removed, inner = value
        return _needs(inner, (flags | added) & ~removed)
    if op is ops.ATOMIC_GROUP:
        return _needs(value, flags)
    if op in (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT) and value[0]:
        return _needs(value[2], flags)
    if op is ops.BRANCH:
        ways = [_needs(way, flags) for way in value[1]]
        return set().union(*filter(None, ways)) if all(ways) else None
    return None


def _as_is(characters: set[str], flags: int) -> set[str] | None:
    """The same where they stand for themselves alone, and not for another case."""
    if flags & re.IGNORECASE and any(
        not one.isascii() or one.isalpha() for one in characters
    ):
        return None
    return characters


def _commonness(characters: set[str]) -> int:
    """How soon a text has one of them: marks are rare, letters are not."""
    return sum(
        1000
        if one.isalnum() or one.isspace() and one != "\n"
        else 1 + 99 * (one in ".,'")
        for one in characters
    )
