"""Digests of the values that a template reads."""
