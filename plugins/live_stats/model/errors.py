"""The errors that are expected: mistakes of people, failures of platforms.

    LiveStatsError
    ├── Mistake              one thing a person wrote: where, what, how to mend it
    ├── Mistakes             all of them at once; stops a build
    ├── Unchanged            no failure: the last answer of a platform still holds (304)
    └── Failure              a platform gave no number; kept in the state, published
        ├── Unreachable      no connection, no answer in time, a broken body
        ├── RateLimited      429, 503, or a text about a limit
        ├── Refused          401, 402, 403: credentials missing, wrong, or not enough
        ├── NotFound         404: the subject does not exist (which is not zero)
        ├── ChangedShape     a reply, but not the documented one
        ├── NoCount          a reply that has no such number
        └── BudgetSpent      no request was sent: a limit of our own is reached

Statuses become failures in `collection.http_errors`. Any other exception is a bug.
"""

from dataclasses import dataclass


class LiveStatsError(Exception):
    """The root of all expected errors."""


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
    """All mistakes of one run, sorted by place, without repetitions."""

    def __init__(self, mistakes: list[Mistake]) -> None:
        self.mistakes = sorted(set(mistakes))
        super().__init__("\n".join(str(mistake) for mistake in self.mistakes))


class Unchanged(LiveStatsError):
    """Not a failure: the last reading is confirmed (304)."""


class Failure(LiveStatsError):
    """A platform did not give a number. The text is for readers: plain, no secrets."""


class Unreachable(Failure):
    """No connection, no answer in time, or an answer that broke off."""


class RateLimited(Failure):
    """Too many requests. `retry_after` is in seconds, None if it is not known."""

    def __init__(self, text: str, retry_after: float | None = None) -> None:
        super().__init__(text)
        self.retry_after = retry_after


class Refused(Failure):
    """The platform wants (other, or paid) credentials."""


class NotFound(Failure):
    """The subject does not exist. Never a zero."""


class ChangedShape(Failure):
    """A reply came, but not the documented one."""


class NoCount(Failure):
    """A reply came, and it has no such number."""


class BudgetSpent(Failure):
    """No request was sent: a budget of the platform is spent."""
