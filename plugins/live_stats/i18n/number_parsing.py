"""The number in a text, in digits or in words, by the rules of one language.

Babel's lenient parsing reads German "1.2" as 12, so digits are read here, strictly,
with Babel's symbols: groups of three, and every kind of space a group sign.
"""

import functools
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from babel import Locale, UnknownLocaleError
from babel.numbers import get_decimal_symbol, get_group_symbol

from .claim_context import ClaimError, begins_a_name, multiplies, tokens
from .locales import Table, Unit
from .unread_numbers import DIGITS_ONLY, HAN_UNITS, why_no_number

_SPACES = dict.fromkeys([0xA0, 0x202F, 0x205F, 0x3000, *range(0x2000, 0x200B)], " ")
_SPACES |= dict.fromkeys(map(ord, "\t\n\r"), " ")
PLAIN = _SPACES | {ord("’"): "'", ord("‘"): "'", ord("−"): "-"}
"""Typographic signs and their plain ones, one for one, so that places stay places."""

_SIGNS = ".,'_·˙٬，"
"""What people put between the digits of a number, besides spaces."""
_DIGITS = re.compile(rf"[0-9](?:[0-9]|[{_SIGNS}]+(?=[0-9])| (?=[0-9]))*")


_UNPARTED = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "THAI", "LAO", "KHMER", "MYANMAR")


@functools.lru_cache(maxsize=64)
def babel_locale(locale: str) -> Locale:
    """Babel's locale for a language tag; English where Babel knows none."""
    for tag in (locale, locale.replace("_", "-").partition("-")[0]):
        try:
            return Locale.parse(tag.replace("-", "_"))
        except (UnknownLocaleError, ValueError, TypeError):
            continue
    return Locale("en")


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    start: int
    end: int
    text: str
    value: Fraction
    digits: int
    unit: Unit | None = None
    unit_text: str = ""
    gap: str = " "


def find_number(words: str, table: Table, locale: str) -> Number:
    """The one number in a text. Raises ClaimError if there is none, or another."""
    found = list(_written_in_digits(words, table, locale))
    if not found:
        found = _written_in_words(words, table)
    if not found:
        raise why_no_number(words)
    if len(found) > 1:
        both = f'"{found[0].text}" and "{found[1].text}"'
        raise ClaimError(f"there are two numbers in it, {both}")
    return found[0]


def _written_in_digits(words: str, table: Table, locale: str) -> Iterable[Number]:
    for match in _DIGITS.finditer(words):
        if _is_in_name(words, match.start()):
            continue
        for start, end in _pieces(match):
            raw = words[start:end]
            unit, unit_end = _unit_at(words, end, table)
            behind = words[end : end + 1]
            if unit is None and behind.isalnum():
                _refuse_attached(raw, words[end:], locale)
                if not is_unparted(behind):
                    continue  # part of a name, such as 3D or 21st
            mantissa, digits = _strict(raw, locale, unit)
            factor = unit.value if unit else 1
            unit_text = words[end:unit_end].lstrip() if unit else ""
            yield Number(
                start=start,
                end=unit_end,
                text=raw,
                value=mantissa * factor,
                digits=digits,
                unit=unit,
                unit_text=unit_text,
                gap=words[end : unit_end - len(unit_text)] if unit else " ",
            )


def _is_in_name(words: str, start: int) -> bool:
    """Whether digits end a name, such as COVID-19, G20 or v1.2."""
    before = words[max(start - 2, 0) : start]
    if before[-1:] == "-":
        return before[:1].isalpha() and not is_unparted(before[:1])
    return bool(re.search(r"[\w.,]$", before)) and not is_unparted(before[-1:])


@functools.lru_cache(maxsize=1024)
def is_unparted(sign: str) -> bool:
    """Whether words are written without spaces in the script of a letter: 900件."""
    name = unicodedata.name(sign, "") if sign.isalpha() else ""
    return name.startswith(_UNPARTED)


def _refuse_attached(raw: str, rest: str, locale: str) -> None:
    """5k and 5万 are numbers, whatever else stands there; 5e6 and 100s are too."""
    word, _ = tokens(rest)[0]
    if factor := HAN_UNITS.get(word[0]):
        mend = "write the whole number in the digits 0 to 9"
        if not word[1:2].isdigit() and re.fullmatch(r"[0-9]+(\.[0-9]+)?", raw):
            value = Fraction(raw) * factor
            if value.denominator == 1:
                mend = f"{DIGITS_ONLY}: {_grouped(str(int(value)), locale)}"
        raise ClaimError(f'"{word[0]}" behind "{raw}" multiplies it, unread', mend)
    hundreds = word == "s" and re.fullmatch("100+", raw)  # not the 1980s
    if hundreds or multiplies(word) or re.fullmatch("e[0-9]+", word, re.I):
        raise ClaimError(
            f'"{raw}{word}" is not how numbers are written in this language',
            "write the whole number in digits",
        )


