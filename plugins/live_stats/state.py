"""What was asked when: answers, failures, budgets. Safe to lose."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self, get_type_hints

from . import files
from .budgets import Spent

VERSION = 2


@dataclass(slots=True, kw_only=True)
class Asked:
    """What the last collections learned about one series.

    `checked_at` is when its value was last confirmed. While it fails, `failure` says
    why, `failing_since` since when, and `retry_at` when it may be asked again. `held`
    is a reading that looked implausible. `etag` is what the platform calls its last
    answer, behind the address that it belongs to.
    """

    checked_at: datetime | None = None
    failure: str = ""
    failed_at: datetime | None = None
    failing_since: datetime | None = None
    retry_at: datetime | None = None
    held: int | None = None
    held_at: datetime | None = None
    accepted: bool = False
    etag: str = ""


@dataclass(slots=True, kw_only=True)
class Health:
    """How one platform did: its last answer, and its last failure, long over or not."""

    answered_at: datetime | None = None
    failure: str = ""
    failed_at: datetime | None = None


@dataclass(slots=True, kw_only=True)
class State:
    """When each series was last asked, and when the last collection ran.

    `hosts` has until when a host wants to be left alone, `spent` what was spent of the
    budgets, by platform.
    """

    collected_at: datetime | None = None
    series: dict[str, Asked] = field(default_factory=dict)
    platforms: dict[str, Health] = field(default_factory=dict)
    hosts: dict[str, datetime] = field(default_factory=dict)
    spent: dict[str, Spent] = field(default_factory=dict)

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read the file; an absent or unreadable one is an empty state."""
        try:
            entry = json.loads(path.read_text(encoding="utf-8"))
            if entry["version"] not in (1, VERSION):
                return cls()
            return cls(
                collected_at=_time(entry.get("collected_at")),
                series=_all(Asked, entry["series"]),
                platforms=_all(Health, entry.get("platforms", {})),
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
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return cls()

    def save(self, path: Path) -> bool:
        """Write the file, sorted, so that it makes small diffs; true if it changed."""
        entry = {
            "version": VERSION,
            "collected_at": _text(self.collected_at),
            "series": {name: _entry(one) for name, one in self.series.items()},
            "platforms": {name: _entry(one) for name, one in self.platforms.items()},
            "hosts": {host: _text(time) for host, time in self.hosts.items()},
            "spent": self.spent,
        }
        text = json.dumps(entry, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
        return files.write(path, text.encode())

    def asked(self, series: str) -> Asked:
        return self.series.setdefault(series, Asked())

    def platform(self, name: str) -> Health:
        return self.platforms.setdefault(name, Health())


def _entry(one: Asked | Health) -> dict[str, Any]:
    """The fields that say anything."""
    values = {item.name: getattr(one, item.name) for item in fields(one)}
    return {
        name: _text(value) if isinstance(value, datetime) else value
        for name, value in values.items()
        if value not in (None, "", False) or name == "held" and value == 0
    }


def _all(kind: type[Any], entries: Mapping[str, Any]) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {
        name: kind(
            **{
                key: _time(value) if key.endswith("_at") or "since" in key else value
                for key, value in entry.items()
                if key in hints
            }
        )
        for name, entry in entries.items()
    }


def _time(text: Any) -> datetime | None:
    if text is None:
        return None
    time = datetime.fromisoformat(text)
    if time.tzinfo is None:
        raise ValueError(text)
    return time.astimezone(UTC)


def _text(time: datetime | None) -> str | None:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ") if time else None
