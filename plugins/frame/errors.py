"""What a person can get wrong, said as `path: what is wrong; how to mend it`."""


class FrameError(Exception):
    """A mistake in a setting or in a file of the theme."""

    def __init__(self, path: str, what: str, mend: str) -> None:
        super().__init__(f"{path}: {what}; {mend}")
        self.path, self.what, self.mend = path, what, mend
