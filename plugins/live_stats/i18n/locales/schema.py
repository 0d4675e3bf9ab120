"""The shape of a language's table: the grammar of counts, which no catalogue can say.

Sentences are not here: they are in the gettext catalogues, in `messages/`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from ...model.values import Bound


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
    """A word for a power of ten, or a dozen.

    `plural` is written from two on; of what lies between one and two only where
    `plural_fractions` is set: 1,4 million in French, 1,4 Millionen in German.

    Units of one `style` replace one another as numbers grow: a claim in "bn" is
    re-made in "m" or "tn", never in "million". One without a style is read and never
    written: "over 5 hundred" is re-made in digits.
    """

    forms: tuple[str, ...]
    value: int
    style: str = ""
    plural: str = ""
    plural_fractions: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DatePatterns:
    """How days are written where it is not Babel's own way, in patterns of CLDR.

    An empty pattern is Babel's. `not_in` are the territories that keep Babel's for all.
    """

    day: str = ""  # 24 November 2026, in a sentence
    first_of_month: str = ""
    short: str = ""  # 24 Nov 2026, on an axis
    short_without_year: str = ""
    not_in: frozenset[str] = frozenset()


def same(noun: str) -> str:
    return noun


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """How one language writes counts, as far as Babel does not know it.

    `at_least`, `about`, `less_than` and `more_than` qualify a number in our own
    sentences and in claims that are re-made. They are among the qualifiers, and fit
    nouns of any gender.
    """

    qualifiers: tuple[Qualifier, ...]
    behind: tuple[Qualifier, ...]  # such as "or more"
    units: tuple[Unit, ...]
    multipliers: Mapping[str, Fraction]  # before a unit: "half a" million
    halves: tuple[str, ...]  # behind a unit: un million "et demi"
    numbers: Mapping[str, int]  # on their own: "a dozen"
    at_least: str
    about: str
    less_than: str
    more_than: str
    behind_unit: Callable[[str], str] = same  # a noun there: 5 millions "de messages"
    axis_units: tuple[tuple[int, str], ...]  # the largest first, with any space
    colon: str = ": "
    semicolon: str = "; "
    dates: DatePatterns = DatePatterns()
