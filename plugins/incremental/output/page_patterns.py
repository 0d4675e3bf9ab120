"""The pages of a list that is too long for one, with what their template is given."""

from collections.abc import Iterator, Mapping
from typing import Any

from pelican.paginator import Paginator


def names(known: Mapping[str, Paginator]) -> list[str]:
    """The files of all pages: as many as the first list needs, named as the last."""
    first, *_, last = [*known.values()] * 2
    return [last.page(number).save_as for number in first.page_range]


def parts(known: Mapping[str, Paginator]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The file of each page, and the values that a template knows of as
    `articles_page` and so on.

    Pelican cuts each page out thrice: for itself and for both of its neighbours.
    """
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
