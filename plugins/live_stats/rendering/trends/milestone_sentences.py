"""Milestones in words: "passed 5 million mentions on Hacker News between … and …"."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from markupsafe import Markup, escape

from ...i18n import phrases
from ...model.values import Exactness
from ..exports.atom_feed import FeedEntry, render_feed
from ..series_view import Snapshot
from ..specs import MilestonesFeedSpec
from .milestones import Milestone, crossing_exactness, crossings, milestones
from .series import (
    TrendSeries,
    arrivals,
    data_element,
    time_element,
    trend_series_of,
)

MOST = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneSentence:
    """One milestone of a page, in words."""

    day: date
    """The first day that is known to be at or above the threshold."""

    threshold: int
    """The round number."""

    what: Markup
    """What was reached, and where, as markup."""

    when: Markup
    """When that was, as markup."""


def latest(
    snapshot: Snapshot, items: Sequence[str], lang: str
) -> list[MilestoneSentence]:
    """The last milestones of all series, newest first."""
    found = []
    for trend in trend_series_of(snapshot, items, lang):
        exactness_by_day = trend.exactness_by_day
        for one in milestones(trend.view.points, trend.view.breaks):
            exactness = crossing_exactness(
                exactness_by_day[one.before], exactness_by_day[one.day]
            )
            if exactness is None:
                continue
            what = _what(trend, one, exactness, escape, data_element)
            when = _when(trend, one, exactness, lambda day: time_element(day, lang))
            found.append(
                MilestoneSentence(
                    day=one.day,
                    threshold=one.threshold,
                    what=Markup(what),
                    when=Markup(when),
                )
            )
    found.sort(key=lambda one: (one.day, one.threshold, one.what), reverse=True)
    return found[:MOST]


def entries(
    snapshot: Snapshot, items: Sequence[str], label: str, lang: str
) -> list[FeedEntry]:
    """All milestones of a hashtag as they came to be known, for its feed."""
    found = []
    for trend, read in arrivals(snapshot, items, lang):
        for one in crossings(read, trend.view.breaks):
            milestone, exactness = one.milestone, one.exactness
            title, what = (
                _what(trend, milestone, exactness, str, _as_words, alone=alone)
                for alone in (True, False)
            )
            when = _when(
                trend, milestone, exactness, lambda day: phrases.format_day(day, lang)
            )
            found.append(
                FeedEntry(
                    series=trend.series,
                    threshold=milestone.threshold,
                    title=f"#{label} {title}",
                    text=f"#{label} {what} {when}.",
                    seen_at=one.seen_at,
                )
            )
    return found


def feed_of(snapshot: Snapshot, spec: MilestonesFeedSpec) -> str:
    """The Atom feed of a hashtag's milestones."""
    return render_feed(
        label=spec.label,
        name=spec.name,
        title=phrases.phrases_of(spec.lang).moves.milestones,
        address=spec.address,
        own=spec.own,
        site=spec.site,
        author=spec.author,
        lang=spec.lang,
        since=datetime.fromisoformat(spec.since),
        entries=entries(snapshot, spec.items, spec.label, spec.lang),
    )


def _what(
    trend: TrendSeries,
    one: Milestone,
    exactness: Exactness,
    text: Callable[[str], str],
    number: Callable[[int, str], str],
    *,
    alone: bool = False,
) -> str:
    """What was reached. `text` and `number` make it fit for where it stands.

    How many days are counted says `_when`, unless this stands `alone`.
    """
    words = phrases.phrases_of(trend.view.lang)
    moves = words.moves
    number_words, unit = phrases.in_units(one.threshold, trend.view.lang)
    count = number(one.threshold, number_words)
    if exactness is Exactness.AT_LEAST:
        verb = moves.had_at_least
    else:
        verb = moves.passed if one.value > one.threshold else moves.reached
        if exactness is not Exactness.EXACT:
            count = f"{words.about} {count}"
    counted = verb(moves.counted(count, text(_noun(trend, one)), unit))
    days = moves.in_days(trend.days) if alone or trend.days == 1 else ""
    return counted + days + moves.on_place(text(trend.where))


def _noun(trend: TrendSeries, one: Milestone) -> str:
    words = phrases.phrases_of(trend.view.lang)
    return words.noun(trend.view.metric, one.threshold)


def _as_words(value: int, words: str) -> str:
    return words


def _when(
    trend: TrendSeries, one: Milestone, exactness: Exactness, day: Callable[[date], str]
) -> str:
    """When it was, as closely as is known, or when at the latest.

    A count of all time is read at some hour of a day: what lies between two readings
    may have been on either day. A window has whole days.
    """
    words = phrases.phrases_of(trend.view.lang)
    if trend.days and trend.days > 1:
        return words.the_days(trend.days, day(one.day))
    if exactness is Exactness.AT_LEAST:
        latest = words.moves.on if trend.days else words.moves.at_the_latest
        return latest(day(one.day))
    if trend.days and (one.day - one.before).days == 1:
        return words.moves.on(day(one.day))
    return words.moves.between(day(one.before), day(one.day))
