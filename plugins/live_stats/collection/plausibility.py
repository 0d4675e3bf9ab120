"""Implausible readings: they are held until confirmed, or accepted by the author."""

from datetime import datetime, timedelta

from ..model.errors import Mistake, Mistakes
from ..model.values import Observation
from ..storage.journal_lines import Kind
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
    A `live` number, such as the visitors of these minutes, may be anything. What the
    author has rejected is not held again: it is left out.
    """
    if last and record.held_at and last.observed_at > record.held_at:
        if not record.accepted:
            # Another machine has stored a plausible one since: its hour begins anew.
            record.held = record.held_at = None
    confirmed = record.held == new.value and (
        record.accepted
        or (record.held_at is not None and new.observed_at - record.held_at >= HOLD_FOR)
    )
    if live or last is None or is_plausible(last, new) or confirmed:
        record.held = record.held_at = None
        record.accepted = False
        return True
    if record.held != new.value and new.value not in record.rejected:
        record.held, record.held_at = new.value, new.observed_at
        record.accepted = False
    return False


def is_plausible(last: Observation, new: Observation) -> bool:
    if last.value and new.value > last.value * MAX_GROWTH:
        return False
    return new.span is not None or new.value * 2 >= last.value


def decide(state: CollectionState, kind: Kind, series: str, now: datetime) -> int:
    """Accept or reject the held reading of `series`; the reading.

    An accepted one is fetched again by the next collection: what is stored is always
    what the platform answered. A rejected one may be accepted after all. Raises
    Mistakes where there is no such reading of `series`.
    """
    held = {
        name: record.held
        for name, record in state.series.items()
        if record.held is not None
    }
    value = held.get(series)
    if value is None and kind is Kind.ACCEPTED and series in state.series:
        value = state.series[series].last_rejected
    if value is None:
        known = ", ".join(sorted(held)) or "none"
        mistake = Mistake(
            path=series, what="no reading of it is held", mend=f"held: {known}"
        )
        raise Mistakes([mistake])
    state.note(kind, series, value, now)
    return value
