"""Build one distribution for each plugin, into dist/: `make wheel`."""

import subprocess
import sys

PLUGINS = ("incremental", "theme_support", "live_stats")


def main() -> int:
    wheel = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps"]
    wheel += ["--disable-pip-version-check", "--no-build-isolation"]
    for name in PLUGINS:
        command = [*wheel, "--wheel-dir", "dist", f"./plugins/{name}"]
        if subprocess.run(command).returncode:
            return 1
        print(f"dist/: {name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
