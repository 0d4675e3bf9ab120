"""Keeps the plugins of one build out of the next one in the same process."""

from collections.abc import Iterator
from contextlib import contextmanager

from blinker import Signal

from pelican.plugins.incremental import signals


@contextmanager
def unplugged_plugins() -> Iterator[None]:
    """Whatever connects to a signal of Pelican, or of `incremental`, is let go."""
    kept = []
    for signal in (*vars(signals.pelican).values(), *vars(signals).values()):
        if isinstance(signal, Signal):
            by_sender = {key: set(ids) for key, ids in signal._by_sender.items()}
            kept.append((signal, dict(signal.receivers), by_sender))
    try:
        yield
    finally:
        for signal, receivers, by_sender in kept:
            signal.receivers.clear()
            signal.receivers.update(receivers)
            for key in list(signal._by_sender):
                signal._by_sender[key] = by_sender.get(key, set())