def _pieces(match: re.Match[str]) -> list[tuple[int, int]]:
    """One number, or several where spaces do not part groups of three."""
    raw = match[0]
    if " " not in raw or re.fullmatch(r"[0-9]{1,3}( [0-9]{3})+([.,][0-9]+)?", raw):
        return [match.span()]
    return [
        (match.start() + part.start(), match.start() + part.end())
        for part in re.finditer(r"[^ ]+", raw)
    ]


def _strict(raw: str, locale: str, unit: Unit | None) -> tuple[Fraction, int]:
    """The value, and its significant digits."""
    babel = babel_locale(locale)
    group = get_group_symbol(babel).translate(PLAIN)
    decimal = get_decimal_symbol(babel)
    groups = {" ", "'" if group == "'" else " ", group}
    signs = "".join(re.escape(sign) for sign in sorted(groups))
    # A zero begins no group: 0,500 is half of something, written elsewhere.
    grouped = rf"(?!0)[0-9]{{1,3}}([{signs}])[0-9]{{3}}(?:\2[0-9]{{3}})*"
    if _is_indian(babel):
        lakhs = rf"(?!0)[0-9]{{1,2}}(?:{re.escape(group)}[0-9]{{2}})+"
        grouped += rf"|{lakhs}{re.escape(group)}[0-9]{{3}}"
    match = re.fullmatch(rf"({grouped}|[0-9]+)(?:{re.escape(decimal)}([0-9]+))?", raw)
    if not match:
        raise _strange(raw, locale, unit)
    whole, fraction = re.sub("[^0-9]", "", match[1]), match[3] or ""
    if match[1] != whole or len(whole) < 4 or not fraction.strip("0"):
        _refuse_ambiguous(raw, (whole, fraction), locale, unit)
    written = (whole + fraction).lstrip("0")
    digits = len(written if fraction else written.rstrip("0")) or 1
    return Fraction(f"{whole}.{fraction or 0}"), digits


def _refuse_ambiguous(
    raw: str, parts: tuple[str, str], locale: str, unit: Unit | None
) -> None:
    """21.000 is 21 in English and 21,000 in German: which one did the author mean?

    Before a unit three places are usual, "1.234 million", unless the last is a zero:
    nobody needs that one in a decimal.
    """
    whole, fraction = parts
    decimal = get_decimal_symbol(babel_locale(locale))
    if len(fraction) != 3 or whole.startswith("0"):
        return
    places = fraction.rstrip("0")
    if unit and places == fraction:
        return
    word = f" {unit.forms[0]}" if unit else ""
    low = _grouped(whole, locale) + (f"{decimal}{places}" if places else "")
    high = _grouped(whole + fraction, locale)
    write = f"{high}{word} or {low}{word}" if unit or not places else high
    raise ClaimError(
        f'"{raw}{word}" can be read as {low}{word} or as {high}{word}', f"write {write}"
    )


def _strange(raw: str, locale: str, unit: Unit | None) -> ClaimError:
    """The error for a number with signs that its language does not have."""
    word = f" {unit.forms[0]}" if unit else ""
    numbers = _meanings(raw, locale)
    if len(numbers) > 1:
        low, high = (f"{number}{word}" for number in numbers)
        return ClaimError(
            f'"{raw}{word}" is not how numbers are written in this language: it can be '
            f"read as {low} or as {high}",
            f"write {high} or {low}",
        )
    if not unit and not all(sign.isdigit() for sign in "".join(numbers[:1])):
        decimal = get_decimal_symbol(babel_locale(locale))
        if numbers and decimal in numbers[0]:
            numbers = []  # no count either
    mend = (
        f"write {numbers[0]}{word}" if numbers else "write the whole number in digits"
    )
    return ClaimError(f'"{raw}" is not how numbers are written in this language', mend)


