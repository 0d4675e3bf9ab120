"""What stands around the number of a claim, and would make it another number.

An ordinary word behind a number stays text: over 400 "posts". A word that multiplies,
compares or makes a share would stay as well, beside a number that is not the author's.
So what the language's table does not understand is refused, in whatever language.
"""

import re
import unicodedata
from collections.abc import Collection
from itertools import groupby

from .locales.multipliers import (
    ANYWHERE,
    ATTACHED,
    BEFORE,
    BEHIND,
    COMPARED,
    COMPOUND,
    CURRENCIES,
    CURRENCY_CODES,
    FOLD,
    HUNDRED,
    JOINED,
    LIMITS_BEFORE,
    NUMBERED,
    PARTED,
    PARTS,
    PER,
    PERCENT,
    SHARES,
    SIGNS,
    TIMES,
    YEARS,
    key,
)

Token = tuple[str, str]  # a word, and the signs before it
_SIGNS = "<>≤≥≈≅~±+#№§@"


class ClaimError(ValueError):
    """Why no claim can be read, in plain words, and what to write instead."""

    def __init__(self, what: str, mend: str = "") -> None:
        super().__init__(f"{what}; {mend}" if mend else what)
        self.what, self.mend = what, mend


def tokens(text: str) -> list[Token]:
    """The words of a text. Letters may carry marks: हज़ार is one word."""
    found, gap = [], ""
    for is_word, signs in groupby(text, _is_in_word):
        piece = "".join(signs)
        if is_word:
            found.append((piece, gap))
        gap = "" if is_word else piece
    return found


def _is_in_word(sign: str) -> bool:
    category = unicodedata.category(sign)
    return category[0] in "LMN" or category == "Cf"


def multiplies(word: str) -> bool:
    """Whether a word right behind a number multiplies it, in any language."""
    name = key(word)
    return name in ANYWHERE or name in BEHIND or word.startswith(SIGNS)


def refuse(
    before: str, after: str, numbers: Collection[str], units: Collection[str]
) -> None:
    """Raise ClaimError if something around a number changes it.

    `numbers` are the number words of the language, `units` those that may stand behind
    a number.
    """
    front, back = tokens(before), tokens(after)
    if PERCENT & {*before, *after} or _share(back):
        raise ClaimError(
            "this is a share, in percent or the like, not a count",
            "write how many, or leave it as plain text without a link",
        )
    _refuse_neighbours(front, back, before, after)
    if word := _multiplying(front, back):
        raise ClaimError(
            f'"{word}" multiplies, and is not understood there',
            "write the whole number in digits, or with a unit right behind it "
            f"({', '.join(units)}); other words go outside the brackets",
        )
    if word := _part(front, back):
        raise ClaimError(
            f'"{word}" makes another number of it', "write the number that is meant"
        )
    if word := _compared(before, after, back):
        raise ClaimError(
            f'"{word}" says how many times as much, not how many',
            "write the number that is meant",
        )
    if word := _second(front, back, numbers):
        raise ClaimError(f'there are two numbers in it, one of them "{word}"')
    sign = before.rstrip()[-1:]
    if sign and sign in _SIGNS:
        raise ClaimError(
            f'"{sign}" is not understood', 'write it in words: "over", "about", …'
        )


def refuse_date(before: str, raw: str, after: str, months: Collection[str]) -> None:
    """Raise ClaimError if the digits `raw` are those of a year or a day."""
    front, back = tokens(before)[-1:], tokens(after)[:2]
    back = back[1:] if back and key(back[0][0]) == "de" else back[:1]  # 17 de octubre
    year = re.fullmatch("1[0-9]{3}|20[0-9]{2}", raw)
    neighbours = [word for word, _ in (*front, *back)]
    day = re.fullmatch("[12]?[0-9]|3[01]", raw) and any(
        word in months for word in neighbours
    )
    before_year = front and (key(front[0][0]) in YEARS or front[0][0] in months)
    if day or (year and before_year):
        raise ClaimError(
            f'"{raw}" is part of a date, not a count',
            "write the figure alone between the brackets",
        )


