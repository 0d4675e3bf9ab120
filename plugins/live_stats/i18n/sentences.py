"""The parts of sentences around a number, in one language.

Days and numbers come as words. What is translated is in the catalogues; only the words
that re-made claims use as well come from the language's table.
"""

from collections.abc import Mapping

from ..model.values import Exactness
from .locales.schema import Table
from .translator import N_, Translator

NOUNS: Mapping[str, str] = {
    "accounts": N_("people"),
    "active": N_("active people"),
    "articles": N_("articles"),
    "bookmarks": N_("bookmarks"),
    "comments": N_("comments"),
    "followers": N_("followers"),
    "following": N_("following"),
    "forks": N_("forks"),
    "likes": N_("likes"),
    "members": N_("members"),
    "mentions": N_("mentions"),
    "notes": N_("notes"),
    "online": N_("visitors at one moment"),
    "photos": N_("photos"),
    "pins": N_("pins"),
    "points": N_("points"),
    "posts": N_("posts"),
    "questions": N_("questions"),
    "quotes": N_("quotes"),
    "reactions": N_("reactions"),
    "recent": N_("recent posts"),
    "replies": N_("replies"),
    "repositories": N_("repositories"),
    "reposts": N_("shares"),
    "searches": N_("searches"),
    "shares": N_("shares"),
    "stars": N_("stars"),
    "subscribers": N_("subscribers"),
    "talking": N_("people who talk about it"),
    "upvotes": N_("upvotes"),
    "videos": N_("videos"),
    "views": N_("views"),
    "visitors": N_("visitors"),
    "visits": N_("visits"),
    "watchers": N_("watchers"),
}
"""What a metric counts, in English."""

EXACTNESSES: Mapping[Exactness, str] = {
    Exactness.EXACT: N_("exact"),
    Exactness.AT_LEAST: N_("at least: there may be more"),
    Exactness.ROUNDED: N_("rounded by the platform"),
    Exactness.ESTIMATE: N_("an estimate"),
}


