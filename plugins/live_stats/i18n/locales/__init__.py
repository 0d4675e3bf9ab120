"""The languages we have tables for. Another one is a file and a line here."""

from babel import Locale

from .de import DE
from .en import EN
from .es import ES
from .fr import FR
from .schema import DatePatterns, Qualifier, Table, Unit

TABLES: dict[str, Table] = {"en": EN, "de": DE, "es": ES, "fr": FR}

__all__ = [
    "TABLES",
    "DatePatterns",
    "Qualifier",
    "Table",
    "Unit",
    "dates_of",
    "table_of",
]


def table_of(locale: str) -> Table:
    """The table of a language tag such as `de-AT`; English where there is none."""
    language = locale.replace("_", "-").partition("-")[0].lower()
    return TABLES.get(language, EN)


def dates_of(locale: Locale) -> DatePatterns:
    """How a language writes days in a territory; Babel's way where we know no other."""
    table = TABLES.get(locale.language)
    if table is None or locale.territory in table.dates.not_in:
        return DatePatterns()
    return table.dates
