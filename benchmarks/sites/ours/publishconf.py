"""Our tool: the same site, and our plugins, as far as they were laid out here."""

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

from pelicanconf import *  # noqa: E402, F403

WANTED = ("incremental", "live_stats")
PLUGINS = [name for name in WANTED if (HERE / "src/pelican/plugins" / name).is_dir()]
