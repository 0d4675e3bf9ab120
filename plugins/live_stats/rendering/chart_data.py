"""What the templates of charts see of a series: its points, and texts around them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..i18n import phrases
from ..model.values import Exactness
from .charts.axis_labels import AxisLabels
from .charts.captions import caption
from .charts.geometry import Point
from .charts.scales import wants_log
from .series_view import SeriesView
from .trends.finding_sentences import finding_sentence

MOST_ROWS = 40  # of the table below a chart; the rest a site may publish as data


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartSeries:
    """One series as the templates of charts see it."""

    s: SeriesView
    """The series itself."""

    title: str
    """What is counted, with a capital letter."""

    each: str
    """The window of a point, for behind the title; empty for counts of all time."""

    place: str
    """Whose posts are counted, or the platform."""

    caption: str
    """What the line is, in one sentence without a full stop: its ends, its highest."""

    finding: str
    """What moved, by how much and since when, without a full stop; mostly empty."""

    basis: str
    """The numbers that the finding is made of, as a sentence; empty without one."""

    last: str
    """The last value, as it may be stated."""

    covers: str
    """What each point covers, as a sentence; empty for counts per day."""

    sure: str
    """That the numbers are not exact, as a sentence; empty if they are."""

    log: bool
    """Whether the scale is logarithmic."""

    from_zero: bool
    """Whether the scale begins at zero."""

    changed: tuple[tuple[str, str], ...]
    """For each break inside the line a sentence, and the platform's reason."""

    @property
    def points(self) -> Sequence[Point]:
        """The points of the line, one a day, oldest first."""
        return self.s.points

    @property
    def breaks(self) -> Sequence[date]:
        """The days from which the platform counted in another way."""
        return self.s.breaks


def chart_context(
    views: Iterable[SeriesView], lang: str, least: int = 1
) -> dict[str, Any]:
    """What a template draws charts with, for the views of at least so many points.

    `lines` are `ChartSeries`, `words` the `AxisLabels` of the language, and `w` its
    `ChartPhrases`.
    """
    labels = AxisLabels(lang=lang)
    lines: dict[object, ChartSeries] = {}
    for view in views:
        if len(view.points) >= least:
            one = _chart_series(view, labels)
            # Two windows of one count ("@2d", "@6d") have the same days: one line.
            same = (one.title, one.each, one.place, tuple(view.points))
            lines.setdefault(same, one)
    return {"lines": list(lines.values()), "words": labels, "w": labels.phrases}


def table_rows(one: ChartSeries, most: int = MOST_ROWS) -> list[tuple[date, int, str]]:
    """The points for the table below a chart, newest first, each with its words."""
    last = len(one.points) - 1
    places = range(last, max(last - most, -1), -1)
    return [(*one.points[place], one.s.stated(place)) for place in places]


def _chart_series(view: SeriesView, labels: AxisLabels) -> ChartSeries:
    words, days = labels.phrases, view.points_days
    window = phrases.phrases_of(labels.lang).window(days) if days else ""
    exactness = Exactness(view.points_exactness)
    found = finding_sentence(view)
    sure = phrases.phrases_of(labels.lang).exactness(exactness)
    from_zero = days is not None or view.minutes is not None
    reasons = zip(view.breaks, view.break_reasons, strict=True)
    first, last = view.points[0][0], view.points[-1][0]
    return ChartSeries(
        s=view,
        title=view.noun[:1].upper() + view.noun[1:],
        each=f" {words.per_day}" if days == 1 else f", {window}" if window else "",
        place=view.place,
        caption=caption(
            view.points,
            labels,
            exactnesses=[Exactness(kind) for kind in view.exactnesses],
            days=days,
            total=not from_zero,
            breaks=view.breaks,
        ),
        finding=found.words,
        basis=found.basis,
        last=view.stated(-1),
        covers=_covers(view, labels),
        sure="" if exactness is Exactness.EXACT else f"{sure[:1].upper()}{sure[1:]}.",
        log=wants_log([value for _, value in view.points]),
        from_zero=from_zero,
        changed=tuple(
            (words.broken_since(labels.day(day)), reason)
            for day, reason in reasons
            if first < day <= last
        ),
    )


def _covers(view: SeriesView, labels: AxisLabels) -> str:
    """What each point covers, as a sentence; empty where `each` says it: per day."""
    words, days = labels.phrases, view.points_days
    if days:
        return "" if days == 1 else words.each_days(days)
    if view.minutes is None:
        return words.each_total
    if view.minutes:
        return words.each_span(view.minutes)
    return words.each_moment
