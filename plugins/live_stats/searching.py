"""Search: the texts of the posts, as their authors wrote them, made searchable.

The index holds claims and no readings, so a refresh never makes it wrong and need not
touch it. Pagefind makes it from copies of the skeletons; the reader's browser loads the
few kilobytes of it that a search needs, from the site itself.
"""

import html
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from importlib import metadata
from pathlib import Path

from . import files
from .errors import Mistake, Mistakes
from .fill import Incomplete, tree
from .index import SITE, Index
from .slots import Rendered, splice

FOLDER = "search"  # in `.build/`, and what mistakes are placed at
OUTPUT = "pagefind"  # in `output/`
MARK = b"data-pagefind-body"
ENTRY = "pagefind-entry.json"
SCRIPT = "pagefind.js"
SECONDS = 300
"""How long pagefind may take: some hundred times what 10,000 posts need."""

# Ready-made interfaces: the theme has its own.
_NOT_NEEDED = ("pagefind-ui.", "pagefind-modular-ui.", "pagefind-component-ui.")
_NOT_NEEDED += ("pagefind-highlight.",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """How many pages can be found; whether their index was made in this run."""

    pages: int
    written: bool


def search(index: Index, build: Path, output: Path) -> Searched:
    """Make the search index in `output/` anew if the text of any page has changed.

    Raises `Mistakes` where pagefind fails: `output/` is then as it was.
    """
    pages, work, target = dict(_pages(index, build)), build / FOLDER, output / OUTPUT
    digest, kept = _digest(pages, _version()), work / "digest"
    # Without pages there is no index: pagefind refuses to make an empty one.
    if (target / SCRIPT).is_file() == bool(pages) and _read(kept) == digest:
        return Searched(pages=len(pages), written=False)
    made = _run(pages, work) if pages else work / OUTPUT
    # From here on `output/` is between two states: killed now, the next run mends it.
    kept.unlink(missing_ok=True)
    _put(made, target) if pages else shutil.rmtree(target, ignore_errors=True)
    files.write(kept, digest.encode())
    return Searched(pages=len(pages), written=True)


def said(index: Index, build: Path, output: Path) -> str:
    """Search, and what to say of it. The site stands without: a failure is a line."""
    try:
        done = search(index, build, output)
    except Mistakes as error:
        return f"search: not made anew: {error}"
    if not done.written:
        return ""
    return f"search: {done.pages} {'page' if done.pages == 1 else 'pages'} indexed"


def _pages(index: Index, build: Path) -> Iterator[tuple[str, bytes]]:
    """Every page that asks to be found, by name, with its claims and no readings."""
    for name in sorted(index.names()):
        if not name.endswith(".html"):
            continue
        try:
            data = (build / SITE / name).read_bytes()
        except OSError:
            raise Incomplete(name) from None
        if MARK not in data:
            continue
        placed = index.slots(name)
        if placed:

            def claim(number: int) -> Rendered:
                return _claim(index, number)

            data = splice(data.decode(), placed, claim).encode()
        yield name, data


def _claim(index: Index, number: int) -> Rendered:
    """A figure as its author wrote it; nothing for what only numbers fill."""
    spec = index.spec(number)
    claim = spec.get("claim") if spec["fragment"] == "figure" else None
    text = claim["text"] if claim else ""
    return Rendered(html=html.escape(text), text=text)


def _digest(pages: dict[str, bytes], version: str) -> str:
    digest = blake2b(version.encode(), digest_size=16)
    for name, data in pages.items():
        # With lengths, so that no two sets of pages read as the same bytes.
        digest.update(f"\n{len(name.encode())} {len(data)} {name}\n".encode())
        digest.update(data)
    return digest.hexdigest()


def _version() -> str:
    try:
        return metadata.version("pagefind")
    except metadata.PackageNotFoundError:
        raise _failed("pagefind is not installed") from None


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""


def _run(pages: dict[str, bytes], work: Path) -> Path:
    """Let pagefind read the pages; gives the folder with what it made of them."""
    copies, made = work / "pages", work / OUTPUT
    for folder in (copies, made):
        shutil.rmtree(folder, ignore_errors=True)
    for name, data in pages.items():
        files.write(copies / name, data)
    # The folder and the environment are ours: no settings of pagefind's own that lie
    # about may change what is made, the digest knows nothing of them.
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("PAGEFIND_") or name == "PAGEFIND_BINARY_PATH"
    }
    command = [sys.executable, "-P", "-m", "pagefind", "--silent"]
    command += ["--site", "pages", "--output-path", OUTPUT]
    try:
        done = subprocess.run(
            command,
            cwd=work,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=SECONDS,
        )
    except subprocess.TimeoutExpired:
        raise _failed(f"pagefind took longer than {SECONDS} seconds") from None
    except OSError as error:
        raise _failed(f"pagefind did not start: {error.strerror}") from error
    if done.returncode or not (made / SCRIPT).is_file():
        lines = (done.stderr or done.stdout).strip().splitlines()
        reason = lines[-1].strip() if lines else f"exit code {done.returncode}"
        raise _failed(f"pagefind failed: {reason}")
    return made


def _failed(what: str) -> Mistakes:
    mend = (
        'pip install "pagefind[bin]", then publish again; until then the site is '
        "whole, and its search finds what it found before"
    )
    return Mistakes([Mistake(path=FOLDER, what=what, mend=mend)])


def _put(made: Path, target: Path) -> None:
    """Bring `target` to what was made, writing only the files that differ."""
    names = [n for n in tree(made) if not n.startswith(_NOT_NEEDED)]
    # The entry names the others: last, so that a reader meets it with all it names.
    for name in sorted(names, key=lambda name: name == ENTRY):
        data = (made / name).read_bytes()
        files.write(target / name, _ordered(data) if name == ENTRY else data)
    for name in set(tree(target)) - set(names):
        (target / name).unlink()


def _ordered(entry: bytes) -> bytes:
    """The entry with sorted keys: pagefind lists the languages by chance."""
    entries = json.loads(entry)
    return json.dumps(
        entries, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    ).encode()
