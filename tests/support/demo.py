"""Publishes a copy of the site with numbers from the stand-in, and serves it.

    make demo

The copy lies in a temporary folder that is removed at the end, so that no invented
reading gets into the history of the site. Nothing leaves this machine, and no real key
is used.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from pelican.plugins.live_stats.providers import PROVIDERS

from .paths import ROOT
from .platforms import Platforms, credentials_for

COPIED = ("pelicanconf.py", "publishconf.py", "content", "theme")
REDIRECT = ROOT / "tests/support/redirect"


class Demo:
    """A copy of the site in `folder`; `run` runs a command of `live-stats` there."""

    def __init__(self, folder: Path, platforms: Platforms, site: Path = ROOT) -> None:
        self.folder, self.platforms = folder, platforms
        folder.mkdir(exist_ok=True)
        for name in COPIED:
            if (site / name).is_dir():
                # Neither the history nor the state: all numbers come from the stand-in.
                ignore = shutil.ignore_patterns("data") if name == "content" else None
                shutil.copytree(site / name, folder / name, ignore=ignore)
            elif (site / name).exists():
                shutil.copy2(site / name, folder / name)

    @property
    def environment(self) -> dict[str, str]:
        """What sends every request of a command to the stand-in, with keys for it."""
        environment = {
            name: value
            for name, value in os.environ.items()
            if not name.lower().endswith("_proxy")
        }
        for provider in PROVIDERS:
            environment |= credentials_for(provider)
        paths = [str(REDIRECT), str(ROOT / "src"), os.environ.get("PYTHONPATH", "")]
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, paths))
        environment["LIVE_STATS_STAND_IN"] = self.platforms.address
        return environment

    def run(self, *arguments: str) -> int:
        """The exit code of a command, such as `publish`."""
        command = [sys.executable, "-m", "live_stats_command", *arguments]
        return subprocess.call(command, cwd=self.folder, env=self.environment)


def main() -> int:
    parser = argparse.ArgumentParser(prog="make demo", description=__doc__)
    parser.add_argument("--port", type=int, default=8001)
    port = parser.parse_args().port
    platforms = Platforms().start()
    try:
        with tempfile.TemporaryDirectory(prefix="live-stats-demo-") as folder:
            demo = Demo(Path(folder), platforms)
            if code := demo.run("publish"):
                return code
            print(f"invented readings, in {folder}/output:", flush=True)
            return demo.run("serve", "--port", str(port))
    except KeyboardInterrupt:
        return 0
    finally:
        platforms.stop()


if __name__ == "__main__":
    sys.exit(main())