def _meanings(raw: str, locale: str) -> list[str]:
    """What a number with strange signs may mean, as its language writes it.

    One sign of several kinds, or several times, parts thousands; the last of several
    kinds is a decimal sign. A dot or comma before three digits may be either.
    """
    signs = re.sub("[0-9]", "", raw)
    parts = re.split("[^0-9]", raw)
    decimal = get_decimal_symbol(babel_locale(locale))
    if not all(parts):
        return []
    threes = all(len(part) == 3 for part in parts[1:]) and len(parts[0]) < 4
    twos = all(len(part) == 2 for part in parts[1:-1]) and len(parts[-1]) == 3
    if len(signs) == 1 and signs in ".,":
        low = _grouped(parts[0], locale)
        low += f"{decimal}{parts[1]}".rstrip("0").rstrip(decimal)
        high = _grouped("".join(parts), locale)
        return [low, high] if threes and parts[0] != "0" else [low]
    if len(set(signs)) == 1 and (threes or twos):
        return [_grouped("".join(parts), locale)]
    if len(set(signs[:-1])) == 1 and signs[-1] in ".," and signs[-1] != signs[0]:
        if all(len(part) == 3 for part in parts[1:-1]):
            whole = _grouped("".join(parts[:-1]), locale)
            return [f"{whole}{decimal}{parts[-1]}".rstrip("0").rstrip(decimal)]
    return []


def as_written(raw: str, locale: str) -> str:
    """A number in our digits, with the signs that its language has."""
    try:
        _strict(raw, locale, None)
    except ClaimError:
        return (_meanings(raw, locale) or [raw])[-1]
    return raw


def _is_indian(locale: Locale) -> bool:
    """Whether the digits before the last three are parted in twos: 12,34,567."""
    return bool(locale.decimal_formats[None].grouping == (3, 2))


def _grouped(digits: str, locale: str) -> str:
    """A whole number as its language writes it."""
    group = get_group_symbol(babel_locale(locale)).translate(PLAIN)
    head, tail = digits[:-3], digits[-3:]
    if not head:
        return tail
    step = 2 if _is_indian(babel_locale(locale)) else 3
    parts = [head[max(end - step, 0) : end] for end in range(len(head), 0, -step)]
    return group.join([*reversed(parts), tail])


def _unit_at(words: str, end: int, table: Table) -> tuple[Unit | None, int]:
    """The unit that follows a number, the longest that fits, and where it ends."""
    rest = words[end:]
    gap = len(rest) - len(rest.lstrip(" -"))
    if gap > 1:
        gap = len(rest) - len(rest.lstrip(" "))
    if gap and begins_a_name(rest[gap:]):
        return None, end
    best: tuple[Unit | None, int] = (None, end)
    for unit in table.units:
        for form in unit.forms:
            piece, stop = rest[gap : gap + len(form)], gap + len(form)
            same = piece.casefold() == form.casefold()
            if len(form) == 1 and piece.upper() != form.upper():
                same = False
            if same and not rest[stop : stop + 1].isalnum() and end + stop > best[1]:
                best = (unit, end + stop)
    return best


def _written_in_words(words: str, table: Table) -> list[Number]:
    text = lower(words)
    for phrase in sorted(table.multipliers, key=len, reverse=True):
        for match in re.finditer(rf"(?<!\w){re.escape(phrase)}(?=[ -])", text):
            unit, end = _unit_at(words, match.end(), table)
            if unit is None or len(text[match.end() : end].strip(" -")) == 1:
                continue  # "a B student" is no billion
            value = table.multipliers[phrase] * unit.value
            for half in table.halves:
                if text[end:].startswith(f" {half}"):
                    value += Fraction(unit.value, 2)
                    end += len(half) + 1
            number = Number(
                start=match.start(),
                end=end,
                text=words[match.start() : end],
                value=value,
                digits=2,
                unit=unit,
                unit_text=unit.forms[0],
            )
            return [number, *_others(text, match.start(), end, table)]
    for phrase in sorted(table.numbers, key=len, reverse=True):
        found = re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", text)
        if found:
            start, end = found.span()
            value = Fraction(table.numbers[phrase])
            number = Number(
                start=start, end=end, text=words[start:end], value=value, digits=2
            )
            return [number, *_others(text, start, end, table)]
    return []


def lower(text: str) -> str:
    """Lower case of the same length, so that places stay places."""
    lower = text.lower()
    return lower if len(lower) == len(text) else text


def _others(text: str, start: int, end: int, table: Table) -> list[Number]:
    """A second number in words, behind the first or before it."""
    for rest in (text[end:], text[:start]):
        for phrase in table.numbers:
            if re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", rest):
                zero = Fraction(0)
                return [Number(start=0, end=0, text=phrase, value=zero, digits=1)]
    return []
