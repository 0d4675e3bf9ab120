"""Whole numbers, rounded the way that keeps a sentence true, and set in digits.

Babel only sets the digits: fed unrounded numbers it would round them its own way.
"""

from decimal import Decimal, localcontext

from babel.numbers import format_decimal
from babel.numbers import format_percent as babel_percent

from .number_parsing import babel_locale


def _step(value: int, digits: int) -> int:
    return int(10 ** max(len(str(value)) - digits, 0))


def floored(value: int, digits: int) -> int:
    step = _step(value, digits)
    return value // step * step


def ceiled(value: int, digits: int) -> int:
    step = _step(value, digits)
    return -(-value // step) * step


def rounded(value: int, digits: int) -> int:
    step = _step(value, digits)
    return (2 * value + step) // (2 * step) * step


def quotient(value: int, size: int) -> Decimal:
    return Decimal(value) / size  # a power of ten: the quotient is finite


def format_digits(value: Decimal, locale: str) -> str:
    """All digits of `value`, grouped by the rules of the language."""
    exponent = value.normalize().as_tuple().exponent
    places = max(-exponent, 0) if isinstance(exponent, int) else 0
    # As many places as there are, and no more: Babel quantises to them.
    shape = f"#,##0.{'#' * places}" if places else "#,##0"
    with localcontext(prec=60):
        return str(format_decimal(value, format=shape, locale=babel_locale(locale)))


def format_number(value: int, locale: str) -> str:
    """All digits of a whole number, grouped: 24,318 · 24.318 · 24 318."""
    return format_digits(Decimal(value), locale)


def format_percent(whole: int, locale: str) -> str:
    """A whole percentage, which no line ends in: 41% · 41 %."""
    text = str(babel_percent(Decimal(whole) / 100, locale=babel_locale(locale)))
    return text.replace(" ", "\xa0")
