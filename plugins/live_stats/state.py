"""What was asked when: checked, failed, held. Losing this file loses no reading."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from . import files
from .model import Observation

VERSION = 1
HOLD_FOR = timedelta(hours=1)
TOO_OFTEN = 20  # a reading more than so many times the last is held


@dataclass(slots=True, kw_only=True)
class Asked:
    """What the last collections learned about one series."""

    checked_at: datetime | None = None
    failure: str = ""
    failed_at: datetime | None = None
    held: int | None = None
    held_at: datetime | None = None
    accepted: bool = False


@dataclass(slots=True, kw_only=True)
class State:
    """When each series was last asked, and when the last collection ran."""

    collected_at: datetime | None = None
    series: dict[str, Asked] = field(default_factory=dict)

    @classmethod
    def load(cls, path: Path) -> "State":
        """Read the file; an absent or unreadable one is an empty state."""
        try:
            entry = json.loads(path.read_text(encoding="utf-8"))
            if entry["version"] != VERSION:
                return cls()
            return cls(
                collected_at=_time(entry.get("collected_at")),
                series={
                    name: Asked(
                        checked_at=_time(asked.get("checked_at")),
                        failure=str(asked.get("failure", "")),
                        failed_at=_time(asked.get("failed_at")),
                        held=asked.get("held"),
                        held_at=_time(asked.get("held_at")),
                        accepted=asked.get("accepted") is True,
                    )
                    for name, asked in entry["series"].items()
                },
            )
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return cls()

    def save(self, path: Path) -> bool:
        """Write the file, sorted, so that it makes small diffs; true if it changed."""
        entry = {
            "version": VERSION,
            "collected_at": _text(self.collected_at),
            "series": {
                name: {
                    key: value
                    for key, value in (
                        ("checked_at", _text(asked.checked_at)),
                        ("failure", asked.failure or None),
                        ("failed_at", _text(asked.failed_at)),
                        ("held", asked.held),
                        ("held_at", _text(asked.held_at)),
                        ("accepted", asked.accepted or None),
                    )
                    if value is not None
                }
                for name, asked in self.series.items()
            },
        }
        text = json.dumps(entry, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
        return files.write(path, text.encode())

    def asked(self, series: str) -> Asked:
        return self.series.setdefault(series, Asked())


def accepts(asked: Asked, last: Observation | None, new: Observation) -> bool:
    """Whether a reading is plausible; if not, it is held in `asked`.

    Held: an all-time count that falls by more than half, and any reading over 20
    times the last (a last reading of 0 says nothing about what may follow). The same
    value again an hour later is accepted, or at once if the author has accepted it.
    """
    again = asked.held == new.value and (
        asked.accepted
        or (asked.held_at is not None and new.observed_at - asked.held_at >= HOLD_FOR)
    )
    if last is None or plausible(last, new) or again:
        asked.held = asked.held_at = None
        asked.accepted = False
        return True
    if asked.held != new.value:
        asked.held, asked.held_at = new.value, new.observed_at
    return False


def plausible(last: Observation, new: Observation) -> bool:
    if last.value and new.value > last.value * TOO_OFTEN:
        return False
    return new.span is not None or new.value * 2 >= last.value


def _time(text: Any) -> datetime | None:
    if text is None:
        return None
    time = datetime.fromisoformat(text)
    if time.tzinfo is None:
        raise ValueError(text)
    return time.astimezone(UTC)


def _text(time: datetime | None) -> str | None:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ") if time else None
