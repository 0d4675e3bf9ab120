"""Drops the mistakes in drafts: they can wait, so they do not stop a build.

The same is true of files that Pelican skips or cannot read, if their front matter says
that they are drafts or to be skipped.
"""

from collections.abc import Container
from pathlib import Path
from typing import Any

from ...model.errors import Mistake
from ..content.drafts import UnpublishedContent, status_in
from ..content.sources import SourceFiles


def drop_draft_mistakes(
    mistakes: list[Mistake],
    sources: SourceFiles,
    unpublished: UnpublishedContent,
    contents: list[Any],
    *,
    previews: bool,
) -> None:
    """Take the sources of unpublished files, and their mistakes, out of a build.

    `contents` are all published posts and pages. With `previews` drafts are shown to
    their author, and their mistakes count.
    """
    statuses = ("skip",) if previews else ("skip", "draft")
    read = {content.source_path for content in contents}
    left_out = {content.source_path for content in unpublished.contents}
    for path in [path for path in sources.by_path if path not in read]:
        if path in left_out or status_in(sources.by_path[path].raw) in statuses:
            del sources.by_path[path]
    mistakes[:] = [
        mistake
        for mistake in mistakes
        if not _can_wait(mistake, sources, left_out, statuses)
    ]


def _can_wait(
    mistake: Mistake,
    sources: SourceFiles,
    left_out: Container[str],
    statuses: Container[str],
) -> bool:
    path = f"{sources.base}{mistake.path}"
    if path in left_out:
        return True
    file = Path(path)
    if not file.is_relative_to(sources.content) or not file.is_file():
        return False
    return status_in(file.read_text(encoding="utf-8", errors="replace")) in statuses
