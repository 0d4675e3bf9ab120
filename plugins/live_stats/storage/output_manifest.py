"""The list of files that builds wrote to the output. No other file is ever removed.

The output may be a whole web root, or a branch that is checked out: what is not proven
to be ours stays there. So the list is kept apart from the index, which is thrown away
whenever it is of no use, and a name is in it before its file is.
"""

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

from . import atomic_write


class Manifest:
    """The names of the files of one output that earlier builds wrote.

    `build` is the folder beside the output; there is a list for each output in it.
    """

    def __init__(self, build: Path, output: Path) -> None:
        self.path = build / f"written-{output.name}.json"

    @cached_property
    def _kept(self) -> frozenset[str] | None:
        found = atomic_write.load_json(self.path)
        return None if found is None else frozenset(found)

    @property
    def known(self) -> bool:
        """Whether there is a list of an earlier build."""
        return self._kept is not None

    @property
    def names(self) -> frozenset[str]:
        return self._kept or frozenset()

    def put(self, names: Iterable[str]) -> None:
        """Replace the list by these names."""
        new = frozenset(names)
        if new != self._kept:
            atomic_write.save_json(self.path, sorted(new))
            self.__dict__["_kept"] = new
