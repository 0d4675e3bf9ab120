"""The lines of the state, and what an older version of it had.

A line tells of one thing: a series, a platform, a host, or the last collection. Files
of several builders may be joined in any way: of two lines about the same thing the
later one counts, by the times in them.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from ..model.characters import FORBIDDEN
from ..model.freshness import MAX_REST
from .journal_lines import (
    UNREADABLE,
    Event,
    Kind,
    Spending,
    Units,
    is_event,
    name,
    parse_amount,
    parse_time,
    time_text,
)
from .journal_lines import encode as event_line

MAX_LINE = 16 * 1024  # bytes
MAX_TEXT = 300  # characters of a failure
MAX_ETAG = 220  # characters of an ETag, with the digest of its URL before it
AHEAD = timedelta(days=1)  # clocks differ
WAITS = MAX_REST + AHEAD  # no wait of ours is longer


@dataclass(slots=True, kw_only=True)
class SeriesRecord:
    """The results of the last collections for one series.

    `checked_at` is when its value was last confirmed. While it fails, `failure` says
    why, `failing_since` since when, and `retry_at` when it may be fetched again;
    `unknown`: the platform has no such subject. `etag` is the one of the last reply,
    behind a digest of its URL.

    `asked_at` is when it was last asked for in vain, None if it was not since
    `checked_at`. `alone`: it failed in an answer for several windows, and is asked for
    in a query of its own. `key` tells if the keys that it failed with have changed.

    The others come from the journal (`storage.journal.Standing`): `held` is an
    implausible reading, and `rejected` are those that the author has rejected.
    """

    checked_at: datetime | None = None
    failure: str = ""
    unknown: bool = False
    failed_at: datetime | None = None
    failing_since: datetime | None = None
    retry_at: datetime | None = None
    etag: str = ""
    asked_at: datetime | None = None
    alone: bool = False
    key: str = ""
    held: int | None = None
    held_at: datetime | None = None
    accepted: bool = False
    decided_at: datetime | None = None
    rejected: frozenset[int] = frozenset()
    last_rejected: int | None = None

    @property
    def rest(self) -> timedelta:
        """The time from its failure to when it may be fetched again."""
        if self.retry_at and self.failed_at:
            return self.retry_at - self.failed_at
        return timedelta(0)

    @property
    def is_wanted(self) -> bool:
        """Whether its held reading was accepted, and not asked for since then."""
        decided, asked = self.decided_at, self.asked_at
        return self.accepted and not (asked and decided and asked > decided)


@dataclass(slots=True, kw_only=True)
class PlatformRecord:
    """The last answer of one platform, and its last failure, long over or not."""

    answered_at: datetime | None = None
    failure: str = ""
    failed_at: datetime | None = None


@dataclass(slots=True, kw_only=True)
class HostRecord:
    """Until when a host wants no request."""

    until: datetime | None = None


@dataclass(slots=True, kw_only=True)
class CollectionRecord:
    """When the last collection ran."""

    at: datetime | None = None


Record = SeriesRecord | PlatformRecord | HostRecord | CollectionRecord
Records = dict[tuple[str, str], Record]
"""By kind and name."""

KINDS: dict[str, type[Record]] = {
    "collection": CollectionRecord,
    "host": HostRecord,
    "platform": PlatformRecord,
    "series": SeriesRecord,
}
TEXTS = {"failure": MAX_TEXT, "etag": MAX_ETAG, "key": MAX_TEXT}
FLAGS = ("unknown", "alone")
LATER_TIMES = ("retry_at", "until")
TIMES = (
    *("checked_at", "failed_at", "failing_since", "asked_at", "answered_at", "at"),
    *LATER_TIMES,
)
KEPT = {*TEXTS, *FLAGS, *TIMES}


def encode(kind: str, called: str, record: Record) -> str:
    """The line of a record; empty where it tells nothing, or is longer than any."""
    values = {one.name: getattr(record, one.name) for one in fields(record)}
    entry = {
        key: time_text(value) if isinstance(value, datetime) else value
        for key, value in values.items()
        if key in KEPT and value
    }
    if not entry:
        return ""
    entry |= {"kind": kind, "name": called} if called else {"kind": kind}
    line = json.dumps(entry, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return line if len(line.encode()) <= MAX_LINE else ""


def join(records: Records, lines: list[bytes], now: datetime) -> list[bytes]:
    """Add what the lines tell to `records`; those that tell nothing that can be true.

    The order of the lines does not matter.
    """
    damaged = []
    for line in lines:
        if not line.strip():
            continue
        try:
            key, record = _decode(line, now)
        except UNREADABLE:
            damaged.append(line)
            continue
        known = records.get(key)
        if known is None or _age(key, known) < _age(key, record):
            records[key] = record
    return damaged


def _decode(line: bytes, now: datetime) -> tuple[tuple[str, str], Record]:
    if len(line) > MAX_LINE:
        raise ValueError("it is too long")
    entry = json.loads(line.decode())
    if not isinstance(entry, dict):
        raise ValueError("it is no object")
    kind = entry["kind"]
    called = "" if kind == "collection" else name(entry["name"])
    values = {
        key: _value(key, value, now) for key, value in entry.items() if key in KEPT
    }
    return (kind, called), KINDS[kind](**values)


def _value(key: str, value: Any, now: datetime) -> Any:
    """The value of a field; one of `UNREADABLE` where it has no such value."""
    if key in FLAGS:
        if not isinstance(value, bool):
            raise ValueError(f"its {key} is neither true nor false")
        return value
    if key in TEXTS:
        if not isinstance(value, str) or len(value) > TEXTS[key]:
            raise ValueError(f"its {key} is no text, or too long")
        if FORBIDDEN.search(value):
            raise ValueError(f"its {key} has a forbidden character")
        return value
    time = parse_time(value)
    if time > now + (WAITS if key in LATER_TIMES else AHEAD):
        raise ValueError(f"its {key} is dated ahead")
    return time


def _age(key: tuple[str, str], record: Record) -> tuple[str, str]:
    """The latest time of a record that is past, and its line where these are equal."""
    times = [
        time_text(value)
        for one in fields(record)
        if one.name in TIMES and (value := getattr(record, one.name))
        if one.name != "retry_at"
    ]
    return max(times, default=""), encode(*key, record)


def bounded_failure(text: str) -> str:
    """The text of a failure as the state keeps it: a platform may send any."""
    text = FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)
    return text if len(text) <= MAX_TEXT else f"{text[: MAX_TEXT - 1]}…"


def bounded_etag(etag: str) -> str:
    """An ETag as the state keeps it: none where it is longer than any that is one."""
    return "" if len(etag) > MAX_ETAG or FORBIDDEN.search(etag) else etag


@dataclass(slots=True)
class OldState:
    """What `state.json` had, which was one object: as lines, and for the journal."""

    lines: list[bytes] = field(default_factory=list)
    events: list[Event | Spending] = field(default_factory=list)


def read_old(data: bytes, now: datetime) -> OldState:
    """Read the versions 1 and 2; one of `UNREADABLE` where it is neither of them."""
    entry = json.loads(data.decode())
    if not isinstance(entry, dict) or entry.get("version") not in (1, 2):
        raise ValueError("it is no state of a known version")
    old = OldState()
    at = entry.get("collected_at")
    hosts = {host: {"until": until} for host, until in _items(entry.get("hosts"))}
    for kind, items in (
        ("collection", [("", {"at": at})] if at else []),
        ("host", list(hosts.items())),
        ("platform", _items(entry.get("platforms"))),
        ("series", _items(entry.get("series"))),
    ):
        old.lines += [_old_line(kind, called, value) for called, value in items]
    for series, record in _items(entry.get("series")):
        old.events += _old_hold(series, record, now)
    for platform, units in _items(entry.get("spent")):
        for unit, entries in _items(units):
            old.events += _old_spending(platform, unit, entries, now)
    # What the journal refuses, such as a day of the year 1, must not get into it.
    old.events = [one for one in old.events if is_event(event_line(one).encode())]
    return old


def _items(value: Any) -> list[tuple[str, Any]]:
    """The items of an object; none where it is none."""
    return list(value.items()) if isinstance(value, dict) else []


def _old_line(kind: str, called: str, entry: Any) -> bytes:
    if isinstance(entry, dict):
        entry = {"kind": kind, "name": called, **entry}
        for key, bounded in (("failure", bounded_failure), ("etag", bounded_etag)):
            if isinstance(entry.get(key), str):
                entry[key] = bounded(entry[key])
    return json.dumps(entry).encode()


def _old_hold(series: str, record: Any, now: datetime) -> Iterator[Event]:
    """A held reading, and that it was accepted."""
    try:
        value, at = record["held"], parse_time(record["held_at"])
        if type(value) is not int or value < 0 or at > now + AHEAD:
            return
        called = name(series)
    except UNREADABLE:
        return
    yield Event(kind=Kind.HELD, series=called, value=value, at=at)
    if record.get("accepted") is True:
        yield Event(kind=Kind.ACCEPTED, series=called, value=value, at=at)


def _old_spending(
    platform: str, unit: str, entries: Any, now: datetime
) -> Iterator[Spending]:
    """What was spent, by day or by subject.

    The names of the runs come from what they tell: clones that have the same file give
    the same lines, and these count once.
    """
    for key, value in _items(entries):
        try:
            at, amount = _old_amount(key, value)
            units: Units = {name(unit): amount}
            if at > now + AHEAD:
                continue
            what = json.dumps([name(platform), unit, key, value])
        except UNREADABLE:
            continue
        run = hashlib.sha256(what.encode()).hexdigest()[:32]
        yield Spending(run=run, at=at, spent={platform: units})


def _old_amount(key: str, value: Any) -> tuple[datetime, Decimal | frozenset[str]]:
    """The day, and the amount or the subject: a subject stands before its day."""
    try:
        day = datetime.fromisoformat(key).replace(tzinfo=UTC)
    except ValueError:
        day = datetime.fromisoformat(value).replace(tzinfo=UTC)
        return day, frozenset({name(key)})
    return day, parse_amount(value)
