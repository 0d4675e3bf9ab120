"""Errors that people can mend: in settings, and in what authors write.

    SettingError             one setting: where, what is wrong, how to correct it
    SettingErrors            all of them at once; stops a build
    ContentError             one place of a post or page; logged, never raised

Anything else is a bug of ours and is raised.

Other plugins need not import these to report them. An exception that stops a build may
have `errors`: a tuple of objects that have the texts `path`, `what` and `mend`. Whoever
runs Pelican can then print a line for each in place of a traceback. What is found while
a file is read is logged, since reading goes on: the record, an error or for advice a
warning, has such an object as `reported`, with a `line` besides.
"""

from collections.abc import Sequence
from dataclasses import dataclass

SETTINGS = "pelicanconf.py"


class SettingError(Exception):
    """A setting that cannot be used, as `path: what is wrong; how to correct it`."""

    def __init__(self, what: str, mend: str, path: str = SETTINGS) -> None:
        self.path, self.what, self.mend = path, what, mend
        super().__init__(f"{path}: {what}; {mend}")


class SettingErrors(Exception):
    """Every wrong setting of one build, a line for each."""

    def __init__(self, errors: Sequence[SettingError]) -> None:
        self.errors = tuple(errors)
        super().__init__("\n".join(map(str, errors)))


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentError:
    """What is wrong with a text, as `path:line: what is wrong; how to correct it`.

    `line` counts from 1; 0 if it is unknown.
    """

    path: str
    line: int
    what: str
    mend: str

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place}: {self.what}; {self.mend}"
