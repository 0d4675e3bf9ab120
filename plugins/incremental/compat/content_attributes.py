"""Attributes that plugins give to all posts and pages.

Checked with Pelican 4.11 and 4.12. Pelican has no place where a plugin could say how an
attribute of a post is found when somebody reads it; assigning it to each post would
cost the time that incremental builds save.
"""

from typing import Any

from pelican.contents import Content


def add_content_attribute(name: str, descriptor: Any) -> None:
    """Give Pelican's class `Content` an attribute; again is the same as once."""
    setattr(Content, name, descriptor)
