"""The parts of sentences around a number, in one language.

Days and numbers come as words. What is translated is in the catalogues; only the words
that re-made claims use as well come from the language's table.
"""

from collections.abc import Mapping

from ..model.values import Bound, Exactness
from .locales.schema import Table
from .translator import N_, Nn_, Translator

NOUNS: Mapping[str, tuple[str, str]] = {
    "accounts": Nn_("person", "people"),
    "active": Nn_("active person", "active people"),
    "articles": Nn_("article", "articles"),
    "bookmarks": Nn_("bookmark", "bookmarks"),
    "comments": Nn_("comment", "comments"),
    "followers": Nn_("follower", "followers"),
    "following": Nn_("account followed", "accounts followed"),
    "forks": Nn_("fork", "forks"),
    "likes": Nn_("like", "likes"),
    "members": Nn_("member", "members"),
    "mentions": Nn_("mention", "mentions"),
    "notes": Nn_("note", "notes"),
    "online": Nn_("visitor at one moment", "visitors at one moment"),
    "photos": Nn_("photo", "photos"),
    "pins": Nn_("pin", "pins"),
    "points": Nn_("point", "points"),
    "posts": Nn_("post", "posts"),
    "questions": Nn_("question", "questions"),
    "quotes": Nn_("quote", "quotes"),
    "reactions": Nn_("reaction", "reactions"),
    "recent": Nn_("recent post", "recent posts"),
    "replies": Nn_("reply", "replies"),
    "repositories": Nn_("repository", "repositories"),
    "reposts": Nn_("share", "shares"),
    "searches": Nn_("search", "searches"),
    "shares": Nn_("share", "shares"),
    "stars": Nn_("star", "stars"),
    "subscribers": Nn_("subscriber", "subscribers"),
    "talking": Nn_("person who talks about it", "people who talk about it"),
    "upvotes": Nn_("upvote", "upvotes"),
    "videos": Nn_("video", "videos"),
    "views": Nn_("view", "views"),
    "visitors": Nn_("visitor", "visitors"),
    "visits": Nn_("visit", "visits"),
    "watchers": Nn_("watcher", "watchers"),
}
"""What a metric counts, in English: one, and several."""

EXACTNESSES: Mapping[Exactness, str] = {
    Exactness.EXACT: N_("exact"),
    Exactness.AT_LEAST: N_("at least: there may be more"),
    Exactness.ROUNDED: N_("rounded by the platform"),
    Exactness.ESTIMATE: N_("an estimate"),
}


CHANGES: Mapping[tuple[bool, Bound], str] = {
    (True, Bound.EXACTLY): N_("up by {number}"),
    (True, Bound.ABOUT): N_("up by about {number}"),
    (True, Bound.AT_LEAST): N_("up by at least {number}"),
    (True, Bound.OVER): N_("up by more than {number}"),
    (True, Bound.UNDER): N_("up by less than {number}"),
    (True, Bound.AT_MOST): N_("up by at most {number}"),
    (False, Bound.EXACTLY): N_("down by {number}"),
    (False, Bound.ABOUT): N_("down by about {number}"),
    (False, Bound.AT_LEAST): N_("down by at least {number}"),
    (False, Bound.OVER): N_("down by more than {number}"),
}
"""How a number moved, by whether it went up. No fall is limited from above."""

KINDS: Mapping[str, str] = {
    "account": N_("of an account"),
    "article": N_("of an article"),
    "channel": N_("of a channel"),
    "community": N_("of a community"),
    "link": N_("of a web address"),
    "newsletter": N_("of a newsletter"),
    "page": N_("of a page"),
    "post": N_("of a post"),
    "repository": N_("of a repository"),
    "site": N_("of a website"),
    "tag": N_("for a hashtag"),
    "video": N_("of a video"),
}
"""What a number is of, in English, by the name of the kind in addresses."""

