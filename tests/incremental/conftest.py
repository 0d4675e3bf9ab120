"""Blogs for these tests."""

from collections.abc import Sequence

import pytest

from pelican.plugins.incremental import signals
from pelican.plugins.incremental.fingerprints.fingerprints import Fingerprints
from support.blog import Blog


@pytest.fixture
def blog(tmp_path):
    return Blog(tmp_path)


@pytest.fixture
def reports():
    """What each build did that has ended, the first one first."""
    found = []

    def after_commit(tree, report):
        found.append(report)

    with signals.after_commit.connected_to(after_commit):
        yield found


@pytest.fixture
def rendered(reports):
    """How many files each build has rendered."""
    return RenderedCounts(reports)


@pytest.fixture(autouse=True)
def strict(monkeypatch):
    """An error that nobody expected fails the test: it does not cost a render."""
    monkeypatch.setattr(Fingerprints, "strict", True)


class RenderedCounts(Sequence):
    def __init__(self, reports):
        self.reports = reports

    def __getitem__(self, place):
        counts = [len(report.rendered) for report in self.reports]
        return counts[place]

    def __len__(self):
        return len(self.reports)
