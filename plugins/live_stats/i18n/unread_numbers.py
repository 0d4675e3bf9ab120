"""Numbers that are not read, by the name of what they are, and what to write instead.

Claims are read in the digits 0 to 9 and in the number words of a few languages. Digits,
numerals and fractions of other kinds are refused, for a number that is skipped would
stand beside one that is not the author's.
"""

import re
import unicodedata
from collections.abc import Callable
from fractions import Fraction

from .claim_context import ClaimError, tokens
from .locales.multipliers import ANYWHERE, COMPOUND, key

_ASCII_SIGNS = {
    ord("٬"): ",",
    ord("٫"): ".",
    ord("，"): ",",
    ord("．"): ".",
    ord("、"): ",",
}
_HAN_DIGITS = dict(
    zip("〇零一二三四五六七八九兩两", (0, *range(10), 2, 2), strict=True)
)
_HAN_POWERS = {
    "十": 10, "百": 100, "千": 1000, "万": 10**4, "萬": 10**4, "億": 10**8,
    "亿": 10**8, "兆": 10**12,
}  # fmt: skip
HAN_UNITS = _HAN_POWERS | {
    "십": 10, "백": 100, "천": 1000, "만": 10**4, "억": 10**8, "조": 10**12,
}  # fmt: skip
"""What multiplies a number in front of it, in Chinese, Japanese and Korean."""
_HAN = re.compile(f"[{''.join(_HAN_DIGITS)}{''.join(_HAN_POWERS)}]+")
_ROMAN = re.compile(r"M{0,4}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_ORDINAL = re.compile(
    r"(?<![\w.,])[0-9]+(?:st|nd|rd|th|er|re|ère|e|è|ème|eme|nde|te|ter|tes|ten"
    r"|º|ª|°|o|a)(?!\w)"
)
_ATTACHED = re.compile(r"(?<![\w.,])[0-9][0-9.,]*[^\W\d_]\w*")
DIGITS_ONLY = "write it in the digits 0 to 9"


def refuse_other_digits(text: str, written: Callable[[str], str]) -> None:
    """Raise ClaimError where a number is not in our digits, or has a fraction sign.

    `written` gives a number in our digits with the signs of the language.
    """
    if text.isascii():
        return
    for place, sign in enumerate(text):
        if sign <= "\x7f" or unicodedata.category(sign) not in ("Nd", "Nl", "No"):
            continue
        if sign in _HAN_DIGITS:
            continue
        if sign.isdecimal():
            raise _other_digits(text, place, written)
        if "<fraction>" in unicodedata.decomposition(sign):
            raise _fraction(text, place, written)
        raise _other_numeral(sign)


def _other_digits(text: str, place: int, written: Callable[[str], str]) -> ClaimError:
    """٢١٬٠٠٠ is written in Arabic-Indic digits."""
    end = place
    while end < len(text) and (text[end].isdecimal() or _parts(text, end)):
        end += 1
    raw = text[place:end]
    script = unicodedata.name(text[place]).partition(" DIGIT ")[0].title()
    script = "full-width" if script == "Fullwidth" else script
    ours = "".join(
        str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in raw
    ).translate(_ASCII_SIGNS)
    return ClaimError(
        f'"{raw}" is written in {script} digits, which are not read',
        f"{DIGITS_ONLY}: {written(ours)}",
    )


def _parts(text: str, place: int) -> bool:
    """Whether a sign parts the digits of one number."""
    behind = text[place + 1 : place + 2]
    return text[place] in "٬٫,.，．'" and behind.isdecimal()


def _fraction(text: str, place: int, written: Callable[[str], str]) -> ClaimError:
    """½ million, 1½ million."""
    whole = re.search("[0-9]* ?$", text[:place])
    before = whole[0].strip() if whole else ""
    value = Fraction(unicodedata.numeric(text[place])).limit_denominator(100)
    value += int(before or 0)
    exact = value.denominator in (2, 4, 5, 8, 10)
    number = written(f"{float(value):g}") if exact else "the whole number"
    return ClaimError(
        f'"{text[place]}" is a fraction, which is not read',
        f"{DIGITS_ONLY}: {number}" if exact else f"write {number} in digits",
    )


def _other_numeral(sign: str) -> ClaimError:
    """Ⅻ, ①, ²: numbers with a name, that are no digits."""
    name = unicodedata.name(sign, "").lower()
    words = ("roman numeral", "superscript", "subscript", "circled", "parenthesized")
    what = next((word for word in words if word in name), name or "a numeral")
    value = unicodedata.numeric(sign, 0.0)
    mend = f"{DIGITS_ONLY}: {int(value)}" if what == "roman numeral" else "delete it"
    if what not in words:
        mend = DIGITS_ONLY
    return ClaimError(f'"{sign}" is not read as a number ({what})', mend)


def why_no_number(text: str) -> ClaimError:
    """The reason why no number was found in a claim, as far as it can be told."""
    what, mend = _what_is_there(text)
    none = "there is no number in it"
    return ClaimError(f"{none}: {what}" if what else none, mend)


def _what_is_there(text: str) -> tuple[str, str]:
    """What stands there in place of a number, and what to write; empty if nothing."""
    if match := _ORDINAL.search(text):
        return (f'"{match[0]}" says which one, not how many', "write the number alone")
    if match := _HAN.search(text):
        value = _han_value(match[0])
        return (
            f'"{match[0]}" is written in Chinese numerals, which are not read',
            f"{DIGITS_ONLY}: {value}" if value else DIGITS_ONLY,
        )
    for word, _ in tokens(text):
        if len(word) > 1 and _ROMAN.fullmatch(word):
            return (
                f'"{word}" is a Roman numeral, which is not read',
                f"{DIGITS_ONLY}: {_roman_value(word)}",
            )
    for word, _ in tokens(text):
        if key(word) in ANYWHERE or COMPOUND.fullmatch(key(word)):
            return (f'"{word}" is not read as a number in this language', DIGITS_ONLY)
    if match := _ATTACHED.search(text):
        return (
            f'"{match[0]}" is not read as a number',
            "write a space between the number and the word, or the number alone",
        )
    return "", ""


def _han_value(text: str) -> int:
    """三万 is 30,000; 0 for what is no whole numeral."""
    if set(text) <= set(_HAN_DIGITS):
        return int("".join(str(_HAN_DIGITS[sign]) for sign in text))
    total = section = digit = 0
    for sign in text:
        if sign in _HAN_DIGITS:
            digit = _HAN_DIGITS[sign]
        elif _HAN_POWERS[sign] < 10**4:
            section += (digit or 1) * _HAN_POWERS[sign]
            digit = 0
        else:
            total += (section + digit or 1) * _HAN_POWERS[sign]
            section = digit = 0
    return total + section + digit


def _roman_value(word: str) -> int:
    values = [_ROMAN_VALUES[sign] for sign in word]
    behind = [*values[1:], 0]
    return sum(
        -one if one < next_ else one for one, next_ in zip(values, behind, strict=True)
    )