SHAPES: Mapping[str, str] = {
    "tag": N_("{noun} with #{subject} on {label}"),
    "post": N_("{noun} of a post on {label}"),
    "article": N_("{noun} of “{subject}” on {label}"),
}
"""What is counted of which subject, for the kinds that need another sentence."""


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

    @property
    def about_the_same(self) -> str:
        return self._t.gettext("about the same")

    def change(self, number: str, bound: Bound, *, up: bool) -> str:
        """How a number moved by `number`, which may have a share in parentheses."""
        return self._t.gettext(CHANGES[up, bound], number=number)

    # --- what is counted, where and when ------------------------------------------

    def noun(self, metric: str, n: int = 2) -> str:
        """What a metric counts, in the form that goes with the number `n`.

        A metric that we do not know is its own noun.
        """
        return self._t.plural(*NOUNS.get(metric, (metric, metric)), n)

    def kind(self, name: str) -> str:
        """What a number is of, behind a noun: "of a post"; empty if we have no word."""
        known = KINDS.get(name)
        return self._t.gettext(known) if known else ""

    def counted_of(self, kind: str, noun: str, subject: str, label: str) -> str:
        """What is counted of which subject: "shares of a post on X"."""
        shape = SHAPES.get(kind, N_("{noun} of {subject} on {label}"))
        return self._t.gettext(shape, noun=noun, subject=subject, label=label)

    @property
    def several_platforms(self) -> str:
        # Translators: a heading: numbers that add up several platforms.
        return self._t.gettext("Several platforms together")

    @property
    def server_asked(self) -> str:
        # Translators: in place of a server's name: "public posts seen by …".
        return self._t.gettext("the server that was asked")

    def on(self, noun: str, where: str) -> str:
        """What is counted and where: "posts on mastodon.social"."""
        return self._t.gettext("{noun} on {where}", noun=noun, where=where)

    def on_during(self, where: str, during: str) -> str:
        """Where and when it was counted; `during` comes from `the_days`."""
        return f"{self._t.gettext('on {where}', where=where)} {during}"

    @property
    def as_sure_as_its_parts(self) -> str:
        return self._t.gettext("as exact as the least exact of them")

    def added_up(self, noun: str, subject: str) -> str:
        return self._t.gettext(
            "{noun} with #{subject}, added up over platforms",
            noun=noun,
            subject=subject,
        )

    def on_day(self, number: str, day: str) -> str:
        return self._t.gettext("{number} on {day}", number=number, day=day)

    def on_place(self, number: str, where: str, day: str) -> str:
        return self._t.gettext(
            "{number} on {where} on {day}", number=number, where=where, day=day
        )

    def of_place(self, number: str, where: str) -> str:
        """The same where the day is said elsewhere."""
        return self._t.gettext("{number} on {where}", number=number, where=where)

    def readings_of(self, day: str) -> str:
        """A line at the head of a text: its numbers are of this day."""
        # Translators: a line above a text; most of the numbers in it are of this day.
        return self._t.gettext("Readings of {day}.", day=day)

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
        """In which days: a span that ends with `day`, or on that day alone."""
        if n == 1:
            return self._t.gettext("on {day}", day=day)
        return self._t.ngettext(
            "in the {n} day to {day}", "in the {n} days to {day}", n, day=day
        )

    def spans(self, least: int, most: int) -> str:
        """The spans that a platform gives, in days."""
        if least == most:
            return self.window(most)
        # Translators: spans of time that a number can cover: "1 to 7 days".
        return self._t.ngettext(
            "{least} to {n} day", "{least} to {n} days", most, least=least
        )

    def all_time_or(self, spans: str) -> str:
        return self._t.gettext("all time, or {spans}", spans=spans)

    def span_before(self, minutes: int) -> str:
        """A span that ends with the reading, or that very moment."""
        if not minutes:
            return self._t.gettext("the moment of the reading")
        if minutes < 120:
            return self._t.ngettext(
                "the {n} minute before the reading",
                "the {n} minutes before the reading",
                minutes,
            )
        return self._t.ngettext(
            "the {n} hour before the reading",
            "the {n} hours before the reading",
            minutes // 60,
        )

    def span(self, minutes: int) -> str:
        """A span in its own size: 30 minutes, 24 hours, 7 days."""
        if minutes < 120:
            return self._t.ngettext("{n} minute", "{n} minutes", minutes)
        if minutes < 4320:
            return self._t.ngettext("{n} hour", "{n} hours", minutes // 60)
        return self.window(minutes // 1440)

    def minutes(self, minutes: int, day: str) -> str:
        """In a span that ends with the reading of a day; on the day for a moment."""
        if not minutes:
            return self._t.gettext("on {day}", day=day)
        if minutes < 120:
            return self._t.ngettext(
                "in the {n} minute before the reading of {day}",
                "in the {n} minutes before the reading of {day}",
                minutes,
                day=day,
            )
        if minutes < 4320:
            return self._t.ngettext(
                "in the {n} hour before the reading of {day}",
                "in the {n} hours before the reading of {day}",
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
