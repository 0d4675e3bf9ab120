"""The state of the collections: times, failures, held readings, pauses and budgets.

Safe to lose, but not in silence: without it, budgets begin anew, and held readings are
forgotten. The limits themselves are in `collection.budgets`.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any, Self, get_type_hints

from ..model.errors import Mistake, Mistakes
from . import atomic_write

FORMAT_VERSION = 2
MARKERS = re.compile(r"^(<{7,}|\|{7,}|={7,}|>{7,})(?=\s|$)", re.M)
"""Where a merge left both sides: no line of JSON begins so."""

Spent = dict[str, dict[str, str]]
"""What was paid of each budget of a platform: by budget, then by its period."""


@dataclass(slots=True, kw_only=True)
class SeriesRecord:
    """The results of the last collections for one series.

    `checked_at` is when its value was last confirmed. While it fails, `failure` says
    why, `failing_since` since when, and `retry_at` when it may be fetched again;
    `asked_with` marks the keys that were sent then (`planner.keys_mark`);
    `unknown`: the platform has no such subject. `held` is an implausible reading.
    `etag` is the one of the last reply, behind a digest of its URL.
    """

    checked_at: datetime | None = None
    failure: str = ""
    unknown: bool = False
    failed_at: datetime | None = None
    failing_since: datetime | None = None
    retry_at: datetime | None = None
    asked_with: str = ""
    held: int | None = None
    held_at: datetime | None = None
    accepted: bool = False
    etag: str = ""


@dataclass(slots=True, kw_only=True)
class PlatformRecord:
    """The last answer of one platform, and its last failure, long over or not."""

    answered_at: datetime | None = None
    failure: str = ""
    failed_at: datetime | None = None


@dataclass(slots=True, kw_only=True)
class CollectionState:
    """The records of all series and platforms, and when the last collection ran.

    `hosts` has until when a host wants no request, `spent` what was spent of the
    budgets, by platform. `damaged` tells what is wrong with a file that could not be
    parsed; saving renames it first.
    """

    collected_at: datetime | None = None
    series: dict[str, SeriesRecord] = field(default_factory=dict)
    platforms: dict[str, PlatformRecord] = field(default_factory=dict)
    hosts: dict[str, datetime] = field(default_factory=dict)
    spent: dict[str, Spent] = field(default_factory=dict)
    damaged: Mistake | None = None

    @classmethod
    def load(cls, path: Path, shown_as: str = "") -> Self:
        """Read the file. An absent one is an empty state, and so is a damaged one.

        Raises `Mistakes` where a person has to decide: for one that a merge left with
        both sides in it, and one that we may not read.
        """
        place = shown_as or str(path)
        data = b""
        try:
            data = path.read_bytes()
            return cls._read(json.loads(data.decode()))
        except (FileNotFoundError, NotADirectoryError):
            return cls()
        except OSError as error:
            what = f"this file cannot be read ({error.strerror})"
            mend = "make it readable, or remove it: it is safe to lose"
            raise Mistakes([Mistake(path=place, what=what, mend=mend)]) from None
        except (
            ValueError,
            LookupError,
            TypeError,
            AttributeError,
            ArithmeticError,
            RecursionError,
        ) as error:
            text = data.decode(errors="replace")
            if marker := MARKERS.search(text):
                line = text.count("\n", 0, marker.start()) + 1
                raise Mistakes([_conflict(place, line)]) from None
            return cls(damaged=_damage(place, error))

    @classmethod
    def _read(cls, entry: Any) -> Self:
        """The state that was saved; some error of `load`'s where it is none."""
        if entry["version"] not in (1, FORMAT_VERSION):
            version = f"{entry['version']!r}, not {FORMAT_VERSION}"
            raise ValueError(f"its version is {version}")
        return cls(
            collected_at=_time(entry.get("collected_at")),
            series=_all(SeriesRecord, entry["series"]),
            platforms=_all(PlatformRecord, entry.get("platforms", {})),
            hosts={
                host: time
                for host, text in entry.get("hosts", {}).items()
                if (time := _time(text))
            },
            spent={
                platform: {
                    unit: {str(key): str(value) for key, value in entries.items()}
                    for unit, entries in units.items()
                }
                for platform, units in entry.get("spent", {}).items()
            },
        )

    def save(self, path: Path) -> bool:
        """Write the file, sorted, so that it makes small diffs; true if it changed."""
        if self.damaged and path.exists():
            path.rename(_aside(path))
            self.damaged = None
        entry = {
            "version": FORMAT_VERSION,
            "collected_at": _text(self.collected_at),
            "series": {name: _entry(one) for name, one in self.series.items()},
            "platforms": {name: _entry(one) for name, one in self.platforms.items()},
            "hosts": {host: _text(time) for host, time in self.hosts.items()},
            "spent": self.spent,
        }
        text = json.dumps(entry, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
        return atomic_write.write_if_changed(path, text.encode())

    def record(self, series: str) -> SeriesRecord:
        return self.series.setdefault(series, SeriesRecord())

    def platform_record(self, name: str) -> PlatformRecord:
        return self.platforms.setdefault(name, PlatformRecord())


def _conflict(place: str, line: int) -> Mistake:
    return Mistake(
        path=place,
        line=line,
        what="a merge has left both sides in this file",
        mend="keep one of them, or delete the file: it is safe to lose",
    )


def _damage(place: str, error: Exception) -> Mistake:
    line, why = 0, "its parts are of other kinds"
    if isinstance(error, json.JSONDecodeError):
        line, why = error.lineno, error.msg
    elif isinstance(error, ValueError):
        why = str(error)
    return Mistake(
        path=place,
        line=line,
        what=f"this is no state ({why}): budgets, failures and held readings begin "
        "anew",
        mend=f"a collection puts it aside as {Path(place).name}.damaged",
    )


def _aside(path: Path) -> Path:
    """A free name for the damaged file; files with such names are kept, too."""
    names = (f"{path.name}.damaged{n if n > 1 else ''}" for n in count(1))
    return next(p for name in names if not (p := path.with_name(name)).exists())


def _entry(one: SeriesRecord | PlatformRecord) -> dict[str, Any]:
    """The fields that are not empty."""
    values = {item.name: getattr(one, item.name) for item in fields(one)}
    return {
        name: _text(value) if isinstance(value, datetime) else value
        for name, value in values.items()
        if value not in (None, "", False) or name == "held" and value == 0
    }


def _all(kind: type[Any], entries: Mapping[str, Any]) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {name: _one(kind, hints, entry) for name, entry in entries.items()}


def _one(kind: type[Any], hints: Mapping[str, Any], entry: Mapping[str, Any]) -> Any:
    values = {}
    for key, value in entry.items():
        if key not in hints:
            continue
        values[key] = _time(value) if key.endswith("_at") or "since" in key else value
        if not isinstance(values[key], hints[key]):
            raise ValueError(f"its {key} is {value!r}")
    return kind(**values)


def _time(text: Any) -> datetime | None:
    if text is None:
        return None
    time = datetime.fromisoformat(text)
    if time.tzinfo is None:
        raise ValueError(text)
    return time.astimezone(UTC)


def _text(time: datetime | None) -> str | None:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ") if time else None
