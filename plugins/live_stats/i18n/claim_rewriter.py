"""A claim in its author's wording: rewritten so that it is true, or contradicted."""

from decimal import Decimal

from ..model.ranges import NEAR, Range
from ..model.values import Bound, Claim, Exactness
from .claim_parser import ParsedClaim, parse_claim
from .locales import Unit, table_of
from .number_format import ceiled, floored, format_digits, quotient, rounded


def rewrite_claim(text: str, locale: str, value: int, exactness: Exactness) -> str:
    """The claim `text` with a number that makes it true of `value`.

    Unit and significant digits follow the reading. A plain claim becomes the exact
    number; a reading that is a lower bound only says "at least"; an estimate only
    "about"; where no true wording exists, the number stands alone.
    """
    claim = parse_claim(text, locale)
    words = table_of(locale)
    digits = max(2, claim.digits)
    if exactness is Exactness.AT_LEAST:
        plain = claim.bound is Bound.EXACTLY
        low = value if plain else floored(value, digits)
        return _again(claim, words.at_least, low, locale, unit=not plain)
    if exactness is not Exactness.EXACT:
        qualifier = claim.qualifier if claim.bound is Bound.ABOUT else words.about
        behind = claim.behind if claim.bound is Bound.ABOUT else ""
        if behind:
            qualifier = ""
        plain = claim.bound is Bound.EXACTLY
        number = value if plain else rounded(value, digits)
        return _again(claim, qualifier, number, locale, unit=not plain, behind=behind)
    if claim.bound is Bound.EXACTLY:
        return _again(claim, "", value, locale, unit=False)
    near = _true_number(claim, value, digits)
    if near is None:
        return _again(claim, "", value, locale, unit=False)
    return _again(claim, _canonical(claim, locale), near, locale, behind=claim.behind)


def _true_number(claim: ParsedClaim, value: int, digits: int) -> int | None:
    """The number that makes the claim's qualifier true of `value`, if there is one."""
    for precision in range(digits, max(digits, len(str(value))) + 2):
        near = _candidate(claim.bound, value, precision)
        if near is None or not claim.close:
            return near
        if abs(near - value) * NEAR <= value:
            return near
    return None


def _candidate(bound: Bound, value: int, digits: int) -> int | None:
    if not value:
        return None  # "at least 0" and "about 0" are true, and say nothing
    match bound:
        case Bound.OVER:
            return floored(value - 1, digits) if value > 1 else None
        case Bound.AT_LEAST:
            return floored(value, digits)
        case Bound.UNDER:
            return ceiled(value + 1, digits)
        case Bound.AT_MOST:
            return ceiled(value, digits)
        case _:
            return rounded(value, digits)


def _canonical(claim: ParsedClaim, locale: str) -> str:
    """The qualifier as it stands before digits: "près d'" becomes "près de"."""
    written = claim.qualifier
    for qualifier in table_of(locale).qualifiers:
        plain = written.lower().replace("’", "'")
        if plain in qualifier.forms and plain.endswith("'"):
            return written[:1] + qualifier.forms[0][1:]
    return written


def _again(
    claim: ParsedClaim,
    qualifier: str,
    value: int,
    locale: str,
    *,
    unit: bool = True,
    behind: str = "",
) -> str:
    opening = claim.qualifier or claim.number
    if qualifier and not claim.before.strip() and opening[:1].isupper():
        qualifier = qualifier[:1].upper() + qualifier[1:]
    front = f"{qualifier} " if qualifier else ""
    count = (
        _with_unit(claim, value, locale)
        if unit
        else format_digits(Decimal(value), locale)
    )
    return f"{claim.before}{front}{count}{behind}{claim.after}"


def _with_unit(claim: ParsedClaim, value: int, locale: str) -> str:
    """The number with the unit that fits it, in the style that the claim wrote."""
    if claim.unit is None or not claim.unit.style:
        return format_digits(Decimal(value), locale)
    styles = {claim.unit.style}
    styles |= {"k": {"short"}, "thousand": {"word"}}.get(claim.unit.style, set())
    fitting = [
        unit
        for unit in table_of(locale).units
        if unit.style in styles and unit.value <= value
    ]
    if not fitting:
        return format_digits(Decimal(value), locale)
    unit = max(fitting, key=lambda one: one.value)
    mantissa = quotient(value, unit.value)
    return f"{format_digits(mantissa, locale)}{claim.gap}{_form(claim, unit, mantissa)}"


def _form(claim: ParsedClaim, unit: Unit, mantissa: Decimal) -> str:
    if unit is claim.unit and not unit.plural:
        return claim.unit_text
    many = unit.plural and (mantissa >= 2 or (mantissa != 1 and unit.plural_fractions))
    form = unit.plural if many else unit.forms[0]
    return (
        form.upper()
        if len(claim.unit_text) == 1 and claim.unit_text.isupper()
        else form
    )


def contradicts(
    claim: Claim | ParsedClaim, value: int, exactness: Exactness = Exactness.EXACT
) -> bool:
    """Whether a reading contradicts a claim about the same measure.

    "nearly 20,000" is contradicted by 24,318, and "over 21,000" by 20,000. A bare
    number is not: it was so on its day. "About", and words that promise that the number
    is near (known of a ParsedClaim alone), may be off by a tenth; so may a bound where
    the reading is an estimate. A reading that is a lower bound contradicts only what
    says that there are fewer.
    """
    true, number = Range.of_reading(value, exactness), claim.value
    match claim.bound:
        case Bound.OVER:
            untrue = true.high is not None and true.high <= number
        case Bound.AT_LEAST:
            untrue = true.high is not None and true.high < number
        case Bound.UNDER:
            untrue = true.low >= number
        case Bound.AT_MOST:
            untrue = true.low > number
        case Bound.ABOUT:
            untrue = _is_far(true, number)
        case _:
            untrue = False
    if isinstance(claim, ParsedClaim) and claim.close:
        untrue = untrue or _is_far(true, number)
    return untrue


def _is_far(true: Range, number: int) -> bool:
    """Whether every value of a range is off a number by more than a tenth of it."""
    above = (true.low - number) * NEAR > number
    below = true.high is not None and (number - true.high) * NEAR > number
    return above or below
