"""Run the tests with another version of Pelican: `make test-with pelican=4.11`.

In an environment of its own below `.build/`, with the locked versions of everything
else. What follows the version goes to pytest.
"""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
PIP = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
BLOCK = re.compile(r"(?m)^pelican==.*\n(?:[ \t].*\n)*")


def main(arguments: list[str]) -> int:
    if not arguments or not re.fullmatch(r"\d+\.\d+(\.\d+)?", arguments[0]):
        print("name the version: make test-with pelican=4.11", file=sys.stderr)
        return 2
    version, *more = arguments
    folder = ROOT / ".build" / f"pelican-{version}"
    python = folder / "bin" / "python"
    wanted = BLOCK.sub("", (ROOT / "requirements-test.txt").read_text("utf-8"))
    stamp = folder / "installed"
    if not stamp.is_file() or stamp.read_text("utf-8") != wanted:
        print(f"making {folder.relative_to(ROOT)} with Pelican {version}", flush=True)
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        locked = folder / "requirements.txt"
        locked.write_text(wanted, "utf-8")
        pip = [str(python), *PIP]
        subprocess.run([*pip, "--require-hashes", "-r", str(locked)], check=True)
        dots = version.count(".")
        exactly = f"pelican=={version}" + (".*" if dots == 1 else "")
        subprocess.run([*pip, exactly], check=True)
        here = ["--no-build-isolation", "--editable", str(ROOT)]
        subprocess.run([*pip, *here], check=True)
        stamp.write_text(wanted, "utf-8")
    command = [str(python), "-m", "pytest", "-n", "auto", "--dist", "loadfile", *more]
    return subprocess.run(command, cwd=ROOT).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
