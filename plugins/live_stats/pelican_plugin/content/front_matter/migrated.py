"""Reads keys of Jekyll, Hugo, Eleventy and WordPress exports as those that we have.

Only in YAML: Pelican's own form is nobody else's. Where a post has our key as well, it
is the one that counts.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from .blocks import OTHER_NAMES, Field


def as_ours(fields: list[Field]) -> list[Field]:
    """The fields under our names; those that say nothing here are left out."""
    names = {one.name for one in fields}
    found: list[Field] = []
    for one in fields:
        name = OTHER_NAMES.get(one.name, "")
        if not name or (one.name == "url" and "save_as" in names):
            found.append(_with_name_of_author(one))
        elif name == "alias":
            found += _old_addresses(one)
        elif one.name == "categories":
            found += _categories(one, names)
        elif name == "date" and name in names:
            found.append(one)  # it is compared with the other
        elif name not in names and _texts(one.value):
            found.append(replace(one, name=name))
            names.add(name)
    return list(_joined(found))


def _with_name_of_author(one: Field) -> Field:
    """An author with more than a name, as Hugo has them: `name: Ada`, `email: …`."""
    if one.name not in ("author", "authors"):
        return one
    items = one.value if isinstance(one.value, list) else [one.value]
    named = [
        item["name"] if isinstance(item, dict) and item.get("name") else item
        for item in items
    ]
    return replace(one, value=named if isinstance(one.value, list) else named[0])


def _old_addresses(one: Field) -> Iterator[Field]:
    """The addresses in it; none in a pattern (`/:year/:title/`) or a style (`pretty`).

    `aliases` may be without the first `/`, for they are nothing else.
    """
    found = [
        text
        for text in _texts(one.value)
        if one.name == "aliases" or text.startswith("/")
        if not any(sign in text for sign in ":{")
    ]
    if found:
        yield replace(one, name="alias", value=found)
    if one.name in ("permalink", "url"):
        yield replace(one, name="permalink")  # it may be the post's own address


def _categories(one: Field, names: set[str]) -> Iterator[Field]:
    """A post has one category here: the first. The others are tags."""
    value = one.value if isinstance(one.value, list) else [one.value]
    # Hugo and Jekyll know categories within categories: [[Programming, Python]].
    parts = (part if isinstance(part, list) else [part] for part in value)
    texts = _texts([word for part in parts for word in part])
    if "category" not in names and texts:
        yield replace(one, name="category", value=texts.pop(0))
    if texts:
        yield replace(one, name="tags", value=texts)


def _joined(fields: list[Field]) -> Iterator[Field]:
    """The fields, with all that were found for aliases and tags in the first of each.

    A key that is written twice stays so: that is a mistake.
    """
    first: dict[str, Field] = {}
    for one in fields:
        known = first.get(one.name)
        if known is None or known.key.lower() == one.key.lower():
            first.setdefault(one.name, one)
            continue
        if one.name in ("alias", "tags"):
            both = [*_words(known), *_words(one)]
            # Those that differ in their capitals alone are one: as first written.
            both = list({word.casefold(): word for word in reversed(both)}.values())
            first[one.name] = replace(known, value=both[::-1])
    given: set[str] = set()
    for one in fields:
        known = first[one.name]
        if one.name not in given:
            given.add(one.name)
            yield known
        elif known.key.lower() == one.key.lower():
            yield one


def _words(one: Field) -> list[str]:
    """The words of a list, which may be a text with commas."""
    if isinstance(one.value, list):
        return _texts(one.value)
    return [word.strip() for word in str(one.value).split(",") if word.strip()]


def _texts(value: Any) -> list[str]:
    items = value if isinstance(value, list) else [value]
    if any(isinstance(item, list | dict) for item in items):
        return []
    return [str(one).strip() for one in items if one is not None and str(one).strip()]
