"""Write requirements.txt and requirements-test.txt anew: `make lock`.

Each has every package that pyproject.toml asks for, with versions and hashes, for all
Pythons and systems. Versions that are locked stay unless they no longer fit; to let one
rise: `make lock` after removing its lines. uv does the work. It is no dependency of the
project, so it is installed when this runs.
"""

import subprocess
import sys

COMPILE = [sys.executable, "-m", "uv", "pip", "compile", "pyproject.toml", "--quiet"]
COMPILE += ["--universal", "--python-version", "3.11", "--generate-hashes"]
# No address of an index: pip takes its own.
COMPILE += ["--no-header", "--no-annotate", "--no-emit-index-url"]
COMPILE += ["--no-emit-find-links"]
# The second takes its versions from the first.
FILES = {
    "requirements-test.txt": ["--group", "build", "--group", "test"],
    "requirements.txt": ["--group", "build", "--constraint", "requirements-test.txt"],
}


def main() -> int:
    install = [sys.executable, "-m", "pip", "install", "--quiet", "uv"]
    if subprocess.run([*install, "--disable-pip-version-check"]).returncode:
        return 1
    for name, options in FILES.items():
        if subprocess.run([*COMPILE, *options, "--output-file", name]).returncode:
            return 1
        print(f"{name}: written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
