"""History and state at one moment, as pages see it: what every fragment reads from.

Nothing here depends on the clock or on the environment of the build: the same history
and state give the same views, and so the same pages.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date

from ..i18n import phrases
from ..i18n.chart_phrases import chart_phrases_of
from ..i18n.phrases import Phrases
from ..model.freshness import Freshness, FreshnessState, freshness_of
from ..model.settings import Settings
from ..model.values import Exactness, Observation, Reference, Window
from ..references import sums
from ..references.catalogue import Facts, facts, from_series
from ..storage.history import History
from ..storage.state import CollectionState as Asked

Points = tuple[tuple[date, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesView:
    """One series as a fragment sees it: values, and words in the reader's language.

    `state` is one of `freshness.State`. `where` is the scope in two words, empty
    where the whole platform is meant. `sources` are pairs of a label and an address.
    `points` are one a day, oldest first, all of one measure and of the same platforms
    as the value: `points_days` is the window of each (None: all time),
    `points_exactness` the weakest of them. `until_day` is the last day that the value
    covers. From each of the `breaks` on, the platform counts in another way;
    `break_reasons` say how.
    """

    series: str
    lang: str
    state: str
    value: int | None
    number: str
    exactness: str
    exactness_words: str
    platform: str
    label: str
    metric: str
    noun: str
    subject: str
    where: str
    window: str
    during: str
    until: str
    days: int | None
    minutes: int | None
    day: str
    day_iso: str
    as_of: str
    scope: str
    caveat: str
    sources: tuple[tuple[str, str], ...]
    is_sum: bool
    reason: str
    points: Points
    points_days: int | None
    points_exactness: str
    until_day: date | None
    breaks: tuple[date, ...]
    break_reasons: tuple[str, ...]

    @property
    def per_day(self) -> str:
        """What a point of the line is of, where that is not what the number is of.

        In words: single days behind a count of several.
        """
        if self.points_days != 1 or self.days == 1 or len(self.points) < 2:
            return ""
        return chart_phrases_of(self.lang).per_day

    @property
    def line(self) -> Points:
        """The points of a line that has no words of its own but `per_day`.

        Such a line seems to end with the number: there is none where it would not.
        """
        ends = self.points and self.points[-1][1] == self.value
        return self.points if ends or self.per_day else ()

    @property
    def line_name(self) -> str:
        """What a screen reader says of that line: of what it is, and where it ends."""
        place = self.where or self.label
        if not self.per_day:
            return f"{self.number} {self.noun}, {place}"
        day, value = self.points[-1]
        last = phrases.format_reading(
            value, Exactness(self.points_exactness), self.lang
        )
        words = chart_phrases_of(self.lang)
        end = words.one(last, phrases.format_day(day, self.lang))
        return f"{self.noun} {self.per_day}, {place}{words.colon}{end}"

    @property
    def when(self) -> str:
        """The days that are counted, and how old the number is unless it is fresh.

        Of a count of all time the latter alone. A number that stands by itself has
        nothing else that says so.
        """
        if not self.during or self.state == FreshnessState.FRESH:
            return self.during or self.as_of
        return f"{self.during}, {self.as_of}"


class Snapshot:
    """The latest of every series. `view` is the one way to look at it."""

    def __init__(self, history: History, asked: Asked, settings: Settings) -> None:
        self.history = history
        self.asked = asked
        self.settings = settings
        self._views: dict[tuple[str, str], SeriesView] = {}

    def latest(self, series: str) -> Observation | None:
        """The latest observation; for a sum, the sum of the latest."""
        return self._latest(from_series(series))[0]

    def view(self, series: str, lang: str) -> SeriesView:
        """What is known of `series`, said in `lang`."""
        key = (series, lang)
        if key not in self._views:
            self._views[key] = self._view(from_series(series), lang)
        return self._views[key]

    def sign(self, series: str) -> str:
        """A short text that is the same for as long as what is shown of a series is.

        That is its lines, the single days behind a window, and what became of both with
        time: a number may grow old while no line is written.
        """
        reference = from_series(series)
        parts: list[object] = []
        for one in (reference, _daily(reference)):
            if one is None:
                continue
            latest, _, members = self._latest(one)
            now = self._standing(one, latest, members)
            parts += [now.state.value, now.as_of]
            for member in members:
                for read in filter(None, (member, _daily(member))):
                    parts += [read.series, self.history.checksum(read.series)]
        return " ".join(map(str, parts))

    def _standing(
        self,
        reference: Reference,
        latest: Observation | None,
        members: tuple[Reference, ...],
    ) -> Freshness:
        checked = [self.asked.series.get(member.series) for member in members]
        checks = [entry.checked_at for entry in checked if entry and entry.checked_at]
        about = facts(reference)
        return freshness_of(
            latest,
            checked_at=min(checks) if len(checks) == len(members) and checks else None,
            collected_at=self.asked.collected_at,
            fresh_for=self.settings.fresh_time(reference.platform, about.fresh_for),
            closed=_closed(about),
            held=any(entry and entry.held is not None for entry in checked),
        )

    def _latest(
        self, reference: Reference
    ) -> tuple[Observation | None, tuple[Observation, ...], tuple[Reference, ...]]:
        """The latest observation, all of them, and the series that they come from."""
        if sums.is_sum(reference):
            known, members = sums.sum_series(reference, self.history.of)
        else:
            known, members = self.history.of(reference.series), (reference,)
        return (known[-1] if known else None), known, members

    def _view(self, reference: Reference, lang: str) -> SeriesView:
        latest, known, members = self._latest(reference)
        words = phrases.phrases_of(lang)
        about = facts(reference)
        now = self._standing(reference, latest, members)
        day = phrases.format_day(now.as_of, lang) if now.as_of else ""
        where = about.where if about.where != about.label else ""
        if sums.is_sum(reference):
            where = phrases.join_words([facts(part).where for part in members], lang)
        until = latest.span.end if latest and latest.span else None
        days = reference.window.days
        exactness = latest.exactness if latest else about.metric.exactness
        breaks = sorted({b for part in members for b in facts(part).breaks})
        points, points_days = self._points(reference, known, members)
        points = unmixed(points, [day for day, _ in breaks])
        return SeriesView(
            series=reference.series,
            lang=lang,
            state=now.state.value,
            value=latest.value if latest else None,
            number=phrases.format_reading(latest.value, exactness, lang)
            if latest
            else "",
            exactness=exactness.value,
            exactness_words=words.exactness(Exactness(exactness)),
            platform=reference.platform,
            label=about.label,
            metric=reference.metric,
            noun=words.noun(reference.metric),
            subject=reference.subject,
            where=where,
            window=_window(about, words, days),
            during=_days_covered(about, days, until, now.as_of, lang),
            minutes=about.metric.minutes,
            until=phrases.format_day(until, lang) if until else "",
            days=days,
            day=day,
            day_iso=now.as_of.isoformat() if now.as_of else "",
            as_of=_age(now.state, day, about, lang),
            scope=about.scope,
            caveat=about.caveat,
            sources=tuple((facts(one).label, facts(one).page) for one in members),
            is_sum=sums.is_sum(reference),
            reason=about.unavailable.reason if about.unavailable else "",
            points=_by_day(points),
            points_days=points_days,
            points_exactness=sums.weakest_exactness(o.exactness for o in points).value,
            until_day=until or now.as_of,
            breaks=tuple(day for day, _ in breaks),
            break_reasons=tuple(reason for _, reason in breaks),
        )

    def _points(
        self,
        reference: Reference,
        known: tuple[Observation, ...],
        members: tuple[Reference, ...],
    ) -> tuple[tuple[Observation, ...], int | None]:
        """One point a day: single days where the platform gives them.

        Sums of several days overlap from one day to the next, so a line of them says
        less than the days themselves. Behind a sum of platforms these are the days that
        every one of them gives.
        """
        daily = _daily(reference)
        singles: tuple[Observation, ...] = ()
        if daily and sums.is_sum(reference):
            days = [replace(member, window=daily.window) for member in members]
            singles = sums.add_series(daily, days, self.history.of)
        elif daily:
            singles = self.history.of(daily.series)
        return (singles, 1) if len(singles) > 1 else (known, reference.window.days)


def _daily(reference: Reference) -> Reference | None:
    """The single days behind a count of several."""
    if (reference.window.days or 0) < 2:
        return None
    return replace(reference, window=Window(days=1))


def unmixed(
    known: Iterable[Observation], breaks: Collection[date]
) -> tuple[Observation, ...]:
    """Those that one method counted from their first day to their last."""
    return tuple(
        one
        for one in known
        if not one.span
        or not any(one.span.start < day <= one.span.end for day in breaks)
    )


def _by_day(observations: tuple[Observation, ...]) -> Points:
    """The last value of each day, oldest first."""
    points = {(o.span.end if o.span else o.day): o.value for o in observations}
    return tuple(sorted(points.items()))


def _closed(about: Facts) -> FreshnessState | None:
    if about.unavailable is None:
        return None
    return (
        FreshnessState.RETIRED
        if about.unavailable.since
        else FreshnessState.UNAVAILABLE
    )


def _age(state: FreshnessState, day: str, about: Facts, lang: str) -> str:
    """How old a number is, or why there is none; `day` is in words."""
    words = phrases.phrases_of(lang)
    if state is FreshnessState.FRESH:
        return words.as_of(day)
    if state is FreshnessState.STALE:
        return words.last_reading(day)
    if state is FreshnessState.HELD:
        return words.held(day)
    if state is FreshnessState.NONE:
        return words.no_reading
    closed = about.unavailable
    assert closed is not None
    if closed.since is not None:
        return words.closed(phrases.format_day(closed.since, lang))
    return words.no_count(phrases.format_day(closed.as_of, lang))


def _window(about: Facts, words: Phrases, days: int | None) -> str:
    """The span that is counted, in general; "all time" only where that is meant."""
    if days:
        return words.window(days)
    minutes = about.metric.minutes
    return words.all_time if minutes is None else words.span(minutes)


def _days_covered(
    about: Facts, days: int | None, until: date | None, as_of: date | None, lang: str
) -> str:
    """The span of the latest reading, with its day; empty for a count of all time.

    `until` is the last day of its window, `as_of` the day on which it was confirmed.
    """
    words, minutes = phrases.phrases_of(lang), about.metric.minutes
    if days and until:
        return words.the_days(days, phrases.format_day(until, lang))
    if minutes is not None and as_of:
        return words.minutes(minutes, phrases.format_day(as_of, lang))
    return ""
