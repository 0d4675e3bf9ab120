"""What is expected to go wrong: an operator's setting.

    FrameError               one setting: where, what is wrong, how to mend it
    └── FrameErrors          all of them at once; stops a build

Anything else is a bug of ours and is raised.
"""

from collections.abc import Sequence

SETTINGS = "pelicanconf.py"


class SettingError(Exception):
    """A setting that cannot be used, as `path: what is wrong; how to mend it`."""

    def __init__(self, what: str, mend: str, path: str = SETTINGS) -> None:
        self.path, self.what, self.mend = path, what, mend
        super().__init__(f"{path}: {what}; {mend}")


class SettingErrors(SettingError):
    """Every wrong setting of one run, a line for each."""

    def __init__(self, errors: Sequence[SettingError]) -> None:
        self.errors = tuple(errors)
        Exception.__init__(self, "\n".join(map(str, errors)))
