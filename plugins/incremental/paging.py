"""The pages of a list that is too long for one, with what their template is given."""

from collections.abc import Iterator, Mapping
from typing import Any

from pelican.paginator import Paginator


def parts(
    name: str, url: Any, lists: Mapping[str, Any], settings: Any, per_page: Any
) -> Iterator[tuple[str, dict[str, Any]]]:
    """The file of each page, and the values that a template knows of as
    `articles_page` and so on. As many pages as the first list needs.

    Pelican cuts each page out thrice: for itself and for both of its neighbours.
    """
    known = {
        key: Paginator(name, url, value, settings, per_page)
        for key, value in lists.items()
    }
    last = next(iter(known.values())).num_pages
    cut = {key: [*map(one.page, range(1, last + 1))] for key, one in known.items()}
    for number in range(last):
        more: dict[str, Any] = {}
        for key, paginator in known.items():
            pages, page = cut[key], cut[key][number]
            final = number + 1 >= paginator.num_pages
            more[f"{key}_paginator"], more[f"{key}_page"] = paginator, page
            more[f"{key}_previous_page"] = pages[number - 1] if number else None
            more[f"{key}_next_page"] = None if final else pages[number + 1]
        yield page.save_as, more
