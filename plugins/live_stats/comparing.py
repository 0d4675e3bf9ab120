"""Hashtags side by side: one column for each measure, so that like stands by like.

Numbers of one column are of one platform, metric and window. Columns are not compared:
what one platform counts says nothing of another.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .snapshot import View


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One number; `share` is its part of the column's greatest, from 0 to 1."""

    view: View
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One measure. `note` is the day or span that all its numbers share, if they do."""

    noun: str
    place: str
    window: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One hashtag; `cells` are by column, None where nothing was read."""

    label: str
    href: str
    posts: int
    cells: tuple[Cell | None, ...]


def compared(
    hashtags: Sequence[Mapping[str, Any]], view: Callable[[str], View]
) -> tuple[tuple[Column, ...], tuple[Row, ...]]:
    """The table of hashtags, each given as `label`, `href`, `posts` and `items`.

    `items` are its series, measure by measure: the same place is the same measure in
    all of them. Columns with no number at all are left out. The hashtag with the
    greatest number of the first column stands first.
    """
    views = [[view(series) for series in one["items"]] for one in hashtags]
    measures = [
        column
        for column in zip(*views, strict=True)
        if any(one.value is not None for one in column)
    ]
    greatest = [max(one.value or 0 for one in column) for column in measures]
    rows = [
        Row(
            label=one["label"],
            href=one["href"],
            posts=one["posts"],
            cells=tuple(
                _cell(column[n], most)
                for column, most in zip(measures, greatest, strict=True)
            ),
        )
        for n, one in enumerate(hashtags)
    ]
    rows.sort(key=lambda row: (-_first(row), row.label.casefold()))
    return tuple(map(_column, measures)), tuple(rows)


def note(view: View) -> str:
    """When a number was read, or what it is of."""
    if view.state in ("stale", "held"):
        return view.as_of
    return view.during or view.as_of


def _cell(view: View, most: int) -> Cell | None:
    if view.value is None:
        return None
    return Cell(view=view, share=round(view.value / most, 3) if most else 0.0)


def _first(row: Row) -> int:
    """The number of the first column that has one for this row; -1 for none at all."""
    cell = row.cells[0] if row.cells else None
    value = cell.view.value if cell else None
    return -1 if value is None else value


def _column(views: Sequence[View]) -> Column:
    read = [view for view in views if view.value is not None]
    notes = {note(view) for view in read}
    first = read[0]
    return Column(
        noun=first.noun,
        place=first.where or first.label,
        window=first.window,
        note=notes.pop() if len(notes) == 1 else "",
    )
