"""What the templates of charts see of a series: its line, and the words around it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..i18n import phrases
from ..model.values import Exactness
from .charts.axis_labels import AxisLabels
from .charts.captions import finding
from .charts.geometry import Point
from .charts.scales import wants_log
from .views import SeriesView


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartSeries:
    """A view's points, and what is said of them.

    `each` stands behind the noun in a title, `last` is the last value in words,
    `covers` the sentence on what a point covers, `sure` the one on numbers that are
    not exact, `changed` has one for each break inside the line, with its reason.
    """

    s: SeriesView
    title: str
    each: str
    place: str
    finding: str
    last: str
    covers: str
    sure: str
    log: bool
    from_zero: bool
    changed: tuple[tuple[str, str], ...]

    @property
    def points(self) -> Sequence[Point]:
        return self.s.points

    @property
    def breaks(self) -> Sequence[date]:
        return self.s.breaks


def around(views: Iterable[SeriesView], lang: str, least: int = 1) -> dict[str, Any]:
    """The lines of the views that have so many points, and the words for templates."""
    words = AxisLabels(lang=lang)
    lines = [_line(view, words) for view in views if len(view.points) >= least]
    return {"lines": lines, "words": words, "w": words.said}


def _line(view: SeriesView, words: AxisLabels) -> ChartSeries:
    said, days = words.said, view.points_days
    window = phrases.phrases_of(words.lang).window(days) if days else ""
    exactness = Exactness(view.points_exactness)
    sure = phrases.phrases_of(words.lang).exactness(exactness)
    from_zero = days is not None or view.minutes is not None
    reasons = zip(view.breaks, view.break_reasons, strict=True)
    first, last = view.points[0][0], view.points[-1][0]
    return ChartSeries(
        s=view,
        title=view.noun[:1].upper() + view.noun[1:],
        each=f" {said.per_day}" if days == 1 else f", {window}" if window else "",
        place=view.where or view.label,
        finding=finding(
            view.points,
            words,
            exactness=exactness,
            days=days,
            total=not from_zero,
            breaks=view.breaks,
        ),
        last=words.stated(view.points[-1][1], exactness),
        covers=_covers(view, words),
        sure="" if exactness is Exactness.EXACT else f"{sure[:1].upper()}{sure[1:]}.",
        log=wants_log([value for _, value in view.points]),
        from_zero=from_zero,
        changed=tuple(
            (said.broken_since(words.day(day)), reason)
            for day, reason in reasons
            if first < day <= last
        ),
    )


def _covers(view: SeriesView, words: AxisLabels) -> str:
    """What each point covers, as a sentence."""
    said, days = words.said, view.points_days
    if days:
        return said.each_day if days == 1 else said.each_days(days)
    if view.minutes is None:
        return said.each_total
    if view.minutes:
        return said.each_span(view.minutes)
    return said.each_moment
