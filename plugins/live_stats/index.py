"""What publish leaves in `.build/` so that refresh can work without Pelican."""

import json
import shutil
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from . import files
from .settings import Settings

VERSION = 2
FOLDER = ".build"
NAME = "index.json"
SITE = "site"  # the skeleton tree, beside the index
NEXT = "next"  # the tree that is being written, until it is whole


@dataclass(slots=True, kw_only=True)
class Index:
    """The slots of a site, and what is needed to fill them again.

    `specs` has every slot by number, `files` the paths below `.build/site/` that hold
    any, `series` what is to be asked, `places` where an author wrote it.
    `decisions` are the values that templates have decided on, `scheduled` when the next
    dated post is due. Paths are absolute.
    """

    settings: Settings
    address: str
    output: str
    data: str
    themes: list[str] = field(default_factory=list)
    specs: dict[str, dict[str, Any]] = field(default_factory=dict)
    series: list[str] = field(default_factory=list)
    places: dict[str, str] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    decisions: dict[str, int | None] = field(default_factory=dict)
    scheduled: datetime | None = None

    def save(self, folder: Path) -> None:
        entry = asdict(self) | {"version": VERSION}
        entry["scheduled"] = self.scheduled.isoformat() if self.scheduled else None
        text = json.dumps(entry, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
        files.write(folder / NAME, text.encode())

    def replace(self, folder: Path) -> None:
        """Make the tree just written the one to fill from, and this its index.

        The old index goes first: killed in between, the next run publishes anew.
        """
        (folder / NAME).unlink(missing_ok=True)
        shutil.rmtree(folder / SITE, ignore_errors=True)
        (folder / NEXT).rename(folder / SITE)
        self.save(folder)

    @classmethod
    def load(cls, folder: Path) -> "Index | None":
        """Read it back; None where there is none, or one of another version."""
        try:
            entry = json.loads((folder / NAME).read_text(encoding="utf-8"))
            if entry.pop("version") != VERSION:
                return None
            scheduled = entry.pop("scheduled")
            settings = entry.pop("settings")
            settings["platforms"] = tuple(settings["platforms"])
            return cls(
                settings=Settings(**settings),
                scheduled=datetime.fromisoformat(scheduled) if scheduled else None,
                **entry,
            )
        except (OSError, ValueError, KeyError, TypeError):
            return None
