"""The command `accept`: lets a reading pass that was held as implausible."""

from contextlib import suppress
from datetime import datetime
from pathlib import Path

from ..collection.plausibility import accept_held
from ..i18n import phrases
from ..model.errors import Mistakes
from ..publishing.run import STATE_FILE, load_state
from ..references.catalogue import AddressError, from_series


def accept(data: Path, series: str, now: datetime) -> str:
    """Accept the held reading of `series`; the message that reports it."""
    state = load_state(data)
    if state.damaged:
        raise Mistakes([state.damaged])
    with suppress(AddressError, ValueError):
        series = from_series(series).series
    value = accept_held(state, series)
    state.save(data / STATE_FILE)
    number = phrases.format_number(value, "en")
    return (
        f"{series}: {number} will be stored if the "
        "next collection reads it again (make refresh)"
    )
