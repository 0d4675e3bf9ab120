"""Which files below `data/` the history goes into: before a build, and after a run.

The build has to know, for each file is a page of the site; but a run may collect what
needs another file, as in a new year. So it divides anew, and where the build has other
files than these, the site is built once more.
"""

from collections.abc import Iterable

from ..rendering.exports.history_parts import Division
from ..rendering.series_view import read_series
from ..storage.history import History
from .index import SiteIndex


def divide(
    index: SiteIndex, history: History, series: Iterable[str], code: str
) -> Division:
    """The files of the history of `series`; of the last run's only changes are read.

    `code` is the fingerprint of our code, which decides how large a row is.
    """
    known = index.division
    usable = known is not None and known["code"] == code
    before = Division.from_json(known) if known is not None and usable else None
    division = Division.of(history, read_series(series), before)
    index.put_division(division.to_json() | {"code": code})
    return division


def parts_for_build(
    index: SiteIndex, history: History, series: Iterable[str], code: str
) -> list[str]:
    """The parts that a build makes files for: those of the last run, if there was one.

    At the first, `series` may lack what only templates ask for.
    """
    known = known_parts(index)
    return divide(index, history, series, code).names if known is None else known


def known_parts(index: SiteIndex) -> list[str] | None:
    """The parts of the last run; None if there was none."""
    known = index.division
    return None if known is None else Division.from_json(known).names
