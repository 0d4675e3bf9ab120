"""Charts as SVG: values in, markup out. Colours and type are the theme's."""

from .findings import finding
from .line import line_chart
from .rows import table_rows
from .scales import wants_log
from .small import small_multiple
from .sparkline import sparkline
from .words import Words

__all__ = [
    "Words",
    "finding",
    "line_chart",
    "small_multiple",
    "sparkline",
    "table_rows",
    "wants_log",
]
