"""Render what changed, and put it in place all at once."""
