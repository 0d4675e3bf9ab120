"""Readings that look wrong are held until they are said again, or accepted by hand."""

from datetime import timedelta

from ..model.values import Observation
from ..storage.state import SeriesRecord

HOLD_FOR = timedelta(hours=1)
TOO_OFTEN = 20  # a reading more than so many times the last is held


def accepts(
    asked: SeriesRecord,
    last: Observation | None,
    new: Observation,
    *,
    live: bool = False,
) -> bool:
    """Whether a reading is plausible; if not, it is held in `asked`.

    Held: an all-time count that falls by more than half, and any reading over 20
    times the last (a last reading of 0 says nothing about what may follow). The same
    value again an hour later is accepted, or at once if the author has accepted it.
    A `live` number, such as the visitors of these minutes, may be anything.
    """
    again = asked.held == new.value and (
        asked.accepted
        or (asked.held_at is not None and new.observed_at - asked.held_at >= HOLD_FOR)
    )
    if live or last is None or plausible(last, new) or again:
        asked.held = asked.held_at = None
        asked.accepted = False
        return True
    if asked.held != new.value:
        asked.held, asked.held_at = new.value, new.observed_at
    return False


def plausible(last: Observation, new: Observation) -> bool:
    if last.value and new.value > last.value * TOO_OFTEN:
        return False
    return new.span is not None or new.value * 2 >= last.value
