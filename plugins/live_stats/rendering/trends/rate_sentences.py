"""Pace in words: "about 307 a day in the 7 days to …, about 12% more than in …"."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import floor

from markupsafe import Markup

from ...i18n import phrases
from ...i18n.number_format import format_digits, format_percent
from ...model.ranges import NEAR, Range
from ...model.values import Exactness
from ..series_view import Snapshot
from .rates import Average, Doubling, Growth, Peak, outweighs_chance, pace
from .series import TrendSeries, data_element, time_element, trend_series_of

VAGUE = {Exactness.ESTIMATE, Exactness.ROUNDED}


@dataclass(frozen=True, slots=True, kw_only=True)
class RateSentence:
    """The rates of one series, in words."""

    what: str
    """What is counted, and where."""

    parts: list[Markup]
    """The sentences, as markup without a full stop."""


def rate_sentences_of(
    snapshot: Snapshot, items: Sequence[str], lang: str
) -> list[RateSentence]:
    """The sentences of each series that has a rate, peak or doubling."""
    found = []
    for trend in trend_series_of(snapshot, items, lang):
        parts = [Markup(part) for part in _Sentences(trend).parts()]
        if parts:
            what = f"{trend.view.noun}, {trend.where}"
            found.append(RateSentence(what=what, parts=parts))
    return found


class _Sentences:
    """The sentences about one series, as markup in its language."""

    def __init__(self, trend: TrendSeries) -> None:
        self.trend, self.lang = trend, trend.view.lang
        self.words = phrases.phrases_of(self.lang)
        kinds = {one.exactness for one in trend.observations}
        # A difference of lower bounds may be anything; one of rounded numbers is
        # mostly the rounding.
        self.least = Exactness.AT_LEAST in kinds
        self.vague = bool(kinds & VAGUE)
        self.values: dict[date, int] = {}
        self.steps = not kinds & {Exactness.AT_LEAST, Exactness.ROUNDED}

    def parts(self) -> Iterator[str]:
        view = self.trend.view
        self.values = dict(view.points)
        found = pace(view.points, view.points_days, view.breaks)
        if found.average and (words := self.average(found.average)):
            yield words
        if found.growth and self.steps and (words := self.growth(found.growth)):
            yield words
        if found.doubling and self.has_doubled(found.doubling):
            yield self.doubling(found.doubling)
        if found.peak and self.is_highest(found.peak):
            yield self.peak(found.peak)

    def average(self, one: Average) -> str:
        if self.least and self.vague:
            return ""  # neither a lower bound nor about it
        number = self.rate(one.per_day, least=self.least)
        if not number:
            return ""
        words = self.words.moves.a_day(number, one.days, self.day(one.end))
        if (
            one.before
            and not self.least
            and not (self.vague and self.are_near(one.per_day, one.before))
            and outweighs_chance(self.trend.view.points, one)
        ):
            words += f", {self.compared(one.per_day, one.before, one.days)}"
        return words

    def compared(self, now: Fraction, before: Fraction, days: int) -> str:
        moves = self.words.moves
        share = 100 * abs(now - before) / before
        whole = _nearest(share)
        about = f"{self.words.about} " if self.vague or share != whole else ""
        percent = f"{about}{format_percent(whole, self.lang)}"
        step = moves.more(percent) if now > before else moves.fewer(percent)
        return moves.compared(step, days)

    def growth(self, one: Growth) -> str:
        moves = self.words.moves
        number = self.rate(abs(one.per_day))
        start, end = Fraction(self.values[one.first]), Fraction(self.values[one.last])
        if not one.per_day or (self.vague and self.are_near(start, end)):
            return ""
        words = moves.more_a_day if one.per_day > 0 else moves.fewer_a_day
        return words(number, self.day(one.first), self.day(one.last))

    def doubling(self, one: Doubling) -> str:
        moves = self.words.moves
        words = moves.more_than_doubled if one.more else moves.doubled
        number = phrases.format_number(one.days, self.lang)
        if self.vague:
            words, number = moves.doubled, f"{self.words.about} {number}"
        return words(number, one.days, self.day(one.since), self.day(one.until))

    def peak(self, one: Peak) -> str:
        kind = Exactness.EXACT
        if self.least or self.vague:
            kind = Exactness.AT_LEAST if self.least else Exactness.ESTIMATE
        number = data_element(
            one.value, phrases.format_reading(one.value, kind, self.lang)
        )
        days = self.trend.days or 1
        moves = self.words.moves
        since = self.day(one.since) if one.since else ""
        return moves.highest(number, days, self.day(one.day), since)

    def has_doubled(self, one: Doubling) -> bool:
        """Whether it has, wherever in their ranges the two numbers lie."""
        kinds = self.trend.exactness_by_day
        start = Range.of_reading(self.values[one.since], kinds[one.since])
        end = Range.of_reading(self.values[one.until], kinds[one.until])
        return start.high is not None and end.low >= 2 * start.high

    def is_highest(self, one: Peak) -> bool:
        """Whether no other known day can have been higher, wherever the truth lies."""
        kinds = self.trend.exactness_by_day
        low = Range.of_reading(one.value, kinds[one.day]).low
        highs = [
            Range.of_reading(value, kinds[day]).high
            for day, value in self.values.items()
            if day != one.day and (one.since is None or day >= one.since)
        ]
        return all(high is not None and high <= low for high in highs)

    @staticmethod
    def are_near(one: Fraction, other: Fraction) -> bool:
        """Whether two estimates may be the same: each is off by a tenth at most."""
        return abs(one - other) * NEAR <= one + other

    def day(self, day: date) -> str:
        return time_element(day, self.lang)

    def rate(self, per_day: Fraction, *, least: bool = False) -> str:
        """So many a day: whole from ten on, tenths below; empty if there is none."""
        parts = 1 if per_day >= 10 else 10
        tenths = floor(per_day * parts) if least else _nearest(per_day * parts)
        if not tenths and least:
            return ""
        shown, words = Fraction(tenths, parts), ""
        if least:
            words = self.words.at_least
        elif not tenths and per_day:
            shown, words = Fraction(1, parts), self.words.less_than
        elif self.vague or shown != per_day:
            words = self.words.about
        exact = Decimal(shown.numerator) / shown.denominator
        number = format_digits(exact, self.lang)
        return data_element(f"{exact:f}", f"{words} {number}".strip())


def _nearest(value: Fraction) -> int:
    return floor(value + Fraction(1, 2))
