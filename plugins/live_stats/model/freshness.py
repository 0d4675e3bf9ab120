"""How a number is judged: fresh, stale, held, failing, retired; since when, and why.

`judge` is the only place that decides it. Pages, the status page, its JSON, `check`,
`stats` and exit codes all tell what it says. The clock is a parameter.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol

from .values import Observation

MAX_REST = timedelta(days=30)  # that a failure may have; a longer one is an error


class FreshnessState(StrEnum):
    """The condition that a page gives with a number."""

    FRESH = "fresh"
    STALE = "stale"  # the last collection could not confirm it
    NONE = "none"  # nothing has been read yet
    HELD = "held"  # a newer one looks wrong and waits to be confirmed
    RETIRED = "retired"  # the platform published it once, and no longer does
    UNAVAILABLE = "unavailable"  # no official number exists


class Condition(StrEnum):
    """The same for operators: what is stale or unread may be failing as well."""

    FAILING = "failing"
    HELD = "held"
    STALE = "stale"
    PARTIAL = "partial"  # of a platform: some of its numbers are fresh
    FRESH = "fresh"
    UNREAD = "unread"
    RETIRED = "retired"
    UNAVAILABLE = "unavailable"


# Pages give days, so a reading is never called stale within a day.
MIN_STALE_AGE = timedelta(days=1)

_CLOSED = (FreshnessState.RETIRED, FreshnessState.UNAVAILABLE)


class Record(Protocol):
    """What the state has of one series (`storage.state.SeriesRecord`)."""

    checked_at: datetime | None
    failure: str
    unknown: bool
    failed_at: datetime | None
    failing_since: datetime | None
    retry_at: datetime | None
    held: int | None
    held_at: datetime | None

    @property
    def is_wanted(self) -> bool: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """How one series is, at the last collection.

    `confirmed_at` is when its latest value was last confirmed, and `age` how long that
    was before the last collection; both are None without a value. `failure` says why
    the last attempt since then gave nothing, `failed_at` when that was, and `unknown`
    that the platform has no such subject. `held` is the reading that waits to be
    confirmed. `due_at` is None where nothing can be fetched, and where the next
    collection fetches it in any case.
    """

    state: FreshnessState
    confirmed_at: datetime | None = None
    age: timedelta | None = None
    failure: str = ""
    failed_at: datetime | None = None
    failing_since: datetime | None = None
    unknown: bool = False
    held: int | None = None
    due_at: datetime | None = None

    @property
    def as_of(self) -> date | None:
        """The UTC day on which the value was last confirmed."""
        return self.confirmed_at.date() if self.confirmed_at else None

    @property
    def is_closed(self) -> bool:
        """Whether the platform publishes no such number (any more)."""
        return self.state in _CLOSED

    @property
    def condition(self) -> Condition:
        """The state for operators.

        A value that is still fresh is not failing, whatever the last attempt gave.
        """
        if self.failure and self.state in (FreshnessState.STALE, FreshnessState.NONE):
            return Condition.FAILING
        if self.state is FreshnessState.NONE:
            return Condition.UNREAD
        return Condition(self.state.value)


def judge(
    latest: Observation | None,
    record: Record | None,
    *,
    collected_at: datetime | None,
    fresh_for: timedelta,
    closed: FreshnessState | None = None,
    paused_until: datetime | None = None,
) -> Verdict:
    """The verdict on a series.

    `latest` is its latest observation, `record` what the state has of it. History and
    state may be of different times: lines may have been merged, the state lost, or the
    clock set back. So a failure or a held reading counts only if nothing was confirmed
    since, and the value is as of the later of both.

    `closed` is the state of a series that no platform publishes (any more), None for
    others; `paused_until` is until when its host wants no request.
    """
    confirmed = _confirmed_at(latest, record, collected_at)
    if closed:
        return Verdict(
            state=closed, confirmed_at=confirmed, age=_age(confirmed, collected_at)
        )
    held = _held(latest, record)
    due_at = _due_at(record, collected_at, fresh_for, paused_until)
    verdict = Verdict(
        state=_state(confirmed, held, collected_at, fresh_for),
        confirmed_at=confirmed,
        age=_age(confirmed, collected_at),
        held=held,
        due_at=due_at,
    )
    if record is None or not record.failure or is_overtaken(latest, record):
        return verdict
    return replace(
        verdict,
        failure=record.failure,
        failed_at=record.failed_at,
        failing_since=record.failing_since,
        unknown=record.unknown,
    )


def judge_sum(
    parts: Iterable[Verdict], closed: FreshnessState | None = None
) -> Verdict:
    """The verdict on a sum: as old as its oldest part, and as good as its worst."""
    known = list(parts)
    times = [one.confirmed_at for one in known if one.confirmed_at]
    ages = [one.age for one in known if one.age is not None]
    order = (FreshnessState.HELD, FreshnessState.STALE, FreshnessState.FRESH)
    present = {one.state for one in known}
    worst = next((state for state in order if state in present), FreshnessState.NONE)
    return Verdict(
        state=closed or worst,
        confirmed_at=min(times, default=None),
        age=max(ages, default=None),
    )


def is_overtaken(latest: Observation | None, record: Record) -> bool:
    """Whether another machine has read a value since the failure that we have.

    After its own `checked_at` a record has no failure that is over, so where that is
    the later time, the clock may even have been set back since.
    """
    if latest is None or record.failed_at is None:
        return False
    if record.checked_at and record.checked_at >= latest.observed_at:
        return False
    return latest.observed_at > record.failed_at


def _held(latest: Observation | None, record: Record | None) -> int | None:
    """The reading that waits, unless a later one was stored, or nothing is there
    that it could be implausible after."""
    if latest is None or record is None or record.held is None:
        return None
    over = record.held_at is not None and latest.observed_at > record.held_at
    return None if over else record.held


def confirmed_at(
    latest: Observation | None, checked_at: datetime | None
) -> datetime | None:
    """The later of reading and confirmation, for those who ask; None for neither.

    `checked_at` is from the state, which may be lost, or older than the history.
    """
    times = [latest.observed_at] if latest else []
    times += [checked_at] if checked_at else []
    return max(times, default=None)


def _confirmed_at(
    latest: Observation | None, record: Record | None, collected_at: datetime | None
) -> datetime | None:
    """When the latest value was last confirmed; None without a value.

    By a clock that was wrong this was after the last collection, or after what failed
    since: then it was before them, whatever the state says.
    """
    if latest is None:
        return None
    if record is None or record.checked_at is None:
        return latest.observed_at
    bounds = [record.checked_at]
    bounds += [collected_at] if collected_at else []
    bounds += [record.failing_since] if record.failure and record.failing_since else []
    return confirmed_at(latest, min(bounds))


def _state(
    confirmed: datetime | None,
    held: int | None,
    collected_at: datetime | None,
    fresh_for: timedelta,
) -> FreshnessState:
    """The time of the last collection counts, so the result does not depend on the
    day of the build. With no collection on record nothing is stale."""
    if confirmed is None:
        return FreshnessState.NONE
    if held is not None:
        return FreshnessState.HELD
    age = _age(confirmed, collected_at) or timedelta(0)
    stale = age > max(fresh_for, MIN_STALE_AGE)
    return FreshnessState.STALE if stale else FreshnessState.FRESH


def _age(confirmed: datetime | None, collected_at: datetime | None) -> timedelta | None:
    if confirmed is None or collected_at is None:
        return None
    return max(collected_at - confirmed, timedelta(0))


def _due_at(
    record: Record | None,
    collected_at: datetime | None,
    fresh_for: timedelta,
    paused_until: datetime | None,
) -> datetime | None:
    """When the planner fetches it again, by the same rule as `is_due`.

    None where that is past: the last collection left it out, the next one will not.
    """
    times = [paused_until] if paused_until else []
    if record and record.is_wanted:
        record = None  # its author has decided: it is asked for at once
    if record and record.retry_at:
        times.append(record.retry_at)
    checked_at = record.checked_at if record else None
    if checked_at and not (collected_at and checked_at > collected_at):
        times.append(checked_at + fresh_for)
    due = max(times, default=None)
    return None if due and collected_at and due <= collected_at else due


def is_due(
    checked_at: datetime | None,
    now: datetime,
    fresh_for: timedelta,
    retry_at: datetime | None = None,
    rest: timedelta = timedelta(0),
) -> bool:
    """Whether a series should be fetched again: not fresh, nor failed just now.

    `rest` is the time from the failure to `retry_at`.
    """
    # Times far in the future (a clock set back) must not keep us silent for ever.
    longest = max(timedelta(hours=1), min(rest, MAX_REST))
    if retry_at and now < retry_at <= now + longest:
        return False
    if checked_at is None:
        return True
    age = now - checked_at
    return age >= fresh_for or age < timedelta(0)
