"""Where things lie in the repository."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
THEME = ROOT / "theme"
FIXTURES = ROOT / "tests/fixtures"
THIRD_PARTY = ROOT / "tests/incremental/third_party"
"""Plugins of others, which tests put on Python's path."""
