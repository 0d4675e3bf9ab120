"""The keys of a front matter that are known, and which one was probably meant.

Any other key is the author's own: templates can read it. So a key is only taken for a
slip where it is one sign away from a known one.
"""

from collections.abc import Container

from ....model.suggestions import distance

KNOWN = (
    *("Title", "Date", "Modified", "Tags", "Keywords", "Category", "Slug"),
    *("Author", "Authors", "Summary", "Lang", "Translation", "Template", "Status"),
    *("Save_as", "Url", "Timezone", "Date_format"),
    *("Hashtags", "Figure", "Menu", "Alias"),
)
"""What Pelican, this plugin and the theme read."""

NAMES = {name.lower(): name for name in KNOWN}

_LIKELY = (
    *("title", "date", "modified", "tags", "category", "slug", "author", "authors"),
    *("summary", "lang", "template", "status", "save_as"),
    *("hashtags", "figure", "menu", "alias"),
)
"""What a slip may have meant: what authors write often, and what acts when written."""

_LONG = ("modified", "category", "summary", "template", "hashtags")
"""Long enough that two wrong signs are still a slip."""

_OTHER_NAMES = {
    "categories": "category",
    "language": "lang",
    "aliases": "alias",
    "lastmod": "modified",
    "excerpt": "summary",
    "permalink": "alias",
}
"""What other generators call the same."""

OF_PELICAN = frozenset(
    {"content", "settings", "source_path", "relative_source_path", "translations"}
    | {"metadata", "url_format", "in_default_lang", "locale_date", "locale_modified"}
    | {"relative_dir", "is_valid", "get_content", "get_summary", "filename", "refers"}
    | {"get_url_setting", "get_siteurl", "get_static_links", "get_relative_source_path"}
    | {"refresh_metadata_intersite_links", "mandatory_properties", "allowed_statuses"}
    | {"default_status", "default_template", "reader", "path"}
)
"""Attributes of Pelican's posts: a key of this name would take their place."""


def meant(name: str, present: Container[str]) -> str:
    """The known key that an unknown one was probably meant to be; empty if none.

    `name` is in lower case. `present` are the keys of the same front matter.
    """
    if name in _OTHER_NAMES:
        return NAMES[_OTHER_NAMES[name]]
    bare = _bare(name)
    for known in _LIKELY:
        if bare == _bare(known) or _is_slip(bare, known, present):
            return NAMES[known]
    return ""


def _is_slip(name: str, known: str, present: Container[str]) -> bool:
    if abs(len(name) - len(known)) > 2 or len(known) < 4:
        return False
    away = distance(name, known)
    if away == 1 and len(known) == len(name) == 4 and sorted(name) != sorted(known):
        # Another word as a rule: "Data", "Rate". Not so where the known key is missing.
        return known in ("date", "tags", "slug") and known not in present
    return away == 1 or (away == 2 and known in _LONG and len(name) > 5)


def _bare(name: str) -> str:
    return name.replace("_", "").replace("-", "").replace(" ", "")
