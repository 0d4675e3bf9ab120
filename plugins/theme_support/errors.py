"""Errors of settings: what an operator can write wrong.

    SettingError             one setting: where, what is wrong, how to correct it
    SettingErrors            all of them at once; stops a build

Anything else is a bug of ours and is raised.

Other plugins need not import these to report them. An exception that stops a build may
have `errors`: a tuple of objects that have the texts `path`, `what` and `mend`. Whoever
runs Pelican can then print a line for each in place of a traceback.
"""

from collections.abc import Sequence

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
