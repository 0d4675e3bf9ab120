"""Values of which it is not known what they decide."""

MISSING = b"\0missing"
"""The digest of an attribute or an item that there is not."""


class UnknownValue(Exception):
    """A value cannot be digested: its file is rendered every time. Says why."""
