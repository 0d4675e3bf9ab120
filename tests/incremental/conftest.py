"""Blogs for these tests."""

import pytest

from pelican.plugins.incremental.build.session import BuildSession
from pelican.plugins.incremental.fingerprints.fingerprints import Fingerprints
from support.blog import Blog


@pytest.fixture
def blog(tmp_path):
    return Blog(tmp_path)


@pytest.fixture
def rendered(monkeypatch):
    """How many files each build has rendered."""
    counts, run = [], BuildSession.run

    def counted(self, usual):
        run(self, usual)
        counts.append(self.tree.rendered)

    monkeypatch.setattr(BuildSession, "run", counted)
    return counts


@pytest.fixture(autouse=True)
def strict(monkeypatch):
    """An error that nobody expected fails the test: it does not cost a render."""
    monkeypatch.setattr(Fingerprints, "strict", True)
