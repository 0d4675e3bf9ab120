"""History and state at one moment, as pages see them: the input of every fragment.

Nothing here depends on the clock or on the environment of the build: the same history
and state give the same views, and so the same pages.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from ..collection.health import verdict_on, verdict_on_sum
from ..i18n import phrases
from ..i18n.chart_phrases import chart_phrases_of
from ..i18n.phrases import Phrases
from ..model.freshness import FreshnessState, Verdict
from ..model.settings import Settings
from ..model.values import Exactness, Observation, Reference, Window
from ..references import sums
from ..references.catalogue import Facts, facts, from_series
from ..references.wording import wording_of
from ..storage.history import History
from ..storage.state import CollectionState

Points = tuple[tuple[date, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesView:
    """One series as a fragment sees it: values, and words in the reader's language.

    What is shown of a series is said here and nowhere else: of whom (`members`,
    `place`), of which days, how exact, and as of when. Each number, line, caption,
    alternative text, table and file is made from it, so none can say another thing.
    """

    series: str
    """Its name in the history: `mastodon/tag/metoo/posts@6d`."""

    lang: str
    """The language of the words, as the page has it: `en`, `de`, `fr`."""

    state: str
    """`fresh`, `stale`, `none`, `held`, `retired` or `unavailable`."""

    value: int | None
    """The latest value; none if nothing was read."""

    number: str
    """The value in words, with what limits it: `at least 1,840`; empty without one."""

    exactness: str
    """`exact`, `at-least`, `rounded` or `estimate`."""

    exactness_words: str
    """The exactness in words."""

    platform: str
    """The name of the platform in addresses and settings: `mastodon`."""

    label: str
    """The name of the platform for readers: Mastodon."""

    metric: str
    """What is counted, as in addresses: `posts`."""

    noun: str
    """What is counted, in words, as a title has it: shares."""

    counted: str
    """The same as it stands behind `number`: one share, many shares."""

    subject: str
    """Whose or which it is: a hashtag without `#`, the id of a post, an account."""

    where: str
    """Whose posts are counted, in two words; empty if the whole platform is meant."""

    window: str
    """The span of posting time that is counted, in words: `6 days`."""

    during: str
    """The window with its last day, in words; empty for a count of all time."""

    until: str
    """The last day of the window in words; empty for a count of all time."""

    days: int | None
    """The days of the window; none for a count of all time."""

    minutes: int | None
    """The minutes that the metric itself covers, 0 for a moment; none for all time."""

    day: str
    """The day on which the value was last confirmed, in words."""

    day_iso: str
    """The same day as YYYY-MM-DD; empty if nothing was read."""

    as_of: str
    """How old the value is, or why there is none: `as of 24 November 2026`."""

    scope: str
    """Whose posts are counted, as a phrase."""

    caveat: str
    """What the number leaves out; empty if nothing."""

    sources: tuple[tuple[str, str], ...]
    """Pairs of a label and an address where a reader can look the number up."""

    is_sum: bool
    """Whether it adds up several platforms."""

    members: tuple[str, ...]
    """The series that are in the value and in each point: itself, or those added up."""

    reason: str
    """Why the platform publishes no such number; empty if it does."""

    english: tuple[str, ...]
    """Those of the texts of the provider (`scope`, `caveat`, `reason`, `break_reasons`)
    that are English because the reader's language has no translation of them."""

    points: Points
    """Pairs of a day and a value, one a day, oldest first.

    All are of one measure and of the same platforms as the value.
    """

    points_days: int | None
    """The days that each point covers; none for counts of all time."""

    exactnesses: tuple[str, ...]
    """How exact each of `points` is."""

    until_day: date | None
    """The last day that the value covers."""

    breaks: tuple[date, ...]
    """The days from which the platform counted in another way."""

    break_reasons: tuple[str, ...]
    """How it did so, for each of `breaks`."""

    @property
    def place(self) -> str:
        """Whose posts are counted, or the platform."""
        return self.where or self.label

    def of_whom(self, what: str) -> str:
        """`what` is counted, in an author's words or ours; of a sum also of whom."""
        return f"{what}, {self.place}" if self.is_sum and self.place else what

    @property
    def points_exactness(self) -> str:
        """The weakest exactness among the points."""
        return sums.weakest_exactness(map(Exactness, self.exactnesses)).value

    def stated(self, place: int) -> str:
        """The point at that place as it may be stated: `at least 1,840`."""
        kind = Exactness(self.exactnesses[place])
        return phrases.format_reading(self.points[place][1], kind, self.lang)

    @property
    def per_day(self) -> str:
        """`per day` in words, where the points are single days but the value is not."""
        if self.points_days != 1 or self.days == 1 or len(self.points) < 2:
            return ""
        return chart_phrases_of(self.lang).per_day

    @property
    def line_each(self) -> str:
        """The same beside a line, where `per day` alone could be of the number."""
        return chart_phrases_of(self.lang).line_per_day if self.per_day else ""

    @property
    def line(self) -> Points:
        """The points to draw beside the number, as a line without words of its own.

        Such a line seems to end with the number: it is empty where it would not.
        """
        ends = self.points and self.points[-1][1] == self.value
        return self.points if ends or self.per_day else ()

    @property
    def line_name(self) -> str:
        """The accessible name of that line: what it is of, and where it ends."""
        if not self.per_day:
            return f"{self.number} {self.counted}, {self.place}"
        words = chart_phrases_of(self.lang)
        day = phrases.format_day(self.points[-1][0], self.lang)
        end = words.one(self.stated(-1), day)
        return f"{self.noun} {self.per_day}, {self.place}{words.colon}{end}"

    @property
    def when(self) -> str:
        """The days that are counted, and how old the number is unless it is fresh.

        Of a count of all time the latter alone. It is for a number that stands alone.
        """
        if not self.during or self.state == FreshnessState.FRESH:
            return self.during or self.as_of
        return f"{self.during}, {self.as_of}"

    @property
    def said(self) -> str:
        """The number with what, where and when, for where nothing else says it.

        Without a number: where, and why there is none.
        """
        if self.value is None:
            return f"{self.place}{chart_phrases_of(self.lang).colon}{self.as_of}"
        what = phrases.phrases_of(self.lang).on(self.counted, self.place)
        comma = "" if self.during else ","
        return f"{self.number} {what}{comma} {self.when}"


