"""Findings in words: "fell by half since June 2026", and what that is made of."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import NamedTuple

from ...i18n import phrases
from ...i18n.chart_phrases import chart_phrases_of
from ...i18n.number_format import format_digits, format_percent
from ...model.values import Exactness
from ..series_view import SeriesView
from .findings import LONG, Move, TotalGrowth, finding

NEAR = Fraction(3, 100)  # "about half": 47 to 53 percent
NEAR_TWICE = Fraction(1, 10)  # "about doubled": to 1.9 to 2.1 times as many


class FindingSentence(NamedTuple):
    """The words of a finding; both are empty where there is none.

    `words` have no capital and no full stop, `basis` is a sentence: the numbers behind.
    """

    words: str = ""
    basis: str = ""


def finding_sentence(view: SeriesView) -> FindingSentence:
    """The finding of the line of a series, in its language.

    Of counts of the last minutes there is none: each is of one moment of its day.
    """
    if view.minutes is not None:
        return FindingSentence()
    exactness = Exactness(view.points_exactness)
    found = finding(
        view.points, days=view.points_days, exactness=exactness, breaks=view.breaks
    )
    words = _Words(view.lang, vague=exactness is not Exactness.EXACT)
    if isinstance(found, Move):
        return FindingSentence(words.moved(found), words.medians(found))
    if found is not None:
        return FindingSentence(words.grew(found))
    return FindingSentence()


class _Words:
    """The sentences in one language; `vague` of estimates and rounded numbers."""

    def __init__(self, lang: str, *, vague: bool) -> None:
        self.lang, self.vague = lang, vague
        self.words = chart_phrases_of(lang)
        self.about = phrases.phrases_of(lang).about

    def moved(self, one: Move) -> str:
        since = self.since(one)
        if not one.then or not one.now:
            if not one.turn:
                since = self.since_day(one.then_end)
            none = self.words.fell_to_none if one.then else self.words.rose_from_none
            return none(since)
        times = one.now / one.then
        if times < 1:
            return self.fell(1 - times, since)
        return self.rose(times, since)

    def fell(self, share: Fraction, since: str) -> str:
        if abs(share - Fraction(1, 2)) <= NEAR:
            return self.words.halved(since, about=self.vague or share * 2 != 1)
        return self.words.fell(self.share(share), since)

    def rose(self, times: Fraction, since: str) -> str:
        if abs(times - 2) <= NEAR_TWICE:
            return self.words.doubled(since, about=self.vague or times != 2)
        if times < 2:
            return self.words.rose(self.share(times - 1), since)
        if times < 3 and not self.vague:
            return self.words.more_than_doubled(since)
        if self.vague:
            number = (
                f"{self.about} {self.number(Fraction(floor(times + Fraction(1, 2))))}"
            )
        else:
            more = phrases.phrases_of(self.lang).more_than
            whole = Fraction(floor(times))
            number = self.number(whole)
            number = number if times == whole else f"{more} {number}"
        return self.words.many_times(number, since)

    def grew(self, one: TotalGrowth) -> str:
        share = self.share(Fraction(abs(one.now - one.then), one.then))
        number = self.number(Fraction(abs(one.now - one.then)))
        number = f"{self.about} {number}" if self.vague else number
        since = self.since_day(one.since)
        words = self.words.total_rose if one.now > one.then else self.words.total_fell
        return words(number, share, since)

    def since(self, one: Move) -> str:
        """Since the day of the turn; else the month or the days that are compared."""
        if one.turn:
            return self.since_day(one.turn)
        if one.days == LONG and (one.now_end - one.then_end).days >= 2 * LONG:
            middle = one.then_end - timedelta(days=one.days // 2)
            return self.words.since_month(phrases.format_month(middle, self.lang))
        end = phrases.format_day(one.then_end, self.lang)
        return self.words.against_days(one.days, end)

    def since_day(self, day: date) -> str:
        return self.words.since_day(phrases.format_day(day, self.lang))

    def medians(self, one: Move) -> str:
        about = f"{self.about} " if self.vague else ""
        if one.turn:
            then, now = about + self.number(one.then), about + self.number(one.now)
            return self.words.medians_before(then, now, one.days)
        return self.words.medians(
            about + self.number(one.then),
            about + self.number(one.now),
            one.days,
            phrases.format_day(one.then_end, self.lang),
            phrases.format_day(one.now_end, self.lang),
        )

    def share(self, share: Fraction) -> str:
        """A percentage, whole; with "about" where that is not all of it."""
        whole = floor(share * 100 + Fraction(1, 2))
        exact = share * 100 == whole and not self.vague
        percent = format_percent(whole, self.lang)
        return percent if exact else f"{self.about} {percent}"

    def number(self, value: Fraction) -> str:
        return format_digits(Decimal(value.numerator) / value.denominator, self.lang)
