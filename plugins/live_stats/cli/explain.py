"""`explain`: why a file of `output/` was written, or was not."""

import argparse
from collections.abc import Iterator
from pathlib import Path

from pelican.plugins.incremental import explain
from pelican.plugins.incremental.system.filesystem import stat_of

from ..model.errors import Mistake, Mistakes
from ..publishing.fill import DRAWN, EVERYTHING, NONE
from ..publishing.index import FOLDER, SITE, STATE, SiteIndex, said


def explain_command(options: argparse.Namespace) -> int:
    folder = Path(FOLDER).absolute()
    index = SiteIndex.load(folder)
    about = index.about if index else None
    if index is None or about is None:
        raise Mistakes(
            [Mistake(path=FOLDER, what="no site was built here", mend="make publish")]
        )
    output = Path(about.output)
    path = Path(options.file).absolute()
    name = (path if path.is_relative_to(output) else output / options.file).relative_to(
        output
    )
    if path.is_dir() or options.file.endswith("/"):
        name = name / "index.html"
    row = index.names().get(name.as_posix())
    print(f"{output.name}/{name.as_posix()}")
    if row is None:
        print("  the site has no such file")
        return 1
    lines = explain(folder / STATE, name.as_posix(), str(folder / SITE))
    for line in (*lines, *_filled(output / name, row[1], row[2])):
        print(f"  {line}")
    return 0


def _filled(path: Path, left: str, series: list[str] | None) -> Iterator[str]:
    if said(stat_of(str(path))) != left:
        yield "in output/ it is not as it was left, so the next fill makes it again"
    series = [one for one in series or () if one not in (DRAWN, NONE)]
    if not series:
        yield "it shows no number, so no refresh touches it"
    elif EVERYTHING in series:
        yield "every refresh fills it anew: it says how all numbers are doing"
    else:
        yield f"a refresh fills it anew when one of these moves: {', '.join(series)}"
