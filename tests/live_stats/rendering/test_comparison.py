"""Hashtags side by side: like stands by like."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from pelican.plugins.live_stats.rendering.comparison import compare_series
from pelican.plugins.live_stats.rendering.specs import ComparedHashtag


class View:
    """Of a view, what a table reads."""

    is_sum = False
    breaks = (date(2026, 5, 4),)
    exactness = "exact"
    noun, label, window, as_of = "posts", "X", "6 days", "as of 24 November 2026"

    def __init__(self, value, *, when="", where="", until_day=date(2026, 11, 23)):
        self.value, self.where, self.until_day = value, where, until_day
        self.place = where or self.label
        self.when = when or "the 6 days to 23 November 2026"


def table(*rows):
    """`compared` for rows of values; the series are their places."""
    views = {
        f"{n}/{m}": View(v) for n, row in enumerate(rows) for m, v in enumerate(row)
    }
    hashtags = [
        ComparedHashtag(
            label=f"h{n}",
            href=f"h{n}/",
            posts=1,
            items=tuple(f"{n}/{m}" for m in range(len(row))),
        )
        for n, row in enumerate(rows)
    ]
    return compare_series(hashtags, views.__getitem__)


VALUES = st.one_of(st.none(), st.integers(0, 10**9))
TABLES = st.integers(1, 4).flatmap(
    lambda width: st.lists(
        st.lists(VALUES, min_size=width, max_size=width), min_size=1, max_size=6
    )
)


@given(TABLES)
def test_bars_compare_within_a_column(values):
    """The greatest of a column has the whole bar; the order is that of the values."""
    columns, rows = table(*values)

    for n in range(len(columns)):
        cells = [row.cells[n] for row in rows if row.cells[n]]
        greatest = max(cell.view.value for cell in cells)
        for cell in cells:
            assert 0 <= cell.share <= 1
            if cell.view.value == greatest and greatest:
                assert cell.share == 1


@given(TABLES)
def test_nothing_is_invented_or_lost(values):
    """Each hashtag is there once; columns without any number are not."""
    columns, rows = table(*values)
    read = [n for n, one in enumerate(zip(*values, strict=True)) if set(one) != {None}]

    assert len(columns) == len(read)
    assert sorted(row.label for row in rows) == [f"h{n}" for n in range(len(values))]
    for row in rows:
        mine = values[int(row.label[1:])]
        shown = [cell and cell.view.value for cell in row.cells]
        assert shown == [mine[n] for n in read]


def test_the_greatest_of_the_first_column_comes_first():
    """Zero is a number and comes before none."""
    _, rows = table([None], [0], [7])

    assert [row.label for row in rows] == ["h2", "h1", "h0"]


def of(*views):
    """The table of one column with these views, and its cells in their order."""
    hashtags = [
        ComparedHashtag(label=f"{n}", href="a/", posts=1, items=(str(n),))
        for n in range(len(views))
    ]
    columns, rows = compare_series(hashtags, lambda series: views[int(series)])
    return columns[0], [row.cells[0] for row in sorted(rows, key=lambda row: row.label)]


def test_a_day_that_all_share_is_said_above_them():
    """Where one number is older, each says its own."""
    old = View(2, when="the 6 days to 3 May 2026, last reading 4 May 2026")

    assert of(View(1), View(3))[0].note == View(1).when
    column, cells = of(View(1), old)
    assert (column.note, cells[1].note) == ("", old.when)


def test_no_bar_compares_across_a_break():
    """A number from before the platform changed its method is no part of one after."""
    _, cells = of(View(10), View(5, until_day=date(2026, 5, 3)))

    assert [cell.share for cell in cells] == [None, None]


def test_no_bar_compares_sums_of_other_platforms():
    """And each says whose posts it has: the column cannot."""
    column, cells = of(View(10, where="X and Mastodon"), View(5, where="Mastodon"))

    assert column.place == "X"
    assert [cell.share for cell in cells] == [None, None]
    assert [cell.note.split(", ")[0] for cell in cells] == [
        "X and Mastodon",
        "Mastodon",
    ]


def test_a_lower_bound_has_no_bar_beside_others():
    """The truth behind "at least" may be the greatest of its column."""
    views = {"a": View(100), "b": View(50)}
    views["b"].exactness = "at-least"
    hashtags = [
        ComparedHashtag(label=one, href=f"{one}/", posts=1, items=(one,))
        for one in views
    ]

    _, rows = compare_series(hashtags, views.__getitem__)

    assert [row.cells[0].share for row in rows] == [None, None]


def test_a_sum_of_one_platform_is_no_column_beside_it():
    """It would say the same number twice; a sum of two is another number."""
    one, both, alone = View(9), View(9), View(4)
    both.is_sum, both.members = True, ("x",)
    views = {"x": one, "all": both, "y": alone}
    row = ComparedHashtag(label="a", href="a/", posts=1, items=("x", "all", "y"))

    _, (told,) = compare_series([row], views.__getitem__)
    both.members = ("x", "y")
    columns, _ = compare_series([row], views.__getitem__)

    assert [cell.view for cell in told.cells] == [one, alone]
    assert len(columns) == 3
