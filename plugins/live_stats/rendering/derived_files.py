"""Derived files: those that are all slot, such as data, badges and images.

Each is a function of a spec and of a snapshot, like a fragment, and is written by the
same fill. So after a refresh all of them have the number that the pages have.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any

from markupsafe import escape

from ..collection import health
from ..i18n import phrases
from ..model.values import Observation
from ..references.catalogue import facts, from_series
from .exports import badge, history_tables
from .exports.history_parts import Division, Part, first_fitting
from .series_view import SeriesView, Snapshot, read_series
from .specs import (
    BadgeSpec,
    MilestonesFeedSpec,
    NumbersSpec,
    ObservationsSpec,
    PartSpec,
    ShareSpec,
    ShieldsSpec,
    Spec,
    StatusJsonSpec,
)


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


class DerivedFiles:
    """Renders the specs of derived files against one snapshot.

    `series` are all that the site collects, `division` has the files that their history
    is given away in; None if that is to be found out.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        series: Sequence[str],
        division: Division | None = None,
    ) -> None:
        self.snapshot, self.series = snapshot, series
        self._division = division

    @property
    def division(self) -> Division:
        """The files of the history; found out once."""
        if self._division is None:
            names = read_series(self.series)
            self._division = Division.of(self.snapshot.history, names)
        return self._division

    def render(self, spec: Spec) -> RenderedFile:
        """The file of `spec`. KeyError if it is of a fragment inside a text."""
        content = RENDERERS[type(spec)](self, spec)
        return RenderedFile(content.encode() if isinstance(content, str) else content)

    def observations(self, spec: ObservationsSpec) -> bytes:
        """A part of the history of all that the site shows, and of no draft.

        Nothing if there is no such part any more: the next build leaves it out.
        """
        part = self.part(spec)
        rows = self.division.observations(self.snapshot.history, part) if part else ()
        return _FORMATS[spec.format](rows)

    def part(self, spec: PartSpec) -> Part | None:
        return next((p for p in self.division.parts if p.name == spec.part), None)

    def numbers(self, spec: NumbersSpec) -> str | bytes:
        """What is known of one hashtag: rows of the history, or one document.

        The newest rows if not all of them fit into a file.
        """
        known: dict[str, tuple[Observation, ...]] = {}
        for series in spec.items:
            known |= self.snapshot.observations(series)
        first = first_fitting(chain.from_iterable(known.values()))
        if first is not None:
            known = {
                series: tuple(one for one in rows if one.observed_at >= first)
                for series, rows in known.items()
            }
        if spec.format == "csv":
            return history_tables.as_csv(
                observation for series in known for observation in known[series]
            )
        document = {
            "hashtag": spec.label,
            "page": spec.page,
            **({"since": f"{first:%Y-%m-%dT%H:%M:%SZ}"} if first else {}),
            "series": [
                _described(self.snapshot.view(series, spec.lang))
                | {"observations": list(history_tables.entries(known[series]))}
                for series in known
            ],
        }
        return json.dumps(document, indent=1, ensure_ascii=False) + "\n"

    def badge(self, spec: BadgeSpec) -> str:
        return badge.badge_svg(self.snapshot.view(spec.series, spec.lang), spec.label)

    def shields(self, spec: ShieldsSpec) -> str:
        return badge.shields(self.snapshot.view(spec.series, spec.lang), spec.label)

    def share(self, spec: ShareSpec) -> bytes:
        """The image of a post or hashtag: its title, and a figure with its date."""
        # Not above: nothing else needs its fonts.
        from .exports.share_image import share_image

        site, title = spec.site, spec.title
        views = (self.snapshot.view(series, spec.lang) for series in spec.items)
        view = next((view for view in views if view.value is not None), None)
        if view is not None:
            return share_image(
                site=site,
                title=title,
                number=view.number,
                what=view.of_whom(spec.what)
                if spec.what
                else f"{view.counted}, {view.place}",
                as_of=view.when,
                points=view.line,
                breaks=view.breaks,
                each=view.per_day,
                days=view.points_days,
                total=view.points_days is None and view.minutes is None,
            )
        number = as_of = ""
        if spec.claim:
            number = spec.claim.text
            as_of = phrases.format_day(date.fromisoformat(spec.claim.day), spec.lang)
        return share_image(
            site=site,
            title=title,
            number=number,
            what=spec.what,
            as_of=as_of,
            points=(),
        )

    def milestones_feed(self, spec: MilestonesFeedSpec) -> str:
        # Not above: it loads as much again as all that is loaded there.
        from .trends.milestone_sentences import feed_of

        return feed_of(self.snapshot, spec)

    def status(self, spec: StatusJsonSpec) -> str:
        snapshot = self.snapshot
        platforms = health.health_of(
            self.series, snapshot.history, snapshot.state, snapshot.settings
        )
        return health.as_json(platforms, snapshot.state.collected_at)


RENDERERS: dict[type[Spec], Callable[[DerivedFiles, Any], str | bytes]] = {
    ObservationsSpec: DerivedFiles.observations,
    NumbersSpec: DerivedFiles.numbers,
    BadgeSpec: DerivedFiles.badge,
    ShieldsSpec: DerivedFiles.shields,
    ShareSpec: DerivedFiles.share,
    MilestonesFeedSpec: DerivedFiles.milestones_feed,
    StatusJsonSpec: DerivedFiles.status,
}
"""What renders each kind of file."""

_FORMATS: dict[str, Callable[[Iterable[Observation]], bytes]] = {
    "csv": history_tables.as_csv,
    "json": history_tables.as_json,
    "sqlite3": history_tables.as_sqlite,
}


def _described(view: SeriesView) -> dict[str, Any]:
    """The entry of a series in a hashtag's JSON, without its observations."""
    about = facts(from_series(view.series))
    return {
        "series": view.series,
        "platform": view.platform,
        "label": view.label,
        "metric": view.metric,
        "window_days": view.days,
        "scope": about.scope,
        "caveat": about.unavailable.reason if about.unavailable else about.caveat,
        "docs": about.provider.docs,
        "members": list(view.members),
        "source": [page for _, page in view.sources],
        "state": view.state,
        "value": view.value,
        "exactness": view.exactness,
        "as_of": view.day_iso or None,
        "said": view.said,
    }
