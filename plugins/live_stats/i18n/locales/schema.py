"""The shape of a language's table: how its people write counts, and our phrases."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from ...model.values import Bound, Exactness


@dataclass(frozen=True, slots=True, kw_only=True)
class Qualifier:
    """Words that say how a number relates to the truth.

    `forms` are the spellings, the first of which is written. `close` words promise
    besides that the number is near ("nearly", "just over").
    """

    forms: tuple[str, ...]
    bound: Bound
    close: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A word for a power of ten, or a dozen. `plural` is written from `plural_from` on.

    Units of one `style` replace one another as numbers grow: a claim in "bn" is
    re-made in "m" or "tn", never in "million". One without a style is read and never
    written: "over 5 hundred" is re-made in digits.
    """

    forms: tuple[str, ...]
    value: int
    style: str = ""
    plural: str = ""
    plural_from: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Moves:
    """The parts of sentences about how a number moves. Days are words, as are numbers.

    `counted` is told whether the number ends with a word such as "million", `in_days`
    and `on_place` begin with a space where they say anything.
    """

    milestones: str
    a_day: Callable[[str, int, str], str]
    more: Callable[[str], str]
    fewer: Callable[[str], str]
    compared: Callable[[str, int], str]
    as_many: Callable[[int], str]
    highest: Callable[[str, int, str, str], str]  # number, days, day, `since` or empty
    since: Callable[[str], str]
    more_a_day: Callable[[str, str, str], str]
    fewer_a_day: Callable[[str, str, str], str]
    doubled: Callable[[str, int, str, str], str]
    more_than_doubled: Callable[[str, int, str, str], str]
    counted: Callable[[str, str, bool], str]
    in_days: Callable[[int | None], str]
    on_place: Callable[[str], str]
    passed: Callable[[str], str]
    reached: Callable[[str], str]
    had_at_least: Callable[[str], str]
    on: Callable[[str], str]
    between: Callable[[str, str], str]
    at_the_latest: Callable[[str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """The parts of sentences around a number. All are lower-case."""

    on_day: Callable[[str, str], str]
    on_place: Callable[[str, str, str], str]
    in_days: Callable[[str, str, int, str], str]
    as_of: Callable[[str], str]
    last_reading: Callable[[str], str]
    held: Callable[[str], str]
    span_to: Callable[[str, str], str]
    spans: tuple[str, str, str]  # minutes, hours, days
    no_reading: str
    closed: Callable[[str], str]
    no_count: Callable[[str], str]
    window: Callable[[int], str]
    all_time: str
    the_days: Callable[[int, str], str]
    nouns: Mapping[str, str]
    moves: Moves
    exactnesses: Mapping[Exactness, str]
    at_least: str
    about: str
    less_than: str
    more_than: str
    unchanged: str

    def span(self, minutes: int) -> str:
        """A span in its own size: 30 minutes, 24 hours, 7 days."""
        in_minutes, in_hours, in_days = self.spans
        if minutes < 120:
            return f"{minutes} {in_minutes}"
        if minutes < 4320:
            return f"{minutes // 60} {in_hours}"
        return f"{minutes // 1440} {in_days}"

    def minutes(self, minutes: int, day: str) -> str:
        """A span that ends with the reading of a day; only the day for a moment."""
        return self.span_to(self.span(minutes), day) if minutes else day

    def noun(self, metric: str) -> str:
        return self.nouns.get(metric, metric)

    def exactness(self, exactness: Exactness) -> str:
        return self.exactnesses[exactness]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Everything about one language that Babel does not know."""

    qualifiers: tuple[Qualifier, ...]
    behind: tuple[Qualifier, ...]  # such as "or more"
    units: tuple[Unit, ...]
    multipliers: Mapping[str, Fraction]  # before a unit: "half a" million
    halves: tuple[str, ...]  # behind a unit: un million "et demi"
    numbers: Mapping[str, int]  # on their own: "a dozen"
    phrases: Phrases
