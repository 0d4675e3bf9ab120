"""The sample posts that the project comes with, and how they are taken away."""

import hashlib
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

POSTS, PAGES, DATA = "content/posts", "content/pages", "content/data"
HOW_WE_COUNT = f"{PAGES}/how-we-count.md"
KEPT = Path(".build/before-init")
"""Where goes what git does not have."""

SAMPLES = {
    f"{POSTS}/2017-10-17-how-one-hashtag-showed-what-social-media-can-do.md": (
        "8a06e6f3fa6d96dcad3404c3811321f3a89eb9244bd45b58c7b9276964f40759"
    ),
    f"{POSTS}/2017-10-24-what-a-boycott-hashtag-can-measure.md": (
        "c6534d18dd0f795c9394c4e06f965617c91080b946ccb13edfeff8ed2319a4e8"
    ),
    HOW_WE_COUNT: "7128f4bb595dc26e2843570c2128d700446c358fbfbd54414807c1fde5ba0652",
}
"""By path, the SHA-256 of each as it is shipped: one that was edited is no sample."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """The texts of a site: its `samples`, and the posts and pages of the author."""

    samples: tuple[str, ...]
    own_posts: tuple[str, ...]
    own_pages: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """What was removed: git has the `committed`, `KEPT` has the others."""

    committed: tuple[str, ...]
    others: tuple[str, ...]


def read_content() -> Content:
    """Tell the samples from what an author wrote, in the current folder."""
    posts = [path for path in _files(POSTS)]
    pages = [path for path in _files(PAGES) if path != HOW_WE_COUNT]
    return Content(
        samples=tuple(filter(is_sample, posts)),
        own_posts=tuple(path for path in posts if not is_sample(path)),
        own_pages=tuple(pages),
    )


def is_sample(path: str) -> bool:
    """Whether a file is a sample, as it is shipped."""
    if path not in SAMPLES:
        return False
    try:
        text = Path(path).read_bytes().replace(b"\r\n", b"\n")
    except OSError:
        return False
    return hashlib.sha256(text).hexdigest() == SAMPLES[path]


def readings() -> list[str]:
    """The files of the history and the state.

    Not the journal: what the samples have cost is spent, and counts in the budgets.
    """
    kept = (f"{DATA}/journal/", f"{DATA}/state.jsonl.spending")
    return [path for path in _files(DATA) if not path.startswith(kept)]


def remove(paths: Iterable[str]) -> Removed:
    """Remove files; those that git does not have as they are go to `KEPT`."""
    committed, others = [], []
    for path in paths:
        if _is_committed(path):
            Path(path).unlink()
            committed.append(path)
        else:
            target = KEPT / path
            target.parent.mkdir(parents=True, exist_ok=True)
            Path(path).replace(target)
            others.append(path)
        _remove_empty(Path(path).parent)
    return Removed(committed=tuple(committed), others=tuple(others))


def _files(folder: str) -> list[str]:
    """The files below a folder that are no hidden ones, by path, sorted."""
    found = [path for path in Path(folder).rglob("*") if path.is_file()]
    return sorted(path.as_posix() for path in found if path.name[0] != ".")


def _is_committed(path: str) -> bool:
    """Whether the last commit has a file as it is now; no if there is no git."""
    for command in (["ls-files", "--error-unmatch"], ["diff", "--quiet", "HEAD"]):
        try:
            done = subprocess.run(["git", *command, "--", path], capture_output=True)
        except OSError:
            return False
        if done.returncode:
            return False
    return True


def _remove_empty(folder: Path) -> None:
    """Remove folders below `DATA` that are empty now; those for texts stay."""
    while folder.as_posix().startswith(f"{DATA}/") and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
