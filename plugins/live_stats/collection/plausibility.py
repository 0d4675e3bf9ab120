"""Implausible readings: they are held until confirmed, or accepted by the author."""

from datetime import timedelta

from ..model.errors import Mistake, Mistakes
from ..model.values import Observation
from ..storage.state import CollectionState, SeriesRecord

HOLD_FOR = timedelta(hours=1)
MAX_GROWTH = 20  # a reading more than so many times the last is held


def accepts(
    record: SeriesRecord,
    last: Observation | None,
    new: Observation,
    *,
    live: bool = False,
) -> bool:
    """Whether a reading is plausible; if not, it is held in `record`.

    Held: an all-time count that falls by more than half, and any reading over 20
    times the last (a last reading of 0 is no measure of what may follow). The same
    value again an hour later is accepted, or at once if the author has accepted it.
    A `live` number, such as the visitors of these minutes, may be anything.
    """
    confirmed = record.held == new.value and (
        record.accepted
        or (record.held_at is not None and new.observed_at - record.held_at >= HOLD_FOR)
    )
    if live or last is None or is_plausible(last, new) or confirmed:
        record.held = record.held_at = None
        record.accepted = False
        return True
    if record.held != new.value:
        record.held, record.held_at = new.value, new.observed_at
    return False


def is_plausible(last: Observation, new: Observation) -> bool:
    if last.value and new.value > last.value * MAX_GROWTH:
        return False
    return new.span is not None or new.value * 2 >= last.value


def accept_held(state: CollectionState, series: str) -> int:
    """Let the held reading of `series` pass at the next collection; the reading.

    It is fetched again: what is stored is always what the platform answered. Raises
    Mistakes where no reading of `series` is held.
    """
    held = {
        name: record.held
        for name, record in state.series.items()
        if record.held is not None
    }
    if series not in held:
        known = ", ".join(sorted(held)) or "none"
        mistake = Mistake(
            path=series, what="no reading of it is held", mend=f"held: {known}"
        )
        raise Mistakes([mistake])
    record = state.record(series)
    record.accepted, record.checked_at, record.retry_at = True, None, None
    return held[series]
