"""What an answer of a platform means, in one word, and what to do about it."""

from enum import StrEnum

from ...model.errors import (
    BudgetSpent,
    ChangedShape,
    Failure,
    NoCount,
    NotFound,
    RateLimited,
    Refused,
    Unreachable,
)


class Verdict(StrEnum):
    """How a question ended. The words begin the lines of `live`."""

    OK = "ok"
    CHANGED = "changed"
    GONE = "gone"
    REFUSED = "refused"
    NONE = "none"
    LIMITED = "limited"
    TROUBLE = "trouble"
    UNREACHABLE = "offline"
    UNASKED = "unasked"


ADVICE: dict[Verdict, str] = {
    Verdict.CHANGED: (
        "the platform has another reply than its provider expects: compare the reply "
        "with the documentation of the platform, and correct the provider"
    ),
    Verdict.GONE: "check the spelling, and whether readers can still open the page",
    Verdict.REFUSED: "check the key, what it is allowed to read, and its plan",
    Verdict.NONE: "the platform gives no such number, or not yet: read its words",
    Verdict.LIMITED: "ask again later",
    Verdict.TROUBLE: "the platform has trouble of its own: ask again later",
    Verdict.UNREACHABLE: "check the connection of this machine, and the server's name",
    Verdict.UNASKED: "a limit of our own, or no time was left: raise --seconds",
}

_BY_FAILURE: tuple[tuple[type[Failure], Verdict], ...] = (
    (Refused, Verdict.REFUSED),
    (NotFound, Verdict.GONE),
    (RateLimited, Verdict.LIMITED),
    (NoCount, Verdict.NONE),
    (ChangedShape, Verdict.CHANGED),
    (BudgetSpent, Verdict.UNASKED),
)
FAILING = {Verdict.CHANGED, Verdict.GONE, Verdict.REFUSED}
"""An answer came, and something is to be changed: a provider, its example, a key."""


_OUT_OF_TIME = ("no time was left", "before the deadline")
"""How the texts of failures end where the limit was ours."""


def verdict_of(failure: Failure, *, got_response: bool) -> Verdict:
    """What a failure means for whoever asked."""
    if str(failure).endswith(_OUT_OF_TIME):
        return Verdict.UNASKED
    if isinstance(failure, Unreachable):
        return Verdict.TROUBLE if got_response else Verdict.UNREACHABLE
    for kind, verdict in _BY_FAILURE:
        if isinstance(failure, kind):
            return verdict
    return Verdict.UNASKED
