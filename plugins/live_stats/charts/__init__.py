"""Charts as SVG: values in, markup out. Colours and type are the theme's."""

from .line import line_chart, table_rows
from .sparkline import sparkline

__all__ = ["line_chart", "sparkline", "table_rows"]
