"""incremental: Pelican reads and writes only what changed, on every core.

It knows nothing of what a site is about. Put "incremental" into PLUGINS; README.md says
what it keeps, what makes it build anew, and what plugins see of pages that are kept.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from .output.page_notes import note

__all__ = ["Unsure", "note", "pure", "register", "textless"]

Function = TypeVar("Function", bound=Callable[..., Any])


class Unsure(Exception):
    """More may have changed than was looked at: build with `INCREMENTAL_TEXTS` off.

    What listens to the signal `ready` may raise it, if `tree.partial`.
    """


def pure(function: Function) -> Function:
    """Declare that a filter, test or function depends on its arguments alone."""
    function.incremental_pure = True  # type: ignore[attr-defined]
    return function


def textless(receiver: Function) -> Function:
    """Declare that nothing a signal's receiver does depends on the text of posts."""
    receiver.incremental_textless = True  # type: ignore[attr-defined]
    return receiver


def register() -> None:
    from . import plugin

    plugin.register()
