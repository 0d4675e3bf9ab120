"""Make a release: `make release version=0.2.0`.

Sets the version in pyproject.toml, where all distributions take it from, dates the
section "Unreleased" of CHANGELOG.md, commits both and puts a tag on the commit. Nothing
is pushed. Run it on a clean checkout whose checks have passed.
"""

import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

VERSION = re.compile(r'(?m)^version = "([^"]+)"$')
UNRELEASED = "## Unreleased\n"


class Refused(Exception):
    """What stands in the way of a release, and how to mend it."""


def main(arguments: list[str]) -> int:
    try:
        if len(arguments) != 1 or not re.fullmatch(r"\d+\.\d+\.\d+", arguments[0]):
            raise Refused("name the version: make release version=0.2.0")
        release(arguments[0])
    except Refused as refused:
        print(f"release: {refused}", file=sys.stderr)
        return 1
    print(f"released {arguments[0]}; now: git push --follow-tags")
    return 0


def release(version: str) -> None:
    if git("status", "--porcelain"):
        raise Refused("files have changed; commit them first")
    project, changelog = Path("pyproject.toml"), Path("CHANGELOG.md")
    text, changes = project.read_text("utf-8"), changelog.read_text("utf-8")
    found = VERSION.search(text)
    if found is None:
        raise Refused('pyproject.toml has no line version = "..."')
    if numbers(version) <= numbers(found[1]):
        raise Refused(f"{version} does not come after {found[1]}")
    if UNRELEASED not in changes:
        raise Refused('CHANGELOG.md has no section "## Unreleased"')
    dated = f"{UNRELEASED}\n## {version} ({datetime.now(UTC):%Y-%m-%d})\n"
    project.write_text(VERSION.sub(f'version = "{version}"', text, count=1), "utf-8")
    changelog.write_text(changes.replace(UNRELEASED, dated, 1), "utf-8")
    git("commit", "--quiet", "-am", f"release: {version}")
    git("tag", "--annotate", f"v{version}", "--message", version)


def numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


def git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], capture_output=True, text=True)
    if done.returncode:
        raise Refused((done.stderr or done.stdout).strip())
    return done.stdout.strip()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
