"""What a run of Pelican is given instead of its own: where it writes, and by what.

Pelican makes its writer in `Pelican._get_writer`, and has no setting for a folder that
a build is prepared in. Checked with Pelican 4.11 and 4.12.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from typing import Any

from pelican.contents import Content
from pelican.writers import Writer

from pelican import Pelican


def own_markdown_settings(pelican: Pelican) -> None:
    """Give a run its own copies of the settings of Markdown.

    Pelican's reader appends to the lists in MARKDOWN, and settings of the same module
    give the same lists to the next build of this process: these would seem changed.
    """
    markdown = pelican.settings["MARKDOWN"]
    pelican.settings["MARKDOWN"] = {key: copy(one) for key, one in markdown.items()}


def forget_old_texts() -> None:
    """Empty the caches of `Content.get_content` and `Content.get_summary`.

    Pelican memoizes both by post and for ever, so a process that builds many times
    would keep every post that it has ever read.
    """
    for name in ("get_content", "get_summary"):
        vars(Content)[name].cache.clear()


@contextmanager
def redirected(
    pelican: Any, output: str, make_writer: Callable[[dict[str, Any]], Writer]
) -> Iterator[None]:
    """Within the block Pelican writes into the folder `output`, by another writer.

    It deletes nothing: what lies in the folder of the site is not its concern.
    `make_writer(settings)` gives the writer; one that a plugin brings by the signal
    `get_writer` is used as it is.
    """
    settings, usual = pelican.settings, pelican._get_writer
    before = settings["OUTPUT_PATH"], pelican.output_path, pelican.delete_outputdir

    def get_writer() -> Any:
        writer = usual()
        return make_writer(writer.settings) if type(writer) is Writer else writer

    settings["OUTPUT_PATH"] = pelican.output_path = output
    pelican.delete_outputdir = False
    pelican._get_writer = get_writer
    try:
        yield
    finally:
        settings["OUTPUT_PATH"], pelican.output_path, pelican.delete_outputdir = before
        pelican._get_writer = usual
