"""The series of a hashtag that have a trend, and the markup of its sentences.

Sums are left out, since their platforms come and go; so are counts of the last minutes,
which are of a moment.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from markupsafe import Markup

from ...i18n import phrases
from ...model.values import Exactness, Observation, Window
from ...references.catalogue import from_series
from ..series_view import SeriesView, Snapshot, unmixed
from .milestones import Arrival


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendSeries:
    """One series and its observations. `days` is the window of each of them."""

    series: str
    days: int | None
    view: SeriesView
    observations: tuple[Observation, ...]

    @property
    def where(self) -> str:
        """Whose posts are counted, or the platform."""
        return self.view.where or self.view.label

    @property
    def exactness_by_day(self) -> dict[date, Exactness]:
        """How exact the point of each day is."""
        view = self.view
        kinds = map(Exactness, view.exactnesses)
        return {day: kind for (day, _), kind in zip(view.points, kinds, strict=True)}


def day_of(observation: Observation) -> date:
    """The day of its point: the last that it covers, else that of the reading."""
    return observation.span.end if observation.span else observation.day


def trend_series_of(
    snapshot: Snapshot, items: Sequence[str], lang: str
) -> list[TrendSeries]:
    """The series that the points of `items` are of, each once."""
    found: dict[str, TrendSeries] = {}
    for view in _views(snapshot, items, lang):
        series = _windowed(view.series, view.points_days)
        if view.points and series not in found:
            found[series] = TrendSeries(
                series=series,
                days=view.points_days,
                view=view,
                observations=snapshot.history.of(series),
            )
    return list(found.values())


def arrivals(
    snapshot: Snapshot, items: Sequence[str], lang: str
) -> Iterator[tuple[TrendSeries, list[Arrival]]]:
    """Every series that the points of `items` ever were of, with its arrivals.

    Windows count until the first single day is read: days say more. Which observation
    counts is thus decided as it arrives, and no later one changes it.
    """
    history, seen = snapshot.history, set()
    for view in _views(snapshot, items, lang):
        window = from_series(view.series).window.days
        windows: Iterable[Observation] = history.of(view.series)
        singles: tuple[Observation, ...] = ()
        if (window or 0) > 1:
            singles = history.of(_windowed(view.series, 1))
        if singles:
            begin = min(history.first_reading(one).observed_at for one in singles)
            windows = [
                o for o in windows if history.first_reading(o).observed_at < begin
            ]
        counted = unmixed(windows, view.breaks)
        for days, read in ((window, counted), (1, singles)):
            series = _windowed(view.series, days)
            if read and series not in seen:
                seen.add(series)
                trend = TrendSeries(
                    series=series, days=days, view=view, observations=read
                )
                yield trend, [_arrival(history.first_reading(one)) for one in read]


def _arrival(one: Observation) -> Arrival:
    return Arrival(
        seen_at=one.observed_at,
        day=day_of(one),
        value=one.value,
        exactness=one.exactness,
    )


def _views(snapshot: Snapshot, items: Sequence[str], lang: str) -> Iterator[SeriesView]:
    for series in items:
        view = snapshot.view(series, lang)
        if not view.is_sum and view.minutes is None:
            yield view


def _windowed(series: str, days: int | None) -> str:
    """The series of the same counts in another window."""
    return replace(from_series(series), window=Window(days=days)).series


def time_element(day: date, lang: str) -> Markup:
    """A day in words, with its machine form."""
    mark = Markup('<time datetime="{}">{}</time>')
    return mark.format(day.isoformat(), phrases.format_day(day, lang))


def data_element(value: object, words: str) -> Markup:
    """A number in words, with its machine form."""
    return Markup('<data value="{}">{}</data>').format(value, words)
