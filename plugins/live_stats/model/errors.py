"""Everything that is expected to go wrong.

    LiveStatsError
    ├── Mistake              one thing a person wrote: where, what, how to mend it
    ├── Mistakes             all of them at once; stops a build
    ├── Unchanged            the platform says that its last answer still holds
    └── Failure              a platform gave no number; kept as a value, published
        ├── Unreachable      no connection, no answer in time, a broken body
        ├── RateLimited      429, 503 or such words; may say when to return
        ├── Refused          401, 402, 403: credentials missing, wrong, or not enough
        ├── NotFound         the subject is not there (which is not zero)
        ├── ChangedShape     an answer, but not the one that is documented
        ├── NoCount          the platform answered that it publishes no such number
        └── BudgetSpent      we stopped asking, to save money or patience

Anything else is a bug of ours and is raised.
"""

from dataclasses import dataclass


class LiveStatsError(Exception):
    """The root: whatever is caught by name somewhere in this package."""


@dataclass(frozen=True, kw_only=True, order=True)
class Mistake(LiveStatsError):
    """One mistake of an author or operator, with the place to mend it.

    `line` counts from 1; 0 where a line makes no sense (a whole file, a setting).
    """

    path: str
    line: int = 0
    what: str
    mend: str = ""

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place}: {self.what}" + (f"; {self.mend}" if self.mend else "")


class Mistakes(LiveStatsError):
    """Every mistake of one run, sorted by place, none said twice."""

    def __init__(self, mistakes: list[Mistake]) -> None:
        self.mistakes = sorted(set(mistakes))
        super().__init__("\n".join(str(mistake) for mistake in self.mistakes))


class Unchanged(LiveStatsError):
    """Not a failure: what was read last is confirmed (304)."""


class Failure(LiveStatsError):
    """A platform did not give a number. The text is for readers: plain, no secrets."""


class Unreachable(Failure):
    """No connection, no answer in time, or an answer that broke off."""


class RateLimited(Failure):
    """Asked too often. `retry_after` is in seconds, None where not said."""

    def __init__(self, text: str, retry_after: float | None = None) -> None:
        super().__init__(text)
        self.retry_after = retry_after


class Refused(Failure):
    """The platform wants (other, or paid) credentials."""


class NotFound(Failure):
    """The subject is not there. Never read as zero."""


class ChangedShape(Failure):
    """An answer came, but not the documented one."""


class NoCount(Failure):
    """The platform answered, and the answer holds no such number."""


class BudgetSpent(Failure):
    """We stopped asking: the budget of requests for this collection is used up."""
