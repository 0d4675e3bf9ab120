"""Figures of a post that are judged when somebody reads them.

Where a few posts are edited, hardly a page is rendered, and each shows but some posts:
the others' figures were judged by the last build, which stands. So such a post has no
attributes of its own; the class has them, and asks.
"""

from collections.abc import Callable
from typing import Any

from pelican.contents import Content

_ASK = "_live_stats_judge"


class _Judged:
    """An attribute of a post that comes by judging it. What is assigned hides this."""

    incremental_own = True  # figures follow from what is kept beside a text

    def __init__(self, name: str) -> None:
        self.name = name

    def __get__(self, post: Any, kind: Any = None) -> Any:
        if post is None:
            return self
        judge = vars(post).pop(_ASK, None)
        if judge is None:
            raise AttributeError(self.name)
        judge(post)
        return vars(post)[self.name]


Content.figures, Content.figure = _Judged("figures"), _Judged("figure")


def resolve_lazily(post: Content, judge: Callable[[Content], Any]) -> None:
    """Have `judge` give a post its `figures` and its `figure`, if they are read."""
    vars(post)[_ASK] = judge