Line = tuple[tuple[date, int, Exactness], ...]
"""The last value of each day, and how exact it is, oldest first."""

_EXACTNESSES = {kind: kind.value for kind in Exactness}
"""A view may have a thousand of them, and `value` of a member is slow."""

MAX_POINTS = 100_000
"""The views of a long history are made again when they are needed again."""


class _Readings(NamedTuple):
    """The observations of a series, oldest first, and the series they come from.

    A sum has several `members`, and its observations are the sums of theirs.
    """

    observations: tuple[Observation, ...]
    members: tuple[Reference, ...]

    @property
    def latest(self) -> Observation | None:
        return self.observations[-1] if self.observations else None


class Snapshot:
    """History and state at one moment, with a view of each series.

    `history` has all observations, `state` when each series was last fetched.
    """

    def __init__(
        self, history: History, state: CollectionState, settings: Settings
    ) -> None:
        self.history = history
        self.state = state
        self.settings = settings
        # The one that was asked for last is the last.
        self._views: dict[tuple[str, str], SeriesView] = {}
        self._points = 0  # in all of these views

    def latest(self, series: str) -> Observation | None:
        """The latest observation; for a sum, the sum of the latest."""
        reference = from_series(series)
        if not sums.is_sum(reference):
            return self.history.latest(reference.series)
        return self._readings(reference).latest

    def has_reading(self, series: str) -> bool:
        """Whether there is an observation; of a sum, of any of its parts."""
        reference = from_series(series)
        parts = sums.parts_of(reference) if sums.is_sum(reference) else (reference,)
        return any(self.history.latest(part.series) for part in parts)

    def view(self, series: str, lang: str) -> SeriesView:
        """The view of `series` with its words in `lang`."""
        key = (series, lang)
        view = self._views.pop(key, None)
        if view is None:
            view = self._view(from_series(series), lang)
            self._points += len(view.points)
        self._views[key] = view
        while self._points > MAX_POINTS and len(self._views) > 1:
            oldest = next(iter(self._views))
            self._points -= len(self._views.pop(oldest).points)
        return view

    def fingerprint(self, series: str) -> str:
        """A fingerprint of all that a page shows of a series.

        It covers its observations, the single days behind a window, and the freshness
        of both: a number may grow old while no observation is added. For a sum it
        covers all parts, for to know which of them count is to read all of theirs.
        """
        reference = from_series(series)
        parts: list[object] = []
        for one in filter(None, (reference, single_days(reference))):
            for member in sums.parts_of(one) if sums.is_sum(one) else (one,):
                freshness = self._freshness(member, ())
                parts += [freshness.state.value, freshness.as_of]
                for read in filter(None, (member, single_days(member))):
                    parts += [read.series, self.history.checksum(read.series)]
        return " ".join(map(str, parts))

    def _freshness(
        self, reference: Reference, members: tuple[Reference, ...]
    ) -> Verdict:
        if sums.is_sum(reference):
            return verdict_on_sum(
                reference, members, self.history, self.state, self.settings
            )
        return verdict_on(reference, self.history, self.state, self.settings)

    def _readings(self, reference: Reference) -> _Readings:
        if sums.is_sum(reference):
            return _Readings(*sums.sum_series(reference, self.history.of))
        return _Readings(self.history.of(reference.series), (reference,))

    def _view(self, reference: Reference, lang: str) -> SeriesView:
        members: tuple[Reference, ...] = (reference,)
        readings = None
        if sums.is_sum(reference):
            readings = self._readings(reference)
            members = readings.members
        latest = readings.latest if readings else self.latest(reference.series)
        words = phrases.phrases_of(lang)
        about, said = facts(reference), wording_of(reference, lang)
        freshness = self._freshness(reference, members)
        day = phrases.format_day(freshness.as_of, lang) if freshness.as_of else ""
        where = said.where if said.where != about.label else ""
        if sums.is_sum(reference):
            places = [wording_of(part, lang).where for part in members]
            where = phrases.join_words(places, lang)
        until = latest.span.end if latest and latest.span else None
        days = reference.window.days
        exactness = latest.exactness if latest else about.metric.exactness
        breaks, untranslated = _breaks(members, lang)
        line, points_days = self._line(reference, readings, [day for day, _ in breaks])
        confirmed = freshness.as_of
        if (
            line
            and latest
            and points_days is None
            and confirmed
            and (confirmed > line[-1][0])
        ):
            # Read again without a change, for which no observation is written.
            line = (*line, (confirmed, latest.value, exactness))
        dates, values, kinds = zip(*line, strict=True) if line else ((), (), ())
        return SeriesView(
            series=reference.series,
            lang=lang,
            state=freshness.state.value,
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
            counted=words.noun(reference.metric, latest.value if latest else 0),
            subject=reference.subject,
            where=where,
            window=_window(about, words, days),
            during=_days_covered(about, days, until, freshness.as_of, lang),
            minutes=about.metric.minutes,
            until=phrases.format_day(until, lang) if until else "",
            days=days,
            day=day,
            day_iso=freshness.as_of.isoformat() if freshness.as_of else "",
            as_of=_age(freshness.state, day, about, lang),
            scope=said.scope,
            caveat=said.caveat,
            sources=tuple((facts(one).label, facts(one).page) for one in members),
            is_sum=sums.is_sum(reference),
            reason=said.reason,
            english=(*said.english, *untranslated),
            members=tuple(one.series for one in members),
            points=tuple(zip(dates, values, strict=True)),
            points_days=points_days,
            exactnesses=tuple(map(_EXACTNESSES.__getitem__, kinds)),
            until_day=until or freshness.as_of,
            breaks=tuple(day for day, _ in breaks),
            break_reasons=tuple(reason for _, reason in breaks),
        )

    def _line(
        self,
        reference: Reference,
        readings: _Readings | None,
        breaks: Collection[date],
    ) -> tuple[Line, int | None]:
        """Values to draw, and the days that each covers: single days if it can.

        `readings` are those of a sum. One method has counted each value, from its
        first day to its last.

        Sums of several days overlap from one day to the next, so a line of them says
        less than the days themselves. Behind a sum of platforms these are the days that
        every one of them gives.
        """
        if readings is not None:
            singles = self._singles(reference, readings.members)
            points = singles if len(singles) > 1 else readings.observations
            days = 1 if len(singles) > 1 else reference.window.days
            return _by_day(unmixed(points, breaks)), days
        daily = single_days(reference)
        if daily is not None and self.history.count(daily.series) > 1:
            return tuple(self.history.by_day(daily.series, breaks)), 1
        return tuple(self.history.by_day(reference.series, breaks)), (
            reference.window.days
        )

    def _singles(
        self, reference: Reference, members: tuple[Reference, ...]
    ) -> tuple[Observation, ...]:
        """The single days behind a count of several; of a sum those of all members."""
        daily = single_days(reference)
        if daily is None:
            return ()
        if not sums.is_sum(reference):
            return self.history.of(daily.series)
        days = [replace(member, window=daily.window) for member in members]
        return sums.add_series(daily, days, self.history.of)

    def observations(self, series: str) -> dict[str, tuple[Observation, ...]]:
        """All that a number and its line are made of, by series.

        The observations of `series`, and behind a count of several days those of the
        single days, if there are any. Those of a sum are added up as for its number.
        """
        reference = from_series(series)
        readings = self._readings(reference)
        found = {series: readings.observations}
        if singles := self._singles(reference, readings.members):
            found[singles[0].series] = singles
        return found


