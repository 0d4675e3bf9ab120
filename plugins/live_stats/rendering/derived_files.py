"""Derived files: those that are all slot, such as data, badges and images.

Each is a function of a spec and of a snapshot, like a fragment, and is written by the
same filling. So after a refresh all of them say the number that the pages say.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from markupsafe import escape

from ..collection import health
from ..i18n import phrases
from ..model.values import Observation, Window
from ..references.catalogue import facts, from_series
from ..references.sums import is_sum
from .exports import badge, history_tables
from .views import SeriesView, Snapshot

Spec = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RenderedFile:
    """A derived file. Its words are made only where it stands inside another file."""

    data: bytes

    @property
    def text(self) -> str:
        return self.data.decode(errors="ignore")

    @property
    def html(self) -> str:
        return str(escape(self.text))


def render_file(spec: Spec, snapshot: Snapshot, asked: Sequence[str]) -> RenderedFile:
    """The derived file of `spec`. `asked` is every series that the site asks for."""
    if spec["fragment"] == "status_json":
        states = health.health_of(
            asked, snapshot.history, snapshot.asked, snapshot.settings
        )
        made: str | bytes = health.as_json(states, snapshot.asked.collected_at)
    else:
        made = KINDS[spec["fragment"]](spec, snapshot)
    return RenderedFile(made.encode() if isinstance(made, str) else made)


def _observations(spec: Spec, snapshot: Snapshot) -> str | bytes:
    return _AS[spec["format"]](snapshot.history.all_observations())


_AS: dict[str, Callable[[Iterable[Observation]], str | bytes]] = {
    "csv": history_tables.as_csv,
    "json": history_tables.as_json,
    "sqlite3": history_tables.as_sqlite,
}


def _numbers(spec: Spec, snapshot: Snapshot) -> str:
    """What is known of one hashtag, as the rows of the history or as one document."""
    known = _with_days(spec["items"], snapshot)
    if spec["format"] == "csv":
        return history_tables.as_csv(one for series in known for one in known[series])
    document = {
        "hashtag": spec["label"],
        "page": spec["page"],
        "series": [
            _described(snapshot.view(series, spec["lang"]))
            | {"observations": list(history_tables.entries(known[series]))}
            for series in known
        ],
    }
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def _with_days(
    items: Iterable[str], snapshot: Snapshot
) -> dict[str, tuple[Observation, ...]]:
    """The observations by series; behind counts of several days the single days too."""
    found: dict[str, tuple[Observation, ...]] = {}
    for series in items:
        reference = from_series(series)
        found[series] = snapshot.history.of(series)
        if (reference.window.days or 0) > 1 and not is_sum(reference):
            days = replace(reference, window=Window(days=1)).series
            if known := snapshot.history.of(days):
                found[days] = known
    return found


def _described(view: SeriesView) -> dict[str, Any]:
    """A series as machines read it: the names of DESIGN, and what a page says of it."""
    about = facts(from_series(view.series))
    return {
        "series": view.series,
        "platform": view.platform,
        "label": view.label,
        "metric": view.metric,
        "window_days": view.days,
        "scope": view.scope,
        "caveat": view.reason or view.caveat,
        "docs": about.provider.docs,
        "source": [page for _, page in view.sources],
        "state": view.state,
        "value": view.value,
        "exactness": view.exactness,
        "as_of": view.day_iso or None,
        "said": f"{view.number} {view.noun}, {view.when}".strip(),
    }


def _badge(spec: Spec, snapshot: Snapshot) -> str:
    view = snapshot.view(spec["series"], spec["lang"])
    make = badge.badge_svg if spec["fragment"] == "badge" else badge.shields
    return make(view, spec["label"])


def _share(spec: Spec, snapshot: Snapshot) -> bytes:
    """The image of a post or hashtag: title, and its telling figure with the date."""
    from .exports.share_image import share_image  # its fonts are needed by nothing else

    said: dict[str, Any] = {"number": "", "as_of": "", "points": ()}
    what, claim = spec["what"], spec.get("claim")
    series = [spec["series"]] if "series" in spec else spec["items"]
    views = [snapshot.view(one, spec["lang"]) for one in series]
    view = next((view for view in views if view.value is not None), None)
    if view is not None:
        said |= {"number": view.number, "points": view.line, "breaks": view.breaks}
        said |= {"each": view.per_day, "as_of": view.when}
        what = what or f"{view.noun}, {view.where or view.label}"
    elif claim:
        day = phrases.format_day(date.fromisoformat(claim["day"]), spec["lang"])
        said |= {"number": claim["text"], "as_of": day}
    return share_image(site=spec["site"], title=spec["title"], what=what, **said)


def _milestones(spec: Spec, snapshot: Snapshot) -> str:
    from .trends.milestone_sentences import (
        feed_of,  # as much again as all that is loaded here
    )

    return feed_of(snapshot, spec)


KINDS: dict[str, Callable[[Spec, Snapshot], str | bytes]] = {
    "observations": _observations,
    "numbers": _numbers,
    "badge": _badge,
    "shields": _badge,
    "share": _share,
    "milestones_feed": _milestones,
}
FRAGMENTS = frozenset(KINDS) | {"status_json"}
