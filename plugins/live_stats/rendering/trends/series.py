"""The series of a hashtag whose movement may be told, and the marks of its sentences.

Sums are left out, since their platforms come and go; so are counts of the last minutes,
which only tell of a moment.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from markupsafe import Markup

from ...i18n import phrases
from ...model.values import Exactness, Observation, Window
from ...references.catalogue import from_series
from ..views import SeriesView, Snapshot, unmixed
from .milestones import Arrival


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendSeries:
    """One series and what was read of it. `days` is the window of each reading."""

    series: str
    days: int | None
    view: SeriesView
    read: tuple[Observation, ...]

    @property
    def where(self) -> str:
        return self.view.where or self.view.label

    @property
    def sure(self) -> dict[date, Exactness]:
        """How sure the point of each day is."""
        return {day_of(one): one.exactness for one in self.read}


def day_of(observation: Observation) -> date:
    return observation.span.end if observation.span else observation.day


def lines(snapshot: Snapshot, items: Sequence[str], lang: str) -> list[TrendSeries]:
    """The lines behind the points of `items`, each once."""
    found: dict[str, TrendSeries] = {}
    for view in _views(snapshot, items, lang):
        series = _windowed(view.series, view.points_days)
        if view.points and series not in found:
            read = snapshot.history.of(series)
            found[series] = TrendSeries(
                series=series, days=view.points_days, view=view, read=read
            )
    return list(found.values())


def arrivals(
    snapshot: Snapshot, items: Sequence[str], lang: str
) -> Iterator[tuple[TrendSeries, list[Arrival]]]:
    """Every series that ever was a line of `items`, as it came to be known.

    Windows count until the first single day is read: days say more. Which reading
    counts is thus settled as it arrives, and no later one changes it.
    """
    history, told = snapshot.history, set()
    for view in _views(snapshot, items, lang):
        own = from_series(view.series).window.days
        windows: Iterable[Observation] = history.of(view.series)
        singles: tuple[Observation, ...] = ()
        if (own or 0) > 1:
            singles = history.of(_windowed(view.series, 1))
        if singles:
            begin = min(history.first_reading(one).observed_at for one in singles)
            windows = [
                o for o in windows if history.first_reading(o).observed_at < begin
            ]
        for days, read in ((own, unmixed(windows, view.breaks)), (1, singles)):
            series = _windowed(view.series, days)
            if read and series not in told:
                told.add(series)
                line = TrendSeries(series=series, days=days, view=view, read=read)
                yield line, [_arrival(history.first_reading(one)) for one in read]


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


def time(day: date, lang: str) -> Markup:
    mark = Markup('<time datetime="{}">{}</time>')
    return mark.format(day.isoformat(), phrases.format_day(day, lang))


def data(value: object, words: str) -> Markup:
    return Markup('<data value="{}">{}</data>').format(value, words)
