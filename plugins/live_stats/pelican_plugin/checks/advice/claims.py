"""Whether a reading contradicts what an author wrote."""

from ....i18n import claim_rewriter
from ....model.values import Claim, Observation


def contradicts(claim: Claim, latest: Observation) -> bool:
    """Whether the latest reading makes the words of a claim untrue today.

    Readings of a span of days are of other days than the claim, so these never
    contradict it; nor does one that was made before the day of the claim.
    """
    if latest.span is not None or latest.observed_at.date() < claim.as_of:
        return False
    return claim_rewriter.contradicts(claim, latest.value, latest.exactness)
