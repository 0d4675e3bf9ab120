"""The languages we have tables for. Another one is a file and a line here."""

from .de import DE
from .en import EN
from .fr import FR
from .schema import Phrases, Qualifier, Table, Unit

TABLES: dict[str, Table] = {"en": EN, "de": DE, "fr": FR}

__all__ = ["TABLES", "Phrases", "Qualifier", "Table", "Unit", "table"]


def table_of(locale: str) -> Table:
    """The table of a language tag such as `de-AT`; English where there is none."""
    language = locale.replace("_", "-").partition("-")[0].lower()
    return TABLES.get(language, EN)
