"""The door to the shell: `python -m live_stats publish`, `refresh`, `serve`, …"""

import gc
import os
import sys

from .cli import main

if sys.argv[1:2] in (["publish"], ["refresh"]):
    # These end when the site is there: looking through ten thousand posts for what
    # could be let go takes longer than what it would free is worth.
    gc.disable()
code = main(sys.argv[1:])
sys.stdout.flush()
sys.stderr.flush()
# Everything is written. Taking ten thousand posts apart, one by one, would only cost
# the author a third of a second.
os._exit(code)