def _refuse_neighbours(
    front: list[Token], back: list[Token], before: str, after: str
) -> None:
    """Raise ClaimError for money, for numbers of things, and for East Asian units."""
    near = [word for word, _ in (*front[-1:], *back[:1])]
    if any(word in CURRENCY_CODES or key(word) in CURRENCIES for word in near):
        raise ClaimError(
            "this is a sum of money, not a count",
            "leave it as plain text without a link",
        )
    if front and key(front[-1][0]) in NUMBERED:
        raise ClaimError(
            f'"{front[-1][0]}" makes it the number of something, not a count',
            "write the figure alone between the brackets",
        )
    if before.endswith(LIMITS_BEFORE):
        raise ClaimError(
            f'"{before[-1]}" before the number limits it, and is not understood',
            "write the figure alone between the brackets",
        )
    for sign, what in ATTACHED.items():
        if after.startswith(sign):
            raise ClaimError(
                f'"{sign}" behind the number makes it {what}',
                "write the figure alone between the brackets",
            )


def _share(back: list[Token]) -> bool:
    names = [key(word) for word, _ in back[:2]]
    if names and names[0] in SHARES:
        return True
    return len(names) == 2 and names[0] in PER and names[1] in HUNDRED


def _multiplying(front: list[Token], back: list[Token]) -> str:
    """The word that multiplies: anywhere if it can do nothing else, else right behind.

    A name with its sign, such as #million, is no word of the sentence.
    """
    behind = back
    while behind and key(behind[0][0]) in JOINED | COMPARED:  # 5 or more k
        behind = behind[1:]
    for some in (back, behind):
        named = some and (_is_name(some[0]) or begins_a_name(_text(some[:2])))
        if some and multiplies(some[0][0]) and not named:
            return some[0][0]
    for token in (*front, *back):
        name = key(token[0])
        multiplier = name in ANYWHERE or COMPOUND.fullmatch(name)
        if multiplier and not _is_name(token):
            return token[0]
    return ""


def _is_name(token: Token) -> bool:
    return token[1].endswith(("#", "@"))


def _text(some: list[Token]) -> str:
    return "".join(f"{gap}{word}" if n else word for n, (word, gap) in enumerate(some))


def begins_a_name(text: str) -> bool:
    """Whether a letter is no unit but a part of a word: K-pop, T-shirts, M&Ms."""
    return re.match(r"[^\W\d_][-'&][^\W\d_]", text) is not None


def _part(front: list[Token], back: list[Token]) -> str:
    """ "half of the" before it, "tenths" or "and a half" behind."""
    names = [word for word, _ in front]
    while names and key(names[-1]) in PARTED:
        names.pop()
    if names and key(names[-1]) in BEFORE:
        return names[-1]
    if back and key(back[0][0]) in PARTS:
        return back[0][0]
    if back and key(back[0][0]) in JOINED:
        return next((word for word, _ in back[1:3] if key(word) in BEFORE), "")
    return ""


def _compared(before: str, after: str, back: list[Token]) -> str:
    for sign in "×÷":
        if before.rstrip().endswith(sign) or after.lstrip().startswith(sign):
            return sign
    words = [word for word, _ in back[:2]]
    names = [key(word) for word in words]
    if names and (words[0] == "x" or names[0] in FOLD):
        return words[0]
    if len(names) == 2 and names[0] in TIMES and names[1] in COMPARED:
        return " ".join(words)
    return ""


def _second(front: list[Token], back: list[Token], numbers: Collection[str]) -> str:
    """A number word beside the number, or at the other end of a range with it."""
    for side in (front[::-1], back):
        words = [word for word, _ in side[:3]]
        if {key(word) for word in words[:2]} == {"out", "of"}:
            words = words[2:]
        elif words and key(words[0]) in JOINED | TIMES:
            words = words[1:]
        if words and words[0].lower() in numbers:
            return words[0]
    return ""
