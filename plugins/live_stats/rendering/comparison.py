"""Hashtags side by side, with one column for each measure.

Numbers of one column are of one platform, metric and window. Columns are not compared:
what one platform counts does not compare with another's count.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ..model.values import Exactness
from .series_view import SeriesView, repeats_another
from .specs import ComparedHashtag


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonCell:
    """One number of the comparison."""

    view: SeriesView
    """The series."""

    share: float | None
    """The number as a part of the column's greatest, from 0 to 1.

    None where the numbers of a column do not compare: the platforms of a sum come and
    go, a platform may have begun to count in another way between two of them, and the
    truth behind a lower bound may be the greatest of all.
    """

    note: str
    """When the number was read, and what it is of where the column does not say so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonColumn:
    """One measure of the comparison."""

    noun: str
    """What is counted, in words."""

    place: str
    """Whose posts are counted, or the platform."""

    window: str
    """The span of posting time that is counted, in words."""

    note: str
    """The day or span that all numbers of the column share; empty if they do not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonRow:
    """One hashtag of the comparison."""

    label: str
    """The hashtag without `#`."""

    href: str
    """The address of its page."""

    posts: int
    """How many published posts carry it."""

    cells: tuple[ComparisonCell | None, ...]
    """Its numbers, one for each column; none where nothing was read."""


def compare_series(
    hashtags: Sequence[ComparedHashtag], view: Callable[[str], SeriesView]
) -> tuple[tuple[ComparisonColumn, ...], tuple[ComparisonRow, ...]]:
    """The columns and the rows of the table of `hashtags`.

    The same place in their `items` is the same measure. Columns with no number at all
    are left out, and so is a sum that in each row is one of the other columns again.
    The hashtag with the greatest number of the first column stands first.
    """
    views = [[view(series) for series in one.items] for one in hashtags]
    measures = [
        _Measure.of(column)
        for column in zip(*views, strict=True)
        if any(
            cell.value is not None and not repeats_another(cell, row.items)
            for cell, row in zip(column, hashtags, strict=True)
        )
    ]
    rows = [
        ComparisonRow(
            label=one.label,
            href=one.href,
            posts=one.posts,
            cells=tuple(measure.cells[n] for measure in measures),
        )
        for n, one in enumerate(hashtags)
    ]
    rows.sort(key=lambda row: (-_first(row), row.label.casefold()))
    return tuple(measure.column for measure in measures), tuple(rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Measure:
    column: ComparisonColumn
    cells: tuple[ComparisonCell | None, ...]

    @classmethod
    def of(cls, views: Sequence[SeriesView]) -> "_Measure":
        read = [view for view in views if view.value is not None]
        first, most = read[0], max(view.value or 0 for view in read)
        alike = len({_method(view) for view in read}) == 1
        bounded = all(view.exactness != Exactness.AT_LEAST for view in read)
        places = {view.place for view in read}
        notes = {view.when for view in read}
        column = ComparisonColumn(
            noun=first.noun,
            place=places.pop() if len(places) == 1 else first.label,
            window=first.window,
            note=first.when if alike and len(notes) == 1 else "",
        )
        cells = tuple(
            ComparisonCell(
                view=view,
                share=round(view.value / (most or 1), 3) if alike and bounded else None,
                note=view.when if alike else f"{view.place}, {view.when}",
            )
            if view.value is not None
            else None
            for view in views
        )
        return cls(column=column, cells=cells)


def _method(view: SeriesView) -> tuple[str, int]:
    """Whose posts are counted, and after how many changes of the method."""
    end = view.until_day
    return view.place, sum(1 for day in view.breaks if end and day <= end)


def _first(row: ComparisonRow) -> int:
    """The number of the first column that has one for this row; -1 for none at all."""
    cell = row.cells[0] if row.cells else None
    value = cell.view.value if cell else None
    return -1 if value is None else value
