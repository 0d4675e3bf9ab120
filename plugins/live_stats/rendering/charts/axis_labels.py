"""What stands on a chart, in the reader's language."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from babel import Locale
from babel.dates import format_date, format_skeleton

from ...i18n import phrases
from ...i18n.chart_phrases import ChartPhrases, chart_phrases_of
from ...i18n.locales import dates_of
from ...i18n.number_format import format_digits, quotient
from ...i18n.number_parsing import babel_locale
from ...model.values import Exactness


@dataclass(frozen=True, slots=True, kw_only=True)
class AxisLabels:
    """Days, numbers and phrases in one language."""

    lang: str

    @property
    def phrases(self) -> ChartPhrases:
        """The sentences and words of charts."""
        return chart_phrases_of(self.lang)

    def day(self, day: date) -> str:
        """24 November 2026."""
        return phrases.format_day(day, self.lang)

    def short(self, day: date) -> str:
        """24 Nov 2026, for an axis."""
        locale = babel_locale(self.lang)
        return _dated(day, locale, dates_of(locale).short, "yMMMd")

    def tick(self, day: date, *, unit: str) -> str:
        """A day between others: 2024, Mar, 16 Mar. A January is its year."""
        if unit == "day":
            locale = babel_locale(self.lang)
            return _dated(day, locale, dates_of(locale).short_without_year, "MMMd")
        if unit == "year" or day.month == 1:
            return str(day.year)
        return format_date(day, "LLL", locale=babel_locale(self.lang))

    def number(self, value: int) -> str:
        return phrases.format_number(value, self.lang)

    def stated(self, value: int, exactness: Exactness) -> str:
        """A number as it may be stated: "at least 1,840"."""
        return phrases.format_reading(value, exactness, self.lang)

    def compact(self, value: int) -> str:
        """A round number in a few characters: 500, 20k, 1.5m; 1,5 Mio.; 1,5 Md."""
        for size, unit in self.phrases.sizes:
            if value >= size and value % (size // 100) == 0:
                return f"{format_digits(quotient(value, size), self.lang)}{unit}"
        return format_digits(Decimal(value), self.lang)


def _dated(day: date, locale: Locale, pattern: str, skeleton: str) -> str:
    if pattern:
        return format_date(day, pattern, locale=locale)
    return format_skeleton(skeleton, day, locale=locale)
