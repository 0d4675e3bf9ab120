"""Charts as SVG: values in, markup out. Colours and type are the theme's.

`line` and `small` draw lines with axes, `sparkline` one as small as a word; `rows` says
the same as a table, `findings` as a sentence. Each is loaded by those who need it.
"""
