"""Milestones in words: "passed 5 million mentions on Hacker News between … and …"."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from markupsafe import Markup, escape

from ...i18n import phrases
from ...model.values import Exactness
from ..exports.atom_feed import FeedEntry, render_feed
from ..specs import MilestonesFeedSpec
from ..views import Snapshot
from .milestones import Milestone, crossings, milestones, surety
from .series import TrendSeries, arrivals, data, lines, time

MOST = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneSentence:
    """One milestone for a page: what was reached, and when, as markup."""

    day: date
    threshold: int
    what: Markup
    when: Markup


def latest(
    snapshot: Snapshot, items: Sequence[str], lang: str
) -> list[MilestoneSentence]:
    """The last milestones of all series, newest first."""
    found = []
    for line in lines(snapshot, items, lang):
        sure = line.sure
        for one in milestones(line.view.points, line.view.breaks):
            exactness = surety(sure[one.before], sure[one.day])
            what = _what(line, one, exactness, escape, data)
            when = _when(line, one, exactness, lambda day: time(day, lang))
            found.append(
                MilestoneSentence(
                    day=one.day,
                    threshold=one.threshold,
                    what=Markup(what),
                    when=Markup(when),
                )
            )
    found.sort(key=lambda told: (told.day, told.threshold, told.what), reverse=True)
    return found[:MOST]


def entries(
    snapshot: Snapshot, items: Sequence[str], label: str, lang: str
) -> list[FeedEntry]:
    """All milestones of a hashtag as they came to be known, for its feed."""
    found = []
    for line, read in arrivals(snapshot, items, lang):
        for one in crossings(read, line.view.breaks):
            milestone, exactness = one.milestone, one.exactness
            title = _what(line, milestone, exactness, str, lambda value, words: words)
            when = _when(
                line, milestone, exactness, lambda day: phrases.format_day(day, lang)
            )
            found.append(
                FeedEntry(
                    series=line.series,
                    threshold=milestone.threshold,
                    title=f"#{label} {title}",
                    text=f"#{label} {title} {when}.",
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
    line: TrendSeries,
    one: Milestone,
    exactness: Exactness,
    text: Callable[[str], str],
    number: Callable[[int, str], str],
) -> str:
    """What was reached. `text` and `number` make it fit for where it stands."""
    said = phrases.phrases_of(line.view.lang)
    moves = said.moves
    words, unit = phrases.in_units(one.threshold, line.view.lang)
    count = number(one.threshold, words)
    if exactness is Exactness.AT_LEAST:
        verb = moves.had_at_least
    else:
        verb = moves.passed if one.value > one.threshold else moves.reached
        if exactness is not Exactness.EXACT:
            count = f"{said.about} {count}"
    counted = verb(moves.counted(count, text(line.view.noun), unit))
    return counted + moves.in_days(line.days) + moves.on_place(text(line.where))


def _when(
    line: TrendSeries, one: Milestone, exactness: Exactness, day: Callable[[date], str]
) -> str:
    """When it was, as closely as is known, or when at the latest.

    A count of all time is read at some hour of a day: what lies between two readings
    may have been on either day. A window has whole days.
    """
    said = phrases.phrases_of(line.view.lang)
    if line.days and line.days > 1:
        return f"({said.the_days(line.days, day(one.day))})"
    if exactness is Exactness.AT_LEAST:
        latest = said.moves.on if line.days else said.moves.at_the_latest
        return latest(day(one.day))
    if line.days and (one.day - one.before).days == 1:
        return said.moves.on(day(one.day))
    return said.moves.between(day(one.before), day(one.day))
