"""Whether a later reading makes a claim untrue, as far as that can be known."""

from ..model.values import Bound, Claim, Exactness
from .claim_parser import ParsedClaim
from .claim_rewriter import NEAR


def contradicts(
    claim: Claim | ParsedClaim, value: int, exactness: Exactness = Exactness.EXACT
) -> bool:
    """Whether a reading contradicts a claim about the same measure.

    "nearly 20,000" is contradicted by 24,318, and "over 21,000" by 20,000. A bare
    number is not: it was so on its day. "About", and words that promise that the number
    is near (known of a ParsedClaim alone), may be off by a tenth; so may a bound where
    the reading is no exact number. A reading that is a lower bound contradicts only
    what says that there are fewer.
    """
    low = high = value  # the true value is between the two
    if exactness in (Exactness.ESTIMATE, Exactness.ROUNDED):
        low, high = value - value // NEAR, value + value // NEAR
    at_least = exactness is Exactness.AT_LEAST
    number = claim.value
    match claim.bound:
        case Bound.OVER:
            untrue = not at_least and high <= number
        case Bound.AT_LEAST:
            untrue = not at_least and high < number
        case Bound.UNDER:
            untrue = low >= number
        case Bound.AT_MOST:
            untrue = low > number
        case Bound.ABOUT:
            untrue = _is_far(low, high, number, at_least=at_least)
        case _:
            untrue = False
    if isinstance(claim, ParsedClaim) and claim.close:
        untrue = untrue or _is_far(low, high, number, at_least=at_least)
    return untrue


def _is_far(low: int, high: int, number: int, *, at_least: bool) -> bool:
    """Whether every value between two is off a number by more than a tenth of it."""
    above = (low - number) * NEAR > number
    below = (number - high) * NEAR > number
    return above or (below and not at_least)
