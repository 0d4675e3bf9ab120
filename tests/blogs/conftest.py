"""Blogs for these tests, and Pelican's signals as they were after each."""

import pytest
from pelican import signals

from blogs.blog import Blog


@pytest.fixture
def blog(tmp_path):
    return Blog(tmp_path)


@pytest.fixture(autouse=True)
def unplugged():
    """A plugin of one test listens in no other."""
    kept = {}
    for name, signal in vars(signals).items():
        if hasattr(signal, "receivers"):
            by_sender = {key: set(ids) for key, ids in signal._by_sender.items()}
            kept[name] = (dict(signal.receivers), by_sender)
    yield
    for name, (receivers, by_sender) in kept.items():
        signal = getattr(signals, name)
        signal.receivers.clear()
        signal.receivers.update(receivers)
        for key in list(signal._by_sender):
            signal._by_sender[key] = by_sender.get(key, set())
