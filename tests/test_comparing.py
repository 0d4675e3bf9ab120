"""Hashtags side by side: like stands by like."""

from hypothesis import given
from hypothesis import strategies as st

from live_stats.comparing import compared, note


class View:
    """Of a view, what a table reads."""

    def __init__(self, value, during="the 6 days to 23 November 2026", state="fresh"):
        self.value, self.during, self.state = value, during, state
        self.noun, self.where, self.label, self.window = "posts", "X", "X", "6 days"
        self.as_of = "as of 24 November 2026"


def table(*rows):
    """`compared` for rows of values; the series are their places."""
    views = {
        f"{n}/{m}": View(v) for n, row in enumerate(rows) for m, v in enumerate(row)
    }
    hashtags = [
        {
            "label": f"h{n}",
            "href": f"h{n}/",
            "posts": 1,
            "items": [f"{n}/{m}" for m in range(len(row))],
        }
        for n, row in enumerate(rows)
    ]
    return compared(hashtags, views.__getitem__)


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


def test_a_day_that_all_share_is_said_above_them():
    """Where one number is older, each says its own."""
    shared, old = View(1), View(2, state="stale")
    hashtags = [
        {"label": "a", "href": "a/", "posts": 1, "items": ["a"]},
        {"label": "b", "href": "b/", "posts": 1, "items": ["b"]},
    ]
    one, _ = compared(hashtags, {"a": shared, "b": View(3)}.__getitem__)
    two, _ = compared(hashtags, {"a": shared, "b": old}.__getitem__)

    assert one[0].note == note(shared) and two[0].note == ""
