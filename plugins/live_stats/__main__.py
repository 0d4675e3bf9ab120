"""The door to the shell: `python -m live_stats publish`, `refresh`, `serve`, …"""

import sys

from .cli import main

sys.exit(main(sys.argv[1:]))
