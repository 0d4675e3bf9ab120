"""Blogs for these tests."""

import pytest

from blogs.blog import Blog


@pytest.fixture
def blog(tmp_path):
    return Blog(tmp_path)
