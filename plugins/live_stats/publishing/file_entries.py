"""What the index is told of the files that a build has made."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pelican.plugins.incremental import BuildTree
from pelican.plugins.incremental.system.filesystem import stat_of

from ..rendering.specs import Spec
from .file_table import FileRow, Known, format_known_stat
from .skeletons import Skeleton, read


@dataclass(frozen=True, slots=True, kw_only=True)
class FileEntries:
    """The rows of the skeletons in `tree`, which lie below `site`.

    `read` are skeletons that were looked through, and gets those that are now; `specs`
    has all slots by number, `address` is where the site will stand.
    """

    tree: BuildTree
    site: Path
    address: str
    read: dict[str, Skeleton]
    specs: Mapping[str, Spec]

    def rows(self, known: Known, others: set[str]) -> dict[str, FileRow]:
        """The rows for what is new, or not in the index: `known` are.

        Slots of the `others` mean something else, so these are filled anew.
        """
        rows, tree, site = {}, self.tree, f"{self.site}/"
        for name in tree.names:
            was = "" if name in others else known[name][0] if name in known else ""
            if was and was == tree.kept_stat(name):
                continue  # a moment ago it was found to be as it was left
            stat = stat_of(site + name)
            if was == format_known_stat(stat):
                continue
            skeleton = self.read.get(name)
            if skeleton is None:
                skeleton = read(self.site / name, name, self.address)
                self.read[name] = skeleton
            rows[name] = FileRow(
                skeleton=stat,
                output=None,
                slots=list(skeleton.slots),
                series=self._series(skeleton),
            )
        return rows

    def _series(self, skeleton: Skeleton) -> list[str]:
        """All series that the slots of a file show. Empty for a file without slots."""
        found: dict[str, None] = {}
        for _, _, number, _ in skeleton.slots:
            found.update(dict.fromkeys(self.specs[str(number)].depends_on))
        return list(found)
