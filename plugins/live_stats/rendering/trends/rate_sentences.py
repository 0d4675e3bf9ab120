"""Pace in words: "about 307 a day in the 7 days to …, about 12 % more than in …"."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import floor

from markupsafe import Markup

from ...i18n import phrases
from ...i18n.number_format import format_digits
from ...model.values import Exactness
from ..views import Snapshot
from .rates import Average, Doubling, Growth, Peak, pace
from .series import TrendSeries, data, lines, time

VAGUE = {Exactness.ESTIMATE, Exactness.ROUNDED}


@dataclass(frozen=True, slots=True, kw_only=True)
class RateSentence:
    """What is said of one series: what is counted and where, and parts of markup."""

    what: str
    parts: list[Markup]


def rate_sentences_of(
    snapshot: Snapshot, items: Sequence[str], lang: str
) -> list[RateSentence]:
    """A line for each series that something may be said of."""
    found = []
    for line in lines(snapshot, items, lang):
        parts = [Markup(part) for part in _Sentences(line).parts()]
        if parts:
            what = f"{line.view.noun}, {line.where}"
            found.append(RateSentence(what=what, parts=parts))
    return found


class _Sentences:
    """The sentences about one series, as markup in its language."""

    def __init__(self, line: TrendSeries) -> None:
        self.line, self.lang = line, line.view.lang
        self.said = phrases.phrases_of(self.lang)
        kinds = {one.exactness for one in line.read}
        # A difference of lower bounds may be anything; one of rounded numbers is
        # mostly the rounding.
        self.least = Exactness.AT_LEAST in kinds
        self.vague = bool(kinds & VAGUE)
        self.steps = not kinds & {Exactness.AT_LEAST, Exactness.ROUNDED}

    def parts(self) -> Iterator[str]:
        view = self.line.view
        points = view.points
        if view.points_days is None and view.value is not None:
            # Confirmed since without a change: a point that no line was written for.
            confirmed = date.fromisoformat(view.day_iso)
            if confirmed > points[-1][0]:
                points = (*points, (confirmed, view.value))
        found = pace(points, view.points_days, view.breaks)
        if found.average and (words := self.average(found.average)):
            yield words
        if found.growth and self.steps and (words := self.growth(found.growth)):
            yield words
        if found.doubling and not self.least:
            yield self.doubling(found.doubling)
        if found.peak:
            yield self.peak(found.peak)

    def average(self, one: Average) -> str:
        number = self.rate(one.per_day, least=self.least)
        if not number:
            return ""
        words = self.said.moves.a_day(number, one.days, self.day(one.end))
        if one.before and not self.least:
            words += f", {self.compared(one.per_day, one.before, one.days)}"
        return words

    def compared(self, now: Fraction, before: Fraction, days: int) -> str:
        moves = self.said.moves
        share = 100 * abs(now - before) / before
        whole = _nearest(share)
        about = f"{self.said.about} " if self.vague or share != whole else ""
        if not whole:
            return f"{about}{moves.as_many(days)}"
        percent = f"{about}{phrases.format_number(whole, self.lang)}\xa0%"
        step = moves.more(percent) if now > before else moves.fewer(percent)
        return moves.compared(step, days)

    def growth(self, one: Growth) -> str:
        moves = self.said.moves
        number = self.rate(abs(one.per_day))
        if not one.per_day:
            return ""
        words = moves.more_a_day if one.per_day > 0 else moves.fewer_a_day
        return words(number, self.day(one.first), self.day(one.last))

    def doubling(self, one: Doubling) -> str:
        moves = self.said.moves
        words = moves.more_than_doubled if one.more else moves.doubled
        number = phrases.format_number(one.days, self.lang)
        if self.vague:
            words, number = moves.doubled, f"{self.said.about} {number}"
        return words(number, one.days, self.day(one.since), self.day(one.until))

    def peak(self, one: Peak) -> str:
        kind = Exactness.EXACT
        if self.least or self.vague:
            kind = Exactness.AT_LEAST if self.least else Exactness.ESTIMATE
        number = data(one.value, phrases.format_reading(one.value, kind, self.lang))
        days = self.line.days or 1
        moves = self.said.moves
        since = self.day(one.since) if one.since else ""
        return moves.highest(number, days, self.day(one.day), since)

    def day(self, day: date) -> str:
        return time(day, self.lang)

    def rate(self, per_day: Fraction, *, least: bool = False) -> str:
        """So many a day: whole from ten on, tenths below; empty if nothing is said."""
        parts = 1 if per_day >= 10 else 10
        tenths = floor(per_day * parts) if least else _nearest(per_day * parts)
        if not tenths and least:
            return ""
        shown, words = Fraction(tenths, parts), ""
        if least:
            words = self.said.at_least
        elif not tenths and per_day:
            shown, words = Fraction(1, parts), self.said.less_than
        elif self.vague or shown != per_day:
            words = self.said.about
        exact = Decimal(shown.numerator) / shown.denominator
        number = format_digits(exact, self.lang)
        return data(f"{exact:f}", f"{words} {number}".strip())


def _nearest(value: Fraction) -> int:
    return floor(value + Fraction(1, 2))
