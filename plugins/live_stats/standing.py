"""Which files of the site do not lie there as they were left.

To ask that of ten thousand files takes a run longer than all else it does where one
number has moved. So it is asked in a process beside, before the rest of us is loaded.
"""

import os
from pathlib import Path

from incremental.beside import Beside

from .files import FOLDER


class Standing:
    """A look at the output of the last run, begun when this is made."""

    def __init__(self) -> None:
        folder = Path(FOLDER).absolute()
        self._look = Beside(lambda: look(folder))

    def lost(self) -> list[str] | None:
        """The files that are gone or changed, by name; None if nobody has looked."""
        return self._look.result()


def look(folder: Path) -> list[str] | None:
    """See `Standing.lost`. `folder` has the index, which nobody writes meanwhile."""
    from incremental.spares import Spares
    from incremental.stamps import said

    from .index import Index

    index = Index.load(folder)
    about = index.about if index else None
    if index is None or about is None:
        return None
    output, rows = f"{about.output}{os.sep}", list(index.outputs())
    doubted = Spares.beside(folder).doubted(rows)
    return [n for n, left in rows if said(output + n) != left or n in doubted]