def read_series(series: Iterable[str]) -> list[str]:
    """The series whose observations are behind the numbers and lines of some.

    Each of them itself, the single days behind a window, and of a sum its parts.
    """
    found: dict[str, None] = {}
    for one in sums.expand_sums(map(from_series, series)):
        for read in filter(None, (one, single_days(one))):
            found[read.series] = None
    return sorted(found)


def repeats_another(view: SeriesView, series: Collection[str]) -> bool:
    """Whether it is a sum of a single platform whose number is in `series` anyway."""
    return view.is_sum and len(view.members) == 1 and view.members[0] in series


def _breaks(
    members: Iterable[Reference], lang: str
) -> tuple[list[tuple[date, str]], list[str]]:
    """The breaks of all members by day, and the reasons among them in English."""
    found: set[tuple[date, str]] = set()
    english: list[str] = []
    for member in members:
        said = wording_of(member, lang)
        days = [one.day for one in facts(member).breaks]
        found |= set(zip(days, said.breaks, strict=True))
        english += [one for one in said.breaks if one in said.english]
    return sorted(found), english


def single_days(reference: Reference) -> Reference | None:
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


def _by_day(observations: tuple[Observation, ...]) -> Line:
    """The last value of each day, and how exact it is, oldest first."""
    last = {(o.span.end if o.span else o.day): o for o in observations}
    return tuple((day, one.value, one.exactness) for day, one in sorted(last.items()))


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
        why = words.closed(phrases.format_day(closed.since, lang))
    else:
        why = words.no_count(phrases.format_day(closed.as_of, lang))
    # What was read before has its own day: the one of the end is not that of a number.
    return f"{words.last_reading(day)}, {why}" if day else why


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
