"""Reading a claim: the number in an author's words, and what the words say of it."""

import re
from dataclasses import dataclass
from functools import lru_cache

from ..model.values import Bound
from . import claim_context
from .claim_context import ClaimError
from .locales import TABLES, Qualifier, Table, Unit, table_of
from .number_parsing import PLAIN, as_written, babel_locale, find_number, lower
from .unread_numbers import refuse_other_digits

MAX_CLAIM = 10**18
_DASHES = ("-", "–", "—")
_MONEY = re.compile("[$¢£¤¥฿\u20a0-\u20cf]")


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedClaim:
    """A claim taken apart: `before` + `qualifier` + number + `unit` + `after`.

    `digits` counts the significant digits as written; `gap` is what stands between
    number and unit; `behind` is a qualifier that follows the number ("or more").
    """

    before: str
    qualifier: str
    bound: Bound
    close: bool
    number: str
    value: int
    digits: int
    unit: Unit | None
    unit_text: str
    gap: str
    behind: str
    after: str


@lru_cache(4096)
def parse_claim(text: str, locale: str) -> ParsedClaim:
    """Read the one figure in `text`. Raises ClaimError with the reason."""
    words, table = text.translate(PLAIN), table_of(locale)
    refuse_other_digits(words, lambda raw: as_written(raw, locale))
    number = find_number(words, table, locale)
    before, after = words[: number.start], words[number.end :]
    if _MONEY.search(before[-2:] + after[:2]):
        raise ClaimError(
            "this is a sum of money, not a count",
            "leave it as plain text without a link",
        )
    claim_context.refuse(before, after, _number_words(table), _units(table))
    if before[-1:] in _DASHES and not before[-2:-1].isalnum():
        raise ClaimError("a count is never negative", "take the sign away")
    front = _ends_with(before, table.qualifiers)
    back = _starts_with(after, table.behind)
    if front and back:
        raise ClaimError(f'"{front[1]}" and "{back[1]}" say two things of one number')
    qualifier, form = front or back or (None, "")
    if not front and number.unit is None:
        claim_context.refuse_date(before, number.text, after, _months(locale))
        _refuse_ordinal(before, number.text, after, locale)
    cut = len(before.rstrip()) - len(form) if front else len(before)
    if front and _ends_with(before[:cut], table.qualifiers):
        raise ClaimError("two qualifiers say different things of one number")
    skip = len(after) - len(after.lstrip()) + len(form) if back else 0
    if back:
        claim_context.refuse("", after[skip:], _number_words(table), _units(table))
    value = number.value
    if value.denominator != 1:
        unit = next(one for one in table.units if one.style == "word")
        raise ClaimError(
            f'a count is a whole number, and "{number.text}" is not',
            "write the whole number in digits, or the unit that is meant: "
            f"{number.text} {unit.forms[0]}",
        )
    if value > MAX_CLAIM:
        raise ClaimError("the number is larger than any count")
    start = number.end
    return ParsedClaim(
        before=text[:cut],
        qualifier=text[cut : cut + len(form)] if front else "",
        bound=qualifier.bound if qualifier else _bound_by(text[:cut], locale),
        close=bool(qualifier and qualifier.close),
        number=number.text,
        value=int(value),
        digits=number.digits,
        unit=number.unit,
        unit_text=number.unit_text,
        gap=number.gap,
        behind=text[start : start + skip],
        after=text[start + skip :],
    )


def has_table(locale: str) -> bool:
    """Whether we know the words of a language that limit numbers."""
    return locale.replace("_", "-").partition("-")[0].lower() in TABLES


def _bound_by(before: str, locale: str) -> Bound:
    """What words before a number, none of which we know, make of it.

    In a language without a table they may limit it: "oltre 21.000".
    """
    unknown = any(map(str.isalpha, before)) and not has_table(locale)
    return Bound.ABOUT if unknown else Bound.EXACTLY


def _refuse_ordinal(before: str, raw: str, after: str, locale: str) -> None:
    """Raise ClaimError for "3. Platz", and for "3." where that is how ordinals end."""
    small = raw.isdigit() and len(raw) < 4
    alone = locale.startswith("de") and not before.strip() and after.strip() == "."
    if small and (alone or re.match(r"\. +[^\W\d_]", after)):
        raise ClaimError(
            f'"{raw}." says which one, not how many',
            "write the figure alone between the brackets",
        )


def _number_words(table: Table) -> set[str]:
    return {*table.numbers, *table.multipliers}


@lru_cache(64)
def _months(locale: str) -> set[str]:
    names = babel_locale(locale).months["format"]
    return {
        name.rstrip(".")
        for width in ("wide", "abbreviated")
        for name in names[width].values()
    }


def _units(table: Table) -> list[str]:
    """The words that may stand behind a number, as a message names them."""
    return [one.forms[0] for one in table.units if one.style in ("thousand", "word")]


def _ends_with(
    before: str, qualifiers: tuple[Qualifier, ...]
) -> tuple[Qualifier, str] | None:
    text = lower(before).rstrip()
    found = [
        (qualifier, form)
        for qualifier in qualifiers
        for form in qualifier.forms
        if text.endswith(form)
        and (form.endswith("'") or len(text) != len(before) or not text)
        and not text[: -len(form)][-1:].isalnum()
    ]
    return max(found, key=lambda pair: len(pair[1]), default=None)


def _starts_with(
    after: str, qualifiers: tuple[Qualifier, ...]
) -> tuple[Qualifier, str] | None:
    text = lower(after).lstrip()
    for qualifier in qualifiers:
        for form in qualifier.forms:
            if text.startswith(form) and not text[len(form) :][:1].isalnum():
                return qualifier, form
    return None
