"""Blogs for these tests."""

import pytest

from blogs.blog import Blog
from incremental.session import Session


@pytest.fixture
def blog(tmp_path):
    return Blog(tmp_path)


@pytest.fixture
def rendered(monkeypatch):
    """How many files each build has rendered."""
    counts, run = [], Session.run

    def counted(self, usual):
        run(self, usual)
        counts.append(self.tree.rendered)

    monkeypatch.setattr(Session, "run", counted)
    return counts
