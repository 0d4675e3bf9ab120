"""Blogs for these tests."""

import pytest

from pelican.plugins.incremental.build.session import BuildSession
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
