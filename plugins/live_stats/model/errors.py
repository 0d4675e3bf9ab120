"""The errors that are expected: mistakes of people, failures of platforms.

    Finding                  one thing a person wrote: where, what, how to mend it
    ├── Mistake              it stops a build; also a LiveStatsError
    └── Advice               it is worth a look; `check` and `dev` tell it

    LiveStatsError
    ├── Mistake              see above
    ├── Mistakes             all of them at once; stops a build
    ├── Unchanged            no failure: the last answer of a platform still holds (304)
    └── Failure              a platform gave no number; kept in the state, published
        ├── Unreachable      no connection, no answer in time, a broken body
        ├── RateLimited      429, 503, or a text about a limit
        ├── Refused          401, 402, 403: credentials wrong, or not enough
        │   └── WantsLogin   the same, and we sent no credentials
        ├── NotFound         404: the subject does not exist (which is not zero)
        │   └── Gone         it did: deleted, closed or suspended
        ├── Moved            the subject, or the whole server, has another address now
        ├── ChangedShape     a reply, but not the documented one
        ├── NoCount          a reply that has no such number
        │   ├── Hidden       its owner shows it to nobody, or not to us
        │   └── NotOffered   this server has no such number at all
        └── BudgetSpent      no request was sent: a limit of our own is reached

Statuses become failures in `collection.http_errors`. Any other exception is a bug.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import ClassVar


class LiveStatsError(Exception):
    """The root of all expected errors."""


class Severity(StrEnum):
    """How much a finding matters. The words are those of SARIF."""

    ERROR = "error"  # nothing is published before it is mended
    WARNING = "warning"  # readers are worse off
    NOTE = "note"  # a question of style


@dataclass(frozen=True, kw_only=True, order=True)
class Finding:
    """What an author or operator may want to change, with the place to do it.

    `line` counts from 1; 0 where a line makes no sense (a whole file, a setting).
    """

    path: str
    line: int = 0
    what: str
    mend: str = ""

    @property
    def place(self) -> str:
        """The place as messages have it: path:line, or the path alone."""
        return f"{self.path}:{self.line}" if self.line else self.path

    @property
    def message(self) -> str:
        """What is wrong, and how to mend it."""
        return self.what + (f"; {self.mend}" if self.mend else "")


@dataclass(frozen=True, kw_only=True, order=True)
class Mistake(Finding, LiveStatsError):
    """One mistake: it stops a build. `rule` names its kind for other programs."""

    rule: str = "mistake"
    severity: ClassVar[Severity] = Severity.ERROR

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


@dataclass(frozen=True, kw_only=True, order=True)
class Advice(Finding):
    """One thing worth a look, which stops nothing. `rule` names its kind."""

    rule: str
    severity: Severity = Severity.WARNING

    def __str__(self) -> str:
        return f"{self.place}: {self.severity}: {self.message} [{self.rule}]"


class Mistakes(LiveStatsError):
    """All mistakes of one run, sorted by place, without repetitions."""

    def __init__(self, mistakes: list[Mistake]) -> None:
        self.mistakes = sorted(set(mistakes))
        super().__init__("\n".join(str(mistake) for mistake in self.mistakes))


class Unchanged(LiveStatsError):
    """Not a failure: the last reading is confirmed (304)."""


class Failure(LiveStatsError):
    """A platform did not give a number. The text is for readers: plain, no secrets.

    After an answer that is one, the number is not asked for again for the time that it
    `rests`. What no waiting mends (a post is gone) rests for days: it is told once, and
    asked for at once by `refresh --all`, or with other keys.
    """

    rests: ClassVar[timedelta] = timedelta(minutes=15)
    mend: ClassVar[str] = ""
    """What the operator can do; `{keys}` are the variables with the credentials."""


class Unreachable(Failure):
    """No connection, no answer in time, or an answer that broke off."""


class RateLimited(Failure):
    """Too many requests. `retry_after` is in seconds, None if it is not known."""

    def __init__(self, text: str, retry_after: float | None = None) -> None:
        super().__init__(text)
        self.retry_after = retry_after


class Refused(Failure):
    """The platform wants (other, or paid) credentials."""

    rests = timedelta(days=1)
    mend = "check {keys}, and what they are permitted to read"


class WantsLogin(Refused):
    """The platform shows this to nobody without credentials, and we sent none."""

    mend = "set {keys}"


class NotFound(Failure):
    """The subject does not exist. Never a zero."""

    rests = timedelta(hours=6)
    mend = "check its spelling"


class Gone(NotFound):
    """The subject did exist: deleted, closed, banned or suspended."""

    rests = timedelta(days=7)
    mend = "keep the number with mode=frozen, or take it out"


class Moved(Failure):
    """The subject, or its server, has another address now, which the text tells.

    A network may send us elsewhere as well, so it is asked again on the same day.
    `host` is where a redirect leads, for the provider alone: it is not for messages.
    """

    rests = timedelta(hours=6)
    mend = "write the new address"

    def __init__(self, text: str, host: str = "") -> None:
        super().__init__(text)
        self.host = host


class ChangedShape(Failure):
    """A reply came, but not the documented one. Only parsing may say so."""


class NoCount(Failure):
    """A reply came, and it has no such number."""


class Hidden(NoCount):
    """The number is there, and its owner shows it to nobody, or not to us."""

    rests = timedelta(days=1)
    mend = "only its owner can change that"


class NotOffered(NoCount):
    """This platform, or this server, has no such number: not for any subject."""

    rests = timedelta(days=1)
    mend = "ask another server, or take the number out"


class BudgetSpent(Failure):
    """No request was sent: a budget of the platform is spent."""
