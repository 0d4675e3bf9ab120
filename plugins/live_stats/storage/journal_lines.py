"""The lines of the journal: events of readings, and what runs spent."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from ..model.characters import FORBIDDEN
from ..model.values import MAX_COUNT
from ..references.catalogue import known_series

EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)  # an earlier time is no time of ours

UNREADABLE = (ValueError, KeyError, TypeError, OverflowError, RecursionError)
"""What parsing a line raises where it is none of ours."""

_AMOUNT = re.compile(r"\d{1,12}(?:\.\d{1,12})?", re.ASCII)
_MARKER = re.compile(rb"(?:<{7,}|\|{7,}|={7,}|>{7,})(?:\s|$)")

Units = Mapping[str, Decimal | frozenset[str]]
"""What was spent of each budget, by unit: an amount, or the subjects asked for."""


class Kind(StrEnum):
    """What became of a reading, in the order in which it happens."""

    HELD = "held"  # it looked implausible
    ACCEPTED = "accepted"  # the author says that it is right
    REJECTED = "rejected"  # the author says that it is wrong
    RESOLVED = "resolved"  # it was stored, or a plausible one came


ORDER = {kind: place for place, kind in enumerate(Kind)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that became of a reading of `series`."""

    kind: Kind
    series: str
    value: int
    at: datetime

    @property
    def age(self) -> tuple[datetime, int, int]:
        """By which events are sorted, whatever the order of their lines."""
        return self.at, ORDER[self.kind], self.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Spending:
    """All that one run, begun `at`, spent so far: by platform, of each budget."""

    run: str
    at: datetime
    spent: Mapping[str, Units]


def encode(one: Event | Spending) -> str:
    entry: dict[str, Any] = {"at": time_text(one.at)}
    if isinstance(one, Event):
        entry |= {"event": one.kind.value, "series": one.series, "value": one.value}
    else:
        entry |= {"event": "spent", "run": one.run, "spent": _plain(one.spent)}
    return json.dumps(entry, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def decode(line: bytes) -> Event | Spending:
    """Parse one line; one of `UNREADABLE` where it is none of ours."""
    entry = json.loads(line.decode())
    if not isinstance(entry, dict):
        raise ValueError("it is no object")
    at, kind = parse_time(entry["at"]), entry["event"]
    if kind == "spent":
        return Spending(run=name(entry["run"]), at=at, spent=_spent(entry["spent"]))
    value = entry["value"]
    if type(value) is not int or not 0 <= value <= MAX_COUNT:
        raise ValueError(f"value {value!r}"[:100])
    series = known_series(name(entry["series"]))
    return Event(kind=Kind(kind), series=series, value=value, at=at)


def is_event(line: bytes) -> bool:
    try:
        decode(line)
    except UNREADABLE:
        return False
    return True


def is_marker(line: bytes) -> bool:
    """Whether a merge that stopped has left this line."""
    return _MARKER.match(line) is not None


def name(text: Any) -> str:
    """A name as lines may have it; ValueError for any other value."""
    if not isinstance(text, str) or not text:
        raise ValueError("a name is no text, or empty")
    if FORBIDDEN.search(text):
        raise ValueError("a name has a forbidden character")
    return text


def time_text(time: datetime) -> str:
    return time.isoformat(timespec="seconds").replace("+00:00", "Z")


def parse_time(text: Any) -> datetime:
    """A time in UTC and whole seconds; ValueError or TypeError where it is none."""
    time = datetime.fromisoformat(text)
    if time.tzinfo is None:
        raise ValueError("a time has no time zone")
    try:
        time = time.astimezone(UTC).replace(microsecond=0)
    except OverflowError:
        raise ValueError("a time is none in UTC") from None
    if time < EARLIEST:
        raise ValueError(f"a time is before the year {EARLIEST.year}")
    return time


def parse_amount(text: Any) -> Decimal:
    """An amount that is written as a decimal number; ValueError where it is none."""
    if not isinstance(text, str) or not _AMOUNT.fullmatch(text):
        raise ValueError("an amount is no decimal number")
    return Decimal(text)


def _spent(entry: Any) -> dict[str, Units]:
    if not isinstance(entry, dict):
        raise ValueError("spent is no object")
    spent: dict[str, Units] = {}
    for platform, units in entry.items():
        if not isinstance(units, dict):
            raise ValueError("what a platform took is no object")
        spent[name(platform)] = {
            name(unit): frozenset(map(name, amount))
            if isinstance(amount, list)
            else parse_amount(amount)
            for unit, amount in units.items()
        }
    return spent


def _plain(spent: Mapping[str, Units]) -> dict[str, dict[str, str | list[str]]]:
    return {
        platform: {
            unit: f"{amount:f}" if isinstance(amount, Decimal) else sorted(amount)
            for unit, amount in units.items()
        }
        for platform, units in spent.items()
    }
