"""The phrases on charts: what a point covers, the scale, breaks, findings."""

from functools import lru_cache

from .locales import table_of
from .locales.schema import Table
from .number_format import format_number
from .translator import Translator, translator_of


class ChartPhrases:
    """The words of a chart in one language. Whole sentences begin with a capital."""

    def __init__(self, lang: str, translator: Translator, table: Table) -> None:
        self._lang, self._t, self._table = lang, translator, table

    # --- titles and labels --------------------------------------------------------

    @property
    def colon(self) -> str:
        return self._table.colon

    @property
    def sizes(self) -> tuple[tuple[int, str], ...]:
        """The units of an axis, largest first: a size, and what stands behind it."""
        return self._table.axis_units

    @property
    def bearing(self) -> str:
        # Translators: between what is counted and a hashtag: "Posts with #Example".
        return self._t.gettext("with")

    @property
    def per_day(self) -> str:
        return self._t.gettext("per day")

    @property
    def line_per_day(self) -> str:
        # Translators: behind a small line that stands beside the number of a week.
        return self._t.gettext("line: per day")

    @property
    def log(self) -> str:
        # Translators: behind the uppermost number of an axis.
        return self._t.gettext("log scale")

    @property
    def log_means(self) -> str:
        return self._t.gettext("Log scale: equal distances are equal multiples.")

    @property
    def own_scale(self) -> str:
        return self._t.gettext("Each on its own scale.")

    @property
    def broken(self) -> str:
        # Translators: at the line where a platform began to count in another way.
        return self._t.gettext("counted differently from here")

    def posted(self, day: str) -> str:
        # Translators: at the day of a post of ours. {day} is short: 17 Oct 2017.
        return self._t.gettext("our post, {day}", day=day)

    def broken_since(self, day: str) -> str:
        return self._t.gettext("Counted differently since {day}.", day=day)

    # --- what a point covers ------------------------------------------------------

    def each_days(self, n: int) -> str:
        return self._t.ngettext(
            "Each point: the total of the {n} day to that date.",
            "Each point: the total of the {n} days to that date.",
            n,
        )

    def each_span(self, minutes: int) -> str:
        """The same for a span of minutes, in its own size."""
        if minutes < 120:
            return self._t.ngettext(
                "Each point: the {n} minute before it.",
                "Each point: the {n} minutes before it.",
                minutes,
            )
        if minutes < 4320:
            return self._t.ngettext(
                "Each point: the {n} hour before it.",
                "Each point: the {n} hours before it.",
                minutes // 60,
            )
        return self._t.ngettext(
            "Each point: the {n} day before it.",
            "Each point: the {n} days before it.",
            minutes // 1440,
        )

    @property
    def each_total(self) -> str:
        return self._t.gettext("Each point: the total of all time to that date.")

    @property
    def each_moment(self) -> str:
        return self._t.gettext("Each point: one moment of that day.")

    # --- the table below ----------------------------------------------------------

    @property
    def numbers(self) -> str:
        return self._t.gettext("The numbers")

    @property
    def day(self) -> str:
        return self._t.gettext("Day")

    @property
    def as_written(self) -> str:
        return self._t.gettext("as written")

    def more(self, number: str, count: int) -> str:
        """Rows that only the data have. `number` is `count` in digits."""
        return self._t.ngettext(
            "{number} earlier one is in the data download.",
            "{number} earlier ones are in the data download.",
            count,
            number=number,
        )

    def hidden(self, number: str, count: int) -> str:
        """The same where the site publishes no data."""
        return self._t.ngettext(
            "{number} earlier one is not shown.",
            "{number} earlier ones are not shown.",
            count,
            number=number,
        )

    # --- findings: numbers and days are words, `count` is how many are compared ---

    def one(self, number: str, day: str) -> str:
        return self._t.gettext("{number} on {day}", number=number, day=day)

    def from_to(self, low: str, first: str, high: str, last: str) -> str:
        return self._t.gettext(
            "from {low} ({first}) to {high} ({last})",
            low=low,
            first=first,
            high=high,
            last=last,
        )

    def all_alike(self, number: str, count: int, days: bool, end: str) -> str:
        """`days` if single days are compared, and not readings; `end` is the last."""
        written = format_number(count, self._lang)
        if days:
            return self._t.ngettext(
                "{number} in each of {count} day, the last on {end}",
                "{number} in each of {count} days, the last on {end}",
                count,
                number=number,
                count=written,
                end=end,
            )
        return self._t.ngettext(
            "{number} in each of {count} reading, the last on {end}",
            "{number} in each of {count} readings, the last on {end}",
            count,
            number=number,
            count=written,
            end=end,
        )

    def highest_now(self, number: str, day: str, count: int, days: bool) -> str:
        written = format_number(count, self._lang)
        if days:
            return self._t.ngettext(
                "{number} on {day}, the highest of {count} day",
                "{number} on {day}, the highest of {count} days",
                count,
                number=number,
                day=day,
                count=written,
            )
        return self._t.ngettext(
            "{number} on {day}, the highest of {count} reading",
            "{number} on {day}, the highest of {count} readings",
            count,
            number=number,
            day=day,
            count=written,
        )

    def highest(
        self, number: str, day: str, count: int, days: bool, last: str, end: str
    ) -> str:
        """The highest, and the latest: `last`, on the day `end`."""
        written = format_number(count, self._lang)
        if days:
            return self._t.ngettext(
                "highest of {count} day on {day}, with {number}; {last} on {end}",
                "highest of {count} days on {day}, with {number}; {last} on {end}",
                count,
                number=number,
                day=day,
                count=written,
                last=last,
                end=end,
            )
        return self._t.ngettext(
            "highest of {count} reading on {day}, with {number}; {last} on {end}",
            "highest of {count} readings on {day}, with {number}; {last} on {end}",
            count,
            number=number,
            day=day,
            count=written,
            last=last,
            end=end,
        )

    def change(self, last: str, end: str, step: str, way: int, first: str) -> str:
        """How a total moved between two days; `way` is -1, 0 or 1."""
        if not way:
            return self._t.gettext(
                "{last} on {end}, as on {first}", last=last, end=end, first=first
            )
        if way > 0:
            return self._t.gettext(
                "{last} on {end}, {step} more than on {first}",
                last=last,
                end=end,
                step=step,
                first=first,
            )
        return self._t.gettext(
            "{last} on {end}, {step} fewer than on {first}",
            last=last,
            end=end,
            step=step,
            first=first,
        )

    # --- headlines: what moved, by how much, since when ---------------------------
    # What moved stands before them, with a colon: "Posts per day, X: doubled since …".

    def since_day(self, day: str) -> str:
        # Translators: at the end of a sentence, a day such as 3 June 2026.
        return self._t.gettext("since {day}", day=day)

    def against_days(self, n: int, day: str) -> str:
        # Translators: at the end of a sentence, such as "fell by 30% …".
        return self._t.ngettext(
            "against the {n} day to {day}",
            "against the {n} days to {day}",
            n,
            day=day,
        )

    def since_month(self, month: str) -> str:
        # Translators: at the end of a sentence, a month such as June 2026.
        return self._t.gettext("since {month}", month=month)

    def halved(self, since: str, *, about: bool) -> str:
        if about:
            return self._t.gettext("fell by about half {since}", since=since)
        return self._t.gettext("fell by half {since}", since=since)

    def doubled(self, since: str, *, about: bool) -> str:
        if about:
            return self._t.gettext("about doubled {since}", since=since)
        return self._t.gettext("doubled {since}", since=since)

    def more_than_doubled(self, since: str) -> str:
        return self._t.gettext("more than doubled {since}", since=since)

    def many_times(self, times: str, since: str) -> str:
        # Translators: {times} is 3, "more than 3" or "about 3".
        return self._t.gettext(
            "rose to {times} times as many {since}", times=times, since=since
        )

    def fell(self, share: str, since: str) -> str:
        # Translators: {share} is 37% or "about 37%".
        return self._t.gettext("fell by {share} {since}", share=share, since=since)

    def rose(self, share: str, since: str) -> str:
        return self._t.gettext("rose by {share} {since}", share=share, since=since)

    def fell_to_none(self, since: str) -> str:
        return self._t.gettext("fell to none on most days {since}", since=since)

    def rose_from_none(self, since: str) -> str:
        return self._t.gettext("rose from none on most days {since}", since=since)

    def total_rose(self, number: str, share: str, since: str) -> str:
        # Translators: of a total, such as followers: "rose by 4,120 (12%) since …".
        return self._t.gettext(
            "rose by {number} ({share}) {since}",
            number=number,
            share=share,
            since=since,
        )

    def total_fell(self, number: str, share: str, since: str) -> str:
        return self._t.gettext(
            "fell by {number} ({share}) {since}",
            number=number,
            share=share,
            since=since,
        )

    def medians_before(self, then: str, now: str, n: int) -> str:
        """The same of a headline that says since which day."""
        return self._t.ngettext(
            "Median day: {then} in the {n} day before, {now} since then.",
            "Median day: {then} in the {n} days before, {now} since then.",
            n,
            then=then,
            now=now,
        )

    def medians(self, then: str, now: str, n: int, first: str, last: str) -> str:
        """What a headline of days is made of; `first` and `last` are days in words."""
        return self._t.ngettext(
            "Median day: {then} in the {n} day to {first}, {now} in the {n} day to "
            "{last}.",
            "Median day: {then} in the {n} days to {first}, {now} in the {n} days to "
            "{last}.",
            n,
            then=then,
            now=now,
            first=first,
            last=last,
        )

    def since(self, day: str) -> str:
        """What opens a finding that holds only since a day, with a space behind it."""
        return self._t.gettext("since {day},", day=day) + " "


@lru_cache(64)
def chart_phrases_of(lang: str) -> ChartPhrases:
    """The phrases of a language tag such as `de-AT`; English where there are none."""
    return ChartPhrases(lang, translator_of(lang), table_of(lang))
