"""Charts as SVG: values in, markup out. Colours and type are the theme's.

`line_chart` and `small_multiple` draw lines with axes, `sparkline` one as small as a
word, and `captions` describes a line in a sentence. Import the module that you need:
few pages need more than a sparkline.
"""
