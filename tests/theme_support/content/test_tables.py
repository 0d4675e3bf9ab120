"""What becomes of the tables in a text."""

import pytest
from markdown import markdown

from pelican.plugins.theme_support.content.tables import made_fit

TABLE = """| One | *Two* | Three |
|:----|------:|:-----:|
| a | b | `<td style="text-align: right;">` |
"""


def fit(text):
    return made_fit(text, lambda number, words: f"Table {number}: {words}")


def test_cells_are_aligned_by_classes():
    """No attribute is left that a policy without 'unsafe-inline' forbids."""
    found = fit(markdown(TABLE, extensions=["extra"]))

    assert '<tr>\n<th class="align-left">One</th>' in found
    assert '<td class="align-right">b</td>' in found
    assert '<th class="align-center">Three</th>' in found
    assert found.count("style=") == 1  # in the code
    own = fit('<table><tr><td class="x" style="text-align:right">a</td></tr></table>')
    assert '<td class="x align-right">' in own
    other = '<td style="text-align: right; color: red">'
    assert other in fit(f"<table><tr>{other}</td></tr></table>")


def test_each_table_has_a_box_that_is_named():
    """By its number and its heads, or its caption; markup and slots are no words."""
    found = fit(markdown(f"{TABLE}\n\nText.\n\n{TABLE}", extensions=["extra"]))

    assert 'aria-label="Table 1: One, Two, Three" tabindex="0"><table>' in found
    assert 'aria-label="Table 2: One' in found and found.count("</table></div>") == 2
    head = (
        '<table><caption>A "b" &amp; c\ue000\ue001</caption><tr><th>x</th></tr></table>'
    )
    assert 'aria-label="Table 1: A &quot;b&quot; &amp; c"' in fit(head)
    long = "".join(f"<th>Head {n}</th>" for n in range(40))
    label = fit(f"<table><tr>{long}</tr></table>").split('"')[5]
    assert len(label) < 100 and label.endswith("…")


@pytest.mark.parametrize(
    "kept",
    [
        "<p>No table</p>",
        "<!-- <table></table> -->",
        "<tables></tables>",
        "&lt;table&gt;",
    ],
)
def test_what_is_no_table_is_left_alone(kept):
    """To the last character."""
    assert fit(kept) == kept


def test_a_table_within_a_table_has_a_box():
    """Only the inner one: a box for each would scroll in two places."""
    found = fit("<table><tr><td><table><tr></tr></table></td></tr></table>")
    assert found.count("table-scroll") == 1
