"""The author's word on a reading that was held because it looked implausible."""

from datetime import datetime
from pathlib import Path

from ..i18n import phrases
from ..model.errors import Mistake, Mistakes
from ..publishing.run import STATE_FILE, load_state
from ..references.catalogue import AddressError, from_series


def accept(data: Path, series: str, now: datetime) -> str:
    """Let the held reading of `series` pass at the next collection; says what happens.

    The reading itself is asked again: what is stored is always what the platform said.
    """
    state = load_state(data)
    if state.damaged:
        raise Mistakes([state.damaged])
    held = {name for name, asked in state.series.items() if asked.held is not None}
    try:
        series = from_series(series).series
    except (AddressError, ValueError):
        pass
    if series not in held:
        known = ", ".join(sorted(held)) or "none"
        raise Mistakes(
            [
                Mistake(
                    path=series, what="no reading of it is held", mend=f"held: {known}"
                )
            ]
        )
    asked = state.asked(series)
    asked.accepted, asked.checked_at, asked.retry_at = True, None, None
    state.save(data / STATE_FILE)
    number = phrases.format_number(asked.held or 0, "en")
    return (
        f"{series}: {number} will be stored if the "
        "next collection reads it again (make refresh)"
    )