class Phrases:
    """What stands around numbers. Everything is lower-case, and without a full stop."""

    def __init__(self, translator: Translator, table: Table) -> None:
        self._t, self._table = translator, table
        self.moves = TrendPhrases(translator, table)

    # --- the words that qualify a number ------------------------------------------

    @property
    def at_least(self) -> str:
        return self._table.at_least

    @property
    def about(self) -> str:
        return self._table.about

    @property
    def less_than(self) -> str:
        return self._table.less_than

    @property
    def more_than(self) -> str:
        return self._table.more_than

    def exactness(self, exactness: Exactness) -> str:
        return self._t.gettext(EXACTNESSES[exactness])

    @property
    def unchanged(self) -> str:
        return self._t.gettext("unchanged")

    # --- what is counted, where and when ------------------------------------------

    def noun(self, metric: str) -> str:
        """What a metric counts; one that we do not know is its own noun."""
        return self._t.gettext(NOUNS.get(metric, metric))

    def on_day(self, number: str, day: str) -> str:
        return self._t.gettext("{number} on {day}", number=number, day=day)

    def on_place(self, number: str, where: str, day: str) -> str:
        return self._t.gettext(
            "{number} on {where} on {day}", number=number, where=where, day=day
        )

    def in_days(self, number: str, where: str, days: int, day: str) -> str:
        """The count of some days, of which `day` is the last; `where` may be empty."""
        if days == 1:
            if where:
                return self.on_place(number, where, day)
            return self.on_day(number, day)
        if where:
            return self._t.ngettext(
                "{number} on {where} in the {n} day to {day}",
                "{number} on {where} in the {n} days to {day}",
                days,
                number=number,
                where=where,
                day=day,
            )
        return self._t.ngettext(
            "{number} in the {n} day to {day}",
            "{number} in the {n} days to {day}",
            days,
            number=number,
            day=day,
        )

    # --- how old a number is, or why there is none --------------------------------

    def as_of(self, day: str) -> str:
        return self._t.gettext("as of {day}", day=day)

    def last_reading(self, day: str) -> str:
        return self._t.gettext("last reading {day}", day=day)

    def held(self, day: str) -> str:
        return self._t.gettext(
            "last reading {day}, a newer one is being checked", day=day
        )

    @property
    def no_reading(self) -> str:
        return self._t.gettext("no reading yet")

    def closed(self, day: str) -> str:
        return self._t.gettext(
            "no longer published by the platform since {day}", day=day
        )

    def no_count(self, day: str) -> str:
        return self._t.gettext("no official count exists (checked {day})", day=day)

    # --- spans of time ------------------------------------------------------------

    @property
    def all_time(self) -> str:
        return self._t.gettext("all time")

    def window(self, days: int) -> str:
        return self._t.ngettext("{n} day", "{n} days", days)

    def the_days(self, n: int, day: str) -> str:
        """A span of days that ends with `day`; only the day for a single one."""
        if n == 1:
            return day
        return self._t.ngettext(
            "the {n} day to {day}", "the {n} days to {day}", n, day=day
        )

    def span(self, minutes: int) -> str:
        """A span in its own size: 30 minutes, 24 hours, 7 days."""
        if minutes < 120:
            return self._t.ngettext("{n} minute", "{n} minutes", minutes)
        if minutes < 4320:
            return self._t.ngettext("{n} hour", "{n} hours", minutes // 60)
        return self.window(minutes // 1440)

    def minutes(self, minutes: int, day: str) -> str:
        """A span that ends with the reading of a day; only the day for a moment."""
        if not minutes:
            return day
        if minutes < 120:
            return self._t.ngettext(
                "the {n} minute to {day}", "the {n} minutes to {day}", minutes, day=day
            )
        if minutes < 4320:
            return self._t.ngettext(
                "the {n} hour to {day}",
                "the {n} hours to {day}",
                minutes // 60,
                day=day,
            )
        return self.the_days(minutes // 1440, day)

    # --- for templates ------------------------------------------------------------

    @property
    def semicolon(self) -> str:
        """What stands between the parts of a sentence."""
        return self._table.semicolon


class TrendPhrases:
    """The parts of sentences about how a number moves."""

    def __init__(self, translator: Translator, table: Table) -> None:
        self._t, self._table = translator, table

    @property
    def milestones(self) -> str:
        return self._t.gettext("milestones")

    def a_day(self, number: str, n: int, day: str) -> str:
        return self._t.ngettext(
            "{number} a day in the {n} day to {day}",
            "{number} a day in the {n} days to {day}",
            n,
            number=number,
            day=day,
        )

    def more(self, share: str) -> str:
        # Translators: a percentage; "than in the {n} days before" follows.
        return self._t.gettext("{share} more", share=share)

    def fewer(self, share: str) -> str:
        return self._t.gettext("{share} fewer", share=share)

    def compared(self, step: str, n: int) -> str:
        """`step` comes from `more` or `fewer`."""
        return self._t.ngettext(
            "{step} than in the {n} day before",
            "{step} than in the {n} days before",
            n,
            step=step,
        )

    def as_many(self, n: int) -> str:
        return self._t.ngettext(
            "as many as in the {n} day before", "as many as in the {n} days before", n
        )

    def highest(self, number: str, n: int, day: str, since: str) -> str:
        """The highest days that are known; `since` is a day, or empty for all times."""
        if n == 1:
            if since:
                return self._t.gettext(
                    "highest day known since {since}: {number} on {day}",
                    number=number,
                    day=day,
                    since=since,
                )
            return self._t.gettext(
                "highest day known: {number} on {day}", number=number, day=day
            )
        if since:
            return self._t.ngettext(
                "highest {n} day known since {since}: {number}, to {day}",
                "highest {n} days known since {since}: {number}, to {day}",
                n,
                number=number,
                day=day,
                since=since,
            )
        return self._t.ngettext(
            "highest {n} day known: {number}, to {day}",
            "highest {n} days known: {number}, to {day}",
            n,
            number=number,
            day=day,
        )

    def more_a_day(self, number: str, first: str, last: str) -> str:
        return self._t.gettext(
            "{number} more a day from {first} to {last}",
            number=number,
            first=first,
            last=last,
        )

    def fewer_a_day(self, number: str, first: str, last: str) -> str:
        return self._t.gettext(
            "{number} fewer a day from {first} to {last}",
            number=number,
            first=first,
            last=last,
        )

    def doubled(self, number: str, n: int, first: str, last: str) -> str:
        """`number` is `n` in words, perhaps with "about" before it."""
        return self._t.ngettext(
            "doubled in {number} day, from {first} to {last}",
            "doubled in {number} days, from {first} to {last}",
            n,
            number=number,
            first=first,
            last=last,
        )

    def more_than_doubled(self, number: str, n: int, first: str, last: str) -> str:
        return self._t.ngettext(
            "more than doubled in {number} day, from {first} to {last}",
            "more than doubled in {number} days, from {first} to {last}",
            n,
            number=number,
            first=first,
            last=last,
        )

    def counted(self, number: str, noun: str, unit: bool) -> str:
        """A number and its noun; `unit` if it ends in a word such as "million"."""
        return f"{number} {self._table.behind_unit(noun) if unit else noun}"

    def in_days(self, n: int | None) -> str:
        """How many days were counted, with a space before it; empty for all time."""
        if n is None:
            return ""
        if n == 1:
            return " " + self._t.gettext("in one day")
        return " " + self._t.ngettext("in {n} day", "in {n} days", n)

    def on_place(self, where: str) -> str:
        """Where it was counted, with a space before it."""
        return " " + self._t.gettext("on {where}", where=where)

    def passed(self, count: str) -> str:
        return self._t.gettext("passed {count}", count=count)

    def reached(self, count: str) -> str:
        return self._t.gettext("reached {count}", count=count)

    def had_at_least(self, count: str) -> str:
        return self._t.gettext("had at least {count}", count=count)

    def on(self, day: str) -> str:
        return self._t.gettext("on {day}", day=day)

    def between(self, first: str, last: str) -> str:
        return self._t.gettext("between {first} and {last}", first=first, last=last)

    def at_the_latest(self, day: str) -> str:
        return self._t.gettext("by {day}", day=day)
