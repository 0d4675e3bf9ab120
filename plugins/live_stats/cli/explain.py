"""`explain`: why a file of `output/` was written, and what will write it again."""

import argparse
from collections.abc import Iterator
from pathlib import Path

from pelican.plugins.incremental import explain
from pelican.plugins.incremental.system.filesystem import stat_of

from ..publishing.file_table import KnownFile, format_known_stat
from ..rendering.slots import DRAWN, EVERYTHING, NONE, PART
from ..storage.paths import BUILD_FOLDER, INCREMENTAL_FOLDER, SITE_FOLDER
from .built_site import load_built_site


def explain_command(options: argparse.Namespace) -> int:
    """Print why Pelican rendered a file, and when a refresh writes it again.

    The exit code is 1 if the site has no such file.
    """
    index, about = load_built_site()
    output = Path(about.output)
    path = Path(options.file).absolute()
    if not path.is_relative_to(output):
        path = output / options.file
    if path.is_dir() or options.file.endswith("/"):
        path = path / "index.html"
    name = path.relative_to(output).as_posix()
    print(f"{output.name}/{name}")
    file = index.files.names().get(name)
    index.close()
    if file is None:
        print("  the site has no such file")
        return 1
    folder = Path(BUILD_FOLDER).absolute()
    lines = explain(folder / INCREMENTAL_FOLDER, name, str(folder / SITE_FOLDER))
    for line in (*lines, *_explain_output(path, file)):
        print(f"  {line}")
    return 0


def _explain_output(path: Path, file: KnownFile) -> Iterator[str]:
    if format_known_stat(stat_of(str(path))) != file.output:
        yield (
            "in output/ it was changed or removed since: "
            "the next publish or refresh writes it again"
        )
    series = [one for one in file.series or () if one not in (DRAWN, NONE)]
    if not series:
        yield "it shows no number, so new numbers never change it"
    elif EVERYTHING in series:
        yield "every refresh writes it again: it shows the state of all numbers"
    elif all(one.startswith(PART.format("")) for one in series):
        yield "a refresh writes it again when one of its rows is new, or was mended"
    else:
        yield "a refresh writes it again when one of these numbers changes:"
        yield f"  {', '.join(series)}"
