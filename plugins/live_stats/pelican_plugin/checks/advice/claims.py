"""Whether a reading contradicts what an author wrote."""

from ....model.values import Bound, Claim, Exactness, Observation

_UPPER = {Bound.UNDER, Bound.AT_MOST}


def contradicts(claim: Claim, latest: Observation) -> bool:
    """Whether the latest reading makes the words of a claim untrue today.

    Only "over", "nearly" and their kin can be contradicted: a bare number is dated, and
    "about" is a matter of taste. A reading that is at least, rounded or estimated says
    nothing where the true number may lie on the other side. Readings of a span of days
    are of other days than the claim, so these never contradict it.
    """
    if latest.span is not None or latest.observed_at.date() < claim.as_of:
        return False
    exact = latest.exactness is Exactness.EXACT
    if claim.bound in _UPPER:
        known = exact or latest.exactness is Exactness.AT_LEAST
        limit = claim.value + (claim.bound is Bound.AT_MOST)
        return known and latest.value >= limit
    if claim.bound is Bound.OVER:
        return exact and latest.value <= claim.value
    if claim.bound is Bound.AT_LEAST:
        return exact and latest.value < claim.value
    return False
