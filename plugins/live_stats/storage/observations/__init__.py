"""The lines of the history: what one says, where they lie, and an index of them.

lines    one observation as a line of text, and as plain numbers
memory   lines by series, in memory
index    lines by series, in a file of `.build` that is safe to lose
files    the files that lines lie in, and what may be wrong with them
"""
